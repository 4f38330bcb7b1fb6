//! The entries of the zip file.

use std::collections::BTreeMap;
use std::format;
use std::io;
use std::string::{String, ToString};

use zip::CompressionMethod;

use crate::zipped::{PICKLE, Zip};

/// The entries of a file, which all stand in one folder. They are not compressed, so that they are used where they are.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    packed: Zip<'a>,
    /// The folder, with a slash at the end.
    folder: String,
    /// Those that have been checked, by their number.
    checked: BTreeMap<usize, &'a [u8]>,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8], packed: Zip<'a>) -> Result<Self, String> {
        if packed.has_duplicate_names() {
            return Err("two of its entries have one name".into());
        }
        let pickle = packed.file_names_raw().find(|name| name.ends_with(PICKLE)).unwrap_or(PICKLE);
        let folder = &pickle[..=pickle.len() - PICKLE.len()];
        let folder = core::str::from_utf8(folder).map_err(|_| "its folder has a name that is no text")?.to_string();
        Ok(Records { bytes, packed, folder, checked: BTreeMap::new() })
    }

    /// The bytes of an entry, whose checksum has been compared; nothing if there is no such entry.
    pub(super) fn find(&mut self, name: &str) -> Result<Option<&'a [u8]>, String> {
        let Some(number) = self.packed.index_for_name(&format!("{}{name}", self.folder)) else { return Ok(None) };
        if let Some(bytes) = self.checked.get(&number) {
            return Ok(Some(bytes));
        }
        let bytes = self.check(number).map_err(|problem| format!("its entry `{name}` {problem}"))?;
        self.checked.insert(number, bytes);
        Ok(Some(bytes))
    }

    fn check(&mut self, number: usize) -> Result<&'a [u8], String> {
        let unreadable = |problem: &dyn ToString| format!("cannot be read: {}", problem.to_string());
        let mut entry = self.packed.by_index(number).map_err(|problem| unreadable(&problem))?;
        if entry.compression() != CompressionMethod::Stored {
            return Err("is compressed, which those of `torch.save` are not".into());
        }
        let size = usize::try_from(entry.size()).ok().filter(|_| entry.size() == entry.compressed_size());
        let start = entry.data_start().and_then(|start| usize::try_from(start).ok());
        let bytes = start.zip(size).and_then(|(start, size)| self.bytes.get(start..)?.get(..size));
        let bytes = bytes.ok_or("ends behind the end of the file: it is cut off")?;
        // `torch.serialization.set_crc32_options(False)` leaves the checksums 0
        if entry.crc32() != 0 {
            io::copy(&mut entry, &mut io::sink()).map_err(|problem| unreadable(&problem))?;
        }
        Ok(bytes)
    }
}
