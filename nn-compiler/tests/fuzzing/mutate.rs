//! Changes of tokens, most of which leave a text that can be parsed.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use super::claims::count;
use super::seeds::Seed;
use super::words::words;

/// A small generator of numbers that are the same every time.
pub struct Draw(pub u64);

impl Draw {
    /// A number below a bound that is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = usize::try_from(self.0 >> 33).expect("31 bits are a usize");
        number % bound
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The greatest number of consecutive tokens that are taken over from elsewhere.
const LONGEST_RUN: usize = 6;

/// Changes tokens.
pub struct Mutator {
    words: Vec<Vec<TokenTree>>,
    /// What stands side by side in the seeds.
    lists: Vec<Vec<TokenTree>>,
}

impl Mutator {
    /// A mutator that takes tokens of the dictionary and of `seeds`.
    pub fn new<'a>(seeds: impl IntoIterator<Item = &'a Seed>) -> Self {
        let mut lists = Vec::new();
        seeds.into_iter().for_each(|seed| lists_of(&seed.tokens, &mut lists));
        Mutator { words: words(), lists }
    }

    /// Changes one token, or a few.
    pub fn mutate(&self, mut tokens: TokenStream, draw: &mut Draw) -> TokenStream {
        loop {
            let mut own = Vec::new();
            lists_of(&tokens, &mut own);
            let mut at = draw.below(count(&tokens).max(1));
            tokens = edit(tokens, &mut at, &mut |siblings, place| self.change(siblings, place, &own, draw));
            // each further change makes it likelier that the text is no network any more
            if draw.below(3) > 0 {
                return tokens;
            }
        }
    }

    /// Changes the token at a place.
    fn change(&self, siblings: &mut Vec<TokenTree>, place: usize, own: &[Vec<TokenTree>], draw: &mut Draw) {
        let token = siblings[place].clone();
        let item = place..item_end(siblings, place);
        let one = place..place + 1;
        let (changed, by) = match draw.below(24) {
            0 => (one, Vec::new()),
            1 => (one, vec![token.clone(), token]),
            2 => (place..(place + 2).min(siblings.len()), siblings[place..].iter().take(2).rev().cloned().collect()),
            3 => (one, draw.of(&self.words).clone()),
            4 => (place..place, draw.of(&self.words).clone()),
            5 => (place..place, run(&self.lists, draw)),
            6 => (place..place, run(own, draw)),
            7 => (item, Vec::new()),
            8 => (place..place, siblings[item].to_vec()),
            9 => (one, regrouped(&token)),
            10..=12 => (one, vec![another_number(&token, draw).unwrap_or_else(|| alike(siblings, place, own, draw))]),
            13..=19 => (one, vec![alike(siblings, place, own, draw)]),
            _ => (one, vec![alike(siblings, place, &self.lists, draw)]),
        };
        siblings.splice(changed, by);
    }
}

/// All lists of tokens that stand side by side, none of them empty.
fn lists_of(tokens: &TokenStream, into: &mut Vec<Vec<TokenTree>>) {
    let list: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for token in &list {
        if let TokenTree::Group(group) = token {
            lists_of(&group.stream(), into);
        }
    }
    if !list.is_empty() {
        into.push(list);
    }
}

/// Changes the list in which token number `*at` stands, counted through all groups.
fn edit(tokens: TokenStream, at: &mut usize, change: &mut dyn FnMut(&mut Vec<TokenTree>, usize)) -> TokenStream {
    let mut siblings: Vec<TokenTree> = tokens.into_iter().collect();
    for place in 0..siblings.len() {
        if *at == 0 {
            *at = usize::MAX;
            change(&mut siblings, place);
            break;
        }
        *at -= 1;
        if let TokenTree::Group(group) = &siblings[place] {
            siblings[place] = Group::new(group.delimiter(), edit(group.stream(), at, change)).into();
            if *at == usize::MAX {
                break;
            }
        }
    }
    siblings.into_iter().collect()
}

/// The place behind the next `,`, `;` or group in braces.
fn item_end(siblings: &[TokenTree], place: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(sign) => [',', ';'].contains(&sign.as_char()),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    siblings[place..].iter().position(ends).map_or(siblings.len(), |behind| place + behind + 1)
}

/// A token of the same kind as the one at a place, if one is found soon.
fn alike(siblings: &[TokenTree], place: usize, lists: &[Vec<TokenTree>], draw: &mut Draw) -> TokenTree {
    let wanted = Kind::of(siblings, place);
    for _ in 0..50 {
        let list = draw.of(lists);
        let at = draw.below(list.len());
        if Kind::of(list, at) == wanted {
            return list[at].clone();
        }
    }
    siblings[place].clone()
}

/// What tokens have in common that can stand at one place.
#[derive(PartialEq)]
enum Kind {
    /// Whether it is called, and whether it begins with a capital letter.
    Name(bool, bool),
    /// One of arithmetic, one of relation, or any other.
    Sign(Option<bool>),
    Literal,
    Group(Delimiter),
}

impl Kind {
    fn of(siblings: &[TokenTree], place: usize) -> Self {
        match &siblings[place] {
            TokenTree::Ident(name) => {
                let is_called = matches!(siblings.get(place + 1), Some(TokenTree::Group(_)));
                Kind::Name(is_called, name.to_string().starts_with(char::is_uppercase))
            }
            TokenTree::Punct(sign) => Kind::Sign(match sign.as_char() {
                '+' | '-' | '*' | '/' => Some(true),
                '<' | '>' | '=' => Some(false),
                _ => None,
            }),
            TokenTree::Literal(_) => Kind::Literal,
            TokenTree::Group(group) => Kind::Group(group.delimiter()),
        }
    }
}

/// Some tokens side by side.
fn run(lists: &[Vec<TokenTree>], draw: &mut Draw) -> Vec<TokenTree> {
    let list = draw.of(lists);
    let from = draw.below(list.len());
    let to = (from + 1 + draw.below(LONGEST_RUN)).min(list.len());
    list[from..to].to_vec()
}

/// The contents of a group, or a token in parentheses.
fn regrouped(token: &TokenTree) -> Vec<TokenTree> {
    match token {
        TokenTree::Group(group) => group.stream().into_iter().collect(),
        token => vec![Group::new(Delimiter::Parenthesis, token.clone().into()).into()],
    }
}

/// A number at which another thing may happen than at this one.
fn another_number(token: &TokenTree, draw: &mut Draw) -> Option<TokenTree> {
    let TokenTree::Literal(literal) = token else { return None };
    let number: u64 = literal.to_string().parse().ok()?;
    let near = [number.wrapping_sub(1), number.wrapping_add(1), number.wrapping_mul(2), 0, 1, 2, 3, 7, 64, 1000];
    let large = [100_000, 1 << 24, 1 << 32, 1 << 40, i64::MAX.unsigned_abs(), u64::MAX];
    let whole = near.into_iter().chain(large).map(Literal::u64_unsuffixed);
    let all: Vec<Literal> = whole.chain([0.5, 1e-30, 1e30].map(Literal::f64_unsuffixed)).collect();
    Some(draw.of(&all).clone().into())
}
