//! The layers, functions and losses of [`network!`](macro@crate::network), a page for each.
//!
//! They are written in the language of formulas, and are no items of Rust: a network names them. These modules hold text
//! alone, so that the search of this documentation finds them, also by their names in other libraries. Each page has the
//! arguments, a program that runs, the formula, and the gradient that the compiler derives from it.
//!
//! [`guide::language::library`](crate::guide::language::library) and
//! [`guide::language::losses`](crate::guide::language::losses) list all of them on one page each.
//!
//! | | |
//! | --- | --- |
//! | [`layers`] | have parameters, and are declared in the struct of a network |
//! | [`functions`] | activations, pooling, changes of shape, reductions, functions of numbers |
//! | [`losses`] | what a network is trained by |
//! | [`sizes`] | the arithmetic of shapes |
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         conv: Conv2d(1 => 4, kernel = 3), // a layer
//!         out: Linear(36 => 10),
//!     }
//!
//!     fn forward(image: [1, 8, 8]) -> [10] {
//!         out(conv(image).relu().max_pool2d(2).flatten()) // functions
//!     }
//!
//!     loss = cross_entropy; // a loss
//! }
//!
//! assert_eq!(Net::PARAMS, 9 * 4 + 4 + 36 * 10 + 10);
//! ```

pub mod functions;
pub mod layers;
pub mod losses;
pub mod sizes;
