//! From the syntax tree to equations: names are resolved, shapes are checked, formulas unfolded.

mod builtins;
mod call;
mod comparisons;
mod environment;
mod equation;
mod library;
mod loss;
mod lowering;
mod messages;
mod network;
mod shape;
mod stored;
mod structure;

pub use builtins::{DERIVATIVE, REDUCTIONS, STRUCTURAL};
pub use library::{Library, LibraryText, Part, library_formulas};
pub(crate) use lowering::MAX_AXES;
pub use lowering::Mode;
pub(crate) use network::batch::batch_of;
pub use network::lower;
pub use network::unused::report_unused;
pub(crate) use shape::program_sizes::is_constant_path;
pub(crate) use shape::sizes::literal_size;
