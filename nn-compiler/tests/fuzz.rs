//! Networks with tokens deleted, doubled, exchanged and put in: the macro never panics, what it emits
//! parses, and what it says is said in its own words.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Group, TokenStream, TokenTree};

const NETWORKS: [&str; 5] = [
    "/// Doc.
     pub struct Net { a: Linear(4 => 8, bias = false), b: Linear(_ => 2) }
     fn forward(x: [4]) -> [2] { let h = a(x).relu(); b(h + h * 2).softmax() }
     loss = cross_entropy;",
    "struct Cnn { conv: Conv2d(1 => 3, kernel = 3, padding = (1, 0)), fc: Linear(54 => 3) }
     fn forward(image: [1, 8, 8], class: index<3>) -> (logits: [3], mean: [3]) {
         let x = conv(image).max_pool2d(2, stride = 1).relu();
         (fc(x.reshape(3, 7, 5).flatten().pick()), scale(fc(x.pick()), class))
     }
     fn pick(x: [..]) -> y: [54] { y[i] = 1; }
     fn scale(x: [N], k: index<N>) -> y: [N] { y[i] = x[i] * x[k]; }
     loss(t: index<3>, u: [3]) = cross_entropy(logits, t, reduction = mean) + 0.1 * mse(mean, u, reduction = sum);",
    "struct Generic<In, Out> { s: Scaled(In), fc: Linear(In => Out) }
     fn forward(x: [In], y: [Out]) -> [Out] { fc(s(x)) + y.twice(k = 2) }
     layer Scaled<N>(x: [N]) -> y: [N] {
         param gain: [N] = uniform(-1, 1);
         inner: Linear(N => N);
         train { z[i] = gain[i] * x[i]; } infer { z[i] = gain[i] * x[i]; }
         y = inner(z);
     }
     fn twice<k: K: real = 2.0>(x) = where(x < 0, K * x, max(x, -1));
     loss m(y: [N], t: [N]) = mean[i](abs(y[i] - t[i]));
     loss = m;",
    "#[layer] #[folded(Small)] pub struct Deep { #[checkpoint] blocks: [Block(2); 3], head: Linear(_ => 4) }
     fn forward(image: [1, 6, 6]) -> [4] { head(blocks(image.repeat(2, 1, 1)).flatten()) }
     layer Block<C, kernel: K = 3>(x: [C, H, W]) -> y: [C, H, W] {
         state usual: [C] = zeros;
         conv: Conv2d(C => C, kernel = K, padding = same);
         norm: BatchNorm2d(C, momentum = 0.2);
         h = norm(conv(x));
         train { m[c] = mean[batch, h, w](h[c, h, w]); next usual[c] = 0.9 * usual[c] + m[c]; } infer { m = usual; }
         y[c, h, w] = x[c, h, w] + where(h[c, h, w] > m[c], max(h[c, h, w], 0), 0);
         clip(y[c, 2*i + 1, k]) += sum[j: 2](pad(h[c, i + j, k], 0) * x[c, i, k]);
     }
     loss = cross_entropy(label_smoothing = 0.1);",
    "struct Alias { e: Linear(Hidden => crate::config::Width) }
     fn forward(x: [Hidden]) -> [crate::config::Width] { e(x) }
     loss = mse;",
];

const TOKENS: &str =
    "fn type self Self crate super struct let mut if else for while match return loop in as use pub const
    static where gen async move ref r#type r#gen r#match forward loss layer param train infer index sum max concat
    size clip or same state next batch checkpoint folded infinity require pad floor narrow select permute stack mean keepdim axis
    x a b T nn N In _ __ größe 名 0 1 7 1.5 1e400 99999999999999999999 9223372036854775807 \"text\" 'c' b\"x\" 0x1F 3u8
    += + - * / % ^ ! & | && || = == != < > <= >= => -> . .. ..= , ; : :: # $ ? @ ~
    () [] {} (x) [4] {y = x;} (1 => 2) [1, 2, 3, 4, 5, 6, 7] index<3> #[derive(Clone)] /// ";

/// A small generator of numbers that are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn count(tokens: &TokenStream) -> usize {
    let inside = |token: TokenTree| if let TokenTree::Group(group) = token { count(&group.stream()) } else { 0 };
    tokens.clone().into_iter().map(|token| 1 + inside(token)).sum()
}

/// Changes the token at `*at`, counted through all groups.
fn mutate(tokens: TokenStream, at: &mut usize, draw: &mut Draw, pool: &[TokenTree]) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let here = *at == 0;
        *at = at.wrapping_sub(1);
        if here {
            let other = pool[draw.below(pool.len())].clone();
            match draw.below(5) {
                0 => {}
                1 => out.extend([token.clone(), token]),
                2 => {
                    let next = tokens.next();
                    out.extend(next.into_iter().chain([token]));
                }
                3 => out.push(other),
                _ => out.extend([token, other]),
            }
            continue;
        }
        out.push(match token {
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), mutate(group.stream(), at, draw, pool)))
            }
            token => token,
        });
    }
    out.into_iter().collect()
}

/// Words of the parser's library, which mean nothing to a user.
const FOREIGN: [&str; 7] = [
    "expected identifier",
    "expected curly",
    "expected parenthes",
    "expected square",
    "unexpected token",
    "unexpected end",
    "expected ident",
];

#[test]
fn no_tokens_make_it_panic() {
    vary(7);
}

#[test]
fn no_other_tokens_make_it_panic() {
    vary(8);
}

fn vary(seed: u64) {
    let pool: Vec<TokenTree> = TOKENS.parse::<TokenStream>().unwrap().into_iter().collect();
    let mut draw = Draw(seed);
    for variant in 0..1500 {
        let mut tokens: TokenStream = NETWORKS[variant % NETWORKS.len()].parse().unwrap();
        for _ in 0..=draw.below(3) {
            let mut at = draw.below(count(&tokens).max(1));
            tokens = mutate(tokens, &mut at, &mut draw, &pool);
        }
        let text = tokens.to_string();
        let Ok(expanded) = catch_unwind(AssertUnwindSafe(|| common::expand(&tokens))) else {
            panic!("variant {variant} makes it panic:\n{text}");
        };
        if let Err(error) = syn::parse2::<syn::File>(expanded.clone()) {
            panic!("variant {variant} is emitted as what does not parse ({error}):\n{text}\n{expanded}");
        }
        for mistake in common::mistakes(expanded) {
            let foreign = FOREIGN.iter().find(|words| mistake.message.contains(*words));
            assert!(foreign.is_none(), "variant {variant}: {}\n{text}", mistake.message);
        }
    }
}

#[test]
fn the_networks_themselves_are_right() {
    for text in NETWORKS {
        let found = common::mistakes(common::expand(&text.parse().unwrap()));
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
