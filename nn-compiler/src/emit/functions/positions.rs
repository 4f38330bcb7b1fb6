//! Positions of maxima in emitted code: whole numbers of the least type that holds them.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::emit::functions::tile::Tile;
use crate::schedule::Statement;
use crate::symbolic::{Affine, ExpressionId, Node, TensorId};

impl Tile<'_> {
    /// The type of the positions that a tensor holds; none if it holds floats.
    pub(in crate::emit) fn position_type(&self, tensor: TensorId) -> Option<&'static str> {
        let number = &self.program().at(tensor).number;
        let name = match number.bytes() {
            1 => "u8",
            2 => "u16",
            _ => "u32",
        };
        number.is_position().then_some(name)
    }

    /// The same as a token.
    pub(in crate::emit) fn position_ident(&self, tensor: TensorId) -> Option<Ident> {
        Some(Ident::new(self.position_type(tensor)?, Span::call_site()))
    }

    /// Whether the position of a maximum is a float while the maximum is searched: it is then selected as the maximum
    /// is, by the same lanes. Positions of two bytes are exact in every float.
    fn searches_in_floats(&self, statement: &Statement) -> bool {
        let target = statement.position.unwrap_or(statement.target);
        self.program().at(target).number.bytes() <= 2
    }

    /// A position while the maximum is searched.
    pub(in crate::emit) fn searched_position(&self, statement: &Statement, position: &TokenStream) -> TokenStream {
        if self.searches_in_floats(statement) {
            quote!(nn::from_position::<T>(#position))
        } else {
            quote!((#position) as u32)
        }
    }

    /// What a position begins with.
    pub(in crate::emit) fn first_position(&self, statement: &Statement) -> TokenStream {
        if self.searches_in_floats(statement) { quote!(T::ZERO) } else { quote!(0_u32) }
    }

    /// Stores the position that was found in the type of its target.
    pub(in crate::emit) fn store_position(&mut self, statement: &Statement, position: &TokenStream) -> TokenStream {
        let value = match self.position_ident(statement.target) {
            Some(own) if self.searches_in_floats(statement) => quote!(nn::as_position(#position) as #own),
            _ => position.clone(),
        };
        self.store(statement, &value)
    }

    /// Whether an index equals a position that is read, compared in the type of the position.
    pub(in crate::emit) fn same_position(&mut self, left: ExpressionId, right: ExpressionId) -> Option<TokenStream> {
        let Node::Index(affine) = self.program().pool.node(left).clone() else { return None };
        let Node::Read { tensor, at, outside: None } = self.program().pool.node(right).clone() else { return None };
        let position = self.position_ident(tensor)?;
        // no index wraps in the cast
        let greatest = self.program().range(&affine).map(|(_, high)| high);
        let bytes = self.program().at(tensor).number.bytes();
        let fits = bytes == 4 || greatest.is_some_and(|greatest| greatest < 1 << (8 * bytes));
        if !fits || may_be_negative(&affine) {
            return None;
        }
        let (index, read) = (self.affine(&affine), self.read(tensor, &at, None));
        // of few positions each is the right one so often that a branch is seldom predicted
        Some(match bytes {
            1 => quote!(nn::same_position::<T>((#index) as #position, #read)),
            _ => quote!((#index) as #position == #read),
        })
    }
}

/// Whether a position has a term that is taken away.
fn may_be_negative(affine: &Affine) -> bool {
    let mut sizes = affine.terms.iter().map(|(_, factor)| factor).chain([&affine.constant]);
    sizes.any(|size| size.split_signs().1 != crate::shape::Dim::default())
}
