// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! How many windows of `k` places, `d` apart, there are in `n` places with `p` more on both sides.
//!
//! Rounded up, with `ceil_mode`, the last window still begins inside or in front.
//!
//! A size: it is called in the shapes of [formulas](crate::guide::language::formulas). It is no item of Rust.
//!
//! ```text
//! pooled(n, k, s, p, d, ceil_mode)
//! ```
//!
//! # Formula
//!
//! ```text
//! size pooled(n, k, s, p, d, ceil_mode) = where(
//!     ceil_mode,
//!     min(n + 2*p - d*(k - 1) + s - 2, n + p - 1)/s + 1,
//!     windows(n + 2*p, k, s, d)
//! );
//! ```
