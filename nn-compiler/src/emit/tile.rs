//! The body of one emitted function: what is done for a tile of samples.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use super::names::Names;
use super::sizes::Sizes;
use crate::equation::{Program, Role};
use crate::lower::{Lowered, RawOrPlain};
use crate::schedule::{Block, Contract, Purpose, Schedule, Start};
use crate::symbolic::{Affine, ExpressionId, IndexId, Position, TensorId};

/// Which of the emitted functions it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Forward,
    Loss,
    Gradient,
}

/// A slice or element that was brought in front of a loop.
pub(super) struct Window {
    pub variable: Ident,
    pub offset: Affine,
    pub element: TokenStream,
}

/// The state of emitting one function.
pub(super) struct Tile<'a> {
    pub function: Function,
    pub schedule: &'a Schedule,
    pub lowered: &'a Lowered,
    pub sizes: &'a Sizes,
    pub names: Names,
    /// The variables of common parts of the expression at hand.
    pub shared: HashMap<ExpressionId, Ident>,
    pub windows: Vec<Window>,
    pub annotate: bool,
}

impl<'a> Tile<'a> {
    pub(super) fn new(
        function: Function,
        schedule: &'a Schedule,
        lowered: &'a Lowered,
        sizes: &'a Sizes,
        annotate: bool,
    ) -> Self {
        Tile {
            function,
            schedule,
            lowered,
            sizes,
            names: Names::new(),
            shared: HashMap::new(),
            windows: Vec::new(),
            annotate,
        }
    }

