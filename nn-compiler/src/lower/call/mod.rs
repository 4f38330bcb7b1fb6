//! Calls: environments, the binding of arguments, and the unfolding of formulas.

pub(in crate::lower) mod argument_pairs;
pub(in crate::lower) mod calls;
mod carries;
mod derivatives;
pub(in crate::lower) mod formula_arguments;
pub(in crate::lower) mod formulas;
pub(in crate::lower) mod inputs;
pub(in crate::lower) mod patterns;
pub(in crate::lower) mod requirements;
pub(in crate::lower) mod scans;
pub(in crate::lower) mod unfolding;
pub(in crate::lower) mod words;
