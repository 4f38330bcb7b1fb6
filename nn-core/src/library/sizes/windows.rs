// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! How many windows of `k` places, `d` apart, there are in `n` places, each window `s` places behind the one before.
//!
//! A size: it is called in the shapes of [formulas](crate::guide::language::formulas). It is no item of Rust.
//!
//! ```text
//! windows(n, k, s, d)
//! ```
//!
//! # Formula
//!
//! ```text
//! size windows(n, k, s, d) = (n - d*(k - 1) - 1)/s + 1;
//! ```
