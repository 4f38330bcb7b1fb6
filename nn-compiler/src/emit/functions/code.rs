//! The code of a function while it is written: its loop nests stay apart until all functions are, since only then is known
//! which of them are one function.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::analysis::forms::Form;

/// Code with loop nests.
#[derive(Debug, Default)]
pub(in crate::emit) struct Code(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Tokens(TokenStream),
    Braces(Code),
    Nest(Box<Nest>),
}

/// A loop nest that may become a function.
#[derive(Debug)]
pub(in crate::emit) struct Nest {
    pub text: TokenStream,
    /// The text with names in place of the network's constants.
    pub named: TokenStream,
    pub form: Form,
    /// The statements that it runs for each sample.
    pub work: i64,
    /// Whether LLVM unrolls it.
    pub unrolls: bool,
}

impl Code {
    pub(in crate::emit) fn tokens(&mut self, tokens: TokenStream) {
        match self.0.last_mut() {
            Some(Piece::Tokens(last)) => last.extend(tokens),
            _ => self.0.push(Piece::Tokens(tokens)),
        }
    }

    pub(in crate::emit) fn braces(&mut self, inner: Code) {
        self.0.push(Piece::Braces(inner));
    }

    pub(in crate::emit) fn nest(&mut self, nest: Nest) {
        self.0.push(Piece::Nest(Box::new(nest)));
    }

    pub(in crate::emit) fn append(&mut self, other: Code) {
        for piece in other.0 {
            match piece {
                Piece::Tokens(tokens) => self.tokens(tokens),
                other => self.0.push(other),
            }
        }
    }

    /// Visits all nests, in their order.
    pub(in crate::emit) fn each_nest(&self, visit: &mut dyn FnMut(&Nest)) {
        for piece in &self.0 {
            match piece {
                Piece::Tokens(_) => {}
                Piece::Braces(inner) => inner.each_nest(visit),
                Piece::Nest(nest) => visit(nest),
            }
        }
    }

    /// The tokens, with nests as `write` writes them.
    pub(in crate::emit) fn finish(self, write: &mut dyn FnMut(Nest) -> TokenStream) -> TokenStream {
        let mut all = TokenStream::new();
        for piece in self.0 {
            all.extend(match piece {
                Piece::Tokens(tokens) => tokens,
                Piece::Braces(inner) => {
                    let inner = inner.finish(write);
                    quote!({ #inner })
                }
                Piece::Nest(nest) => write(*nest),
            });
        }
        all
    }
}
