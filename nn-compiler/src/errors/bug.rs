//! Violated invariants of the compiler.

/// A mistake of the compiler's own. It unwinds to where the expansion began and is reported there.
#[derive(Debug)]
pub struct Bug(pub String);

impl std::fmt::Display for Bug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "this is a mistake of nn-compiler, not one of yours: {}\n\nhelp: please report it with this network",
            self.0
        )
    }
}

/// Gives up on a violated invariant of the compiler.
pub fn bug(what: &str) -> ! {
    // in tests, a panic shows the place
    if cfg!(any(test, feature = "verify")) {
        panic!("bug: {what}");
    }
    std::panic::resume_unwind(Box::new(Bug(what.into())))
}

/// Values that are present unless the compiler has a bug.
pub(crate) trait OrBug {
    /// The type of the value.
    type Value;
    /// The value; reports a bug if there is none.
    fn or_bug(self, what: &str) -> Self::Value;
}

impl<T> OrBug for Option<T> {
    type Value = T;
    fn or_bug(self, what: &str) -> T {
        self.unwrap_or_else(|| bug(what))
    }
}

impl<T, E> OrBug for Result<T, E> {
    type Value = T;
    fn or_bug(self, what: &str) -> T {
        self.unwrap_or_else(|_| bug(what))
    }
}
