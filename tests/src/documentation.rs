//! The programs in the README and in `docs`, built and run by `cargo test --doc`.

#[doc = include_str!("../../README.md")]
struct Readme;

#[doc = include_str!("../../docs/language/networks.md")]
struct Networks;

#[doc = include_str!("../../docs/language/sizes.md")]
struct Sizes;

#[doc = include_str!("../../docs/language/composition.md")]
struct Composition;

#[doc = include_str!("../../docs/language/formulas.md")]
struct Formulas;

#[doc = include_str!("../../docs/language/library.md")]
struct Library;

#[doc = include_str!("../../docs/language/losses.md")]
struct Losses;

#[doc = include_str!("../../docs/training.md")]
struct Training;

#[doc = include_str!("../../docs/adding-a-layer.md")]
struct AddingALayer;

#[doc = include_str!("../../docs/contract.md")]
struct Contract;

#[doc = include_str!("../../docs/architecture.md")]
struct Architecture;

#[doc = include_str!("../../docs/language/warnings.md")]
struct Warnings;
