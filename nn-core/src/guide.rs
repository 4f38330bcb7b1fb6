//! The language and the training of networks, described at length.
//!
//! For readers alone: there is nothing in these modules but text.

#[doc = include_str!("../guide/language.md")]
pub mod language {}

#[doc = include_str!("../guide/training.md")]
pub mod training {}
