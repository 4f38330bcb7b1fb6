//! Files of weights: reading them, checking them against the tensors that a network has, and writing them.
//!
//! `nn-core` reads files of weights while a program runs, and the compiler of networks while it compiles. This crate is
//! what both share: it knows tensors by their names and shapes, and nothing of networks.
#![cfg_attr(
    feature = "safetensors",
    doc = r#"
```
use nn_weights::{Archive, Dtype, Expected, Rules, Written};

let numbers = [0.5f64, -1.0];
let bytes = nn_weights::safetensors::write(&[("network", "Net")], vec![Written::new("fc.bias", Dtype::F32, &[2], numbers)]);

let archive = Archive::read(&bytes)?;
let plan = nn_weights::plan(&[Expected { name: "fc.bias", shape: &[2] }], &archive, &Rules::new()).unwrap();
let mut read = [0.0; 2];
plan.taken[0].copy(&archive, |at, number| read[at] = number).unwrap();
assert_eq!(read, numbers);
# Ok::<(), nn_weights::FormatError>(())
```
"#
)]
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "safetensors")]
extern crate alloc;
#[cfg(all(test, not(feature = "std")))]
extern crate std;

#[cfg(feature = "safetensors")]
mod archive;
#[cfg(feature = "safetensors")]
mod convert;
#[cfg(feature = "safetensors")]
mod dtype;
#[cfg(feature = "std")]
pub mod files;
#[cfg(feature = "safetensors")]
mod header;
#[cfg(feature = "safetensors")]
mod hints;
#[cfg(feature = "safetensors")]
mod kinds;
pub mod names;
#[cfg(feature = "npz")]
pub mod npz;
#[cfg(feature = "safetensors")]
mod plan;
#[cfg(feature = "safetensors")]
mod problem;
#[cfg(feature = "pth")]
mod pth;
#[cfg(feature = "safetensors")]
mod rules;
#[cfg(feature = "safetensors")]
pub mod safetensors;
#[cfg(feature = "safetensors")]
mod taken;
#[cfg(any(feature = "npz", feature = "pth"))]
mod zipped;

#[cfg(feature = "safetensors")]
pub use archive::{Archive, FormatError, Stored, Written};
#[cfg(feature = "safetensors")]
pub use convert::convert;
#[cfg(feature = "safetensors")]
pub use dtype::Dtype;
#[cfg(feature = "safetensors")]
pub use plan::{Expected, Plan, Skipped, plan, signature};
#[cfg(feature = "safetensors")]
pub use problem::{ANY_SIZE, Nearest, Problem, Shape};
#[cfg(feature = "safetensors")]
pub use rules::Rules;
#[cfg(feature = "safetensors")]
pub use taken::Taken;
