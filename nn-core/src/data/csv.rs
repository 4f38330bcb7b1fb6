//! CSV: tables of numbers as text.

use std::path::{Path, PathBuf};

use csv::{ByteRecord, Position, ReaderBuilder, Trim};

use crate::error::Error;

use super::file::Source;
use super::table::{Format, Table};

/// A file of numbers that are separated by commas, plain or gzipped.
///
/// ```
/// use nn_core::data::{Csv, Dataset};
/// use nn_core::{Tensor, typenum::U2};
/// let path = std::env::temp_dir().join("nn-core-csv-example");
/// std::fs::write(&path, "width;height;class\n1.5;2;0\n3;4.5;1\n").unwrap();
///
/// let table = Csv::new(&path).header(true).delimiter(b';').read()?;
/// let inputs: Vec<Tensor<(U2,)>> = table.tensors(0..2)?;
/// let data = Dataset::new(inputs, table.classes(table.column("class")?, 2)?)?;
/// assert_eq!(data.inputs()[1].as_slice(), [3.0, 4.5]);
/// assert_eq!(data.targets(), [0, 1]);
/// # Ok::<(), nn_core::Error>(())
/// ```
///
/// All fields are numbers, classes too (0, 1, 2, …). A column with names of classes must be declared by
/// [`class_names`](Csv::class_names).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csv {
    path: PathBuf,
    format: Format,
}

impl Csv {
    /// A file without header, separated by commas.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("digits.csv.gz");
    /// ```
    #[must_use]
    pub fn new(path: impl AsRef<Path>) -> Self {
        Csv { path: path.as_ref().into(), format: Format { header: false, delimiter: b',', class_names: Vec::new() } }
    }

    /// Whether the first line has the names of the columns; false by default.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("iris.csv").header(true);
    /// ```
    #[must_use]
    pub const fn header(mut self, header: bool) -> Self {
        self.format.header = header;
        self
    }

    /// What separates the fields; a comma by default.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("wine.csv").delimiter(b';');
    /// ```
    #[must_use]
    pub const fn delimiter(mut self, delimiter: u8) -> Self {
        self.format.delimiter = delimiter;
        self
    }

    /// Declares that a column, counted from 0, has names of classes. They are numbered in the order in which they first
    /// appear. Several columns may be declared. [`Table::named_classes`] returns numbers and names.
    ///
    /// ```
    /// let path = std::env::temp_dir().join("nn-core-csv-names");
    /// std::fs::write(&path, "1.5,setosa\n3,virginica\n2,setosa\n").unwrap();
    /// let table = nn_core::data::Csv::new(&path).class_names(1).read()?;
    /// let (classes, names) = table.named_classes(1)?;
    /// assert_eq!(classes, [0, 1, 0]);
    /// assert_eq!(names, ["setosa", "virginica"]);
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    #[must_use]
    pub fn class_names(mut self, column: usize) -> Self {
        self.format.class_names.push(column);
        self
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Data`], with file, line, column and text, if the file cannot be read or has no row, a field is not a
    /// finite number, a quote is not closed, or a line has more or fewer fields than the first; [`Error::Setting`] if
    /// the delimiter is a quote or the end of a line.
    ///
    /// ```
    /// let path = std::env::temp_dir().join("nn-core-csv-damaged");
    /// std::fs::write(&path, "1,2\n3,x\n").unwrap();
    /// let error = nn_core::data::Csv::new(&path).read().unwrap_err();
    /// assert!(error.to_string().contains("line 2, column 2: `x` is not a number"));
    /// ```
    pub fn read(&self) -> Result<Table, Error> {
        if matches!(self.format.delimiter, b'"' | b'\r' | b'\n') {
            return Err(Error::Setting { setting: "delimiter", must: "not be a quote or the end of a line" });
        }
        let mut source = Source::open(&self.path)?;
        let text = source.up_to(u64::MAX)?;
        let mut table = Table::new(source.name, &self.format);
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        for record in Records::new(text, self.format.delimiter) {
            let (record, line) = record.map_err(|(line, problem)| table.line(line, problem))?;
            if self.format.header && table.columns() == 0 {
                table.name_columns(&record);
            } else {
                table.add(&record, line)?;
            }
        }
        table.complete()
    }
}

/// The byte order mark, which some programs write before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// A sentinel behind the text. A quote that is never closed reads it.
const BEHIND: &[u8] = b"\n0";

/// The records of a table, with the line of each.
struct Records<'a> {
    text: &'a [u8],
    reader: csv::Reader<std::io::Chain<&'a [u8], &'static [u8]>>,
}

impl<'a> Records<'a> {
    fn new(text: &'a [u8], delimiter: u8) -> Self {
        let mut settings = ReaderBuilder::new();
        settings.has_headers(false).flexible(true).trim(Trim::All).delimiter(delimiter);
        Records { text, reader: settings.from_reader(std::io::Read::chain(text, BEHIND)) }
    }

    /// The offset and the line of a record. The position of the reader is before the empty lines that it skips.
    fn begin(&self, position: &Position) -> (usize, u64) {
        let before = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let empty = self.text.get(before..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let lines = empty.clone().filter(|byte| **byte == b'\n').count();
        (before + empty.count(), position.line() + lines as u64)
    }

    fn took_in_what_is_behind(&self) -> bool {
        self.reader.position().byte() >= (self.text.len() + BEHIND.len()) as u64
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(ByteRecord, u64), (u64, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let (begin, line) = self.begin(record.position()?);
                if begin >= self.text.len() {
                    None
                } else if self.took_in_what_is_behind() {
                    Some(Err((line, "a quote `\"` is opened and never closed".into())))
                } else {
                    Some(Ok((record, line)))
                }
            }
            Err(error) => Some(Err((self.reader.position().line(), format!("the file cannot be read on: {error}")))),
        }
    }
}
