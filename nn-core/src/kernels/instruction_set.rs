//! Which vector instructions the processor has.

/// A proof that the processor has certain vector instructions.
///
/// Only this module makes one, after it has asked the processor: whoever holds it may use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstructionSet(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The instructions that every processor of the target has.
    Baseline,
    /// AVX2 with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

/// A piece of work that is compiled for each instruction set.
pub trait Stage {
    /// The result of the work.
    type Output;
    /// Does the work. Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn run(self, instructions: InstructionSet) -> Self::Output;
}

impl InstructionSet {
    /// The best instruction set of this processor. Without `std` it is what the program is compiled for.
    #[inline]
    #[must_use]
    pub fn detect() -> Self {
        #[cfg(all(target_arch = "x86_64", feature = "std"))]
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
            return InstructionSet(Kind::Avx2);
        }
        #[cfg(all(target_arch = "x86_64", target_feature = "avx2", target_feature = "fma"))]
        {
            return InstructionSet(Kind::Avx2);
        }
        #[allow(unreachable_code)]
        InstructionSet(Kind::Baseline)
    }

    /// The instructions that every processor of the target has.
    #[inline]
    #[must_use]
    pub const fn baseline() -> Self {
        InstructionSet(Kind::Baseline)
    }

    #[inline(always)]
    pub(crate) const fn kind(self) -> Kind {
        self.0
    }
}

/// Runs a stage compiled for `instructions`.
///
/// Each stage becomes one function for each instruction set, however often it is called.
#[inline]
pub fn dispatch<S: Stage>(instructions: InstructionSet, stage: S) -> S::Output {
    match instructions.kind() {
        // SAFETY: the token proves that the processor has AVX2 and FMA.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx2 => unsafe { run_avx2(stage) },
        Kind::Baseline => run_baseline(stage),
    }
}

#[inline(never)]
fn run_baseline<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Baseline))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[inline(never)]
fn run_avx2<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Avx2))
}
