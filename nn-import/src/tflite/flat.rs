//! Tables of flatbuffers, whose fields are found by their numbers.
//!
//! The crate `flatbuffers` finds and checks each field; what it is asked for is read from the bytes. Its typed accessors are
//! unsafe functions, since they trust a check that generated code did before: here every access is checked by itself.

use std::cell::Cell;

use flatbuffers::{Verifier, VerifierOptions};

use crate::error::ImportError;

/// So many times as many bytes as the file has may be read as vectors: a damaged file can name one vector many times.
const BUDGET: usize = 16;

/// A file of flatbuffers.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    bytes: &'a [u8],
    options: VerifierOptions,
    /// How many bytes of vectors may still be read.
    budget: Cell<usize>,
}

/// A table of the file, by its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table(usize);

type Result<T> = std::result::Result<T, ImportError>;

fn damaged(error: impl std::fmt::Display) -> ImportError {
    ImportError::Malformed(error.to_string().lines().next().unwrap_or_default().into())
}

impl<'a> Flat<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let budget = Cell::new(bytes.len().saturating_mul(BUDGET));
        Flat { bytes, options: VerifierOptions::default(), budget }
    }

    /// The table that the file begins with.
    pub(super) fn root(&self) -> Result<Table> {
        self.referred(0).map(Table)
    }

    /// All bytes of the file.
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The place that an offset at a place refers to.
    fn referred(&self, at: usize) -> Result<usize> {
        let offset = Verifier::new(&self.options, self.bytes).get_uoffset(at).map_err(damaged)?;
        let place = usize::try_from(offset).ok().and_then(|offset| at.checked_add(offset));
        place.filter(|place| *place < self.bytes.len()).ok_or_else(|| damaged("an offset points behind the end"))
    }

    /// The place of a field; `None` if the table has it not.
    fn field(&self, table: Table, number: u16) -> Result<Option<usize>> {
        let mut verifier = Verifier::new(&self.options, self.bytes);
        let mut table = verifier.visit_table(table.0).map_err(damaged)?;
        // behind the lengths of the table and of its list of fields
        table.deref(4 + 2 * number).map_err(damaged)
    }

    /// The bytes of a number at a place.
    fn scalar<const N: usize>(&self, at: usize) -> Result<[u8; N]> {
        let bytes = at.checked_add(N).and_then(|end| self.bytes.get(at..end)).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| damaged("a number lies behind the end"))
    }

    /// The place of the elements of a vector, and their number; each has a size in bytes.
    fn vector(&self, table: Table, number: u16, size: usize) -> Result<Option<(usize, usize)>> {
        let Some(field) = self.field(table, number)? else { return Ok(None) };
        let place = self.referred(field)?;
        let mut verifier = Verifier::new(&self.options, self.bytes);
        let count = verifier.get_uoffset(place).map_err(damaged)?;
        let count = usize::try_from(count).map_err(damaged)?;
        let length = count.checked_mul(size).ok_or_else(|| damaged("a vector is too long"))?;
        verifier.range_in_buffer(place + 4, length).map_err(damaged)?;
        Ok(Some((place + 4, count)))
    }

    /// The same for a vector that is copied.
    fn copied(&self, table: Table, number: u16, size: usize) -> Result<Option<(usize, usize)>> {
        let found = self.vector(table, number, size)?;
        let length = found.map_or(0, |(_, count)| count * size);
        let rest = self.budget.get().checked_sub(length);
        self.budget.set(rest.ok_or_else(|| damaged("its vectors are longer than the file"))?);
        Ok(found)
    }

    pub(super) fn i8(&self, table: Table, number: u16) -> Result<i8> {
        let place = self.field(table, number)?;
        place.map_or(Ok(0), |at| self.scalar(at).map(i8::from_le_bytes))
    }

    pub(super) fn bool(&self, table: Table, number: u16) -> Result<bool> {
        self.i8(table, number).map(|byte| byte != 0)
    }

    pub(super) fn i32(&self, table: Table, number: u16, default: i32) -> Result<i32> {
        let place = self.field(table, number)?;
        place.map_or(Ok(default), |at| self.scalar(at).map(i32::from_le_bytes))
    }

    pub(super) fn u32(&self, table: Table, number: u16) -> Result<u32> {
        let place = self.field(table, number)?;
        place.map_or(Ok(0), |at| self.scalar(at).map(u32::from_le_bytes))
    }

    pub(super) fn u64(&self, table: Table, number: u16) -> Result<u64> {
        let place = self.field(table, number)?;
        place.map_or(Ok(0), |at| self.scalar(at).map(u64::from_le_bytes))
    }

    pub(super) fn f32(&self, table: Table, number: u16, default: f32) -> Result<f32> {
        let place = self.field(table, number)?;
        place.map_or(Ok(default), |at| self.scalar(at).map(f32::from_le_bytes))
    }

    /// A table inside of a table.
    pub(super) fn table(&self, table: Table, number: u16) -> Result<Option<Table>> {
        let place = self.field(table, number)?;
        place.map(|at| self.referred(at).map(Table)).transpose()
    }

    /// The tables of a vector.
    pub(super) fn tables(&self, table: Table, number: u16) -> Result<Vec<Table>> {
        let (start, count) = self.copied(table, number, 4)?.unwrap_or_default();
        (0..count).map(|at| self.referred(start + 4 * at).map(Table)).collect()
    }

    /// The bytes of a vector, which are not copied; `None` if there is none.
    pub(super) fn blob(&self, table: Table, number: u16) -> Result<Option<&'a [u8]>> {
        let found = self.vector(table, number, 1)?;
        Ok(found.and_then(|(start, count)| self.bytes.get(start..start + count)))
    }

    /// A text; what is no text in it is replaced.
    pub(super) fn text(&self, table: Table, number: u16) -> Result<String> {
        let (start, count) = self.copied(table, number, 1)?.unwrap_or_default();
        let bytes = self.bytes.get(start..start + count).unwrap_or_default();
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    /// The numbers of a vector, of so many bytes each; `None` if there is none.
    fn numbers<const N: usize, T>(&self, table: Table, number: u16, value: fn([u8; N]) -> T) -> Result<Option<Vec<T>>> {
        let Some((start, count)) = self.copied(table, number, N)? else { return Ok(None) };
        let bytes = self.bytes.get(start..start + count * N).unwrap_or_default();
        Ok(Some(bytes.as_chunks::<N>().0.iter().map(|bytes| value(*bytes)).collect()))
    }

    pub(super) fn i32s(&self, table: Table, number: u16) -> Result<Option<Vec<i32>>> {
        self.numbers(table, number, i32::from_le_bytes)
    }

    pub(super) fn i64s(&self, table: Table, number: u16) -> Result<Vec<i64>> {
        Ok(self.numbers(table, number, i64::from_le_bytes)?.unwrap_or_default())
    }

    pub(super) fn u16s(&self, table: Table, number: u16) -> Result<Vec<u16>> {
        Ok(self.numbers(table, number, u16::from_le_bytes)?.unwrap_or_default())
    }

    pub(super) fn f32s(&self, table: Table, number: u16) -> Result<Vec<f32>> {
        Ok(self.numbers(table, number, f32::from_le_bytes)?.unwrap_or_default())
    }
}
