// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Sizes: called in the shapes of formulas.

pub mod windows;

pub mod pooled;

pub mod widest;

pub mod both;
