// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A width that no window of adaptive pooling exceeds, with `m` windows over `n` places.
//!
//! All windows have it if `m` divides `n`.
//!
//! A size: it is called in the shapes of [formulas](crate::guide::language::formulas). It is no item of Rust.
//!
//! ```text
//! widest(n, m)
//! ```
//!
//! # Formula
//!
//! ```text
//! size widest(n, m) = where(n/m * m == n, n/m, n/m + 2);
//! ```
