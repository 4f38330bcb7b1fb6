//! Sizes in emitted code: as numbers in its arithmetic, as typenum types in its types.

use std::cell::RefCell;
use std::rc::Rc;

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use rustc_hash::{FxHashMap, FxHashSet};
use syn::Ident;

use crate::emit::naming::identifiers::ident;
use crate::shape::{Atom, Dim};

/// Sizes in the emitted code.
#[derive(Debug)]
pub(in crate::emit) struct Sizes {
    pub krate: TokenStream,
    /// The type that names the sizes which are not numbers; `None` if all are.
    pub dims: Option<TokenStream>,
    /// The prefix of the aliases of large sizes.
    prefix: String,
    /// The aliases of sizes that typenum has no name for.
    large: Rc<RefCell<Vec<(Ident, i64)>>>,
    /// The constants and the types of sizes that are not numbers.
    constants: Rc<RefCell<Distinct>>,
    types: Rc<RefCell<Distinct>>,
}

/// Names of sizes, each given once.
#[derive(Debug, Default)]
struct Distinct {
    names: FxHashMap<Dim, Ident>,
    taken: FxHashSet<String>,
}

impl Distinct {
    fn name(&mut self, dim: &Dim, wanted: &dyn Fn() -> String) -> Ident {
        if let Some(name) = self.names.get(dim) {
            return name.clone();
        }
        let mut name = wanted();
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        let name = ident(&name);
        self.names.insert(dim.clone(), name.clone());
        name
    }

    /// A size has a name already.
    fn give(&mut self, dim: Dim, name: &Ident) {
        self.taken.insert(name.to_string());
        self.names.insert(dim, name.clone());
    }
}

/// The largest number for which typenum has a name.
const LARGEST_NAME: i64 = 1024;

impl Sizes {
    pub(in crate::emit) fn new(
        krate: TokenStream,
        dims: Option<TokenStream>,
        network: &Ident,
        generics: &[Ident],
    ) -> Self {
        let prefix = format!("{network}U_");
        // users name these in bounds, as in `NetDims<In = In>`
        let mut types = Distinct::default();
        generics.iter().for_each(|name| types.give(Dim::symbol(&name.to_string()), name));
        let types = Rc::new(RefCell::new(types));
        Sizes { krate, dims, prefix, large: Rc::default(), constants: Rc::default(), types }
    }

    /// The same sizes, for code that sees other names.
    pub(in crate::emit) fn seen_from(&self, krate: TokenStream, dims: Option<TokenStream>) -> Self {
        Sizes {
            krate,
            dims,
            prefix: self.prefix.clone(),
            large: Rc::clone(&self.large),
            constants: Rc::clone(&self.constants),
            types: Rc::clone(&self.types),
        }
    }

