//! The number of samples that a step of training needs for its statistics over the batch.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::equation::Equation;
use crate::shape::Dim;
use crate::symbolic::{IndexId, Node};

impl Emitter<'_> {
    /// The least number of samples that a network which takes statistics of the batch can be trained on: two where some
    /// statistic is over the samples alone, one where each has several values of one sample, such as the pixels of an
    /// image.
    pub(in crate::emit) fn least_batch(&self) -> TokenStream {
        let program = &self.compiled.train.program;
        let mut counts: Vec<Dim> = Vec::new();
        for equation in &program.equations {
            let Some(count) = self.values_of_a_sample(equation) else { continue };
            match count.literal() {
                Some(..=1) => return quote!(2),
                Some(_) => {}
                None if counts.contains(&count) => {}
                None => counts.push(count),
            }
        }
        if counts.is_empty() {
            return quote!(1);
        }
        let counts = counts.iter().map(|count| self.outer_sizes.value(count));
        quote!(if #(#counts > 1)&&* { 1 } else { 2 })
    }

    /// The number of values of each sample in an equation's reduction, if that runs over the samples. Counts and the
    /// sum of the loss are no statistics.
    fn values_of_a_sample(&self, equation: &Equation) -> Option<Dim> {
        let program = &self.compiled.train.program;
        let reduced: Vec<IndexId> = equation.reduced().collect();
        let reads = |id| matches!(program.pool.node(id), Node::Read { .. });
        let counts_only = !program.pool.reads(equation.body).into_iter().any(reads);
        if !reduced.contains(&IndexId::SAMPLE) || counts_only || program.at(equation.target).role.is_summed() {
            return None;
        }
        let others = reduced.into_iter().filter(|index| *index != IndexId::SAMPLE);
        let extents: Vec<Dim> = others.map(|index| program.extent(index).clone()).collect();
        // a product that overflows is above one
        Some(Dim::product(&extents).unwrap_or(Dim::from(i64::MAX)))
    }
}
