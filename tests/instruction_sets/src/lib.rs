//! Nothing but the tests of this package.
//!
//! The workspace optimises it and leaves its debug assertions out, so that its networks are compiled for each instruction
//! set, with loops that LLVM makes of vectors. Networks of other tests are compiled for two.
