//! The index of errors.
