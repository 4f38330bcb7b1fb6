//! Functions: called in `forward` and in formulas. `x.f(a)` is `f(x, a)`.

mod activations_pages;
mod convolution_pages;
mod norm_pages;
mod numbers_pages;
mod pooling_pages;
mod reductions_pages;
mod resampling_pages;
mod structure_pages;

pub use activations_pages::*;
pub use convolution_pages::*;
pub use norm_pages::*;
pub use numbers_pages::*;
pub use pooling_pages::*;
pub use reductions_pages::*;
pub use resampling_pages::*;
pub use structure_pages::*;
