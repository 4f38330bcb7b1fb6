//! Files, gzipped or not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use crate::error::DataError;

/// An open file, with its name and the number of bytes that have been read.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) offset: u64,
    reader: Box<dyn Read>,
}

impl Source {
    /// Opens a file. One that begins with the magic bytes of gzip is decompressed.
    pub(super) fn open(path: &Path) -> Result<Self, DataError> {
        let name = path.display().to_string();
        let failed = |error: io::Error| DataError::File { file: name.clone(), problem: error.to_string() };
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        let packed = file.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]);
        let reader: Box<dyn Read> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        Ok(Source { name, offset: 0, reader })
    }

    /// Reads `count` bytes, or fewer where the file ends.
    pub(super) fn up_to(&mut self, count: u64) -> Result<Vec<u8>, DataError> {
        let mut bytes = Vec::new();
        match Read::take(&mut *self, count).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.problem(format!("the file cannot be read on: {error}"))),
        }
    }

    /// Reads exactly `count` bytes, which hold `what`.
    pub(super) fn exactly(&mut self, count: u64, what: &str) -> Result<Vec<u8>, DataError> {
        let bytes = self.up_to(count)?;
        let found = bytes.len() as u64;
        if found == count {
            return Ok(bytes);
        }
        Err(self.problem(format!("the file ends early: expected {count} bytes of {what}, found {found}")))
    }

    /// Checks that the file ends here.
    pub(super) fn end(&mut self) -> Result<(), DataError> {
        let offset = self.offset;
        if self.up_to(1)?.is_empty() {
            return Ok(());
        }
        self.offset = offset;
        Err(self.problem("the file goes on where its header says that it ends".into()))
    }

    /// A problem at the offset that has been read up to.
    pub(super) fn problem(&self, problem: String) -> DataError {
        DataError::Format { file: self.name.clone(), offset: self.offset, problem }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.offset += count as u64;
        Ok(count)
    }
}
