//! The procedural macros of `nn-core`; all their work is done by `nn-compiler`.
