//! Sizes: called in the shapes of formulas.

mod convolution_pages;
mod pooling_pages;

pub use convolution_pages::*;
pub use pooling_pages::*;
