//! A network in parts, of which a test replaces one.
#![allow(dead_code)] // not every test replaces each

use proc_macro2::TokenStream;

use crate::common::{expand, mistakes};

/// A network whose parts a case replaces.
pub struct Text {
    pub head: &'static str,
    pub layers: &'static str,
    pub forward: &'static str,
    pub body: &'static str,
    pub loss: &'static str,
}

pub const GOOD: Text = Text {
    head: "struct Net",
    layers: "{ a: Linear(4 => 8), b: Linear(8 => 2) }",
    forward: "fn forward(x: [4]) -> [2]",
    body: "{ b(a(x).relu()) }",
    loss: "loss = mse;",
};

impl Text {
    /// The only mistake: where it is shown and how its message begins.
    pub fn says(&self, place: &str, message: &str) {
        let text = format!("{} {} {} {} {}", self.head, self.layers, self.forward, self.body, self.loss);
        let tokens: TokenStream = text.parse().unwrap();
        let expanded = expand(&tokens);
        assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "{text}: what is emitted does not parse");
        let found = mistakes(expanded);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(
            found[0].place == place && found[0].words.starts_with(message),
            "{text}\nfound    {:?}: {}\nexpected {place:?}: {message}",
            found[0].place,
            found[0].message
        );
    }
}

pub fn head(head: &'static str, place: &str, message: &str) {
    Text { head, ..GOOD }.says(place, message);
}

pub fn layers(layers: &'static str, place: &str, message: &str) {
    Text { layers, ..GOOD }.says(place, message);
}

pub fn forward(forward: &'static str, place: &str, message: &str) {
    Text { forward, ..GOOD }.says(place, message);
}

pub fn body(body: &'static str, place: &str, message: &str) {
    Text { body, ..GOOD }.says(place, message);
}

pub fn loss(loss: &'static str, place: &str, message: &str) {
    Text { loss, ..GOOD }.says(place, message);
}
