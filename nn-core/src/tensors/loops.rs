//! Loops over slices of numbers. They are compiled here, for each scalar and instruction set: in the crate of the user
//! a debug build would make them fifty times slower.

use core::any::TypeId;

use super::Scalar;
use crate::kernels::instruction_set::{InstructionSet, Stage, dispatch};

/// A scalar with a square root that is one instruction.
///
/// Without the standard library it comes from `libm`, which does not vectorise. The bits are the same, since a square
/// root is correctly rounded everywhere.
pub(crate) trait Real: Scalar {
    fn root(self) -> Self;
}

macro_rules! real {
    ($type:ident, $libm:path) => {
        impl Real for $type {
            #[inline(always)]
            fn root(self) -> Self {
                #[cfg(feature = "std")]
                return self.sqrt();
                #[cfg(not(feature = "std"))]
                return $libm(self);
            }
        }
    };
}

real!(f32, libm::sqrtf);
real!(f64, libm::sqrt);

/// A loop over slices of one length: it writes `W` of them and reads `R`.
///
/// It must not fuse multiplications with additions, so that the bits do not depend on the instruction set.
pub(crate) trait Loop<const W: usize, const R: usize> {
    type Output;
    /// Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn run<T: Real>(&self, write: [&mut [T]; W], read: [&[T]; R]) -> Self::Output;
}

/// A loop with entry points that are not generic. [`compile_here`] implements it.
pub(crate) trait CompiledHere<const W: usize, const R: usize>: Loop<W, R> {
    fn single(&self, write: [&mut [f32]; W], read: [&[f32]; R]) -> Self::Output;
    fn double(&self, write: [&mut [f64]; W], read: [&[f64]; R]) -> Self::Output;
}

/// A loop with its operands.
pub(crate) struct Work<'w, 'r, L, T, const W: usize, const R: usize>(
    pub(crate) &'w L,
    pub(crate) [&'w mut [T]; W],
    pub(crate) [&'r [T]; R],
);

impl<L: Loop<W, R>, T: Real, const W: usize, const R: usize> Stage for Work<'_, '_, L, T, W, R> {
    type Output = L::Output;
    #[inline(always)]
    fn run(self, _: InstructionSet) -> L::Output {
        self.0.run(self.1, self.2)
    }
}

impl<L: Loop<W, R>, T: Real, const W: usize, const R: usize> Work<'_, '_, L, T, W, R> {
    pub(crate) fn done(self) -> L::Output {
        dispatch(InstructionSet::detect(), self)
    }
}

/// Compiles a loop for both scalars in this crate: `compile_here!(Loop, written slices, read slices)`.
macro_rules! compile_here {
    ($loop:ty, $write:literal, $read:literal) => {
        impl $crate::tensors::loops::CompiledHere<$write, $read> for $loop {
            fn single(
                &self,
                write: [&mut [f32]; $write],
                read: [&[f32]; $read],
            ) -> <Self as $crate::tensors::loops::Loop<$write, $read>>::Output {
                $crate::tensors::loops::Work(self, write, read).done()
            }
            fn double(
                &self,
                write: [&mut [f64]; $write],
                read: [&[f64]; $read],
            ) -> <Self as $crate::tensors::loops::Loop<$write, $read>>::Output {
                $crate::tensors::loops::Work(self, write, read).done()
            }
        }
    };
}
pub(crate) use compile_here;

/// Runs a loop for any scalar, which is `f32` or `f64`.
pub(crate) fn run<T: Scalar, L: CompiledHere<W, R>, const W: usize, const R: usize>(
    this: &L,
    write: [&mut [T]; W],
    read: [&[T]; R],
) -> L::Output {
    if TypeId::of::<T>() == TypeId::of::<f32>() {
        this.single(write.map(same_mut), read.map(same))
    } else {
        this.double(write.map(same_mut), read.map(same))
    }
}

/// The same slice, where `T` and `U` are one type.
fn same<T: Scalar, U: Scalar>(slice: &[T]) -> &[U] {
    assert!(TypeId::of::<T>() == TypeId::of::<U>());
    // SAFETY: both are the same type.
    unsafe { core::slice::from_raw_parts(slice.as_ptr().cast(), slice.len()) }
}

/// The same slice, where `T` and `U` are one type, mutable.
fn same_mut<T: Scalar, U: Scalar>(slice: &mut [T]) -> &mut [U] {
    assert!(TypeId::of::<T>() == TypeId::of::<U>());
    // SAFETY: both are the same type.
    unsafe { core::slice::from_raw_parts_mut(slice.as_mut_ptr().cast(), slice.len()) }
}

/// The sum of `term(x)` over a slice in `f64`, in an order that depends on the length alone.
#[inline(always)]
pub(crate) fn sum<T: Real>(a: &[T], term: impl Fn(f64) -> f64) -> f64 {
    const LANES: usize = 16;
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = a.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += term(x.to_f64());
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().map(|x| term(x.to_f64())).sum::<f64>()
}
