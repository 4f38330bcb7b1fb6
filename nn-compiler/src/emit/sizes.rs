//! Sizes in emitted code: as numbers in its arithmetic, as typenum types in its types.

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
}

/// The largest number for which typenum has a name.
const LARGEST_NAME: i64 = 1024;

impl Sizes {
    pub(super) fn new(krate: TokenStream, dims: Option<TokenStream>) -> Self {
        Sizes { krate, dims }
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
        let number = Literal::i64_unsuffixed(value);
        quote!(#krate::size!(#number))
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
