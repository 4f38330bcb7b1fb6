//! The programs in the README and in `docs`, built and run by `cargo test --doc`.

#[doc = include_str!("../../README.md")]
struct Readme;

#[doc = include_str!("../../docs/language.md")]
struct Language;

#[doc = include_str!("../../docs/training.md")]
struct Training;

#[doc = include_str!("../../docs/adding-a-layer.md")]
struct AddingALayer;

#[doc = include_str!("../../docs/contract.md")]
struct Contract;

#[doc = include_str!("../../docs/architecture.md")]
struct Architecture;
