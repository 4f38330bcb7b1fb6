//! Loop nests as functions: nests of one form are compiled once, which saves most of LLVM's time in deep networks.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::emit::analysis::forms::{Argument, Form, with_sizes};
use crate::emit::analysis::loops::work;
use crate::emit::analysis::outlines::Outline;
use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::{Function, Tile};
use crate::schedule::{Block, LoopNode};
use crate::symbolic::TensorId;

impl Emitter<'_> {
    /// Counts the forms of all loop nests, before any function is written.
    pub(in crate::emit) fn survey(&self) {
        let infer = (Function::Forward, Some(&self.compiled.forward), self.infer);
        let training = self.compiled.training.as_ref();
        let loss = (Function::Loss, training.and_then(|training| training.loss.as_ref()), self.infer);
        let gradient = (Function::Gradient, training.map(|training| &training.gradient), &self.compiled.train);
        for (function, schedule, lowered) in [infer, loss, gradient] {
            if let Some(schedule) = schedule {
                let mut tile = Tile::new(function, schedule, lowered, self);
                tile.surveys = true;
                tile.body(0..schedule.blocks.len());
            }
        }
    }
}

impl Tile<'_> {
    /// A block of loops: where it stands, or as a call if there are several of its form.
    pub(super) fn nest_or_call(&mut self, nodes: &[LoopNode], block: &Block) -> TokenStream {
        let text = self.nest(nodes);
        if matches!(self.function, Function::Divisors | Function::Fold) {
            return text;
        }
        let Some(form) = self.form(&text, block) else { return text };
        let mut outlines = self.emitter.outlines.borrow_mut();
        if self.surveys {
            outlines.count(&form);
            return text;
        }
        let Some(outline) = outlines.of(&form, work(self.program(), nodes)) else { return text };
        let number = outlines.function(&form, &outline).unwrap_or_else(|| {
            let number = self.emitter.outlined(&text, &form, &outline);
            outlines.written(&form, &outline, number);
            number
        });
        self.call(number, &form, &outline)
    }

    fn form(&mut self, text: &TokenStream, block: &Block) -> Option<Form> {
        let (read, written) = block.accesses(self.program());
        let is_number = |tile: &Self, tensor: &TensorId| tile.program().at(*tensor).bound.is_none();
        if !read.iter().all(|tensor| is_number(self, tensor)) {
            return None;
        }
        let mut variables = |tensors: Vec<TensorId>| -> Vec<(Ident, Option<&'static str>)> {
            let roots = tensors.into_iter().map(|tensor| self.program().root(tensor));
            let stored: Vec<TensorId> = roots.filter(|root| !self.schedule.locals.contains(root)).collect();
            stored.into_iter().map(|root| (self.variable(root), self.position_type(root))).collect()
        };
        let (read, written) = (variables(read), variables(written));
        let iterations = self.iteration_names();
        Form::of(text, &|name| {
            let of = |known: &[(Ident, _)]| known.iter().find(|(known, _)| known == name).map(|(_, element)| *element);
            let slice = of(&written).map(Argument::MutableSlice).or_else(|| of(&read).map(Argument::Slice));
            slice.or_else(|| iterations.contains(name).then_some(Argument::Iteration))
        })
    }

    fn call(&self, number: usize, form: &Form, outline: &Outline) -> TokenStream {
        let instructions = match self.function {
            Function::Forward => quote!(instructions),
            _ => quote!(pass.instructions),
        };
        let number = Self::literal(number);
        let values = outline.values.iter().map(|value| Literal::u64_unsuffixed(*value));
        let pass = form.uses_pass.then(|| quote!(pass,));
        let arguments = form.arguments.iter().map(|(name, kind)| match kind {
            Argument::Slice(_) => quote!(&*#name),
            Argument::MutableSlice(_) => quote!(&mut *#name),
            Argument::Iteration => quote!(#name),
        });
        quote!(nn::run_stage::<#number, _, _>(self, #instructions, (samples, #pass [#(#values),*], #(#arguments),*));)
    }
}

impl Emitter<'_> {
    /// Writes the function of a nest and returns its number.
    fn outlined(&self, text: &TokenStream, form: &Form, outline: &Outline) -> usize {
        let size = |argument: usize| form.size_name(argument);
        let body = with_sizes(text, &|hole| outline.sizes[hole].map(size));
        let sizes = (0..outline.values.len()).map(size);
        let count = Literal::usize_unsuffixed(outline.values.len());
        let names = form.arguments.iter().map(|(name, _)| name);
        let element = |position: Option<&str>| {
            let own = position.map(|position| Ident::new(position, Span::call_site()));
            own.map_or_else(|| quote!(T), |own| quote!(::core::primitive::#own))
        };
        let types = form.arguments.iter().map(|(_, kind)| match kind {
            Argument::Slice(position) => {
                let element = element(*position);
                quote!(&[#element])
            }
            Argument::MutableSlice(position) => {
                let element = element(*position);
                quote!(&mut [#element])
            }
            Argument::Iteration => quote!(::core::primitive::usize),
        });
        let (pass, pass_type) =
            if form.uses_pass { (quote!(pass,), quote!(&nn::Pass<T>,)) } else { Default::default() };
        let samples = if form.uses_samples { quote!(samples) } else { quote!(_) };
        let arguments = quote!((::core::primitive::usize, #pass_type [::core::primitive::usize; #count], #(#types),*));
        self.stage(&arguments, &quote!((#samples, #pass [#(#sizes),*], #(#names),*)), &body)
    }
}
