//! The body of one emitted function, which processes a tile of samples.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use crate::emit::analysis::turns::{Turns, group, turns};
use crate::emit::emitter::Emitter;
use crate::emit::functions::code::Code;
use crate::emit::naming::names::VariableNames;
use crate::emit::naming::sizes::Sizes;
use crate::equation::{Equation, Program, Role};
use crate::lowered::Lowered;
use crate::schedule::{Block, LoopNode, Purpose, Schedule, Sequence};
use crate::symbolic::{Affine, ExpressionId, IndexId, TensorId};
use crate::syntax::ast::DerivativeKind;

/// The emitted functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Function {
    Forward,
    Loss,
    Gradient,
    /// The denominators of a loss's terms.
    Divisors,
    /// The parameters of the folded network.
    Fold,
    /// One step of a stream.
    Step,
    /// A function of `#[derivatives(…)]`.
    Derivative(DerivativeKind),
    /// The outputs as in training.
    ForwardInTraining,
}

/// A slice or element that is bound in front of a loop.
pub(in crate::emit) struct Window {
    /// The tensor that names the memory.
    pub holder: TensorId,
    pub offset: Affine,
    pub element: TokenStream,
}

/// The state of emitting one function.
pub(in crate::emit) struct Tile<'a> {
    pub function: Function,
    pub schedule: &'a Schedule,
    pub lowered: &'a Lowered,
    pub sizes: &'a Sizes,
    pub names: VariableNames,
    /// The variables of common subexpressions in the current expression.
    pub shared: HashMap<ExpressionId, Ident>,
    pub windows: Vec<Window>,
    pub annotate: bool,
    /// Whether the function has several stages.
    pub is_staged: bool,
    /// The arrays for rows that the current nest needs.
    pub row_arrays: BTreeSet<&'static str>,
    pub emitter: &'a Emitter<'a>,
    /// The indices of the sequences around the current block.
    pub iterations: Vec<IndexId>,
    /// The gradients that have a variable in scope.
    pub bound_gradients: Vec<TensorId>,
    /// The purpose of the sequence around.
    purpose: Purpose,
    /// The turns of the groups of blocks that add to what all tiles share.
    turns: Turns,
    /// The first block of the part that is emitted.
    begin: usize,
}

impl<'a> Tile<'a> {
    pub(in crate::emit) fn new(
        function: Function,
        schedule: &'a Schedule,
        lowered: &'a Lowered,
        emitter: &'a Emitter<'a>,
        parts: &[Range<usize>],
    ) -> Self {
        Tile {
            function,
            schedule,
            lowered,
            sizes: &emitter.outer_sizes,
            emitter,
            names: VariableNames::new(),
            shared: HashMap::new(),
            windows: Vec::new(),
            annotate: emitter.options.annotate,
            is_staged: false,
            row_arrays: BTreeSet::new(),
            iterations: Vec::new(),
            bound_gradients: Vec::new(),
            purpose: Purpose::All,
            turns: turns(schedule, parts),
            begin: 0,
        }
    }

