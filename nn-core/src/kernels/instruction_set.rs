//! Which vector instructions the processor has.

/// A proof that the processor has certain vector instructions.
///
/// Only this module makes one, after it has asked the processor: whoever holds it may use them. A greater one has all
/// instructions of a lesser one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstructionSet(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The instructions that every processor of the target has.
    Baseline,
    /// AVX2 with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// NEON, which has fused multiply-add.
    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    Neon,
    /// AVX-512 with masks for all types of numbers, and shorter vectors (F, BW, DQ, VL), and all of AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// All kinds, the least first.
const KINDS: &[Kind] = &[
    Kind::Baseline,
    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    Kind::Neon,
    #[cfg(target_arch = "x86_64")]
    Kind::Avx2,
    #[cfg(target_arch = "x86_64")]
    Kind::Avx512,
];

/// A piece of work that is compiled for each instruction set.
pub trait Stage {
    /// The result of the work.
    type Output;
    /// Does the work. Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn run(self, instructions: InstructionSet) -> Self::Output;
}

impl InstructionSet {
    /// The best instruction set of this processor, or what [`limit`](InstructionSet::limit) allows. Without `std` it is
    /// what the program is compiled for.
    #[inline]
    #[must_use]
    pub fn detect() -> Self {
        #[cfg(feature = "std")]
        return chosen::get();
        #[cfg(not(feature = "std"))]
        return InstructionSet(COMPILED);
    }

    /// The instructions that every processor of the target has.
    #[inline]
    #[must_use]
    pub const fn baseline() -> Self {
        InstructionSet(Kind::Baseline)
    }

    /// Every instruction set that this processor has, the least first.
    pub fn available() -> impl Iterator<Item = Self> {
        let best = best();
        KINDS.iter().filter(move |&&kind| kind <= best).map(|&kind| InstructionSet(kind))
    }

    /// From now on [`detect`](InstructionSet::detect) finds this one, in all threads: for tests and measurements that
    /// compare the instruction sets of one processor.
    #[cfg(feature = "std")]
    pub fn limit(self) {
        chosen::set(self);
    }

    /// What it is called: `baseline`, `neon`, `avx2` or `avx512`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.0 {
            Kind::Baseline => "baseline",
            #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
            Kind::Neon => "neon",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
        }
    }

    #[inline(always)]
    pub(crate) const fn kind(self) -> Kind {
        self.0
    }
}

/// What the program is compiled for.
const COMPILED: Kind = {
    #[cfg(target_arch = "x86_64")]
    {
        if cfg!(not(all(target_feature = "avx2", target_feature = "fma"))) {
            Kind::Baseline
        } else if cfg!(all(
            target_feature = "avx512f",
            target_feature = "avx512bw",
            target_feature = "avx512dq",
            target_feature = "avx512vl"
        )) {
            Kind::Avx512
        } else {
            Kind::Avx2
        }
    }
    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    {
        Kind::Neon
    }
    #[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
    {
        Kind::Baseline
    }
};

/// The best that the processor has.
fn best() -> Kind {
    #[cfg(all(target_arch = "x86_64", feature = "std"))]
    {
        use std::is_x86_feature_detected as has;
        let avx2 = has!("avx2") && has!("fma");
        let avx512 = has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl");
        return match (avx2, avx512) {
            (true, true) => Kind::Avx512,
            (true, false) => Kind::Avx2,
            (false, _) => Kind::Baseline,
        };
    }
    #[allow(unreachable_code)]
    COMPILED
}

/// The instruction set that is used. The processor is asked once: small networks take less time than several questions.
#[cfg(feature = "std")]
mod chosen {
    use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::{InstructionSet, KINDS, best};

    /// The index in [`KINDS`], once it is known: never that of a kind that the processor has not.
    static CHOSEN: AtomicUsize = AtomicUsize::new(usize::MAX);

    #[inline]
    pub(super) fn get() -> InstructionSet {
        match KINDS.get(CHOSEN.load(Relaxed)) {
            Some(&kind) => InstructionSet(kind),
            None => ask(),
        }
    }

    #[cold]
    #[inline(never)]
    fn ask() -> InstructionSet {
        let best = InstructionSet(best());
        set(best);
        best
    }

    pub(super) fn set(InstructionSet(kind): InstructionSet) {
        CHOSEN.store(kind as usize, Relaxed);
    }
}

/// How stages are compiled.
pub trait Build {
    /// Runs a stage on what it has for `instructions`.
    fn dispatch<S: Stage>(instructions: InstructionSet, stage: S) -> S::Output;
}

/// A build for debugging, or one for speed.
///
/// A stage for debugging is compiled for the least instruction set that fuses multiplications with additions, and not for
/// wider ones: the bits are the same, and a third of the time to compile is saved.
#[derive(Debug)]
pub struct Debugged<const IS: bool>;

impl Build for Debugged<false> {
    #[inline]
    fn dispatch<S: Stage>(instructions: InstructionSet, stage: S) -> S::Output {
        dispatch(instructions, stage)
    }
}

impl Build for Debugged<true> {
    #[inline]
    fn dispatch<S: Stage>(instructions: InstructionSet, stage: S) -> S::Output {
        match instructions.kind() {
            // SAFETY: the token proves that the processor has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 | Kind::Avx2 => unsafe { run_avx2(stage) },
            #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
            Kind::Neon => run_neon(stage),
            Kind::Baseline => run_baseline(stage),
        }
    }
}

/// Runs a stage compiled for `instructions`.
///
/// Each stage becomes one function for each instruction set, however often it is called.
#[inline]
pub fn dispatch<S: Stage>(instructions: InstructionSet, stage: S) -> S::Output {
    match instructions.kind() {
        // SAFETY: the token proves that the processor has them.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx512 => unsafe { run_avx512(stage) },
        // SAFETY: the token proves that the processor has AVX2 and FMA.
        #[cfg(target_arch = "x86_64")]
        Kind::Avx2 => unsafe { run_avx2(stage) },
        #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
        Kind::Neon => run_neon(stage),
        Kind::Baseline => run_baseline(stage),
    }
}

#[inline(never)]
fn run_baseline<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Baseline))
}

#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
#[inline(never)]
fn run_neon<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Neon))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[inline(never)]
fn run_avx2<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Avx2))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
#[inline(never)]
fn run_avx512<S: Stage>(stage: S) -> S::Output {
    stage.run(InstructionSet(Kind::Avx512))
}
