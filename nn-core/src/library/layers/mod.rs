//! Layers: declared in the struct of a network, and called by their names in `forward`.

mod activations_pages;
mod convolution_pages;
mod linear_pages;
mod norm_pages;

pub use activations_pages::*;
pub use convolution_pages::*;
pub use linear_pages::*;
pub use norm_pages::*;