    /// `type NetU_6272 = …;` for every size that typenum has no name for.
    pub(in crate::emit) fn aliases(&self, visibility: &syn::Visibility) -> TokenStream {
        let krate = &self.krate;
        let large = self.large.borrow();
        let lines = large.iter().map(|(name, value)| {
            let (doc, value) = (format!(" {value}"), Literal::i64_unsuffixed(*value));
            quote!(#[doc = #doc] #visibility type #name = #krate::size!(#value);)
        });
        quote!(#(#lines)*)
    }

    /// A size as a number.
    pub(in crate::emit) fn value(&self, dim: &Dim) -> TokenStream {
        let symbol = |name: &str| {
            let constant = self.constant(name);
            quote!(Self::#constant)
        };
        let Sums { above, below } = Sums::of(dim, &|dim| self.value(dim), &symbol);
        quote!(#(#above)+* #(- #below)*)
    }

    /// A size as an `isize`, which may be negative.
    pub(in crate::emit) fn signed(&self, dim: &Dim) -> TokenStream {
        match dim.literal() {
            Some(value) => {
                let literal = Literal::u64_unsuffixed(value.unsigned_abs());
                if value < 0 { quote!(-#literal) } else { quote!(#literal) }
            }
            None => {
                let (plus, minus) = dim.split_signs();
                let (above, below) = (self.value(&plus), self.value(&minus));
                if minus == Dim::default() {
                    quote!((#above) as isize)
                } else {
                    quote!((#above) as isize - (#below) as isize)
                }
            }
        }
    }

    /// A size as a number, in parentheses where it is arithmetic.
    pub(in crate::emit) fn atom(&self, dim: &Dim) -> TokenStream {
        let value = self.value(dim);
        if dim.literal().is_some() { value } else { quote!((#value)) }
    }

    /// A size as a type.
    pub(in crate::emit) fn ty(&self, dim: &Dim) -> TokenStream {
        if let Some(value) = dim.literal() {
            return self.number(value);
        }
        let name = self.derived(dim);
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
        let name = ident(&format!("{}{value}", self.prefix));
        let mut large = self.large.borrow_mut();
        if !large.iter().any(|(_, known)| *known == value) {
            large.push((name.clone(), value));
        }
        quote!(#name)
    }

    /// The associated constant that holds a symbol.
    pub(in crate::emit) fn constant(&self, symbol: &str) -> Ident {
        self.constants.borrow_mut().name(&Dim::symbol(symbol), &|| constant_name(symbol))
    }

    /// The associated type of a size that is not a number.
    pub(in crate::emit) fn derived(&self, dim: &Dim) -> Ident {
        self.types.borrow_mut().name(dim, &|| derived_name(dim))
    }

    /// A shape as a type: `(U3, U28, U28)`.
    pub(in crate::emit) fn shape(&self, shape: &[Dim]) -> TokenStream {
        let sizes = shape.iter().map(|dim| self.ty(dim));
        quote!((#(#sizes,)*))
    }
}

/// A size of which nothing is below zero, whatever the symbols are: a condition reports that it does not fit, and nothing
/// else has to. `symbol` names the number that a symbol stands for.
pub(in crate::emit) fn saturating(dim: &Dim, symbol: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    let Sums { above, below } = Sums::of(dim, &|dim| saturating(dim, symbol), symbol);
    if below.is_empty() { quote!(#(#above)+*) } else { quote!((0usize #(+ #above)*).saturating_sub(#(#below)+*)) }
}

/// A size as a difference of two sums.
struct Sums {
    above: Vec<TokenStream>,
    below: Vec<TokenStream>,
}

impl Sums {
    fn of(dim: &Dim, inner: &dyn Fn(&Dim) -> TokenStream, symbol: &dyn Fn(&str) -> TokenStream) -> Self {
        let (constant, terms) = dim.parts();
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let value = |atom: &Atom| match atom {
            Atom::Samples => quote!(samples),
            Atom::Symbol(name) => symbol(name),
            Atom::Quotient(a, b) => {
                let (a, b) = (inner(a), inner(b));
                quote!(((#a) / (#b)))
            }
        };
        for (factors, coefficient) in terms {
            let mut parts: Vec<TokenStream> = factors.iter().map(value).collect();
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
        Sums { above, below }
    }
}

/// `In` is `SIZE_IN`, `crate::Width` is `SIZE_CRATE_WIDTH`.
fn constant_name(symbol: &str) -> String {
    let mut name = String::from("SIZE_");
    let mut before = '_';
    for letter in symbol.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            name.push('_');
        }
        if letter.is_alphanumeric() {
            name.extend(letter.to_uppercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
        before = letter;
    }
    name
}

/// `Width` is `SizeWidth`, which rustc does not suggest where there is no type `Width`; `2*In + 1` is
/// `Size2TimesInPlus1`.
fn derived_name(dim: &Dim) -> String {
    let mut name = String::from("Size");
    for letter in dim.to_string().chars() {
        match letter {
            '+' => name.push_str("Plus"),
            '-' => name.push_str("Minus"),
            '*' => name.push_str("Times"),
            '/' => name.push_str("Over"),
            letter if letter.is_alphanumeric() || letter == '_' => name.push(letter),
            _ => {}
        }
    }
    name
}

/// A product.
pub(in crate::emit) fn times(factors: &[TokenStream]) -> TokenStream {
    let mut product = TokenStream::new();
    for (at, factor) in factors.iter().enumerate() {
        if at > 0 {
            product.extend(quote!(*));
        }
        product.extend(factor.clone());
    }
    product
}

/// A number as a typenum type.
pub(crate) fn typenum(value: u64, krate: &TokenStream) -> TokenStream {
    let mut ty = quote!(#krate::typenum::UTerm);
    for at in (0..u64::BITS - value.leading_zeros()).rev() {
        let bit = if value >> at & 1 == 1 { quote!(B1) } else { quote!(B0) };
        ty = quote!(#krate::typenum::UInt<#ty, #krate::typenum::#bit>);
    }
    ty
}
