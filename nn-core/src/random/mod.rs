//! Random numbers that are the same on every platform.

mod draw;
mod init;
#[cfg(feature = "std")]
mod shuffle;

pub use draw::Draw;
pub use init::Init;
#[cfg(feature = "std")]
pub(crate) use shuffle::shuffle;
