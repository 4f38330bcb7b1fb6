//! Warnings, on stable Rust: the use of an item that is deprecated, at the token that the warning is about.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use crate::lints::Warning;

/// The tokens that make rustc show warnings.
#[must_use]
pub fn warnings(warnings: &[Warning]) -> TokenStream {
    warnings.iter().map(warning).collect()
}

fn warning(warning: &Warning) -> TokenStream {
    let Warning { lint, place, text } = warning;
    let name = lint.name();
    let note = format!("{text}\nnote: `#[allow(nn::{name})]` over the struct silences this");
    let item = format_ident!("{name}");
    let used = format_ident!("{name}", span = *place);
    let place = quote_spanned!(*place=> #used);
    quote! {
        const _: () = {
            #[allow(non_upper_case_globals)]
            #[deprecated(note = #note)]
            const #item: () = ();
            #place
        };
    }
}
