//! Declared shapes: their sizes, and the limits of every shape.

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::syntax::ast::{Rest, SizeItem, Type};

/// More values than any memory holds.
pub(in crate::lower) const MOST_VALUES: i64 = 1 << 40;

/// More products than a size is computed of in any time.
const MOST_PRODUCTS: usize = 4096;

const TOO_LONG: &str = "these sizes have too many symbols: names for parts of them would help";

/// Whether the product of sizes has too many products.
fn are_too_long(shape: &[Dim]) -> bool {
    shape.iter().fold(1usize, |products, size| products.saturating_mul(1 + size.parts().1.len())) > MOST_PRODUCTS
}

/// What is wrong with a shape that has more values than `most`, or whose sizes are too long to be multiplied.
pub(in crate::lower) fn excess(shape: &[Dim], most: i64) -> Option<&'static str> {
    if are_too_long(shape) {
        return Some(TOO_LONG);
    }
    Dim::product(shape).is_none_or(|count| count.magnitude() > most).then_some("these are too many values")
}

impl Lowering<'_> {
    /// The sizes of a declared shape; `None` where one is not known.
    pub(in crate::lower) fn shape_of(&mut self, shape: &Type, environment: &Environment) -> Option<Vec<Dim>> {
        let mut dims = Vec::new();
        for size in &shape.sizes {
            match size {
                SizeItem::Size(expression) => dims.push(self.size(expression, environment)?),
                SizeItem::Rest(rest) => dims.extend(self.rest_of(rest, environment)?),
            }
        }
        self.check_axes(dims, environment.place(shape.span))
    }

    /// The sizes that `..` or `N..` stands for.
    pub(in crate::lower) fn rest_of(&mut self, rest: &Rest, environment: &Environment) -> Option<Vec<Dim>> {
        let text = rest.text();
        let known = environment.rests.get(&text).cloned();
        known.or_else(|| {
            let message = format!("nothing says what `{text}` stands for here");
            let known = environment.rests.keys().map(String::as_str);
            self.mistake(Code::Rest, environment.place(rest.span), with_suggestion(message, &text, known))
        })
    }

    /// A shape, unless it has too many sizes.
    pub(in crate::lower) fn check_axes(&mut self, dims: Vec<Dim>, place: Span) -> Option<Vec<Dim>> {
        if dims.len() > crate::lower::lowering::MAX_AXES {
            return self.mistake(
                Code::TooLarge,
                place,
                format!("a tensor has at most six sizes, but this has {}", dims.len()),
            );
        }
        if are_too_long(&dims) {
            return self.mistake(Code::TooLarge, place, TOO_LONG);
        }
        Some(dims)
    }

    /// Reports a shape in which a size is less than one.
    pub(in crate::lower) fn check_positive(&mut self, shape: &[Dim], what: &str, place: Span) -> bool {
        if let Some(excess) = excess(shape, MOST_VALUES) {
            let message = format!("{what} would have the shape {}: {excess}", display_shape(shape));
            self.errors.report(Code::TooLarge, place, message);
            return false;
        }
        if shape.iter().all(|dim| dim.literal().is_none_or(|size| size > 0)) {
            for dim in shape.iter().filter(|dim| dim.literal().is_none()) {
                let less_one = dim.subtract(&Dim::from(1)).unwrap_or_default();
                let message =
                    format!("{what} would have the shape {}: every size must be at least 1", display_shape(shape));
                self.out.obligations.push(Obligation {
                    not_negative: less_one,
                    zero: false,
                    code: Code::EmptyShape,
                    message,
                    place,
                });
            }
            return true;
        }
        let message = format!("{what} would have the shape {}: every size must be at least 1", display_shape(shape));
        self.errors.report(Code::EmptyShape, place, message);
        false
    }
}
