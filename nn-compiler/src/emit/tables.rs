//! The constants that a network says of itself: sizes, and what lies where.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use super::tile::Tile;
use crate::lower::Parameter;
use crate::schedule::Schedule;
use crate::shape::Dim;
use crate::symbolic::TensorId;

impl Emitter<'_> {
    /// The number of samples that fit into the cache with all that belongs to them.
    pub(super) fn tile_size(&self) -> TokenStream {
        let lowered = self.lowered();
        let schedule = self.compiled.training.as_ref().map_or(&self.compiled.forward, |t| &t.gradient);
        let inputs = lowered
            .inputs
            .iter()
            .map(|port| Dim::product(lowered.program.at(port.tensor).sample_shape()).unwrap_or_default());
        let all: Vec<Dim> = inputs.chain([schedule.scratch.clone()]).collect();
        let sum = self.sum_of(all.iter());
        quote!(nn::tile(#sum))
    }

    pub(super) fn sum_of<'b>(&self, dims: impl Iterator<Item = &'b Dim>) -> TokenStream {
        let sum = dims.fold(Dim::default(), |sum, dim| sum.add(dim).unwrap_or(sum));
        self.outer_sizes.value(&sum)
    }

    /// The workspace of one sample as a type.
    pub(super) fn scratch_type(&self, schedule: &Schedule) -> TokenStream {
        if let Some(len) = schedule.scratch.literal() {
            let len = Tile::literal(usize::try_from(len).unwrap_or(0));
            return quote!([T; #len]);
        }
        // sizes that the macro cannot see: one tensor behind the other, in the order of their places
        let mut buffers: Vec<TensorId> = schedule.places.values().map(|place| place.buffer).collect();
        buffers.sort_unstable();
        buffers.dedup();
        buffers.iter().rev().fold(quote!([T; 0]), |rest, tensor| {
            let skip = usize::from(schedule.program.at(*tensor).for_each_sample());
            let stored = schedule.program.stored_shape(*tensor).unwrap_or_default();
            let shape = self.outer_sizes.shape(&stored[skip.min(stored.len())..]);
            quote!(nn::Pair<nn::Tensor<#shape, T>, #rest>)
        })
    }

    /// The workspace of one sample for the larger of two schedules, of which one runs at a time.
    pub(super) fn larger_scratch(&self, a: &Schedule, b: &Schedule) -> TokenStream {
        let [first, second] = [a, b].map(|schedule| self.scratch_type(schedule));
        match (a.scratch.literal(), b.scratch.literal()) {
            (Some(a), Some(b)) => {
                if a < b {
                    second
                } else {
                    first
                }
            }
            _ => quote!(nn::Either<#first, #second>),
        }
    }

    pub(super) fn stored_table(&self, stored: &[Parameter]) -> TokenStream {
        let mut rows = Vec::new();
        let stored: Vec<&Parameter> = stored.iter().collect();
        self.stored_rows(&stored, 0, "", &mut Dim::default(), &mut rows);
        quote!(&[#(#rows),*])
    }

    /// The rows of what lies in one layer, or in the network, in the order in which it lies in memory.
    fn stored_rows(
        &self,
        within: &[&Parameter],
        depth: usize,
        prefix: &str,
        at: &mut Dim,
        rows: &mut Vec<TokenStream>,
    ) {
        let mut rest = within;
        while let Some(first) = rest.first() {
            let Some(layer) = first.path.get(depth) else {
                let name = format!("{prefix}{}", first.name);
                let (shape, offset) = (self.shape_values(&first.shape), self.outer_sizes.value(at));
                rows.push(quote!(nn::Parameter::new(#name, #shape, #offset)));
                if let Some(next) = Dim::product(&first.shape).and_then(|len| at.add(&len)) {
                    *at = next;
                }
                rest = &rest[1..];
                continue;
            };
            let same = rest.iter().take_while(|other| other.path.get(depth) == Some(layer)).count();
            match first.arrays.iter().find(|(array, _)| *array == depth) {
                None => self.stored_rows(&rest[..same], depth + 1, &format!("{prefix}{layer}."), at, rows),
                Some((_, count)) => (0..*count).for_each(|turn| {
                    self.stored_rows(&rest[..same], depth + 1, &format!("{prefix}{layer}.{turn}."), at, rows);
                }),
            }
            rest = &rest[same..];
        }
    }

    pub(super) fn layer_table(&self) -> TokenStream {
        let rows = self.infer.steps.iter().map(|step| {
            let (name, kind, shape) = (&step.name, &step.kind, self.shape_values(&step.shape));
            let (parameters, macs) = (self.outer_sizes.value(&step.parameters), self.outer_sizes.value(&step.macs));
            quote!(nn::Layer::new(#name, #kind, #shape, #parameters, #macs))
        });
        quote!(&[#(#rows),*])
    }

    fn shape_values(&self, shape: &[Dim]) -> TokenStream {
        let sizes = shape.iter().map(|dim| self.outer_sizes.value(dim));
        quote!(&[#(#sizes),*])
    }
}