    pub(super) fn program(&self) -> &'a Program {
        &self.schedule.program
    }

    /// The whole body.
    pub(super) fn body(&mut self) -> TokenStream {
        let outside = self.outside();
        let places = self.places();
        let blocks = self.blocks();
        let samples = match self.function {
            Function::Loss => quote!(let samples = targets.len();),
            _ => quote!(let samples = inputs.len();),
        };
        quote!(#samples #outside #places #blocks)
    }

    /// All blocks; those that serve one gradient alone under the condition that it is wanted.
    fn blocks(&mut self) -> TokenStream {
        let schedule = self.schedule;
        let mut tokens = TokenStream::new();
        let mut at = 0;
        while at < schedule.blocks.len() {
            let purpose = schedule.purposes[at];
            let end = at + schedule.purposes[at..].iter().take_while(|other| **other == purpose).count();
            let wanted: Vec<TensorId> = self.wanted(&schedule.blocks[at..end]);
            let lets: TokenStream = wanted.into_iter().map(|tensor| self.gradient_slice(tensor)).collect();
            let work: TokenStream = schedule.blocks[at..end].iter().map(|block| self.block(block)).collect();
            tokens.extend(match purpose {
                Purpose::All => work,
                Purpose::Parameters => quote!(if let Some(gradient) = gradient.as_deref_mut() { #lets #work }),
                Purpose::Inputs => quote!(if let Some(gradients) = gradients.as_deref_mut() { #lets #work }),
            });
            at = end;
        }
        if self.function == Function::Gradient {
            quote!(let (mut gradient, mut gradients) = (gradient, gradients); #tokens)
        } else {
            tokens
        }
    }

    /// The gradients that blocks write.
    fn wanted(&self, blocks: &[Block]) -> Vec<TensorId> {
        let mut wanted: Vec<TensorId> = blocks.iter().flat_map(|block| block.accesses(self.program()).1).collect();
        wanted = wanted.into_iter().map(|tensor| self.program().root(tensor)).collect();
        wanted.retain(|tensor| {
            matches!(self.program().at(*tensor).role, Role::Gradient(_) | Role::InputGradient(_))
                && !self.schedule.places.contains_key(tensor)
        });
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    fn gradient_slice(&mut self, tensor: TensorId) -> TokenStream {
        let name = self.variable(tensor);
        match self.program().at(tensor).role {
            Role::Gradient(number) => {
                let path = self.parameter_path(number);
                quote!(let #name = gradient.#path.as_mut_slice();)
            }
            _ => quote!(let #name = nn::flatten_mut(gradients);),
        }
    }

    pub(super) fn index_name(&mut self, index: IndexId) -> Ident {
        self.names.index(self.program(), index)
    }

    /// The variable of the memory that holds a tensor.
    pub(super) fn variable(&mut self, tensor: TensorId) -> Ident {
        let root = self.program().root(tensor);
        let holder = self.schedule.places.get(&root).map_or(root, |place| place.buffer);
        self.names.tensor(self.program(), holder)
    }

    /// The elements of a tensor that are used, in the order of their numbers.
    fn used(&self) -> Vec<TensorId> {
        let mut used: Vec<TensorId> = Vec::new();
        for block in &self.schedule.blocks {
            let (read, written) = block.accesses(self.program());
            used.extend(read.into_iter().chain(written).map(|tensor| self.program().root(tensor)));
        }
        used.sort_unstable();
        used.dedup();
        used
    }

    /// `let x = …;` for everything that lies outside of the workspace.
    fn outside(&mut self) -> TokenStream {
        let mut lines = TokenStream::new();
        for tensor in self.used() {
            if self.schedule.places.contains_key(&tensor) || self.schedule.locals.contains(&tensor) {
                continue;
            }
            if let Some(value) = self.outside_slice(tensor) {
                let name = self.variable(tensor);
                lines.extend(quote!(let #name = #value;));
            }
        }
        lines
    }

    fn outside_slice(&self, tensor: TensorId) -> Option<TokenStream> {
        let flatten = |what: TokenStream| quote!(nn::flatten(#what));
        let flatten_mut = |what: TokenStream| quote!(nn::flatten_mut(#what));
        let is_number = self.program().at(tensor).bound.is_none() || !self.program().at(tensor).sample_shape().is_empty();
        Some(match self.program().at(tensor).role {
            Role::Parameter(number) => {
                let path = self.parameter_path(number);
                quote!(self.params.#path.as_slice())
            }
            Role::Input(_) if self.lowered.inputs.len() == 1 => flatten(quote!(inputs)),
            Role::Target(_) if self.lowered.targets.len() == 1 && is_number => flatten(quote!(targets)),
            Role::Target(_) if self.lowered.targets.len() == 1 => quote!(targets),
            Role::Output(_) if self.function == Function::Loss => flatten(quote!(outputs)),
            Role::Output(_) => flatten_mut(quote!(outputs)),
            _ => return None,
        })
    }

    /// `fc1.weight`
    pub(super) fn parameter_path(&self, number: usize) -> TokenStream {
        let parameter = &self.lowered.parameters[number];
        let names = parameter.path.iter().chain([&parameter.name]);
        let names = names.map(|name| Ident::new_raw_or_plain(name, proc_macro2::Span::mixed_site()));
        quote!(#(#names).*)
    }

    /// `let relu_at = Buffer { … };` for every buffer.
    fn places(&mut self) -> TokenStream {
        let mut lines = TokenStream::new();
        let mut places: Vec<_> = self.schedule.places.iter().filter(|(t, place)| **t == place.buffer).collect();
        places.sort_by_key(|(tensor, _)| **tensor);
        for (tensor, place) in places {
            let name = self.place_name(*tensor);
            let (offset, len) = (self.sizes.value(&place.offset), self.sizes.value(&place.len));
            lines.extend(quote!(let #name = nn::Buffer::new(#offset, #len);));
        }
        if lines.is_empty() { lines } else { quote!(let mut memory = memory; #lines) }
    }

    fn place_name(&mut self, tensor: TensorId) -> Ident {
        let name = self.variable(tensor);
        Ident::new_raw_or_plain(&format!("{name}_at"), proc_macro2::Span::mixed_site())
    }

    /// `let [a, b] = memory.split([a_at, b_at]);` for the buffers of a block.
    fn split(&mut self, block: &Block) -> TokenStream {
        let (read, written) = block.accesses(self.program());
        let mut buffers: Vec<TensorId> = read
            .into_iter()
            .chain(written)
            .filter_map(|tensor| self.schedule.places.get(&self.program().root(tensor)).map(|place| place.buffer))
            .collect();
        buffers.sort_unstable();
        buffers.dedup();
        if buffers.is_empty() {
            return TokenStream::new();
        }
        let names: Vec<Ident> = buffers.iter().map(|tensor| self.variable(*tensor)).collect();
        let places: Vec<Ident> = buffers.iter().map(|tensor| self.place_name(*tensor)).collect();
        quote!(let [#(#names),*] = memory.split([#(#places),*]);)
    }

    fn block(&mut self, block: &Block) -> TokenStream {
        let split = self.split(block);
        let work = match block {
            Block::Fill(tensor) => self.fill(*tensor),
            Block::StageIn(tensor) => self.stage(*tensor, true),
            Block::StageOut(tensor) => self.stage(*tensor, false),
            Block::Contract(contract) => self.contract(contract),
            Block::Nest(steps) => self.steps(steps),
        };
        quote!(#split #work)
    }

    /// A comment, as far as tokens can hold one: the explaining tool turns it into a real one.
    pub(super) fn comment(&self, text: &str) -> TokenStream {
        if self.annotate {
            let text = format!("// {text}");
            quote!(const _: &str = #text;)
        } else {
            TokenStream::new()
        }
    }

    fn fill(&mut self, tensor: TensorId) -> TokenStream {
        let name = self.variable(tensor);
        match self.program().at(tensor).role {
            // what later tiles add to is set by the first
            Role::Gradient(_) => quote!(if pass.first { #name.fill(T::ZERO); }),
            _ => quote!(#name.fill(T::ZERO);),
        }
    }

    /// Copies between the fields of the samples and the workspace.
    fn stage(&mut self, tensor: TensorId, into: bool) -> TokenStream {
        let name = self.variable(tensor);
        let len = crate::shape::Dim::product(self.program().at(tensor).sample_shape()).unwrap_or_default();
        let len = self.sizes.atom(&len);
        let field = |ports: &[crate::lower::Port], number: usize| {
            Ident::new_raw_or_plain(&ports[number].name, proc_macro2::Span::mixed_site())
        };
        let (list, field) = match self.program().at(tensor).role {
            Role::Input(number) => (quote!(inputs), field(&self.lowered.inputs, number)),
            Role::InputGradient(number) => (quote!(gradients), field(&self.lowered.inputs, number)),
            Role::Target(number) => (quote!(targets), field(&self.lowered.targets, number)),
            Role::Output(number) => (quote!(outputs), field(&self.lowered.outputs, number)),
            _ => return TokenStream::new(),
        };
        if into {
            quote!(for (row, value) in #name.chunks_exact_mut(#len).zip(#list.iter()) {
                row.copy_from_slice(value.#field.as_slice());
            })
        } else {
            quote!(for (row, value) in #name.chunks_exact(#len).zip(#list.iter_mut()) {
                value.#field.as_mut_slice().copy_from_slice(row);
            })
        }
    }

    fn contract(&mut self, contract: &Contract) -> TokenStream {
        let comment = self.comment(&contract.formula);
        let loops: Vec<TokenStream> = contract
            .loops
            .iter()
            .map(|l| {
                let [out, left, right, start] = l.steps.each_ref().map(|step| self.sizes.value(step));
                let steps = quote!([#out, #left, #right, #start]);
                if l.index == IndexId::SAMPLE {
                    return quote!(nn::samples(#steps));
                }
                let extent = self.sizes.value(self.program().extent(l.index));
                quote!(nn::along(#extent, #steps))
            })
            .collect();
        let part = |tile: &mut Self, tensor: TensorId, origin: usize| {
            let origin_kind = origin;
            let name = tile.variable(tensor);
            match contract.origins[origin].literal() {
                Some(0) => quote!(#name),
                _ => {
                    let origin = tile.sizes.value(&contract.origins[origin]);
                    if origin_kind == 0 { quote!(&mut #name[#origin..]) } else { quote!(&#name[#origin..]) }
                }
            }
        };
        let (out, left, right) = (part(self, contract.out, 0), part(self, contract.left, 1), part(self, contract.right, 2));
        let is_gradient = matches!(self.program().at(contract.out).role, Role::Gradient(_));
        let start = match contract.start {
            Start::Zero if is_gradient => quote!(pass.start()),
            Start::Zero => quote!(nn::Start::Zero),
            Start::Out => quote!(nn::Start::Out),
            Start::From(tensor) => {
                let from = part(self, tensor, 3);
                quote!(nn::Start::From(#from))
            }
        };
        let instructions = if self.function == Function::Forward { quote!(instructions) } else { quote!(pass.instructions) };
        quote! {
            #comment
            const { nn::Contraction::new(&[#(#loops),*]) }
                .run(nn::Operands { instructions: #instructions, samples, left: #left, right: #right, start: #start, out: #out });
        }
    }

    /// An element of a tensor as a place expression.
    pub(super) fn element(&mut self, tensor: TensorId, at: &[Position]) -> TokenStream {
        let root = self.program().root(tensor);
        if self.schedule.locals.contains(&root) {
            let name = self.names.tensor(self.program(), root);
            return quote!(#name);
        }
        if let Some(field) = self.index_field(root) {
            return self.field_element(tensor, at, &field);
        }
        let variable = self.variable(tensor);
        if let Some(offset) = self.schedule.offset(tensor, at)
            && let Some(window) = self.windows.iter().rev().find(|w| w.variable == variable && w.offset == offset)
        {
            return window.element.clone();
        }
        let flat = self.flat(tensor, at);
        quote!(#variable[#flat])
    }

    /// For indices that are one of several fields of a sample: the field.
    pub(super) fn index_field(&self, tensor: TensorId) -> Option<TokenStream> {
        let of = self.program().at(tensor);
        let (list, ports, number) = match of.role {
            Role::Input(number) => (quote!(inputs), &self.lowered.inputs, number),
            Role::Target(number) => (quote!(targets), &self.lowered.targets, number),
            _ => return None,
        };
        if of.bound.is_none() || ports.len() == 1 {
            return None;
        }
        let field = Ident::new_raw_or_plain(&ports[number].name, proc_macro2::Span::mixed_site());
        Some(quote!(#list[sample].#field))
    }

    fn field_element(&mut self, tensor: TensorId, at: &[Position], field: &TokenStream) -> TokenStream {
        if self.program().at(tensor).sample_shape().is_empty() {
            return field.clone();
        }
        let mut own = at.to_vec();
        own[0] = Position::Affine(Affine::default());
        let flat = self.flat(tensor, &own);
        quote!(#field.as_slice()[#flat])
    }

    /// A literal number.
    pub(super) fn literal(value: usize) -> Literal {
        Literal::usize_unsuffixed(value)
    }
}
