// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The states of one direction, or of both.
//!
//! A size: it is called in the shapes of [formulas](crate::guide::language::formulas). It is no item of Rust.
//!
//! ```text
//! both(d, n)
//! ```
//!
//! # Formula
//!
//! ```text
//! size both(d, n) = where(d, 2*n, n);
//! ```
