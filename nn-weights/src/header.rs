//! The header of a safetensors file: an object in JSON, in which each tensor has an object of three fields.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use hifijson::num::LexWrite;
use hifijson::str::LexAlloc;
use hifijson::token::Lex;
use hifijson::{Expect, SliceLexer};

use crate::Dtype;

/// What the header says.
pub(crate) struct Header {
    pub(crate) metadata: Vec<(String, String)>,
    /// The tensors, in the order of the header.
    pub(crate) tensors: Vec<(String, Info)>,
}

/// What the header says of a tensor.
pub(crate) struct Info {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<usize>,
    /// The bytes behind the header where it begins and ends.
    pub(crate) place: [usize; 2],
}

/// What is expected where something else is.
struct Wrong(String);

impl From<Expect> for Wrong {
    fn from(expected: Expect) -> Self {
        Wrong(format!("{expected} expected"))
    }
}

impl Header {
    /// Reads a header, or says what is wrong with it and where.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut header = Header { metadata: Vec::new(), tensors: Vec::new() };
        let mut lexer = SliceLexer::new(bytes);
        let read = lexer.exactly_one(Lex::ws_peek, |next, lexer| {
            object(next, lexer, |name, next, lexer| header.entry(name, next, lexer))
        });
        match read {
            Ok(()) => Ok(header),
            Err(Wrong(problem)) => Err(format!("{problem} at byte {}", bytes.len() - lexer.as_slice().len())),
        }
    }

    fn entry(&mut self, name: Cow<'_, str>, next: u8, lexer: &mut SliceLexer<'_>) -> Result<(), Wrong> {
        if name != "__metadata__" {
            self.tensors.push((name.into_owned(), Info::read(next, lexer)?));
            return Ok(());
        }
        if next == b'n' {
            return lexer.null_or_bool().map(|_| ()).ok_or(Wrong("null expected".into()));
        }
        object(next, lexer, |name, next, lexer| {
            self.metadata.push((name.into_owned(), text(next, lexer)?.into_owned()));
            Ok(())
        })
    }
}

impl Info {
    fn read(next: u8, lexer: &mut SliceLexer<'_>) -> Result<Self, Wrong> {
        let (mut dtype, mut shape, mut place) = (None, None, None);
        object(next, lexer, |name, next, lexer| {
            match &*name {
                "dtype" => dtype = Some(Dtype::named(&text(next, lexer)?)),
                "shape" => shape = Some(numbers(next, lexer)?),
                "data_offsets" => place = Some(numbers(next, lexer)?),
                other => return Err(Wrong(format!("unknown field `{other}`"))),
            }
            Ok(())
        })?;
        let missing = |name: &str| Wrong(format!("a tensor without `{name}`"));
        let place = place.ok_or_else(|| missing("data_offsets"))?;
        Ok(Info {
            dtype: dtype.ok_or_else(|| missing("dtype"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
            place: place.try_into().map_err(|_| Wrong("`data_offsets` of other than two numbers".into()))?,
        })
    }
}

/// Reads an object, and each of its values by a function.
fn object<'h>(
    next: u8,
    lexer: &mut SliceLexer<'h>,
    mut each: impl FnMut(Cow<'h, str>, u8, &mut SliceLexer<'h>) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    if next != b'{' {
        return Err(Wrong("`{` expected".into()));
    }
    lexer.discarded().seq(b'}', Lex::ws_peek, |next, lexer| {
        let name = text(next, lexer)?;
        lexer.expect(Lex::ws_peek, b':').ok_or(Expect::Colon)?;
        let next = lexer.ws_peek().ok_or(Expect::Value)?;
        each(name, next, lexer)
    })
}

fn text<'h>(next: u8, lexer: &mut SliceLexer<'h>) -> Result<Cow<'h, str>, Wrong> {
    if next != b'"' {
        return Err(Expect::String.into());
    }
    lexer.discarded().str_string().map_err(|problem| Wrong(problem.to_string()))
}

fn numbers(next: u8, lexer: &mut SliceLexer<'_>) -> Result<Vec<usize>, Wrong> {
    if next != b'[' {
        return Err(Wrong("`[` expected".into()));
    }
    let mut numbers = Vec::new();
    lexer.discarded().seq(b']', Lex::ws_peek, |_, lexer| {
        let text = lexer.num_string().validated().map(|(text, _)| text).unwrap_or_default();
        numbers.push(text.parse().map_err(|_| Wrong("whole number of 0 or more expected".into()))?);
        Ok::<_, Wrong>(())
    })?;
    Ok(numbers)
}
