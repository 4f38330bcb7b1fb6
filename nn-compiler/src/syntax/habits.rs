//! Habits from Rust that are not in this language, and what to write instead.

use proc_macro2::Spacing;
use syn::buffer::Cursor;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, Token, token};

use super::tokens::error_at;
use crate::errors::{Code, Result};

/// A kind of mistake, and what to write instead.
type Habit = (Code, &'static str);

const CHOICE: Habit = (Code::RustConstruct, "`where(a < b, x, y)` chooses between values: a network has no branches");
const LOOP: Habit = (
    Code::RustConstruct,
    "there are no loops here: an index runs over its axis, as in `sum[i](x[i])`, inside of a `fn` or `layer`",
);
const POWER: Habit = (Code::RustSign, "a power is written `pow(x, 3)`, a square `sq(x)`");
const CHANGE: Habit = (
    Code::ChangedValue,
    "values do not change: `let` makes a new one, also under the same name, as in `let h = h + 1;`",
);
const LOGIC: Habit = (Code::RustSign, "conditions are not joined: put one `where(a < b, x, y)` into another");
const CLOSURE: Habit =
    (Code::RustConstruct, "there are no closures here: write a function of your own, as in `fn name(x) = x * x;`");
const BORROW: Habit = (Code::RustSign, "values are given as they are: leave out the sign");

/// Words that begin something in Rust.
const WORDS: &[(&str, Habit)] = &[
    ("if", CHOICE),
    ("match", CHOICE),
    ("for", LOOP),
    ("while", LOOP),
    ("loop", LOOP),
    ("return", (Code::RustConstruct, "the last line of `forward` is its value, without `return` and without `;`")),
    ("let", (Code::RustConstruct, "`let name = value;` is a line of its own")),
    ("mut", (Code::ChangedValue, "values do not change: leave out `mut`")),
    ("move", CLOSURE),
];

/// Signs between values that have no meaning here; the longer ones come first.
const SIGNS: &[(&str, Habit)] = &[
    ("**", POWER),
    ("^", POWER),
    ("+=", CHANGE),
    ("-=", CHANGE),
    ("*=", CHANGE),
    ("/=", CHANGE),
    ("%", (Code::RustSign, "there is no remainder here: `x - floor(x / 5) * 5` is that of `x` by 5")),
    ("?", (Code::RustSign, "nothing fails here: leave out `?`")),
    ("&&", LOGIC),
    ("||", LOGIC),
    ("&", LOGIC),
    ("|", LOGIC),
    ("->", (Code::RustSign, "the sizes of a layer are written with `=>`, as in `Linear(4 => 8)`")),
];

/// Signs in front of a value that have no meaning here.
const PREFIXES: &[(&str, Habit)] = &[
    ("|", CLOSURE),
    ("&", BORROW),
    ("*", BORROW),
    ("!", (Code::RustSign, "there is no `!` here: turn the comparison in `where(a < b, x, y)` round")),
    ("+", (Code::RustSign, "a value needs no `+` in front of it")),
];

/// A mistake if an operator stands here that is Rust's alone.
pub(super) fn operator(input: ParseStream<'_>) -> Result<()> {
    if input.peek(Token![as]) && input.peek2(Ident::peek_any) {
        return Err(error_at(input, Code::RustSign, "numbers are of one type here: leave out `as`"));
    }
    sign(input, SIGNS)
}

/// A mistake if a value begins here that exists in Rust alone.
pub(super) fn value(input: ParseStream<'_>) -> Result<()> {
    if input.peek(token::Bracket) {
        return Err(error_at(
            input,
            Code::RustConstruct,
            "there are no lists here: sizes and tensors stand one by one, as in `x.reshape(4, 4)` and `concat(a, b)`",
        ));
    }
    sign(input, PREFIXES)?;
    let Some((word, behind)) = input.cursor().ident() else { return Ok(()) };
    let negation_follows = input.peek2(Token![!]) && !input.peek2(Token![!=]);
    match WORDS.iter().find(|(known, _)| word == *known) {
        Some((_, (code, message))) if negation_follows || begins_more(input, behind) => {
            Err(error_at(input, *code, message))
        }
        _ if negation_follows => {
            Err(error_at(input, Code::RustConstruct, "no macro can be called here: a network consists of values alone"))
        }
        _ => Ok(()),
    }
}

/// Whether the token behind a word shows that it is no name: layers may be called `match`.
fn begins_more(input: ParseStream<'_>, behind: Cursor<'_>) -> bool {
    let group_follows = || {
        let mut behind = behind;
        for _ in 0..2 {
            match behind.token_tree() {
                Some((proc_macro2::TokenTree::Group(group), rest)) => {
                    if group.delimiter() == proc_macro2::Delimiter::Brace {
                        return true;
                    }
                    behind = rest;
                }
                _ => return false,
            }
        }
        false
    };
    input.peek2(Ident::peek_any) && !input.peek2(Token![as])
        || input.peek2(Lit)
        || input.peek2(Token![|])
        || input.peek2(Token![&])
        || group_follows()
}

fn sign(input: ParseStream<'_>, known: &[(&str, Habit)]) -> Result<()> {
    match known.iter().find(|(sign, _)| sign_here(input.cursor(), sign)) {
        Some((_, (code, message))) => Err(error_at(input, *code, message)),
        None => Ok(()),
    }
}

fn sign_here(mut cursor: Cursor<'_>, sign: &str) -> bool {
    let mut letters = sign.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some((found, rest)) = cursor.punct() else { return false };
        if found.as_char() != letter || (letters.peek().is_some() && found.spacing() == Spacing::Alone) {
            return false;
        }
        cursor = rest;
    }
    true
}
