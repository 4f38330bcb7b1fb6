//! Sizes in emitted code: as numbers in its arithmetic, as typenum types in its types.

use std::cell::RefCell;
use std::rc::Rc;

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::lower::RawOrPlain;
use crate::shape::{Atom, Dim};

/// How sizes are written.
#[derive(Debug)]
pub(super) struct Sizes {
    krate: TokenStream,
    /// The type that names the sizes which are not numbers; `None` if all are.
    dims: Option<TokenStream>,
    /// What the aliases of large sizes begin with.
    prefix: String,
    /// The aliases of sizes that typenum has no name for.
    large: Rc<RefCell<Vec<(Ident, i64)>>>,
}

/// The largest number for which typenum has a name.
const LARGEST_NAME: i64 = 1024;

impl Sizes {
    pub(super) fn new(krate: TokenStream, dims: Option<TokenStream>, network: &Ident) -> Self {
        Sizes { krate, dims, prefix: format!("{network}U"), large: Rc::default() }
    }

    /// The same sizes, for code that sees other names.
    pub(super) fn seen_from(&self, krate: TokenStream, dims: Option<TokenStream>) -> Self {
        Sizes { krate, dims, prefix: self.prefix.clone(), large: Rc::clone(&self.large) }
    }

    /// `type NetU6272 = …;` for every size that typenum has no name for.
    pub(super) fn aliases(&self, visibility: &syn::Visibility) -> TokenStream {
        let krate = &self.krate;
        let large = self.large.borrow();
        let lines = large.iter().map(|(name, value)| {
            let (doc, value) = (format!(" {value}"), Literal::i64_unsuffixed(*value));
            quote!(#[doc = #doc] #visibility type #name = #krate::size!(#value);)
        });
        quote!(#(#lines)*)
    }

    /// A size as a number.
    pub(super) fn value(&self, dim: &Dim) -> TokenStream {
        let (constant, terms) = dim.parts();
        let mut above = Vec::new();
        let mut below = Vec::new();
        for (factors, coefficient) in terms {
            let mut parts: Vec<TokenStream> = factors.iter().map(|atom| self.atom_value(atom)).collect();
            if coefficient.unsigned_abs() != 1 {
                let number = Literal::u64_unsuffixed(coefficient.unsigned_abs());
                parts.insert(0, quote!(#number));
            }
            let product = times(&parts);
            if *coefficient > 0 { above.push(product) } else { below.push(product) }
        }
        let number = Literal::u64_unsuffixed(constant.unsigned_abs());
        if constant > 0 || (above.is_empty() && below.is_empty()) {
            above.push(quote!(#number));
        } else if constant < 0 {
            below.push(quote!(#number));
        }
        quote!(#(#above)+* #(- #below)*)
    }

    /// A size as an `isize`, which may be negative if it is a literal.
    pub(super) fn signed(&self, dim: &Dim) -> TokenStream {
        match dim.literal() {
            Some(value) => {
                let literal = Literal::u64_unsuffixed(value.unsigned_abs());
                if value < 0 { quote!(-#literal) } else { quote!(#literal) }
            }
            None => {
                let value = self.value(dim);
                quote!((#value) as isize)
            }
        }
    }

    /// A size as a number, in parentheses where it is arithmetic.
    pub(super) fn atom(&self, dim: &Dim) -> TokenStream {
        let value = self.value(dim);
        if dim.literal().is_some() { value } else { quote!((#value)) }
    }

    fn atom_value(&self, atom: &Atom) -> TokenStream {
        match atom {
            Atom::Samples => quote!(samples),
            Atom::Symbol(name) => {
                let constant = constant_name(name);
                quote!(Self::#constant)
            }
            Atom::Quotient(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                quote!(((#a) / (#b)))
            }
        }
    }

    /// A size as a type.
    pub(super) fn ty(&self, dim: &Dim) -> TokenStream {
        if let Some(value) = dim.literal() {
            return self.number(value);
        }
        let name = derived_name(dim);
        match &self.dims {
            Some(dims) => quote!(<#dims>::#name),
            None => quote!(#name),
        }
    }

    fn number(&self, value: i64) -> TokenStream {
        let krate = &self.krate;
        if value <= LARGEST_NAME {
            let name = Ident::new(&format!("U{value}"), Span::call_site());
            return quote!(#krate::typenum::#name);
        }
        let name = Ident::new(&format!("{}{value}", self.prefix), Span::call_site());
        let mut large = self.large.borrow_mut();
        if !large.iter().any(|(_, known)| *known == value) {
            large.push((name.clone(), value));
        }
        quote!(#name)
    }

    /// A shape as a type: `(U3, U28, U28)`.
    pub(super) fn shape(&self, shape: &[Dim]) -> TokenStream {
        let sizes = shape.iter().map(|dim| self.ty(dim));
        quote!((#(#sizes,)*))
    }
}

/// The associated constant that holds a symbol: `In` is `IN`, `crate::Width` is `CRATE_WIDTH`.
pub(super) fn constant_name(symbol: &str) -> Ident {
    let mut name = String::new();
    let mut before = '_';
    for letter in symbol.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            name.push('_');
        }
        if letter.is_alphanumeric() {
            name.extend(letter.to_uppercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
        before = letter;
    }
    Ident::new_raw_or_plain(&format!("SIZE_{name}"), Span::call_site())
}

/// The associated type of a size that is not a number.
pub(super) fn derived_name(dim: &Dim) -> Ident {
    let text: String = dim.to_string();
    let mut name = String::new();
    for letter in text.chars() {
        match letter {
            '+' => name.push_str("Plus"),
            '-' => name.push_str("Minus"),
            '*' => name.push_str("Times"),
            '/' => name.push_str("Over"),
            letter if letter.is_alphanumeric() || letter == '_' => name.push(letter),
            _ => {}
        }
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "Size");
    }
    Ident::new_raw_or_plain(&name, Span::call_site())
}

/// A product.
pub(super) fn times(factors: &[TokenStream]) -> TokenStream {
    let mut product = TokenStream::new();
    for (at, factor) in factors.iter().enumerate() {
        if at > 0 {
            product.extend(quote!(*));
        }
        product.extend(factor.clone());
    }
    product
}
