//! Declared shapes: their sizes, and the limits of every shape.

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::syntax::ast::{Rest, SizeItem, Type};

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
        Some(dims)
    }

    /// Reports a shape in which a size is less than one.
    pub(in crate::lower) fn check_positive(&mut self, shape: &[Dim], what: &str, place: Span) -> bool {
        /// More values than any memory holds.
        const MOST: i64 = 1 << 40;
        let count = Dim::product(shape).map(|count| count.literal());
        if count.is_none_or(|count| count.is_some_and(|count| count > MOST)) {
            let message = format!("{what} would have the shape {}: these are too many values", display_shape(shape));
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
