//! Tensors and paddings that are filled with a number.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::functions::numbers::number;
use crate::emit::functions::tile::Tile;
use crate::equation::Role;
use crate::errors::OrBug;
use crate::symbolic::TensorId;

/// An axis in memory: the elements of its padding in front, its own, and all together.
#[derive(Clone, Copy)]
struct Axis {
    front: usize,
    size: usize,
    all: usize,
}

impl Tile<'_> {
    pub(in crate::emit) fn fill(&mut self, tensor: TensorId) -> TokenStream {
        let name = self.variable(tensor);
        let of = self.program().at(tensor);
        let value = self.schedule.layout.padding(tensor).and_then(|padding| padding.value).map_or(0.0, f64::from_bits);
        let value = number(value);
        match of.role {
            // the first tile sets it, later ones accumulate
            Role::Gradient(_) => quote!(if pass.first { #name.fill(#value); }),
            _ => quote!(#name.fill(#value);),
        }
    }

    /// Fills the padding around a tensor, whose sizes are all known.
    pub(in crate::emit) fn frame(&mut self, tensor: TensorId) -> TokenStream {
        let name = self.variable(tensor);
        let padding = self.schedule.layout.padding(tensor).or_bug("a tensor without padding has no frame");
        let value = number(padding.value.map_or(0.0, f64::from_bits));
        let stored = self.schedule.layout.stored_sample(self.program(), tensor);
        let sides = &padding.sides[padding.sides.len() - stored.len()..];
        let axis = |(size, [front, back]): (&crate::shape::Dim, &[i64; 2])| {
            let all = usize::try_from(size.literal()?).ok()?;
            let [front, back] = [usize::try_from(*front).ok()?, usize::try_from(*back).ok()?];
            Some(Axis { front, size: all.checked_sub(front + back)?, all })
        };
        let axes: Option<Vec<Axis>> = stored.iter().zip(sides).map(axis).collect();
        frame(&quote!(#name), &axes.or_bug("a frame has sizes that are not known"), &value)
    }
}

/// Fills the padding of a part of a tensor with these axes.
fn frame(part: &TokenStream, axes: &[Axis], value: &TokenStream) -> TokenStream {
    let is_padded = |axis: &Axis| axis.size < axis.all;
    let Some(first) = axes.iter().position(is_padded) else { return TokenStream::new() };
    let (Axis { front, size, all }, inner) = (axes[first], &axes[first + 1..]);
    let each: usize = inner.iter().map(|axis| axis.all).product();
    let [total, begin, end] = [all * each, front * each, (front + size) * each];
    let before = (begin > 0).then(|| quote!(part[..#begin].fill(#value);));
    let behind = (end < total).then(|| quote!(part[#end..].fill(#value);));
    let inside = frame(&quote!(part[#begin..#end]), inner, value);
    quote!(for part in #part.chunks_exact_mut(#total) { #before #behind #inside })
}
