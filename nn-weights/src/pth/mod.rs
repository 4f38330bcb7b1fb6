//! PyTorch's `.pt` and `.pth`: a zip file with a pickle, `data.pkl`, and the memory of each storage, `data/0`, `data/1`, ….
//!
//! A pickle is a program for a stack machine that may call any function of Python. The machine here knows the few that
//! make tensors and dictionaries, calls none, and refuses all others.

mod flatten;
mod global;
mod heap;
mod machine;
mod pickle;
mod records;

use std::string::String;
use std::vec::Vec;

use crate::zipped::Zip;
use crate::{Archive, FormatError};

use flatten::Flatten;
use heap::Heap;
use machine::Machine;
use records::Records;

/// Reads the pickle, and checks the storages of its tensors.
pub(crate) fn read<'a>(bytes: &'a [u8], packed: Zip<'a>) -> Result<Archive<'a>, FormatError> {
    let tensors = tensors(bytes, packed).map_err(FormatError::new)?;
    Ok(Archive {
        tensors,
        metadata: Vec::new(),
        #[cfg(feature = "npz")]
        packed: None,
    })
}

fn tensors<'a>(bytes: &'a [u8], packed: Zip<'a>) -> Result<Vec<crate::Stored<'a>>, String> {
    let mut records = Records::new(bytes, packed)?;
    let order = records.find("byteorder")?.unwrap_or(b"little");
    if order != b"little" {
        let order = String::from_utf8_lossy(order);
        return Err(std::format!(
            "its numbers are in the byte order `{order}`, and `little` is read: load it in PyTorch and save it again on a \
             processor with that order"
        ));
    }
    let pickle = records.find("data.pkl")?.unwrap_or_default();
    let mut machine = Machine::new(pickle, &mut records, Heap::new(bytes.len()));
    let value = machine.run()?;
    Flatten::new(&machine.heap, bytes.len()).all(value)
}
