//! Tables of numbers in memory.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use csv::ByteRecord;

use crate::error::{DataError, Error};
use crate::tensors::{Scalar, Shape, Tensor, plain};

use super::class::class;

/// The format of the text of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) header: bool,
    pub(super) delimiter: u8,
    /// The columns with names of classes.
    pub(super) class_names: Vec<usize>,
}

/// A table of numbers in memory. [`Csv::read`](crate::data::Csv::read) makes it.
///
/// See [`Csv`](crate::data::Csv) for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    file: String,
    format: Format,
    names: Vec<String>,
    columns: usize,
    values: Vec<f64>,
    /// The line of each row in the file.
    lines: Vec<u64>,
    /// The numbers of the classes with names, by column.
    classes: BTreeMap<usize, HashMap<String, usize>>,
}

impl Table {
    pub(super) fn new(file: String, format: &Format) -> Self {
        let classes = format.class_names.iter().map(|column| (*column, HashMap::new())).collect();
        let (names, values, lines) = (Vec::new(), Vec::new(), Vec::new());
        Table { file, format: format.clone(), names, columns: 0, values, lines, classes }
    }

    pub(super) fn name_columns(&mut self, record: &ByteRecord) {
        self.names = record.iter().map(text_of).collect();
        self.columns = record.len();
    }

    pub(super) fn add(&mut self, record: &ByteRecord, line: u64) -> Result<(), DataError> {
        if self.columns == 0 {
            self.columns = record.len();
        }
        if record.len() != self.columns {
            let problem = format!("expected {} fields as in the first line, found {}", self.columns, record.len());
            return Err(self.line(line, problem));
        }
        for (at, field) in record.iter().enumerate() {
            let value = match self.classes.get_mut(&at) {
                Some(classes) => class_number(classes, text_of(field)),
                None => number(field).ok_or_else(|| self.problem(record, at)),
            };
            let value = value.map_err(|problem| {
                let (file, text) = (self.file.clone(), shortened(text_of(field)));
                DataError::Field { file, line, column: at + 1, text, problem }
            })?;
            self.values.push(value);
        }
        self.lines.push(line);
        Ok(())
    }

    /// Why a field is not a number, with advice.
    fn problem(&self, record: &ByteRecord, at: usize) -> String {
        let field = &record[at];
        let separators = [(b';', "`;`", ";"), (b'\t', "a tab", r"\t")].into_iter();
        let separator =
            separators.filter(|(byte, ..)| *byte != self.format.delimiter).find(|(byte, ..)| field.contains(byte));
        if field.is_empty() {
            "is empty where a number is needed".into()
        } else if parsed(field).is_some() {
            "is not a finite number".into()
        } else if let Some((_, name, byte)) = separator {
            format!("is not a number: if {name} separates the fields, read it with `.delimiter(b'{byte}')`")
        } else if self.rows() == 0 && !self.format.header && record.iter().all(|field| parsed(field).is_none()) {
            "is not a number: if the first line has the names of the columns, read it with `.header(true)`".into()
        } else {
            format!(
                "is not a number: if the column has the names of classes (which are whole numbers otherwise), \
                 read it with `.class_names({at})`"
            )
        }
    }

    /// A problem in a line.
    pub(super) fn line(&self, line: u64, problem: String) -> DataError {
        DataError::Line { file: self.file.clone(), line, problem }
    }

    fn size<T>(&self, expected: String, found: impl Into<String>) -> Result<T, Error> {
        Err(DataError::Size { file: self.file.clone(), expected, found: found.into() }.into())
    }

    /// Checks that there is a row, and that the columns with names exist.
    pub(super) fn complete(self) -> Result<Self, Error> {
        if self.rows() == 0 {
            let found = if self.columns == 0 { "no text" } else { "only the header" };
            return self.size("at least one row of numbers".into(), found);
        }
        self.format.class_names.iter().try_for_each(|column| self.check(*column))?;
        Ok(self)
    }

