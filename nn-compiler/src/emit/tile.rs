//! The body of one emitted function: what is done for a tile of samples.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use super::Emitter;
use super::names::Names;
use super::sizes::Sizes;
use crate::equation::{Program, Role};
use crate::lower::{Lowered, Parameter, RawOrPlain};
use crate::schedule::{Block, Purpose, Schedule, Sequence, Step};
use crate::symbolic::{Affine, ExpressionId, IndexId, Position, TensorId};

/// Which of the emitted functions it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Forward,
    Loss,
    Gradient,
    /// What the terms of a loss are divided by.
    Divisors,
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
    pub emitter: &'a Emitter<'a>,
    /// The sequences around what is emitted.
    turns: Vec<IndexId>,
    /// The gradients that have a variable where this is.
    at_hand: Vec<TensorId>,
    /// What the sequence around serves as a whole.
    purpose: Purpose,
}

impl<'a> Tile<'a> {
    pub(super) fn new(
        function: Function,
        schedule: &'a Schedule,
        lowered: &'a Lowered,
        emitter: &'a Emitter<'a>,
    ) -> Self {
        Tile {
            function,
            schedule,
            lowered,
            sizes: &emitter.outer_sizes,
            emitter,
            names: Names::new(),
            shared: HashMap::new(),
            windows: Vec::new(),
            annotate: emitter.options.annotate,
            turns: Vec::new(),
            at_hand: Vec::new(),
            purpose: Purpose::All,
        }
    }

