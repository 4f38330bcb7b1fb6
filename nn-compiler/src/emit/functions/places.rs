//! The tensors of emitted functions as variables: parameters, samples and the workspace.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::analysis::buffers::{bound_at_once, used};
use crate::emit::analysis::windows::index_field;
use crate::emit::emitter::Emitter;
use crate::emit::functions::numbers::real;
use crate::emit::functions::tile::Tile;
use crate::emit::naming::identifiers::ident;
use crate::equation::Role;
use crate::errors::OrBug;
use crate::lowered::StoredTensor;
use crate::schedule::{Block, Place, Schedule};
use crate::symbolic::{Affine, IndexId, Position, TensorId};

impl Emitter<'_> {
    /// The offset and the length of a place in the workspace, in floats.
    pub(in crate::emit) fn place(&self, place: &Place) -> [TokenStream; 2] {
        let [offset, len] = [&place.offset, &place.len].map(Schedule::floats);
        [self.offsets.borrow_mut().value(&offset, &self.outer_sizes), self.outer_sizes.value(&len)]
    }
}

impl Tile<'_> {
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

    /// Variables for the gradients that blocks write, in the current iteration of the sequences around them.
    pub(in crate::emit) fn gradient_slices(&mut self, blocks: &[Block]) -> TokenStream {
        let mut wanted = self.wanted(blocks);
        wanted.retain(|tensor| {
            self.program().at(*tensor).sequence_axes <= self.layer_iterations().len()
                && !self.bound_gradients.contains(tensor)
        });
        self.bound_gradients.extend(&wanted);
        wanted.into_iter().map(|tensor| self.gradient_slice(tensor)).collect()
    }

    fn gradient_slice(&mut self, tensor: TensorId) -> TokenStream {
        let name = self.variable(tensor);
        match self.program().at(tensor).role {
            Role::Gradient(number) => {
                let path = self.parameter_path(number);
                quote!(let #name = gradient.part(&self.params, self.params.#path.as_slice());)
            }
            _ => quote!(let #name = nn::flatten_mut(gradients);),
        }
    }

    /// The tensor whose memory holds a tensor: one for all tensors of a variable.
    pub(in crate::emit) fn holder(&self, tensor: TensorId) -> TensorId {
        let root = self.program().root(tensor);
        self.schedule.places.get(&root).map_or(root, |place| place.buffer)
    }

    /// The variable of the memory that holds a tensor.
    pub(in crate::emit) fn variable(&mut self, tensor: TensorId) -> Ident {
        let holder = self.holder(tensor);
        if self.are_targets(holder) {
            return Ident::new("targets", proc_macro2::Span::call_site());
        }
        self.names.tensor(self.program(), holder)
    }

    /// Whether a tensor is the list of targets itself: one class for each sample.
    fn are_targets(&self, tensor: TensorId) -> bool {
        let of = self.program().at(tensor);
        let is_class = of.bound.is_some() && of.sample_shape().is_empty();
        matches!(of.role, Role::Target(_)) && self.lowered.targets.len() == 1 && is_class
    }

    /// `let x = …;` for everything that blocks use and that lies outside of the workspace.
    pub(in crate::emit) fn outside(&mut self, blocks: &[Block]) -> TokenStream {
        let mut lines = TokenStream::new();
        for tensor in used(self.schedule, blocks) {
            if self.schedule.places.contains_key(&tensor) || self.schedule.locals.contains(&tensor) {
                continue;
            }
            if self.program().at(tensor).sequence_axes == 0
                && let Some(value) = self.outside_slice(tensor)
            {
                let name = self.variable(tensor);
                lines.extend(quote!(let #name = #value;));
            }
        }
        lines
    }

    /// `let [a, b] = memory.split([(0, 32), (32, 10)]);` for the buffers of some blocks that have no variable yet.
    /// A buffer of positions is a slice of these.
    pub(in crate::emit) fn split(
        &mut self,
        blocks: &[Block],
        part: Range<usize>,
        bound: &mut Vec<TensorId>,
    ) -> TokenStream {
        let Some(wanted) = bound_at_once(self.schedule, blocks, part, bound) else { return TokenStream::new() };
        let names: Vec<Ident> = wanted.iter().map(|tensor| self.variable(*tensor)).collect();
        let places = wanted.iter().map(|tensor| {
            let [offset, len] = self.emitter.place(&self.schedule.places[tensor]);
            quote!((#offset, #len))
        });
        let method = if self.is_staged { quote!(split_by_call) } else { quote!(split) };
        let split = quote!(let [#(#names),*] = memory.#method([#(#places),*]););
        let positions = names.iter().zip(&wanted).filter_map(|(name, tensor)| {
            let position = self.position_ident(*tensor)?;
            Some(quote!(let #name = nn::positions::<#position, T>(#name);))
        });
        let split = quote!(#split #(#positions)*);
        *bound = wanted;
        split
    }

    pub(in crate::emit) fn outside_slice(&mut self, tensor: TensorId) -> Option<TokenStream> {
        let flatten = |what: TokenStream| quote!(nn::flatten(#what));
        let flatten_mut = |what: TokenStream| quote!(nn::flatten_mut(#what));
        let is_number =
            self.program().at(tensor).bound.is_none() || !self.program().at(tensor).sample_shape().is_empty();
        Some(match self.program().at(tensor).role {
            Role::Parameter(number) => {
                let path = self.parameter_path(number);
                quote!(self.params.#path.as_slice())
            }
            Role::Direction(number) => {
                let path = self.parameter_path(number);
                quote!(direction.#path.as_slice())
            }
            Role::Frozen(number) => {
                let iterations = self.layer_names();
                let path = stored_path(&self.emitter.infer.frozen[number], &iterations);
                quote!(self.frozen.#path.as_slice())
            }
            Role::State(number) => {
                let iterations = self.layer_names();
                let path = stored_path(&self.emitter.compiled.train.states[number], &iterations);
                quote!(self.state.#path.as_slice())
            }
            Role::Carried(number) => {
                let field = ident(&self.lowered.carried[number].name);
                quote!(past.#field.as_slice())
            }
            Role::NextCarried(number) => {
                let field = ident(&self.lowered.carried[number].name);
                quote!(next.#field.as_mut_slice())
            }
            Role::Folded(number) => {
                let iterations = self.layer_names();
                let folding = self.emitter.compiled.folded.as_ref()?;
                let path = stored_path(&folding.network.infer.parameters[number], &iterations);
                quote!(folded.params.#path.as_mut_slice())
            }
            Role::Input(_) if self.lowered.inputs.len() == 1 => flatten(quote!(inputs)),
            Role::Target(_) if self.lowered.targets.len() == 1 && is_number => flatten(quote!(targets)),
            Role::Output(_) => flatten_mut(quote!(outputs)),
            Role::Tangent(_) => flatten_mut(quote!(tangents)),
            Role::Constant(number) => {
                let numbers: Vec<TokenStream> =
                    self.program().constants[number].iter().map(|value| real(*value)).collect();
                quote!(T::constants(&[#(#numbers),*], &[#(#numbers),*]))
            }
            _ => return None,
        })
    }

    /// `fc1.weight`
    fn parameter_path(&mut self, number: usize) -> TokenStream {
        let iterations = self.layer_names();
        stored_path(&self.lowered.parameters[number], &iterations)
    }

    /// The names of the indices of the sequences around.
    pub(in crate::emit) fn iteration_names(&mut self) -> Vec<Ident> {
        self.iterations.clone().into_iter().map(|iteration| self.index_name(iteration)).collect()
    }

    /// The names of those that count layers of arrays, which have fields of their own.
    fn layer_names(&mut self) -> Vec<Ident> {
        self.layer_iterations().into_iter().map(|iteration| self.index_name(iteration)).collect()
    }

    /// The indices around that count layers of arrays.
    pub(in crate::emit) fn layer_iterations(&self) -> Vec<IndexId> {
        self.iterations.iter().copied().filter(|iteration| self.program().counts_layers(*iteration)).collect()
    }

    /// Copies between the fields of the samples and the workspace.
    pub(in crate::emit) fn copy_field(&mut self, tensor: TensorId, into: bool) -> TokenStream {
        let name = self.variable(tensor);
        let len = crate::shape::Dim::product(self.program().at(tensor).sample_shape()).or_bug("a size overflows");
        let len = self.sizes.atom(&len);
        let field = |ports: &[crate::lowered::Port], number: usize| ident(&ports[number].name);
        let (list, field) = match self.program().at(tensor).role {
            Role::Input(number) => (quote!(inputs), field(&self.lowered.inputs, number)),
            Role::InputGradient(number) => (quote!(gradients), field(&self.lowered.inputs, number)),
            Role::Target(number) => (quote!(targets), field(&self.lowered.targets, number)),
            Role::Output(number) => (quote!(outputs), field(&self.lowered.outputs, number)),
            Role::Tangent(number) => (quote!(tangents), field(&self.lowered.outputs, number)),
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

    /// An element of a tensor as a place expression.
    pub(in crate::emit) fn element(&mut self, tensor: TensorId, at: &[Position]) -> TokenStream {
        let root = self.program().root(tensor);
        if self.schedule.locals.contains(&root) {
            let name = self.names.tensor(self.program(), root);
            return quote!(#name);
        }
        if let Some(field) = self.index_field(root) {
            return self.field_element(tensor, at, &field);
        }
        if let Some(offset) = self.schedule.offset(tensor, at)
            && let Some(window) = self.window_of(self.holder(tensor), &offset)
        {
            return window.element.clone();
        }
        let (variable, flat) = (self.variable(tensor), self.flat(tensor, at));
        quote!(#variable[#flat])
    }

    /// For indices that are a field of a sample with several: the field.
    fn index_field(&self, tensor: TensorId) -> Option<TokenStream> {
        let (list, ports, number) = match index_field(self.program(), self.lowered, tensor)? {
            Role::Input(number) => (quote!(inputs), &self.lowered.inputs, number),
            Role::Target(number) => (quote!(targets), &self.lowered.targets, number),
            _ => return None,
        };
        let field = ident(&ports[number].name);
        // a step has one sample, and no loop over samples
        if self.program().at(tensor).for_each_sample() {
            Some(quote!(#list[sample].#field))
        } else {
            Some(quote!(#list[0].#field))
        }
    }

    fn field_element(&mut self, tensor: TensorId, at: &[Position], field: &TokenStream) -> TokenStream {
        // of a view, the tensor below it is the field
        if self.program().at(self.program().root(tensor)).sample_shape().is_empty() {
            return field.clone();
        }
        let mut own = at.to_vec();
        if self.program().at(tensor).for_each_sample() {
            own[0] = Position::Affine(Affine::default());
        }
        let flat = self.flat(tensor, &own);
        quote!(#field.as_slice()[#flat])
    }
}

/// `fc1.weight`, or `blocks[iteration].fc1.weight` in an iteration of the arrays that it is in.
pub(in crate::emit) fn stored_path(stored: &StoredTensor, iterations: &[Ident]) -> TokenStream {
    let mut iterations = iterations.iter();
    let names = stored.path.iter().chain([&stored.name]).enumerate().map(|(at, name)| {
        let name = ident(name);
        let is_array = stored.arrays.iter().any(|(array, _)| *array == at);
        let iteration = if is_array { iterations.next() } else { None };
        iteration.map_or_else(|| quote!(#name), |iteration| quote!(#name[#iteration]))
    });
    let names: Vec<TokenStream> = names.collect();
    quote!(#(#names).*)
}
