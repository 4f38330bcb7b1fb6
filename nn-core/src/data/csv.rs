//! Tables of numbers as text.

use std::ops::Range;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder, Trim};

use crate::error::Error;
use crate::plain;
use crate::scalar::Scalar;
use crate::shape::Shape;
use crate::tensor::Tensor;

use super::file::Source;
use super::{DataError, class};

/// A file of numbers separated by commas, plain or gzipped, to be read.
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
#[derive(Debug, Clone)]
pub struct Csv {
    path: PathBuf,
    header: bool,
    delimiter: u8,
}

impl Csv {
    /// A file without header, separated by commas.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("digits.csv.gz");
    /// ```
    #[must_use]
    pub fn new(path: impl AsRef<Path>) -> Self {
        Csv { path: path.as_ref().into(), header: false, delimiter: b',' }
    }

    /// Whether the first line has the names of the columns; false by default.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("iris.csv").header(true);
    /// ```
    #[must_use]
    pub const fn header(mut self, header: bool) -> Self {
        self.header = header;
        self
    }

    /// What separates the fields; a comma by default.
    ///
    /// ```
    /// let csv = nn_core::data::Csv::new("wine.csv").delimiter(b';');
    /// ```
    #[must_use]
    pub const fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`Error::Data`] naming file, line, column and text, if the file cannot be read, a field is not
    /// a finite number, or a line has more or less fields than the first.
    ///
    /// ```
    /// let path = std::env::temp_dir().join("nn-core-csv-damaged");
    /// std::fs::write(&path, "1,2\n3,x\n").unwrap();
    /// let error = nn_core::data::Csv::new(&path).read().unwrap_err();
    /// assert!(error.to_string().ends_with("line 2, column 2: `x` is not a number"));
    /// ```
    pub fn read(&self) -> Result<Table, Error> {
        let mut source = Source::open(&self.path)?;
        let text = source.up_to(u64::MAX)?;
        let mut table = Table::new(source.name);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(self.delimiter)
            .from_reader(&text[..]);
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) if self.header && table.columns == 0 => table.name_columns(&record),
                Ok(true) => table.add(&record, line_of(&record, &text))?,
                Ok(false) => return Ok(table),
                Err(error) => {
                    let (line, problem) = (reader.position().line(), format!("the file cannot be read on: {error}"));
                    return Err(DataError::Line { file: table.file, line, problem }.into());
                }
            }
        }
    }
}

/// A table of numbers in memory; made by [`Csv::read`].
///
/// See [`Csv`] for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    file: String,
    names: Vec<String>,
    columns: usize,
    values: Vec<f64>,
    /// Where each row stood in the file.
    lines: Vec<u64>,
}

impl Table {
    fn new(file: String) -> Self {
        Table { file, names: Vec::new(), columns: 0, values: Vec::new(), lines: Vec::new() }
    }

    fn name_columns(&mut self, record: &ByteRecord) {
        self.names = record.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        self.columns = record.len();
    }

    fn add(&mut self, record: &ByteRecord, line: u64) -> Result<(), DataError> {
        if self.columns == 0 {
            self.columns = record.len();
        }
        if record.len() != self.columns {
            let problem = format!("expected {} fields as in the first line, found {}", self.columns, record.len());
            return Err(DataError::Line { file: self.file.clone(), line, problem });
        }
        for (at, field) in record.iter().enumerate() {
            let value = number(field).map_err(|problem| DataError::Field {
                file: self.file.clone(),
                line,
                column: at + 1,
                text: String::from_utf8_lossy(field).into_owned(),
                problem,
            })?;
            self.values.push(value);
        }
        self.lines.push(line);
        Ok(())
    }

    /// The number of rows, without the header. See [`Csv`] for an example.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The number of columns. See [`Csv`] for an example.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The number of the column with a name in the header, from 0. See [`Csv`] for an example.
    ///
    /// # Errors
    /// [`Error::Data`] if no column has this name.
    pub fn column(&self, name: &str) -> Result<usize, Error> {
        self.names.iter().position(|known| known == name).ok_or_else(|| {
            let found = if self.names.is_empty() { "no header".into() } else { self.names.join(", ") };
            DataError::Size { file: self.file.clone(), expected: format!("a column named `{name}`"), found }.into()
        })
    }

    /// One tensor for each row, from as many columns (counted from 0) as it has elements.
    ///
    /// # Errors
    /// [`Error::Data`] if the columns are not there, or not as many as the tensor has elements.
    ///
    /// See [`Csv`] for an example.
    pub fn tensors<S: Shape, T: Scalar>(&self, columns: Range<usize>) -> Result<Vec<Tensor<S, T>>, Error> {
        if columns.len() != S::LEN {
            let expected = format!("{} columns, for tensors of shape {:?}", S::LEN, S::DIMS);
            let found = format!("{columns:?}");
            return Err(DataError::Size { file: self.file.clone(), expected, found }.into());
        }
        self.check(columns.end)?;
        let mut tensors = plain::zeroed_slice::<Tensor<S, T>>(self.rows());
        for (tensor, row) in tensors.iter_mut().zip(self.values.chunks(self.columns.max(1))) {
            for (element, value) in tensor.as_mut_slice().iter_mut().zip(&row[columns.clone()]) {
                *element = T::from_f64(*value);
            }
        }
        Ok(tensors.into_vec())
    }

    /// One class for each row, from a column (counted from 0) of whole numbers below `classes`.
    ///
    /// # Errors
    /// [`Error::Data`] if the column is not there, or naming the line where it holds something else.
    ///
    /// See [`Csv`] for an example.
    pub fn classes(&self, column: usize, classes: usize) -> Result<Vec<usize>, Error> {
        self.check(column.saturating_add(1))?;
        let found = |(row, line): (&[f64], &u64)| {
            class(row[column], classes).ok_or_else(|| {
                let problem = format!("{} in column {} is not a class below {classes}", row[column], column + 1);
                DataError::Line { file: self.file.clone(), line: *line, problem }.into()
            })
        };
        self.values.chunks(self.columns.max(1)).zip(&self.lines).map(found).collect()
    }

    /// Checks that there are `count` columns, or no row at all.
    fn check(&self, count: usize) -> Result<(), DataError> {
        if count <= self.columns || self.rows() == 0 {
            return Ok(());
        }
        let (expected, found) = (format!("at least {count} columns"), self.columns.to_string());
        Err(DataError::Size { file: self.file.clone(), expected, found })
    }
}

/// The line that a record begins in. The reader's position is before the empty lines that it skips.
#[allow(clippy::cast_possible_truncation)] // a place in the text
fn line_of(record: &ByteRecord, text: &[u8]) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let before = text[position.byte() as usize..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + before.filter(|byte| **byte == b'\n').count() as u64
}

fn number(field: &[u8]) -> Result<f64, &'static str> {
    let value = std::str::from_utf8(field).ok().and_then(|text| text.parse::<f64>().ok());
    match value {
        Some(value) if value.is_finite() => Ok(value),
        Some(_) => Err("is not a finite number"),
        None if field.is_empty() => Err("is empty where a number is needed"),
        None => Err("is not a number"),
    }
}
