//! The forms of loop nests: nests that differ in their numbers and names alone can be one function.

use std::collections::HashSet;
use std::fmt::Write;

use proc_macro2::{Delimiter, Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use rustc_hash::FxHashMap;

/// The kind of a variable that a nest takes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Argument {
    /// Elements of a type; without its name, of the network's numbers.
    Slice(Option<&'static str>),
    MutableSlice(Option<&'static str>),
    /// The number of an iteration.
    Iteration,
    /// A constant of the network's type.
    Constant,
}

/// The variables that a nest may take from outside, by their names.
pub(in crate::emit) type Variables = FxHashMap<String, Argument>;

/// The form of a nest, and what is special to this one.
#[derive(Debug, Default)]
pub(in crate::emit) struct Form {
    /// The text, with a number for each name and a hole for each size; equal for nests of one form.
    pub pattern: String,
    /// What the holes held, in their order.
    pub numbers: Vec<u64>,
    /// The variables from outside, in the order of their first use.
    pub arguments: Vec<(Ident, Argument)>,
    /// Whether it uses what all tiles of a pass share.
    pub uses_pass: bool,
    /// Whether it uses the number of samples.
    pub uses_samples: bool,
    /// Its names.
    names: Vec<String>,
}

/// Variables of emitted functions that are values of other types than slices of numbers.
const OTHER_VALUES: [&str; 11] =
    ["self", "inputs", "targets", "outputs", "gradient", "gradients", "sums", "memory", "folded", "past", "next"];
/// Names that stay as they are.
const KEPT: [&str; 14] =
    ["for", "in", "let", "mut", "if", "else", "const", "T", "samples", "pass", "as", "u8", "u16", "u32"];

impl Form {
    /// The form of a nest's text; none if it uses more than slices of numbers.
    pub(in crate::emit) fn of(text: &TokenStream, variables: &Variables) -> Option<Self> {
        let mut tokens = Vec::new();
        flatten(text.clone(), &mut tokens);
        let mut reader = Reader {
            form: Form::default(),
            names: FxHashMap::default(),
            lengths: lengths(&tokens),
            variables,
            other_values: false,
        };
        reader.read(&tokens);
        reader.form.names = reader.names.into_keys().collect();
        (!reader.other_values).then_some(reader.form)
    }

    /// The name of an argument for sizes, which the nest does not use.
    pub(in crate::emit) fn size_name(&self, argument: usize) -> Ident {
        let mut name = format!("size_{}", argument + 1);
        while self.names.contains(&name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }
}

/// Reads the text of a nest.
struct Reader<'a> {
    form: Form,
    names: FxHashMap<String, usize>,
    /// The lengths of arrays, which cannot be arguments.
    lengths: HashSet<u64>,
    variables: &'a Variables,
    other_values: bool,
}

impl Reader<'_> {
    fn read(&mut self, tokens: &[Flat]) {
        for token in tokens {
            match token {
                Flat::Open(delimiter) => self.form.pattern.push(delimiters(*delimiter).0),
                Flat::Close(delimiter) => self.form.pattern.push(delimiters(*delimiter).1),
                Flat::Name(ident, place) => self.name(ident, *place),
                Flat::Literal(literal, place) => self.literal(literal, *place),
                Flat::Punct(sign) => self.form.pattern.push(*sign),
            }
        }
    }

    fn name(&mut self, ident: &Ident, place: Place) {
        let text = ident.to_string();
        self.form.pattern.push(' ');
        if place != Place::Free || KEPT.contains(&text.as_str()) {
            self.form.uses_pass |= place == Place::Free && text == "pass";
            self.form.uses_samples |= place == Place::Free && text == "samples";
            self.form.pattern.push_str(&text);
            return;
        }
        self.other_values |= OTHER_VALUES.contains(&text.as_str());
        let next = self.names.len();
        let kind = self.variables.get(&text).copied();
        let number = *self.names.entry(text).or_insert(next);
        if let Some(kind) = kind.filter(|_| number == next) {
            self.form.arguments.push((ident.clone(), kind));
        }
        let _ = write!(self.form.pattern, "{number}{kind:?}");
    }

    fn literal(&mut self, literal: &Literal, place: Place) {
        match as_size(literal, place) {
            Some(size) if !self.lengths.contains(&size) => {
                self.form.numbers.push(size);
                self.form.pattern.push('#');
            }
            // comments are text
            _ if literal.to_string().starts_with('"') => self.form.pattern.push('"'),
            _ => {
                let _ = write!(self.form.pattern, " {literal}");
            }
        }
    }
}

/// The text of a nest with other sizes: `size` is asked for each hole, by its number.
pub(in crate::emit) fn with_sizes(text: &TokenStream, size: &dyn Fn(usize) -> Option<Ident>) -> TokenStream {
    let mut tokens = Vec::new();
    flatten(text.clone(), &mut tokens);
    replace(text.clone(), &lengths(&tokens), size, &mut 0)
}

fn replace(
    text: TokenStream,
    lengths: &HashSet<u64>,
    size: &dyn Fn(usize) -> Option<Ident>,
    next: &mut usize,
) -> TokenStream {
    let replaced = with_places(text).map(|(token, place)| match token {
        TokenTree::Group(group) => {
            proc_macro2::Group::new(group.delimiter(), replace(group.stream(), lengths, size, next)).into()
        }
        TokenTree::Literal(literal) if as_size(&literal, place).is_some_and(|size| !lengths.contains(&size)) => {
            *next += 1;
            size(*next - 1).map_or(TokenTree::Literal(literal), TokenTree::Ident)
        }
        other => other,
    });
    replaced.collect()
}

/// Whether a name or number stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Free,
    /// Behind a dot: a field or method.
    Member,
    /// In a path.
    Path,
}

