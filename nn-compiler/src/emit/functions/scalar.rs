//! Scalar expressions as Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::functions::tile::Tile;
use crate::emit::naming::sizes::times;
use crate::errors::OrBug;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Node, Position, Relation, TensorId};

/// The precedence of the outermost operator, for parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Atom,
}

impl Tile<'_> {
    /// The expression as Rust.
    pub(in crate::emit) fn scalar(&mut self, id: ExpressionId) -> TokenStream {
        self.expression(id).0
    }

    fn atom(&mut self, id: ExpressionId, least: Binding) -> TokenStream {
        let (tokens, binding) = self.expression(id);
        if binding < least { quote!((#tokens)) } else { tokens }
    }

    fn expression(&mut self, id: ExpressionId) -> (TokenStream, Binding) {
        if let Some(name) = self.shared.get(&id) {
            return (quote!(#name), Binding::Atom);
        }
        match self.program().pool.node(id).clone() {
            Node::Constant(bits) => (self.number(f64::from_bits(bits)), Binding::Atom),
            Node::Size(dim) => {
                let value = self.sizes.value(&dim);
                (quote!(T::from_usize(#value)), Binding::Atom)
            }
            Node::Index(affine) => match self.affine_sides(&affine) {
                // both branches of a selection are computed, so that this may be negative although the condition
                // excludes it
                (above, Some(below)) if self.program().range(&affine).is_none_or(|(low, _)| low < 0) => {
                    (quote!(T::from_usize(#above) - T::from_usize(#below)), Binding::Sum)
                }
                _ => {
                    let value = self.affine(&affine);
                    (quote!(T::from_usize(#value)), Binding::Atom)
                }
            },
            Node::Scale(term) => {
                let term = Literal::usize_unsuffixed(term);
                (quote!(pass.scale[#term]), Binding::Atom)
            }
            Node::Read { tensor, at, outside } => {
                let read = self.read(tensor, &at, outside.map(f64::from_bits));
                let is_index = self.program().at(tensor).bound.is_some();
                (if is_index { quote!(T::from_usize(#read)) } else { read }, Binding::Atom)
            }
            Node::Random { layer, element } => {
                let (layer, element) = (Literal::u32_unsuffixed(layer), self.affine(&element));
                (quote!(pass.draw.uniform::<T>(#layer, sample, #element)), Binding::Atom)
            }
            Node::Sum(terms) => (self.sum(&terms), Binding::Sum),
            Node::Product(factors) => self.product(&factors),
            Node::Apply(function, arguments) => self.apply(function.row().method, &arguments),
            Node::Where { relation, left, right, then, otherwise } => {
                let (left, right) = self.comparison(relation, left, right);
                let relation: TokenStream = relation.text().parse().or_bug("a relation is no token");
                let cheap = self.is_cheap(then) && self.is_cheap(otherwise);
                let (then, otherwise) = (self.scalar(then), self.scalar(otherwise));
                // with both values computed there is no branch, and vectors can select by lane
                if cheap {
                    (quote!(nn::select(#left #relation #right, #then, #otherwise)), Binding::Atom)
                } else {
                    (quote!(if #left #relation #right { #then } else { #otherwise }), Binding::Sum)
                }
            }
        }
    }

    /// Whether an expression costs no more than a selection.
    fn is_cheap(&self, id: ExpressionId) -> bool {
        let mut nodes = 0;
        let mut cheap = true;
        self.program().pool.visit(id, &mut |_, node| {
            nodes += 1;
            cheap &= !matches!(node, Node::Apply(..) | Node::Random { .. });
        });
        cheap && nodes <= 8
    }

    fn apply(&mut self, method: &str, arguments: &[ExpressionId]) -> (TokenStream, Binding) {
        if method == "detach" {
            return self.expression(arguments[0]);
        }
        let first = self.atom(arguments[0], Binding::Atom);
        let first =
            if matches!(self.program().pool.node(arguments[0]), Node::Where { .. }) { quote!((#first)) } else { first };
        let rest: Vec<TokenStream> = arguments[1..].iter().map(|id| self.scalar(*id)).collect();
        let method = syn::Ident::new(method, proc_macro2::Span::call_site());
        (quote!(#first.#method(#(#rest),*)), Binding::Atom)
    }

    /// The two sides of a comparison: whole numbers if both are.
    fn comparison(
        &mut self,
        relation: Relation,
        left: ExpressionId,
        right: ExpressionId,
    ) -> (TokenStream, TokenStream) {
        if matches!(relation, Relation::Equal | Relation::NotEqual)
            && let Some(value) = self.program().pool.as_constant(right).filter(|value| *value < 0.0)
            && let Some(left) = self.whole(left)
        {
            return (left, wrapped(value));
        }
        match (self.whole(left), self.whole(right)) {
            (Some(left), Some(right)) => (left, right),
            _ => (self.atom(left, Binding::Sum), self.atom(right, Binding::Sum)),
        }
    }

    /// An expression as a `usize`, if it is one.
    fn whole(&mut self, id: ExpressionId) -> Option<TokenStream> {
        match self.program().pool.node(id).clone() {
            Node::Index(affine) => Some(self.affine(&affine)),
            Node::Size(dim) => Some(self.sizes.value(&dim)),
            Node::Read { tensor, at, outside: None } if self.program().at(tensor).bound.is_some() => {
                Some(self.read(tensor, &at, None))
            }
            Node::Constant(bits) => {
                let value = f64::from_bits(bits);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and not negative
                (value.fract() == 0.0 && (0.0..1e15).contains(&value)).then(|| {
                    let value = Literal::u64_unsuffixed(value as u64);
                    quote!(#value)
                })
            }
            _ => None,
        }
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

    pub(in crate::emit) fn number(&self, value: f64) -> TokenStream {
        if value == 0.0 {
            quote!(T::ZERO)
        } else if value == 1.0 {
            quote!(T::ONE)
        } else {
            let value = signed(value);
            quote!(T::from_f64(#value))
        }
    }

    fn sum(&mut self, terms: &[(u64, ExpressionId)]) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (at, (factor, id)) in terms.iter().enumerate() {
            let factor = f64::from_bits(*factor);
            let negative = factor < 0.0;
            let size = factor.abs();
            let value = if self.program().pool.as_constant(*id) == Some(1.0) {
                self.number(size)
            } else if size == 1.0 {
                self.atom(*id, Binding::Product)
            } else {
                let (number, value) = (self.number(size), self.atom(*id, Binding::Product));
                quote!(#number * #value)
            };
            tokens.extend(match (at, negative) {
                (0, false) => value,
                (0, true) => quote!(-#value),
                (_, false) => quote!(+ #value),
                (_, true) => quote!(- #value),
            });
        }
        tokens
    }

    fn product(&mut self, factors: &[(ExpressionId, i32)]) -> (TokenStream, Binding) {
        let mut side = |positive: bool| {
            let mut parts = Vec::new();
            for (id, power) in factors.iter().filter(|(_, power)| (*power > 0) == positive) {
                let base = self.atom(*id, Binding::Atom);
                if power.abs() <= 4 {
                    parts.extend(std::iter::repeat_n(base, power.unsigned_abs() as usize));
                } else {
                    let power = signed(f64::from(power.abs()));
                    parts.push(quote!(#base.powf(T::from_f64(#power))));
                }
            }
            parts
        };
        let (above, below) = (side(true), side(false));
        let above = if above.is_empty() { vec![quote!(T::ONE)] } else { above };
        let tokens = match below.as_slice() {
            [] => times(&above),
            [one] => {
                let above = times(&above);
                quote!(#above / #one)
            }
            many => {
                let (above, below) = (times(&above), times(many));
                quote!(#above / (#below))
            }
        };
        (tokens, Binding::Product)
    }

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
            match factor.literal() {
                Some(1) => above.push(quote!(#name)),
                Some(-1) => below.push(quote!(#name)),
                Some(factor) if factor < 0 => {
                    let factor = Literal::u64_unsuffixed(factor.unsigned_abs());
                    below.push(quote!(#name * #factor));
                }
                _ => {
                    let factor = self.sizes.atom(factor);
                    above.push(quote!(#name * #factor));
                }
            }
        }
        match affine.constant.literal() {
            Some(0) => {}
            Some(constant) if constant < 0 => {
                let constant = Literal::u64_unsuffixed(constant.unsigned_abs());
                below.push(quote!(#constant));
            }
            Some(_) => {
                let constant = self.sizes.value(&affine.constant);
                above.push(constant);
            }
            None => {
                let (plus, minus) = affine.constant.split_signs();
                if plus != Dim::default() {
                    above.push(self.sizes.value(&plus));
                }
                if minus != Dim::default() {
                    below.push(self.sizes.value(&minus));
                }
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

    /// An element of a tensor.
    pub(in crate::emit) fn read(&mut self, tensor: TensorId, at: &[Position], outside: Option<f64>) -> TokenStream {
        let element = self.element(tensor, at);
        let Some(outside) = outside else { return element };
        match self.inside(tensor, at, Some(outside)) {
            None => element,
            Some(condition) => {
                let outside = self.number(outside);
                quote!((if #condition { #element } else { #outside }))
            }
        }
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
}

/// A whole number as a `usize`; a negative one wraps round, as in Rust's conversion.
pub(in crate::emit) fn wrapped(value: f64) -> TokenStream {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and small
    let size = Literal::u64_unsuffixed(value.abs() as u64);
    if value < 0.0 { quote!(usize::wrapping_sub(0, #size)) } else { quote!(#size) }
}

/// A number as Rust writes it.
pub(in crate::emit) fn signed(value: f64) -> TokenStream {
    if !value.is_finite() {
        let name = if value.is_nan() {
            "NAN"
        } else if value > 0.0 {
            "INFINITY"
        } else {
            "NEG_INFINITY"
        };
        let name = syn::Ident::new(name, proc_macro2::Span::call_site());
        return quote!(f64::#name);
    }
    let literal = Literal::f64_unsuffixed(value.abs());
    if value < 0.0 { quote!(-#literal) } else { quote!(#literal) }
}
