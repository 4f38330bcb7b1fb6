//! From schedules to Rust: what is decided (`analysis`, `naming`) stands apart from what is written (`functions`,
//! `items`).

mod analysis;
mod emitter;
mod functions;
mod items;
mod naming;

use proc_macro2::TokenStream;

use crate::emit::emitter::Emitter;
use crate::pipeline::Compiled;
use crate::syntax::ast::Network;

pub use emitter::Options;
pub use items::export::export;
pub(crate) use items::export::handing_macro;
pub use items::fallback::fallback;
pub use items::once::once;
pub use items::warnings::warnings;
pub(crate) use naming::sizes::typenum;
pub(crate) use naming::written_sizes::size_type;

/// The code of a network.
#[must_use]
pub fn emit(network: &Network, compiled: &Compiled, options: &Options) -> TokenStream {
    Emitter::new(network, compiled, options).network_items()
}
