//! Networks whose numbers lie in the program.

use core::mem::MaybeUninit;

use super::Compiled;
use crate::description::Parameter;
use crate::tensors::Plain;

/// A network that lies in the program. rustc takes it as bytes: it would look at each number of a network.
#[derive(Debug)]
pub struct Embedded<N>(MaybeUninit<N>);

impl<N: Compiled> Embedded<N> {
    /// A network with the numbers of a file, each tensor of which begins at a byte of its own: parameters, frozen ones,
    /// states.
    ///
    /// It is computed while the program compiles, by copies of bytes, and not by a loop over elements, which rustc would
    /// count.
    ///
    /// # Panics
    /// While compiling, if the file is shorter than that, or the numbers of the target have another order of bytes.
    #[must_use]
    pub const fn new(file: &[u8], begins: &[usize]) -> Self {
        const {
            assert!(
                cfg!(target_endian = "little"),
                "files of weights have the order of bytes of a little-endian target"
            );
            assert!(size_of::<N::Scalar>() == size_of::<f32>(), "files of weights are embedded as `f32`");
        }
        let tables = [N::PARAMETERS, N::FROZEN, N::STATES];
        let lens = [<N::Params as Plain>::LEN, <N::Frozen as Plain>::LEN, <N::State as Plain>::LEN];
        assert!(begins.len() == tables[0].len() + tables[1].len() + tables[2].len(), "each tensor begins somewhere");
        let mut network = MaybeUninit::<N>::zeroed();
        let (mut table, mut before, mut elements) = (0, 0, 0);
        while table < tables.len() {
            let mut at = 0;
            while at < tables[table].len() {
                copy(file, begins[before + at], &mut network, elements, &tables[table][at]);
                at += 1;
            }
            before += tables[table].len();
            elements += lens[table];
            table += 1;
        }
        Embedded(network)
    }

    /// The network, where it lies.
    #[must_use]
    pub const fn network(&self) -> &N {
        // SAFETY: the contract of `Plain`: a network consists of its numbers, of which any bits are valid, and of padding.
        unsafe { self.0.assume_init_ref() }
    }
}

/// Whether a tensor of a network, counted through its parameters, frozen ones and states, has this shape.
#[must_use]
pub const fn has_shape<N: Compiled>(tensor: usize, shape: &[usize]) -> bool {
    let (parameters, frozen) = (N::PARAMETERS.len(), N::PARAMETERS.len() + N::FROZEN.len());
    let own = if tensor < parameters {
        N::PARAMETERS[tensor].shape
    } else if tensor < frozen {
        N::FROZEN[tensor - parameters].shape
    } else {
        N::STATES[tensor - frozen].shape
    };
    let mut axis = 0;
    while axis < own.len() && axis < shape.len() && own[axis] == shape[axis] {
        axis += 1;
    }
    axis == own.len() && axis == shape.len()
}

/// Copies the bytes of one tensor, in the part of the network that begins at an element.
const fn copy<N: Compiled>(file: &[u8], begin: usize, to: &mut MaybeUninit<N>, part: usize, tensor: &Parameter) {
    let (first, len) = tensor.place();
    // in numbers, and without sums that could wrap: a table may be made by hand
    let all = size_of::<N>() / size_of::<f32>();
    let inside = part <= all && first <= all - part && len <= all - part - first;
    assert!(inside, "a tensor lies inside of its network");
    let (first, bytes) = ((part + first) * size_of::<f32>(), len * size_of::<f32>());
    assert!(begin <= file.len() && bytes <= file.len() - begin, "the file ends before its tensors do");
    // SAFETY: both are valid for so many bytes, as was just checked, and they do not overlap.
    unsafe {
        core::ptr::copy_nonoverlapping(file.as_ptr().add(begin), to.as_mut_ptr().cast::<u8>().add(first), bytes);
    }
}
