//! The expansion: tokens are parsed, compiled by the pipeline, and emitted.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{self, Options};
use crate::errors::{Bug, Errors, Mistake};
use crate::lints::warnings;
use crate::lower::{Library, LibraryText};
use crate::pipeline::compile;
use crate::syntax::{ast, parse_imported, parse_network, recover_network};

/// Expands `network! { … }`, with the formulas that it uses from elsewhere.
#[must_use]
pub fn expand_network(tokens: TokenStream, formulas: TokenStream, options: &Options) -> TokenStream {
    let network = parse_network(tokens.clone()).and_then(|network| {
        let imported = parse_imported(formulas.clone())?;
        Ok(ast::Network { formulas: [network.formulas, imported].concat(), ..network })
    });
    match network {
        Ok(network) => {
            let (errors, mut code) = expand_parsed(&network, options);
            code.extend(emit::export(&network, &tokens, &formulas, options));
            with_errors(errors, emit::once(&network, &code))
        }
        Err(mistake) => unreadable(tokens, mistake, options),
    }
}

/// The code of a network; after a mistake, the signatures alone.
fn expand_parsed(network: &ast::Network, options: &Options) -> (Errors, TokenStream) {
    let mut errors = Errors::default();
    let emitted = catch_unwind(AssertUnwindSafe(|| {
        compile(network, &mut errors).map(|compiled| {
            let warnings = emit::warnings(network, &warnings(network, &compiled.infer), options);
            let code = emit::emit(network, &compiled, options);
            quote!(#warnings #code)
        })
    }));
    match emitted {
        Ok(Some(code)) => return (errors, code),
        Ok(None) => {}
        Err(panic) => match panic.downcast::<Bug>() {
            Ok(bug) => errors.report_bug(network.name.span(), &bug),
            Err(panic) => resume_unwind(panic),
        },
    }
    let library = LibraryText::default();
    let fallback = emit::fallback(network, &Library::new(&network.formulas, &library), options);
    (errors, fallback)
}

/// The expansion of tokens that are not in the language.
pub(crate) fn unreadable(tokens: TokenStream, mistake: Mistake, options: &Options) -> TokenStream {
    let mut errors = Errors::default();
    errors.add(mistake);
    let library = LibraryText::default();
    let fallback = recover_network(tokens).map(|network| {
        let code = emit::fallback(&network, &Library::new(&[], &library), options);
        emit::once(&network, &code)
    });
    with_errors(errors, fallback.unwrap_or_default())
}

fn with_errors(errors: Errors, code: TokenStream) -> TokenStream {
    let mut tokens = errors.into_tokens();
    tokens.extend(code);
    tokens
}