    pub(in crate::emit) fn program(&self) -> &'a Program {
        &self.schedule.program
    }

    /// The code of some of the blocks.
    pub(in crate::emit) fn body(&mut self, part: Range<usize>) -> Code {
        let arguments = match self.function {
            Function::Divisors | Function::Fold => TokenStream::new(),
            Function::Forward => quote!(let nn::ForwardTile { inputs, mut memory, outputs, .. } = tile;),
            Function::Step => {
                quote!(let nn::StepTile { inputs, past, next, mut memory, outputs, .. } = tile;)
            }
            Function::Loss => quote!(let nn::GradientTile { pass, inputs, targets, mut memory, mut sums, .. } = tile;),
            Function::Gradient => quote! {
                let nn::GradientTile { pass, inputs, targets, mut memory, mut gradient, mut gradients, mut sums } = tile;
            },
            Function::Derivative(DerivativeKind::Jvp) => {
                quote!(let nn::DerivativeTile { pass, inputs, targets, mut memory, outputs, tangents, .. } = tile;)
            }
            Function::Derivative(DerivativeKind::Hvp) => quote! {
                let nn::DerivativeTile { pass, inputs, targets, direction, mut memory, mut gradient, .. } = tile;
            },
            Function::Derivative(_) => quote! {
                let nn::DerivativeTile { pass, inputs, targets, mut memory, mut gradient, mut gradients, .. } = tile;
            },
            Function::ForwardInTraining => {
                quote!(let nn::DerivativeTile { pass, inputs, mut memory, outputs, .. } = tile;)
            }
        };
        self.begin = part.start;
        let schedule = self.schedule;
        let own = &schedule.blocks[part.clone()];
        let outside = self.outside(own);
        let blocks = self.blocks(own, &schedule.purposes[part]);
        let contracts = own.iter().any(Block::contracts);
        let on = match self.function {
            _ if !contracts => TokenStream::new(),
            Function::Divisors => quote!(let on = (nn::InstructionSet::detect(), samples);),
            // a constant in each function that is compiled for an instruction set
            _ => quote!(let on = (instructions, samples);),
        };
        let samples = match self.function {
            Function::Divisors => quote!(let samples = targets.len();),
            // it computes one value, not one for each sample
            Function::Fold if !contracts => TokenStream::new(),
            Function::Fold => quote!(let samples = 1;),
            _ => quote!(let samples = inputs.len();),
        };
        let mut code = Code::default();
        code.tokens(quote!(#arguments #samples #on #outside));
        code.append(blocks);
        code
    }

    /// Blocks; those for a gradient alone are under the condition that it is wanted.
    pub(in crate::emit) fn blocks(&mut self, blocks: &'a [Block], purposes: &[Purpose]) -> Code {
        let mut code = Code::default();
        let mut at = 0;
        let mut bound = Vec::new();
        while at < blocks.len() {
            let (purpose, end) = (purposes[at], group(purposes, at).end);
            let whole = !blocks[at..end].iter().any(|block| matches!(block, Block::Sequence(_)));
            if whole {
                code.tokens(self.split(blocks, at..end, &mut bound));
            }
            let known = self.bound_gradients.len();
            let mut inner = bound.clone();
            let mut work = Code::default();
            if matches!(purpose, Purpose::Parameters | Purpose::Inputs) {
                work.tokens(self.gradient_slices(&blocks[at..end]));
            }
            for at in at..end {
                if let Block::Sequence(sequence) = &blocks[at] {
                    // each iteration splits the memory itself
                    inner.clear();
                    let around = if purpose == Purpose::All { self.purpose } else { purpose };
                    let around = std::mem::replace(&mut self.purpose, around);
                    self.sequence(sequence, &mut work);
                    self.purpose = around;
                } else {
                    work.tokens(self.split(blocks, at..at + 1, &mut inner));
                    self.block(&blocks[at], &mut work);
                }
            }
            self.bound_gradients.truncate(known);
            if inner != bound {
                // variables that are bound inside of a condition end with it
                bound.clear();
            }
            let (condition, begin) = self.opening(purpose, at);
            code.tokens(condition.clone());
            if condition.is_empty() && begin.is_empty() {
                code.append(work);
            } else {
                let mut inside = Code::default();
                inside.tokens(begin);
                inside.append(work);
                code.braces(inside);
            }
            at = end;
        }
        code
    }

    /// The condition under which a group of blocks runs, and what its work begins with: the turn of this tile.
    fn opening(&self, purpose: Purpose, at: usize) -> (TokenStream, TokenStream) {
        let turn = if self.iterations.is_empty() { self.turns.get(&(self.begin + at)) } else { None };
        let condition = match purpose {
            Purpose::All => TokenStream::new(),
            Purpose::Gradients => quote!(if gradient.is_some() || gradients.is_some()),
            Purpose::Parameters if turn.is_some() => quote!(if let Some(gradient) = &mut gradient),
            // the turn is that of the whole loop: each iteration may add to the same sums
            Purpose::Parameters => quote!(if let Some(gradient) = &gradient),
            Purpose::Inputs => quote!(if let Some(gradients) = gradients.as_deref_mut()),
        };
        let mut begin = TokenStream::new();
        if let Some(turn) = turn {
            let (number, last) = (Self::literal(turn.number), Self::literal(turn.last));
            begin.extend(match (turn.of_gradient, purpose) {
                (false, _) => TokenStream::new(),
                (true, Purpose::Parameters) => quote!(let gradient = gradient.turn(#number, #last);),
                (true, _) => quote!(let gradient = gradient.as_mut().map(|gradient| gradient.turn(#number, #last));),
            });
            if turn.of_loss {
                begin.extend(quote!(let mut sums = sums.turn(#number, #last); let sums = &mut *sums;));
            }
        }
        (condition, begin)
    }

    pub(in crate::emit) fn index_name(&mut self, index: IndexId) -> Ident {
        self.names.index(self.program(), index)
    }

    /// The loop of a sequence.
    fn sequence(&mut self, sequence: &'a Sequence, code: &mut Code) {
        let (iteration, extent) = (self.index_name(sequence.iteration), self.extent(sequence.iteration));
        self.iterations.push(sequence.iteration);
        let (read, written) = Block::Sequence(sequence.clone()).accesses(self.program());
        let both = read.into_iter().chain(written);
        let mut own: Vec<TensorId> = both.map(|tensor| self.program().root(tensor)).collect();
        own.sort_unstable();
        own.dedup();
        own.retain(|tensor| {
            let of = self.program().at(*tensor);
            let is_stored = of.role.is_stored() || matches!(of.role, Role::Direction(_) | Role::Folded(_));
            let counts_layers = self.program().counts_layers(sequence.iteration);
            is_stored && counts_layers && of.sequence_axes == self.layer_iterations().len()
        });
        let mut lines = Code::default();
        for tensor in own {
            if let Some(value) = self.outside_slice(tensor) {
                let name = self.variable(tensor);
                lines.tokens(quote!(let #name = #value;));
            }
        }
        let known = self.bound_gradients.len();
        // the condition stands once, around the whole loop
        if matches!(self.purpose, Purpose::Parameters | Purpose::Inputs) {
            lines.tokens(self.gradient_slices(&sequence.blocks));
        }
        lines.append(self.blocks(&sequence.blocks, &sequence.purposes));
        self.bound_gradients.truncate(known);
        self.iterations.pop();
        self.names.release(sequence.iteration);
        let range = if sequence.backward { quote!((0..#extent).rev()) } else { quote!(0..#extent) };
        code.tokens(quote!(for #iteration in #range));
        code.braces(lines);
    }

    fn block(&mut self, block: &Block, code: &mut Code) {
        code.tokens(match block {
            Block::Fill(tensor) => self.fill(*tensor),
            Block::Frame(tensor) => self.frame(*tensor),
            Block::CopyIn(tensor) => self.copy_field(*tensor, true),
            Block::CopyOut(tensor) => self.copy_field(*tensor, false),
            Block::Contraction(contraction) => self.contraction(contraction, false),
            Block::Nest(nodes) => return self.nest_or_call(nodes, block, code),
            Block::EachSample(blocks) => self.each_sample(blocks),
            Block::Sequence(_) => TokenStream::new(),
        });
    }

    /// Interleaved reductions over the samples: all of them for a sample before the next sample.
    fn each_sample(&mut self, blocks: &[Block]) -> TokenStream {
        let inner: TokenStream = blocks
            .iter()
            .map(|block| match block {
                Block::Contraction(contraction) => self.contraction(contraction, true),
                Block::Nest(nodes) => {
                    let nodes = match nodes.as_slice() {
                        [LoopNode::Loop { index: IndexId::SAMPLE, body }] => self.nodes(body),
                        other => self.nodes(other),
                    };
                    // the slices of one block do not serve the next
                    quote!({ #nodes })
                }
                _ => TokenStream::new(),
            })
            .collect();
        quote!(for sample in 0..samples { #inner })
    }

    /// A comment, as far as tokens can hold one: `explain` turns it into a real one.
    pub(in crate::emit) fn comment(&self, equation: &Equation) -> TokenStream {
        if self.annotate {
            let text = format!("// {}", self.program().display(equation));
            quote!(const _: &str = #text;)
        } else {
            TokenStream::new()
        }
    }

    /// A literal number.
    pub(in crate::emit) fn literal(value: usize) -> Literal {
        Literal::usize_unsuffixed(value)
    }
}
