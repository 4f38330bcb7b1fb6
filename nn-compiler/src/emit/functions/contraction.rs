//! Contractions in emitted code: a plan and its operands.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::functions::numbers::real;
use crate::emit::functions::tile::{Function, Tile};
use crate::equation::{Program, Role};
use crate::schedule::{Block, Contraction, Sequence, Start};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, TensorId};

impl Tile<'_> {
    /// A contraction; for one sample of a loop over samples if `one` is set.
    pub(in crate::emit) fn contraction(&mut self, contraction: &Contraction, one: bool) -> TokenStream {
        let comment = self.comment(&contraction.equation);
        let plan = self.plan(contraction);
        let out = self.operand(contraction, contraction.out, 0, one);
        let left = self.operand(contraction, contraction.left, 1, one);
        let right = match contraction.right {
            Some(right) => self.operand(contraction, right, 2, one),
            None => quote!(&[T::ONE]),
        };
        let start = self.start(contraction, one);
        let on = if one { quote!((on.0, 1)) } else { quote!(on) };
        // what is not compiled for an instruction set leaves the choice to the kernel
        if self.function == Function::Divisors {
            return quote!(#comment Self::#plan.run(nn::operands(#on, [#left, #right], #start, #out)););
        }
        quote! {
            #comment
            nn::contract!(Self::#plan, #on, [#left, #right], #start, #out);
        }
    }

    /// The slice of an operand; `at` is its number among the strides of the loops.
    fn operand(&mut self, contraction: &Contraction, tensor: TensorId, at: usize, one: bool) -> TokenStream {
        let name = self.variable(tensor);
        let by_sample = contraction.loops.iter().find(|l| one && l.index == IndexId::SAMPLE);
        let step = by_sample.map(|l| l.strides[at].clone()).filter(|step| *step != Dim::default());
        let mut parts: Vec<TokenStream> = Vec::new();
        if let Some(step) = step {
            let step = self.sizes.atom(&step);
            parts.push(quote!(sample * #step));
        }
        let outer = contraction.outer_loops.iter().map(|outer| (outer.index, outer.strides[at].clone()));
        let terms = outer.filter(|(_, step)| *step != Dim::default()).collect();
        let begin = Affine { constant: contraction.origins[at].clone(), terms };
        if begin != Affine::default() {
            parts.push(self.affine(&begin));
        }
        match (parts.as_slice(), at) {
            ([], _) => quote!(#name),
            (_, 0) => quote!(&mut #name[#(#parts)+*..]),
            _ => quote!(&#name[#(#parts)+*..]),
        }
    }

    /// What the sums start from.
    fn start(&mut self, contraction: &Contraction, one: bool) -> TokenStream {
        let is_gradient = matches!(self.program().at(contraction.out).role, Role::Gradient(_));
        match contraction.start {
            Start::Zero if is_gradient && one => quote!(pass.start_of(sample)),
            Start::Zero if is_gradient => quote!(pass.start()),
            Start::Zero => quote!(nn::Start::Zero),
            Start::Out => quote!(nn::Start::Out),
            Start::From(tensor) => {
                let from = self.operand(contraction, tensor, 3, one);
                quote!(nn::Start::From(#from))
            }
        }
    }

    /// The constant that holds the plan of a contraction. In a step of a stream its sums are added up as in the whole.
    fn plan(&mut self, contraction: &Contraction) -> Ident {
        let (rows, is_sum) = (self.rows(self.program(), contraction), contraction.right.is_none());
        let plan = match self.of_whole(contraction) {
            Some(whole) => {
                let whole = self.rows(&self.emitter.compiled.forward.program, whole);
                if is_sum { quote!(nn::Plan::sum_like(#rows, #whole)) } else { quote!(nn::Plan::like(#rows, #whole)) }
            }
            None if is_sum => quote!(nn::Plan::sum(#rows)),
            None => quote!(nn::Plan::new(#rows)),
        };
        let plan = match contraction.equation.bounds {
            Some(bounds) => {
                let [least, greatest] = bounds.map(|bound| real(f64::from_bits(bound)));
                quote!(#plan.clamped(#least, #greatest))
            }
            None => plan,
        };
        self.emitter.plans.borrow_mut().name(&self.program().at(contraction.out).name, plan)
    }

    /// The loops of a contraction: the trip count of each, and its strides.
    fn rows(&self, program: &Program, contraction: &Contraction) -> TokenStream {
        let rows = contraction.loops.iter().map(|l| {
            let [out, left, right, start] = l.strides.each_ref().map(|step| self.sizes.signed(step));
            let extent = match l.index {
                IndexId::SAMPLE => quote!(nn::SAMPLES),
                index => self.sizes.signed(program.extent(index)),
            };
            quote!([#extent, #out, #left, #right, #start])
        });
        quote!([#(#rows),*])
    }

    /// The contraction of the whole network that one in a step of a stream stands for.
    fn of_whole(&self, contraction: &Contraction) -> Option<&Contraction> {
        if self.function != Function::Step {
            return None;
        }
        let target = contraction.equation.target;
        let [mut own, mut whole] = [Vec::new(), Vec::new()];
        contractions(&self.schedule.blocks, &mut own);
        contractions(&self.emitter.compiled.forward.blocks, &mut whole);
        let mut own = own.into_iter().filter(|other| other.equation.target == target);
        let number = own.position(|other| same_loops(other, contraction))?;
        whole.into_iter().filter(|other| other.equation.target == target).nth(number)
    }
}

fn same_loops(a: &Contraction, b: &Contraction) -> bool {
    a.loops.len() == b.loops.len()
        && a.loops.iter().zip(&b.loops).all(|(a, b)| a.index == b.index && a.strides == b.strides)
}

/// All contractions in blocks, in their order.
fn contractions<'b>(blocks: &'b [Block], into: &mut Vec<&'b Contraction>) {
    for block in blocks {
        match block {
            Block::Contraction(contraction) => into.push(contraction),
            Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => contractions(blocks, into),
            _ => {}
        }
    }
}
