//! Losses: what networks are trained by.

mod losses_pages;

pub use losses_pages::*;
