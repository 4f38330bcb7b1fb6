//! The procedural macros of `nn-core`; all their work is done by `nn-compiler`.

use proc_macro::TokenStream;

/// A network; called through `nn_core::network!`.
#[doc(hidden)]
#[proc_macro]
pub fn __network(tokens: TokenStream) -> TokenStream {
    nn_compiler::entry::network(tokens.into()).into()
}

/// Formulas for many networks; called through `nn_core::formulas!`.
#[doc(hidden)]
#[proc_macro]
pub fn __formulas(tokens: TokenStream) -> TokenStream {
    nn_compiler::entry::formulas(tokens.into()).into()
}

/// A size as a type; called through `nn_core::size!`.
#[doc(hidden)]
#[proc_macro]
pub fn __size(tokens: TokenStream) -> TokenStream {
    nn_compiler::entry::size(tokens.into()).into()
}

/// The type of a tensor; called through `nn_core::Tensor!`.
#[doc(hidden)]
#[proc_macro]
pub fn __tensor(tokens: TokenStream) -> TokenStream {
    nn_compiler::entry::tensor(tokens.into()).into()
}
