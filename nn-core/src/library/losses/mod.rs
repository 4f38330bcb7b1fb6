// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Losses: what networks are trained by.

pub mod mse;

pub mod l1;

pub mod smooth_l1;

pub mod huber;

pub mod log_cosh;

pub mod bce;

pub mod bce_with_logits;

pub mod focal;

pub mod hinge;

pub mod squared_hinge;

pub mod soft_margin;

pub mod hinge_embedding;

pub mod kl_div;

pub mod poisson_nll;

pub mod gaussian_nll;

pub mod cross_entropy;

pub mod nll;

pub mod multi_margin;