/// A token of a text whose groups are opened.
enum Flat {
    Open(Delimiter),
    Close(Delimiter),
    Name(Ident, Place),
    Literal(Literal, Place),
    Punct(char),
}

fn flatten(text: TokenStream, into: &mut Vec<Flat>) {
    for (token, place) in with_places(text) {
        match token {
            TokenTree::Group(group) => {
                into.push(Flat::Open(group.delimiter()));
                flatten(group.stream(), into);
                into.push(Flat::Close(group.delimiter()));
            }
            TokenTree::Ident(ident) => into.push(Flat::Name(ident, place)),
            TokenTree::Literal(literal) => into.push(Flat::Literal(literal, place)),
            TokenTree::Punct(punct) => into.push(Flat::Punct(punct.as_char())),
        }
    }
}

/// The tokens of a stream, with their places.
fn with_places(text: TokenStream) -> impl Iterator<Item = (TokenTree, Place)> {
    let sign = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => ' ',
    };
    let mut tokens = text.into_iter().peekable();
    // the two signs before
    let mut before = [' '; 2];
    std::iter::from_fn(move || {
        let token = tokens.next()?;
        let place = match before {
            [second, '.'] if second != '.' => Place::Member,
            [':', ':'] => Place::Path,
            _ if sign(tokens.peek()) == ':' && is_joint(tokens.peek()) => Place::Path,
            _ => Place::Free,
        };
        before = [before[1], sign(Some(&token))];
        Some((token, place))
    })
}

/// Whether another sign belongs to this one, as in `::`.
fn is_joint(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint)
}

/// A number that is a `usize`.
fn as_size(literal: &Literal, place: Place) -> Option<u64> {
    if place == Place::Free { literal.to_string().parse().ok() } else { None }
}

/// The lengths of the arrays in a text: `; 4]`.
fn lengths(tokens: &[Flat]) -> HashSet<u64> {
    let length = |three: &[Flat]| match three {
        [Flat::Punct(';'), Flat::Literal(length, _), Flat::Close(Delimiter::Bracket)] => as_size(length, Place::Free),
        _ => None,
    };
    tokens.windows(3).filter_map(length).collect()
}

fn delimiters(delimiter: Delimiter) -> (char, char) {
    match delimiter {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Brace => ('{', '}'),
        Delimiter::Bracket | Delimiter::None => ('[', ']'),
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::{format_ident, quote};

    use super::{Argument, Form, with_sizes};

    fn form(text: &TokenStream) -> Option<Form> {
        let variables = [
            ("out", Argument::MutableSlice(None)),
            ("other", Argument::MutableSlice(None)),
            ("bias", Argument::Slice(None)),
        ];
        Form::of(text, &variables.map(|(name, kind)| (name.to_string(), kind)).into_iter().collect())
    }

    #[test]
    fn nests_that_differ_in_sizes_and_names_have_one_form() {
        let one = form(&quote!(for i in 0..4 {
            out[i * 2] += bias[i].exp();
        }))
        .expect("slices alone");
        let two = form(&quote!(for c in 0..8 {
            other[c * 2] += bias[c].exp();
        }))
        .expect("slices alone");
        assert_eq!(one.pattern, two.pattern);
        assert_eq!((one.numbers, two.numbers), (vec![0, 4, 2], vec![0, 8, 2]));
        let names: Vec<String> = two.arguments.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names, ["other", "bias"]);
    }

    #[test]
    fn forms_tell_apart_what_is_not_a_size_or_a_name() {
        let pattern = |text: TokenStream| form(&text).expect("slices alone").pattern;
        let of = pattern(quote!(out[i] = bias[i].exp();));
        // another function, another order, another kind of variable, another number of the network
        for other in [
            quote!(out[i] = bias[i].ln();),
            quote!(out[i] = bias[j].exp();),
            quote!(bias[i] = out[i].exp();),
            quote!(out[i] = T::from_f64(0.5);),
        ] {
            assert_ne!(of, pattern(other.clone()), "{other}");
        }
        assert_ne!(pattern(quote!(out[0] = T::from_f64(0.5);)), pattern(quote!(out[0] = T::from_f64(0.25);)));
        assert_ne!(pattern(quote!(draw(0u32))), pattern(quote!(draw(1u32))));
    }

    #[test]
    fn lengths_of_arrays_are_no_arguments() {
        let row = |len: u64| {
            let len = proc_macro2::Literal::u64_unsuffixed(len);
            form(&quote!(let mut sum = [T::ZERO; #len]; for i in 0..#len { sum[i] += bias[i * 3]; })).expect("slices")
        };
        assert_ne!(row(4).pattern, row(8).pattern);
        assert_eq!(row(4).numbers, [0, 3]);
    }

    #[test]
    fn values_of_other_types_stay_where_they_are() {
        assert!(form(&quote!(sums[0] += out[0].to_f64();)).is_none());
        assert!(form(&quote!(out[0] = T::from_usize(targets[0]);)).is_none());
    }

    #[test]
    fn sizes_are_put_into_the_holes() {
        let text = quote!(for i in 0..4 {
            size_1[i].0 = bias[2];
        });
        let form = form(&text).expect("slices alone");
        assert_eq!(form.size_name(0), "size_1_");
        assert_eq!(form.size_name(1), "size_2");
        let filled = with_sizes(&text, &|hole| (hole == 1).then(|| format_ident!("size")));
        assert_eq!(
            filled.to_string(),
            quote!(for i in 0..size {
                size_1[i].0 = bias[2];
            })
            .to_string()
        );
    }
}