    /// The number of rows, without the header. See [`Csv`](crate::data::Csv) for an example.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The number of columns. See [`Csv`](crate::data::Csv) for an example.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The number, from 0, of the column with this name in the header. See [`Csv`](crate::data::Csv) for an example.
    ///
    /// # Errors
    /// [`Error::Data`] if no column has this name.
    pub fn column(&self, name: &str) -> Result<usize, Error> {
        if let Some(column) = self.names.iter().position(|known| known == name) {
            return Ok(column);
        }
        let found =
            if self.format.header { self.names.join(", ") } else { "no header: read it with `.header(true)`".into() };
        self.size(format!("a column named `{name}`"), found)
    }

    /// A tensor for each row, from as many columns, counted from 0, as it has elements.
    ///
    /// # Errors
    /// [`Error::Data`] if the columns do not exist, or are not as many as the tensor has elements.
    ///
    /// See [`Csv`](crate::data::Csv) for an example.
    pub fn tensors<S: Shape, T: Scalar>(&self, columns: Range<usize>) -> Result<Vec<Tensor<S, T>>, Error> {
        if columns.len() != S::LEN {
            let expected = format!("{} columns, for tensors of shape {:?}", S::LEN, S::DIMS);
            return self.size(expected, format!("{} ({columns:?})", columns.len()));
        }
        let mut tensors = plain::zeroed_slice::<Tensor<S, T>>(self.rows());
        if let Some(last) = columns.clone().last() {
            self.check(last)?;
            for (tensor, row) in tensors.iter_mut().zip(self.values.chunks(self.columns)) {
                for (element, value) in tensor.as_mut_slice().iter_mut().zip(&row[columns.clone()]) {
                    *element = T::from_f64(*value);
                }
            }
        }
        Ok(tensors.into_vec())
    }

    /// A class for each row, from a column, counted from 0, of whole numbers below `classes`.
    ///
    /// # Errors
    /// [`Error::Data`] if the column does not exist, or, with the line, if it holds something else.
    ///
    /// See [`Csv`](crate::data::Csv) for an example.
    pub fn classes(&self, column: usize, classes: usize) -> Result<Vec<usize>, Error> {
        self.check(column)?;
        let found = |(row, line): (&[f64], &u64)| {
            let problem = || format!("{} in column {} is not a class below {classes}", row[column], column + 1);
            class(row[column], classes).ok_or_else(|| self.line(*line, problem()).into())
        };
        self.values.chunks(self.columns).zip(&self.lines).map(found).collect()
    }

    /// A class for each row, from a column, counted from 0, of names; and the name of each class.
    ///
    /// [`Csv::class_names`](crate::data::Csv::class_names) must have declared the column, and has an example.
    ///
    /// # Errors
    /// [`Error::Data`] if the column was not declared.
    pub fn named_classes(&self, column: usize) -> Result<(Vec<usize>, Vec<String>), Error> {
        let Some(numbers) = self.classes.get(&column) else {
            return self.size(
                format!("names of classes in column {}", column + 1),
                format!("numbers: read it with `.class_names({column})`"),
            );
        };
        let mut names = vec![String::new(); numbers.len()];
        for (name, number) in numbers {
            names[*number].clone_from(name);
        }
        Ok((self.classes(column, names.len())?, names))
    }

    /// Checks that a column exists.
    fn check(&self, column: usize) -> Result<(), Error> {
        if column < self.columns {
            return Ok(());
        }
        self.size(format!("at least {} columns", column.saturating_add(1)), self.columns.to_string())
    }
}

fn text_of(field: &[u8]) -> String {
    String::from_utf8_lossy(field).into_owned()
}

/// A text, shortened for a message.
fn shortened(text: String) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST).chain(['…']).collect() }
}

fn parsed(field: &[u8]) -> Option<f64> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

fn number(field: &[u8]) -> Option<f64> {
    parsed(field).filter(|value| value.is_finite())
}

/// The number of a class. A new class gets the next number.
#[allow(clippy::cast_precision_loss)] // far fewer classes than 2^53
fn class_number(classes: &mut HashMap<String, usize>, name: String) -> Result<f64, String> {
    if name.is_empty() {
        return Err("is empty where the name of a class is needed".into());
    }
    let next = classes.len();
    Ok(*classes.entry(name).or_insert(next) as f64)
}
