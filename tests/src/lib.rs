//! What several tests of the whole have in common: reference values, networks from descriptions of
//! cases and from examples of the library, and a crate that is generated, built and run.

pub mod architectures;
pub mod case;
pub mod differences;
#[cfg(doctest)]
mod documentation;
pub mod generated;
pub mod gradient_check;
pub mod hard;
mod images;
pub mod library;
pub mod numbers;
pub mod pages;
pub mod parity;
pub mod published;
pub mod runner;
pub mod tables;
pub mod tensors;
pub mod training;
pub mod trees;
