//! Loop nests as functions. Nests of one form are compiled once, which saves most of LLVM's time in deep networks; the
//! others are inlined where they stand, if that helps.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::emit::analysis::associated::constants_as_names;
use crate::emit::analysis::forms::{Argument, Form, Variables, with_sizes};
use crate::emit::analysis::loops::{unrolls, work};
use crate::emit::analysis::outlines::{Outline, Outlines};
use crate::emit::emitter::Emitter;
use crate::emit::functions::code::{Code, Nest};
use crate::emit::functions::stages::Stage;
use crate::emit::functions::tile::{Function, Tile};
use crate::schedule::{Block, LoopNode};

impl Tile<'_> {
    /// A block of loops, which may become a function.
    pub(super) fn nest_or_call(&mut self, nodes: &[LoopNode], block: &Block, code: &mut Code) {
        let text = self.nest(nodes);
        if matches!(self.function, Function::Divisors | Function::Fold) {
            return code.tokens(text);
        }
        let (named, constants) =
            if self.emitter.symbolic { constants_as_names(text.clone()) } else { (text.clone(), Vec::new()) };
        let Some(form) = self.form(&named, block, &constants) else { return code.tokens(text) };
        let (work, unrolls) = (work(self.program(), nodes), unrolls(self.program(), nodes));
        code.nest(Nest { text, named, form, work, unrolls });
    }

    fn form(&mut self, text: &TokenStream, block: &Block, constants: &[Ident]) -> Option<Form> {
        let (read, written) = block.accesses(self.program());
        if read.iter().any(|tensor| self.program().at(*tensor).bound.is_some()) {
            return None;
        }
        let mut variables: Variables =
            self.iteration_names().into_iter().map(|name| (name.to_string(), Argument::Iteration)).collect();
        variables.extend(constants.iter().map(|name| (name.to_string(), Argument::Constant)));
        // what is read and written is mutable
        for (tensors, slice) in [(read, Argument::Slice as fn(_) -> _), (written, Argument::MutableSlice)] {
            for tensor in tensors {
                let root = self.program().root(tensor);
                if !self.schedule.locals.contains(&root) {
                    variables.insert(self.variable(root).to_string(), slice(self.position_type(root)));
                }
            }
        }
        Form::of(text, &variables)
    }
}

impl Argument {
    /// Its type.
    fn ty(self) -> TokenStream {
        let element = |position: Option<&str>| {
            let own = position.map(|position| Ident::new(position, Span::call_site()));
            own.map_or_else(|| quote!(T), |own| quote!(::core::primitive::#own))
        };
        match self {
            Argument::Slice(position) => {
                let element = element(position);
                quote!(&[#element])
            }
            Argument::MutableSlice(position) => {
                let element = element(position);
                quote!(&mut [#element])
            }
            Argument::Iteration | Argument::Constant => quote!(::core::primitive::usize),
        }
    }

    /// What is given for it.
    fn given(self, name: &Ident) -> TokenStream {
        match self {
            Argument::Slice(_) => quote!(&*#name),
            Argument::MutableSlice(_) => quote!(&mut *#name),
            Argument::Iteration => quote!(#name),
            Argument::Constant => quote!(Self::#name),
        }
    }
}

impl Emitter<'_> {
    /// A nest as a function: one that is called where there are several of its form, else one of its own.
    pub(super) fn nest(&self, nest: Nest, outlines: &mut Outlines) -> TokenStream {
        let form = &nest.form;
        let Some(outline) = outlines.of(form, nest.work) else {
            if !nest.unrolls {
                return nest.text;
            }
            let given: Vec<TokenStream> = form.arguments.iter().map(|(name, kind)| kind.given(name)).collect();
            return inlined(&nest.named, form, &[], &given);
        };
        let number = outlines.function(form, &outline).unwrap_or_else(|| {
            let number = self.outlined(&nest.named, form, &outline);
            outlines.written(form, &outline, number);
            number
        });
        call(number, &nest, &outline)
    }

    /// Writes the function of a nest and returns its number.
    fn outlined(&self, text: &TokenStream, form: &Form, outline: &Outline) -> usize {
        let size = |argument: usize| form.size_name(argument);
        let body = with_sizes(text, &|hole| outline.sizes[hole].map(size));
        let sizes: Vec<Ident> = (0..outline.values.len()).map(size).collect();
        let count = Literal::usize_unsuffixed(sizes.len());
        let given: Vec<TokenStream> = form.arguments.iter().map(|(name, _)| quote!(#name)).collect();
        let types = form.arguments.iter().map(|(_, kind)| kind.ty());
        let (pass, pass_type) =
            if form.uses_pass { (quote!(pass,), quote!(&nn::Pass<T>,)) } else { Default::default() };
        let samples = if form.uses_samples { quote!(samples) } else { quote!(_) };
        let arguments = quote!((::core::primitive::usize, #pass_type [::core::primitive::usize; #count], #(#types),*));
        let names = quote!((#samples, #pass [#(#sizes),*], #(#given),*));
        let mut code = Code::default();
        code.tokens(inlined(&body, form, &sizes, &given));
        self.stage(Stage { ty: arguments, argument: names, body: code })
    }
}

/// The call of the function that a nest has become.
fn call(number: usize, Nest { form, .. }: &Nest, outline: &Outline) -> TokenStream {
    let number = Tile::literal(number);
    let values = outline.values.iter().map(|value| Literal::u64_unsuffixed(*value));
    let pass = form.uses_pass.then(|| quote!(pass,));
    let arguments = form.arguments.iter().map(|(name, kind)| kind.given(name));
    quote!(nn::run_stage::<#number, _, _>(self, instructions, (samples, #pass [#(#values),*], #(#arguments),*));)
}

/// A nest as a function that is inlined. Its slices are arguments of their own: so the compiler knows that none overlaps
/// another, which slices of one memory, and those in a tuple, do not tell it.
fn inlined(text: &TokenStream, form: &Form, sizes: &[Ident], given: &[TokenStream]) -> TokenStream {
    let names = form.arguments.iter().map(|(name, _)| name);
    let types = form.arguments.iter().map(|(_, kind)| kind.ty());
    let (pass_type, pass) =
        if form.uses_pass { (quote!(pass: &nn::Pass<T>,), quote!(pass,)) } else { Default::default() };
    let (samples_type, samples) = if form.uses_samples {
        (quote!(samples: ::core::primitive::usize,), quote!(samples,))
    } else {
        Default::default()
    };
    quote! {{
        #[inline(always)]
        #[allow(non_snake_case, clippy::too_many_arguments)]
        fn nest<T: nn::Scalar>(
            #samples_type #pass_type #(#sizes: ::core::primitive::usize,)* #(#names: #types),*
        ) { #text }
        nest::<T>(#samples #pass #(#sizes,)* #(#given),*);
    }}
}
