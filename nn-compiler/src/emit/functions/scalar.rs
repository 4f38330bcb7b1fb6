//! Scalar expressions as Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::functions::numbers::{number, real, wrapped};
use crate::emit::functions::tile::Tile;
use crate::emit::naming::sizes::times;
use crate::errors::OrBug;
use crate::symbolic::{Affine, ExpressionId, Node, Position, Precedence, Relation, TensorId};

impl Tile<'_> {
    /// The expression as Rust.
    pub(in crate::emit) fn scalar(&mut self, id: ExpressionId) -> TokenStream {
        self.expression(id).0
    }

    fn atom(&mut self, id: ExpressionId, least: Precedence) -> TokenStream {
        let (tokens, precedence) = self.expression(id);
        if precedence < least { quote!((#tokens)) } else { tokens }
    }

    fn expression(&mut self, id: ExpressionId) -> (TokenStream, Precedence) {
        if let Some(name) = self.shared.get(&id) {
            return (quote!(#name), Precedence::Atom);
        }
        match self.program().pool.node(id).clone() {
            Node::Constant(bits) => (number(f64::from_bits(bits)), Precedence::Atom),
            Node::Size(dim) => {
                let value = self.sizes.value(&dim);
                (quote!(T::from_usize(#value)), Precedence::Atom)
            }
            Node::Index(affine) => self.index_value(&affine),
            Node::Scale(term) => {
                let term = Literal::usize_unsuffixed(term);
                (quote!(pass.scale[#term]), Precedence::Atom)
            }
            Node::Read { tensor, at, outside } => {
                let read = self.read(tensor, &at, outside.map(f64::from_bits));
                let of = self.program().at(tensor);
                let value = match (of.bound.is_some(), of.number.is_position()) {
                    (true, _) => quote!(T::from_usize(#read)),
                    (_, true) => quote!(T::from_usize(#read as usize)),
                    _ => read,
                };
                (value, Precedence::Atom)
            }
            Node::Random { layer, element } => {
                let (layer, element) = (Literal::u32_suffixed(layer), self.affine(&element));
                (quote!(pass.draw.uniform::<T>(#layer, sample, #element)), Precedence::Atom)
            }
            Node::Sum(terms) => (self.sum(&terms), Precedence::Sum),
            Node::Product(factors) => self.product(&factors),
            Node::Apply(function, arguments) => self.apply(function.row().method, &arguments),
            Node::Where { relation, left, right, then, otherwise } => {
                let condition = self.condition(relation, left, right);
                self.choice(&condition, then, otherwise)
            }
        }
    }

    /// The value of a position.
    fn index_value(&mut self, affine: &Affine) -> (TokenStream, Precedence) {
        match self.affine_sides(affine) {
            // both branches of a selection are computed, so that this may be negative although the condition
            // excludes it
            (above, Some(below)) if self.program().range(affine).is_none_or(|(low, _)| low < 0) => {
                (quote!(T::from_usize(#above) - T::from_usize(#below)), Precedence::Sum)
            }
            _ => {
                let value = self.affine(affine);
                (quote!(T::from_usize(#value)), Precedence::Atom)
            }
        }
    }

    /// One of two values by a condition.
    fn choice(
        &mut self,
        condition: &TokenStream,
        then: ExpressionId,
        otherwise: ExpressionId,
    ) -> (TokenStream, Precedence) {
        let cheap = self.is_cheap(then) && self.is_cheap(otherwise);
        let (then, otherwise) = (self.scalar(then), self.scalar(otherwise));
        // with both values computed there is no branch, and vectors can select by lane
        if cheap {
            (quote!(nn::select(#condition, #then, #otherwise)), Precedence::Atom)
        } else {
            (quote!(if #condition { #then } else { #otherwise }), Precedence::Sum)
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

    fn apply(&mut self, method: &str, arguments: &[ExpressionId]) -> (TokenStream, Precedence) {
        if method == "detach" {
            return self.expression(arguments[0]);
        }
        let first = self.atom(arguments[0], Precedence::Atom);
        let first =
            if matches!(self.program().pool.node(arguments[0]), Node::Where { .. }) { quote!((#first)) } else { first };
        let rest: Vec<TokenStream> = arguments[1..].iter().map(|id| self.scalar(*id)).collect();
        let method = syn::Ident::new(method, proc_macro2::Span::call_site());
        (quote!(#first.#method(#(#rest),*)), Precedence::Atom)
    }

    fn condition(&mut self, relation: Relation, left: ExpressionId, right: ExpressionId) -> TokenStream {
        if relation == Relation::Equal
            && let Some(same) = self.same_position(left, right)
        {
            return same;
        }
        let (left, right) = self.comparison(relation, left, right);
        let relation: TokenStream = relation.text().parse().or_bug("a relation is no token");
        quote!(#left #relation #right)
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
            _ => (self.atom(left, Precedence::Sum), self.atom(right, Precedence::Sum)),
        }
    }

    /// An expression as a `usize`, if it is one.
    pub(super) fn whole(&mut self, id: ExpressionId) -> Option<TokenStream> {
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

    fn sum(&mut self, terms: &[(u64, ExpressionId)]) -> TokenStream {
        let mut tokens = TokenStream::new();
        for (at, (factor, id)) in terms.iter().enumerate() {
            let factor = f64::from_bits(*factor);
            let negative = factor < 0.0;
            let size = factor.abs();
            let value = if self.program().pool.as_constant(*id) == Some(1.0) {
                number(size)
            } else if size == 1.0 {
                self.atom(*id, Precedence::Product)
            } else {
                let (number, value) = (number(size), self.atom(*id, Precedence::Product));
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

    fn product(&mut self, factors: &[(ExpressionId, i32)]) -> (TokenStream, Precedence) {
        let mut side = |positive: bool| {
            let mut parts = Vec::new();
            for (id, power) in factors.iter().filter(|(_, power)| (*power > 0) == positive) {
                let base = self.atom(*id, Precedence::Atom);
                if power.abs() <= 4 {
                    parts.extend(std::iter::repeat_n(base, power.unsigned_abs() as usize));
                } else {
                    let power = real(f64::from(power.abs()));
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
        (tokens, Precedence::Product)
    }

    /// An element of a tensor.
    pub(in crate::emit) fn read(&mut self, tensor: TensorId, at: &[Position], outside: Option<f64>) -> TokenStream {
        let element = self.element(tensor, at);
        let Some(outside) = outside else { return element };
        match self.inside(tensor, at, Some(outside)) {
            None => element,
            Some(condition) => {
                let outside = match self.position_ident(tensor) {
                    Some(position) => quote!(#position::MIN),
                    None => number(outside),
                };
                quote!((if #condition { #element } else { #outside }))
            }
        }
    }
}
