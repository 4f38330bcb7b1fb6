//! The pipeline, from tokens to tokens.

use proc_macro2::TokenStream;

use crate::differentiate::differentiate;
use crate::emit::{self, Compiled, Folding, Options, Training};
use crate::equation::{Program, Role};
use crate::errors::Errors;
use crate::fold::{Folded, fold};
use crate::layout::lay_out;
use crate::lower::{self, Library, LibraryText, Lowered, Mode};
use crate::schedule::{Schedule, schedule};
use crate::simplify::simplify;
use crate::syntax::{ast, check_names, parse_imported, parse_network, recover_network};

/// Expands `network! { … }`, with the formulas that it uses from elsewhere.
#[must_use]
pub fn expand_network(tokens: TokenStream, formulas: TokenStream, options: &Options) -> TokenStream {
    let mut errors = Errors::default();
    let network = parse_network(tokens.clone()).and_then(|network| {
        let imported = parse_imported(formulas.clone())?;
        Ok(ast::Network { formulas: [network.formulas, imported].concat(), ..network })
    });
    let library = LibraryText::default();
    match network {
        Ok(network) => {
            let export = emit::export(&network, &tokens, &formulas, options);
            let mut code = match compile(&network, &mut errors) {
                Some(compiled) => emit::emit(&network, &compiled, options),
                None => {
                    let fallback = emit::fallback(&network, &Library::new(&network.formulas, &library), options);
                    with_errors(errors, fallback)
                }
            };
            code.extend(export);
            code
        }
        Err(error) => unreadable(tokens, error, options),
    }
}

/// What becomes of tokens that are not in the language.
pub(crate) fn unreadable(tokens: TokenStream, error: syn::Error, options: &Options) -> TokenStream {
    let mut errors = Errors::default();
    errors.add(error);
    let library = LibraryText::default();
    let fallback =
        recover_network(tokens).map(|network| emit::fallback(&network, &Library::new(&[], &library), options));
    with_errors(errors, fallback.unwrap_or_default())
}

fn with_errors(errors: Errors, fallback: TokenStream) -> TokenStream {
    let mut tokens = errors.into_tokens();
    tokens.extend(fallback);
    tokens
}

/// Checks, lowers, differentiates and schedules a network; `None` after a mistake, which is reported.
pub fn compile(network: &ast::Network, errors: &mut Errors) -> Option<Compiled> {
    let library = LibraryText::default();
    check_names(network, errors);
    if errors.any() {
        return None;
    }
    let library = Library::new(&network.formulas, &library);
    let train = lower::lower(network, &library, Mode::Train, errors);
    if errors.any() {
        return None;
    }
    let infer = lower::lower(network, &library, Mode::Infer, errors);
    if !errors.any() {
        lower::report_unused(network, &train, &infer, errors);
    }
    if errors.any() {
        return None;
    }
    let forward = plan(&infer, infer.program.clone(), &|role| matches!(role, Role::Output(_)));
    let training = (!infer.terms.is_empty()).then(|| Training {
        loss: train
            .has_modes
            .then(|| plan(&infer, without_outputs(infer.program.clone()), &|role| matches!(role, Role::Loss(_)))),
        gradient: plan(&train, without_outputs(differentiate(&train)), &|role| {
            matches!(role, Role::Loss(_) | Role::Gradient(_) | Role::InputGradient(_) | Role::NextState(_))
        }),
        divisors: (infer.terms.iter().any(|term| term.divisor.is_some()))
            .then(|| plan(&infer, without_outputs(infer.program.clone()), &|role| matches!(role, Role::Divisor(_)))),
    });
    let folded = network.folded.is_some().then(|| compile_folded(&infer));
    Some(Compiled { infer, train, forward, training, folded })
}

/// The network with all computed beforehand that does not depend on the samples.
fn compile_folded(infer: &Lowered) -> Folding {
    let Folded { network, preparation } = fold(infer);
    let preparation = plan(infer, preparation, &|role| matches!(role, Role::Folded(_)));
    let forward = plan(&network, network.program.clone(), &|role| matches!(role, Role::Output(_)));
    let network = Compiled { infer: network.clone(), train: network, forward, training: None, folded: None };
    Folding { network: Box::new(network), preparation }
}

/// Simplifies and schedules a program.
fn plan(lowered: &Lowered, mut program: Program, wanted: &dyn Fn(Role) -> bool) -> Schedule {
    verify(&program);
    simplify(&mut program, wanted);
    verify(&program);
    let layout = lay_out(&mut program);
    verify(&program);
    let schedule = schedule(program, layout, &|role| emit::is_staged(lowered, role));
    held(|| crate::schedule::check(&schedule));
    schedule
}

/// The program with its outputs as values like others.
fn without_outputs(mut program: Program) -> Program {
    for tensor in &mut program.tensors {
        if matches!(tensor.role, Role::Output(_)) {
            tensor.role = Role::Value;
        }
    }
    program
}

/// Holds a program to the law of the form; users do not pay for it.
fn verify(program: &Program) {
    held(|| crate::equation::check(program));
}

/// Panics where a law does not hold; users do not pay for finding out.
fn held(_law: impl Fn() -> Result<(), String>) {
    #[cfg(any(test, feature = "verify"))]
    if let Err(message) = _law() {
        panic!("{message}");
    }
}
