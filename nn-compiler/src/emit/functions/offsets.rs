//! Positions as Rust: whole numbers, offsets in memory, and conditions that they lie inside.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::functions::tile::Tile;
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, TensorId};

impl Tile<'_> {
    /// A position as a `usize`: additions first, subtractions behind them.
    pub(in crate::emit) fn affine(&mut self, affine: &Affine) -> TokenStream {
        let (above, below) = self.affine_sides(affine);
        match below {
            Some(below) => quote!(#above - (#below)),
            None => above,
        }
    }

    /// The two sides of a position that is a difference.
    pub(in crate::emit) fn affine_sides(&mut self, affine: &Affine) -> (TokenStream, Option<TokenStream>) {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for (index, factor) in &affine.terms {
            let name = self.index_name(*index);
            // of sizes that the macro does not see, it does not see the sign either
            let (plus, minus) = factor.split_signs();
            for (part, side) in [(plus, &mut above), (minus, &mut below)] {
                if part.literal() == Some(1) {
                    side.push(quote!(#name));
                } else if part != Dim::default() {
                    let part = self.sizes.atom(&part);
                    side.push(quote!(#name * #part));
                }
            }
        }
        let (plus, minus) = affine.constant.split_signs();
        for (part, side) in [(plus, &mut above), (minus, &mut below)] {
            if part != Dim::default() {
                side.push(self.sizes.value(&part));
            }
        }
        let above = if above.is_empty() { quote!(0) } else { quote!(#(#above)+*) };
        let below = (!below.is_empty()).then(|| quote!(#(#below)+*));
        (above, below)
    }

    /// The condition that a position lies inside, where it may not.
    pub(in crate::emit) fn inside(
        &mut self,
        tensor: TensorId,
        at: &[Position],
        outside: Option<f64>,
    ) -> Option<TokenStream> {
        if self.schedule.layout.pads(self.program(), tensor, at, outside.map(f64::to_bits)) {
            return None;
        }
        let sizes = self.program().at(tensor).shape.clone();
        let mut conditions = Vec::new();
        for (position, size) in at.iter().zip(&sizes) {
            let (affine, size) = match position {
                Position::Affine(affine) => (affine, size),
                // what is outside of a table is outside of the tensor
                Position::Table(table) => (&table.at, &table.extent()),
                Position::Gather(_) => continue,
            };
            let range = self.program().range(affine);
            let (above, below) = self.affine_sides(affine);
            if let Some(below) = &below
                && range.is_none_or(|(low, _)| low < 0)
            {
                conditions.push(quote!(#above >= #below));
            }
            if range.zip(size.literal()).is_none_or(|((_, high), size)| high >= size) && !self.covers(affine, size) {
                let size = self.sizes.value(size);
                conditions.push(match below {
                    Some(below) => quote!(#above < #size + #below),
                    None => quote!(#above < #size),
                });
            }
        }
        (!conditions.is_empty()).then(|| quote!(#(#conditions)&&*))
    }

    /// Whether a position is an index over the whole axis.
    fn covers(&self, affine: &Affine, size: &Dim) -> bool {
        affine.as_index().is_some_and(|index| index == IndexId::SAMPLE || self.program().extent(index) == size)
    }

    /// The position in memory of an element, which may depend on a gather.
    pub(in crate::emit) fn flat(&mut self, tensor: TensorId, at: &[Position]) -> TokenStream {
        if let Some(offset) = self.schedule.offset(tensor, at) {
            return self.affine(&offset);
        }
        let strides = self.schedule.layout.strides(self.program(), tensor).or_bug("a size overflows");
        let mut terms = Vec::new();
        // behind the padding
        let origin = self.schedule.layout.origin(self.program(), tensor).or_bug("a size overflows");
        if origin != Dim::default() {
            terms.push(self.sizes.value(&origin));
        }
        for (position, stride) in at.iter().zip(strides) {
            let value = match position {
                Position::Affine(affine) if *affine == Affine::default() => continue,
                Position::Affine(affine) => {
                    let value = self.affine(affine);
                    if affine.as_index().is_some() { value } else { quote!((#value)) }
                }
                Position::Gather(id) => self.gathered(*id),
                Position::Table(table) => {
                    let values = table
                        .values
                        .iter()
                        .map(|at| Literal::usize_suffixed(usize::try_from(*at).or_bug("a position is negative")));
                    let at = self.affine(&table.at);
                    quote!(const { &[#(#values),*] }[#at])
                }
            };
            if stride.literal() == Some(1) {
                terms.push(value);
            } else {
                let stride = self.sizes.atom(&stride);
                terms.push(quote!(#value * #stride));
            }
        }
        if terms.is_empty() { quote!(0) } else { quote!(#(#terms)+*) }
    }

    /// A position that is read. A sentinel reads the last element, whose value is not used.
    fn gathered(&mut self, id: ExpressionId) -> TokenStream {
        let value = self.whole(id).or_bug("a position is no whole number");
        let Node::Read { tensor, .. } = self.program().pool.node(id) else { return value };
        let of = self.program().at(self.program().root(*tensor));
        match (&of.bound, of.ignored) {
            (Some(bound), Some(_)) => {
                let last = bound.subtract(&Dim::from(1)).or_bug("a size overflows");
                let last = self.sizes.value(&last);
                quote!(#value.min(#last))
            }
            _ => value,
        }
    }
}
