//! The bytes of a pickle.

use std::string::{String, ToString};

/// Reads the operands of the machine's instructions.
pub(super) struct Pickle<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

const ENDS: &str = "the pickle ends early";
const NO_TEXT: &str = "a text is not UTF-8";

impl<'a> Pickle<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Pickle { bytes, at: 0 }
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let taken = self.bytes[self.at..].get(..count).ok_or(ENDS)?;
        self.at += count;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, String> {
        Ok(self.take(1)?[0])
    }

    /// A whole number of 0 or more, of so many bytes.
    pub(super) fn count(&mut self, bytes: usize) -> Result<usize, String> {
        let mut number = [0; 8];
        number[..bytes].copy_from_slice(self.take(bytes)?);
        usize::try_from(u64::from_le_bytes(number)).map_err(|_| ENDS.into())
    }

    /// As many bytes as a number of so many bytes says.
    pub(super) fn counted(&mut self, bytes: usize) -> Result<&'a [u8], String> {
        let count = self.count(bytes)?;
        self.take(count)
    }

    pub(super) fn text(&mut self, bytes: usize) -> Result<&'a str, String> {
        core::str::from_utf8(self.counted(bytes)?).map_err(|_| NO_TEXT.into())
    }

    /// The text up to the end of the line.
    pub(super) fn line(&mut self) -> Result<&'a str, String> {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|byte| *byte == b'\n').ok_or(ENDS)?;
        self.at += len + 1;
        core::str::from_utf8(&rest[..len]).map_err(|_| NO_TEXT.to_string())
    }
}

/// The number that some bytes are in two's complement, if it is one of 64 bits.
pub(super) fn whole(bytes: &[u8]) -> Option<i64> {
    let negative = bytes.last().is_some_and(|last| last >> 7 == 1);
    let mut number = [if negative { 0xff } else { 0 }; 8];
    number.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(i64::from_le_bytes(number))
}
