//! The language and the training of networks, described at length.
//!
//! These modules hold text alone.

#[doc = include_str!("../guide/language.md")]
pub mod language {}

#[doc = include_str!("../guide/training.md")]
pub mod training {}