    pub(super) fn program(&self) -> &'a Program {
        &self.schedule.program
    }

    /// The whole body.
    pub(super) fn body(&mut self) -> TokenStream {
        let arguments = match self.function {
            Function::Forward | Function::Divisors => TokenStream::new(),
            Function::Loss => quote!(let nn::GradientTile { pass, inputs, targets, mut memory, sums, .. } = tile;),
            Function::Gradient => quote! {
                let nn::GradientTile { pass, inputs, targets, mut memory, mut gradient, mut gradients, sums } = tile;
            },
        };
        let outside = self.outside();
        let schedule = self.schedule;
        let blocks = self.blocks(&schedule.blocks, &schedule.purposes);
        let contracts = self.schedule.blocks.iter().any(Block::contracts);
        let on = match self.function {
            _ if !contracts => TokenStream::new(),
            Function::Forward => quote!(let on = (instructions, samples);),
            Function::Divisors => quote!(let on = (nn::InstructionSet::detect(), samples);),
            Function::Loss | Function::Gradient => quote!(let on = (pass.instructions, samples);),
        };
        let samples = if self.function == Function::Divisors { quote!(targets) } else { quote!(inputs) };
        quote!(#arguments let samples = #samples.len(); #on #outside #blocks)
    }

    /// Blocks; those that serve a gradient alone under the condition that it is wanted.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], purposes: &[Purpose]) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut at = 0;
        let mut bound = Vec::new();
        while at < blocks.len() {
            let purpose = purposes[at];
            let same = purposes[at..].iter().take_while(|other| **other == purpose).count();
            let end = at + if purpose == Purpose::All { 1 } else { same };
            let whole = !blocks[at..end].iter().any(|block| matches!(block, Block::Sequence(_)));
            let split = if whole { self.split(blocks, at..end, &mut bound) } else { TokenStream::new() };
            let known = self.at_hand.len();
            let lets =
                if purpose == Purpose::All { TokenStream::new() } else { self.gradient_slices(&blocks[at..end]) };
            let mut inner = bound.clone();
            let work: TokenStream = (at..end)
                .map(|at| {
                    if let Block::Sequence(sequence) = &blocks[at] {
                        // it takes from the memory what it needs in each turn
                        inner = vec![TensorId(u32::MAX)];
                        let around = if purpose == Purpose::All { self.purpose } else { purpose };
                        let around = std::mem::replace(&mut self.purpose, around);
                        let work = self.sequence(sequence);
                        self.purpose = around;
                        return work;
                    }
                    let split = self.split(blocks, at..at + 1, &mut inner);
                    let work = self.block(&blocks[at]);
                    quote!(#split #work)
                })
                .collect();
            self.at_hand.truncate(known);
            if inner != bound {
                // what was split inside of a condition holds there alone
                bound.clear();
            }
            tokens.extend(match purpose {
                Purpose::All => quote!(#split #work),
                Purpose::Gradients => quote!(#split if gradient.is_some() || gradients.is_some() { #work }),
                Purpose::Parameters => {
                    quote!(#split if let Some(gradient) = gradient.as_deref_mut() { #lets #work })
                }
                Purpose::Inputs => quote!(#split if let Some(gradients) = gradients.as_deref_mut() { #lets #work }),
            });
            at = end;
        }
        tokens
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

    /// Variables for the gradients that blocks write, in this turn of the sequences around them.
    fn gradient_slices(&mut self, blocks: &[Block]) -> TokenStream {
        let mut wanted = self.wanted(blocks);
        wanted.retain(|tensor| {
            self.program().at(*tensor).turns.len() <= self.turns.len() && !self.at_hand.contains(tensor)
        });
        self.at_hand.extend(&wanted);
        wanted.into_iter().map(|tensor| self.gradient_slice(tensor)).collect()
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
        if self.are_targets(root) {
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
            if self.program().at(tensor).turns.is_empty()
                && let Some(value) = self.outside_slice(tensor)
            {
                let name = self.variable(tensor);
                lines.extend(quote!(let #name = #value;));
            }
        }
        lines
    }

    /// The turns of a sequence.
    fn sequence(&mut self, sequence: &'a Sequence) -> TokenStream {
        let (turn, extent) = (self.index_name(sequence.turn), self.extent(sequence.turn));
        self.turns.push(sequence.turn);
        let (read, _) = Block::Sequence(sequence.clone()).accesses(self.program());
        let mut own: Vec<TensorId> = read.into_iter().map(|tensor| self.program().root(tensor)).collect();
        own.sort_unstable();
        own.dedup();
        own.retain(|tensor| {
            let of = self.program().at(*tensor);
            matches!(of.role, Role::Parameter(_) | Role::State(_)) && of.turns.len() == self.turns.len()
        });
        let mut lines = TokenStream::new();
        for tensor in own {
            if let Some(value) = self.outside_slice(tensor) {
                let name = self.variable(tensor);
                lines.extend(quote!(let #name = #value;));
            }
        }
        let known = self.at_hand.len();
        // what is asked for is asked for once, around all turns
        if matches!(self.purpose, Purpose::Parameters | Purpose::Inputs) {
            lines.extend(self.gradient_slices(&sequence.blocks));
        }
        let work = self.blocks(&sequence.blocks, &sequence.purposes);
        self.at_hand.truncate(known);
        self.turns.pop();
        self.names.release(sequence.turn);
        let range = if sequence.backward { quote!((0..#extent).rev()) } else { quote!(0..#extent) };
        quote!(for #turn in #range { #lines #work })
    }

    fn outside_slice(&mut self, tensor: TensorId) -> Option<TokenStream> {
        let flatten = |what: TokenStream| quote!(nn::flatten(#what));
        let flatten_mut = |what: TokenStream| quote!(nn::flatten_mut(#what));
        let is_number =
            self.program().at(tensor).bound.is_none() || !self.program().at(tensor).sample_shape().is_empty();
        Some(match self.program().at(tensor).role {
            Role::Parameter(number) => {
                let path = self.parameter_path(number);
                quote!(self.params.#path.as_slice())
            }
            Role::State(number) => {
                let turns = self.turn_names();
                let path = stored_path(&self.emitter.compiled.train.states[number], &turns);
                quote!(self.state.#path.as_slice())
            }
            Role::Input(_) if self.lowered.inputs.len() == 1 => flatten(quote!(inputs)),
            Role::Target(_) if self.lowered.targets.len() == 1 && is_number => flatten(quote!(targets)),
            Role::Output(_) => flatten_mut(quote!(outputs)),
            Role::Constant(number) => {
                let numbers: Vec<TokenStream> =
                    self.program().constants[number].iter().map(|value| super::scalar::signed(*value)).collect();
                quote!(T::constants(&[#(#numbers),*], &[#(#numbers),*]))
            }
            _ => return None,
        })
    }

    /// `fc1.weight`
    fn parameter_path(&mut self, number: usize) -> TokenStream {
        let turns = self.turn_names();
        stored_path(&self.lowered.parameters[number], &turns)
    }

    fn turn_names(&mut self) -> Vec<Ident> {
        self.turns.clone().into_iter().map(|turn| self.index_name(turn)).collect()
    }

    fn block(&mut self, block: &Block) -> TokenStream {
        match block {
            Block::Fill(tensor) => self.fill(*tensor),
            Block::StageIn(tensor) => self.stage(*tensor, true),
            Block::StageOut(tensor) => self.stage(*tensor, false),
            Block::Contract(contract) => self.contract(contract, false),
            Block::Nest(steps) => self.nest(steps),
            Block::EachSample(blocks) => self.each_sample(blocks),
            Block::Sequence(_) => TokenStream::new(),
        }
    }

    /// Sums over the samples, all of them for a sample before the next one.
    fn each_sample(&mut self, blocks: &[Block]) -> TokenStream {
        let inner: TokenStream = blocks
            .iter()
            .map(|block| match block {
                Block::Contract(contract) => self.contract(contract, true),
                Block::Nest(steps) => {
                    let steps = match steps.as_slice() {
                        [Step::Loop { index: IndexId::SAMPLE, body }] => self.steps(body),
                        other => self.steps(other),
                    };
                    // slices that are cut for one do not serve the next
                    quote!({ #steps })
                }
                _ => TokenStream::new(),
            })
            .collect();
        quote!(for sample in 0..samples { #inner })
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
        let of = self.program().at(tensor);
        let value = of.margin.as_ref().and_then(|margin| margin.value).map_or(0.0, f64::from_bits);
        let value = self.number(value);
        match of.role {
            // what later tiles add to is set by the first
            Role::Gradient(_) => quote!(if pass.first { #name.fill(#value); }),
            _ => quote!(#name.fill(#value);),
        }
    }

    /// Copies between the fields of the samples and the workspace.
    fn stage(&mut self, tensor: TensorId, into: bool) -> TokenStream {
        let name = self.variable(tensor);
        let len = crate::shape::Dim::product(self.program().at(tensor).sample_shape()).unwrap_or_default();
        let len = self.sizes.atom(&len);
        let field = |ports: &[crate::lower::Port], number: usize| {
            Ident::new_raw_or_plain(&ports[number].name, proc_macro2::Span::call_site())
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
        let field = Ident::new_raw_or_plain(&ports[number].name, proc_macro2::Span::call_site());
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

/// `fc1.weight`, or `blocks[turn].fc1.weight` in a turn of the arrays that it is in.
pub(super) fn stored_path(stored: &Parameter, turns: &[Ident]) -> TokenStream {
    let mut turns = turns.iter();
    let names = stored.path.iter().chain([&stored.name]).enumerate().map(|(at, name)| {
        let name = Ident::new_raw_or_plain(name, proc_macro2::Span::call_site());
        let is_array = stored.arrays.iter().any(|(array, _)| *array == at);
        let turn = if is_array { turns.next() } else { None };
        turn.map_or_else(|| quote!(#name), |turn| quote!(#name[#turn]))
    });
    let names: Vec<TokenStream> = names.collect();
    quote!(#(#names).*)
}
