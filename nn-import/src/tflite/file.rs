//! A file as its tensors and operators.

use super::fields::{self, buffer, graph, kind, model, operator, operator_code, quantization, tensor};
use super::flat::{Flat, Table};
use crate::error::ImportError;

/// The most axes of a tensor: the time of what follows grows with the square of their number.
const AXES: usize = 32;
/// More elements than any tensor has; what follows computes with products of sizes.
const MOST: usize = 1 << 40;

/// What is read of a file: its first graph, which the others are parts of.
#[derive(Debug)]
pub(super) struct File<'a> {
    flat: Flat<'a>,
    buffers: Vec<Table>,
    pub(super) tensors: Vec<Tensor>,
    pub(super) operators: Vec<Operator>,
    pub(super) inputs: Vec<usize>,
    pub(super) outputs: Vec<usize>,
}

/// A tensor: a stored one, an input, or a result.
#[derive(Debug)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    /// -1 for sizes that are no number; empty if all are.
    pub(super) signature: Vec<i32>,
    pub(super) kind: i8,
    pub(super) buffer: usize,
    /// A state that a call leaves to the next.
    pub(super) is_variable: bool,
    pub(super) scales: Option<Scales>,
    pub(super) sparsity: Option<Table>,
}

/// What the whole numbers of a quantised tensor stand for: `scale * (number - zero)`, perhaps for each place of an axis.
#[derive(Debug)]
pub(super) struct Scales {
    pub(super) scale: Vec<f32>,
    pub(super) zero: Vec<i64>,
    pub(super) axis: usize,
}

/// An operator with the numbers of its operands and results.
#[derive(Debug)]
pub(super) struct Operator {
    pub(super) name: String,
    /// `None` for an operand that is left out.
    pub(super) inputs: Vec<Option<usize>>,
    pub(super) outputs: Vec<usize>,
    options: Option<Table>,
}

fn malformed(text: &str) -> ImportError {
    ImportError::Malformed(text.into())
}

impl<'a> File<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let flat = Flat::new(bytes);
        let root = flat.root()?;
        let codes: Vec<Table> = flat.tables(root, model::OPERATOR_CODES)?;
        let names = codes.into_iter().map(|code| named(&flat, code)).collect::<Result<Vec<String>, _>>()?;
        let buffers = flat.tables(root, model::BUFFERS)?;
        let graphs = flat.tables(root, model::GRAPHS)?;
        let graph = *graphs.first().ok_or_else(|| malformed("there is no graph in the file"))?;
        let tensors = flat.tables(graph, graph::TENSORS)?;
        let tensors: Vec<Tensor> = tensors.into_iter().map(|one| Tensor::read(&flat, one)).collect::<Result<_, _>>()?;
        let ports = |field| -> Result<Vec<usize>, ImportError> {
            let list = flat.i32s(graph, field)?.unwrap_or_default();
            list.into_iter().map(|number| known(number, &tensors)).collect()
        };
        let (inputs, outputs) = (ports(graph::INPUTS)?, ports(graph::OUTPUTS)?);
        let operators = flat.tables(graph, graph::OPERATORS)?;
        let operators: Vec<Operator> =
            operators.into_iter().map(|one| Operator::read(&flat, one, &names, &tensors)).collect::<Result<_, _>>()?;
        Ok(File { flat, buffers, tensors, operators, inputs, outputs })
    }

    pub(super) fn flat(&self) -> &Flat<'a> {
        &self.flat
    }

    /// The bytes of a stored tensor; `None` if it is none.
    pub(super) fn bytes(&self, tensor: &Tensor) -> Result<Option<&'a [u8]>, ImportError> {
        let Some(buffer) = self.buffers.get(tensor.buffer) else { return Ok(None) };
        if let Some(data) = self.flat.blob(*buffer, buffer::DATA)? {
            return Ok(Some(data).filter(|data| !data.is_empty()));
        }
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (start, size) =
            (whole(self.flat.u64(*buffer, buffer::OFFSET)?), whole(self.flat.u64(*buffer, buffer::SIZE)?));
        if start <= 1 || size == 0 {
            return Ok(None);
        }
        let data = start.checked_add(size).and_then(|end| self.flat.bytes().get(start..end));
        data.map(Some).ok_or_else(|| malformed("a buffer lies behind the end"))
    }

    /// Whole numbers among the options of an operator: the default if there is none.
    pub(super) fn whole(&self, operator: &Operator, field: u16, default: i32) -> Result<i64, String> {
        let Some(options) = operator.options else { return Ok(default.into()) };
        self.flat.i32(options, field, default).map(i64::from).map_err(|error| error.to_string())
    }

    /// A choice among few, such as an activation.
    pub(super) fn choice(&self, operator: &Operator, field: u16) -> Result<i8, String> {
        let Some(options) = operator.options else { return Ok(0) };
        self.flat.i8(options, field).map_err(|error| error.to_string())
    }

    pub(super) fn flag(&self, operator: &Operator, field: u16) -> Result<bool, String> {
        Ok(self.choice(operator, field)? != 0)
    }

    pub(super) fn real(&self, operator: &Operator, field: u16) -> Result<f64, String> {
        let Some(options) = operator.options else { return Ok(0.0) };
        self.flat.f32(options, field, 0.0).map(f64::from).map_err(|error| error.to_string())
    }

    pub(super) fn wholes(&self, operator: &Operator, field: u16) -> Result<Option<Vec<i64>>, String> {
        let Some(options) = operator.options else { return Ok(None) };
        let list = self.flat.i32s(options, field).map_err(|error| error.to_string())?;
        Ok(list.map(|list| list.into_iter().map(i64::from).collect()))
    }
}

/// The name of an operator: old files have its number as a byte.
fn named(flat: &Flat<'_>, code: Table) -> Result<String, ImportError> {
    let (old, new) = (flat.i8(code, operator_code::OLD_CODE)?, flat.i32(code, operator_code::CODE, 0)?);
    Ok(match new.max(old.into()) {
        // the beginning is enough: many operators of a damaged file can have the same long name
        fields::CUSTOM => flat
            .text(code, operator_code::CUSTOM)?
            .chars()
            .take(100)
            .fold("CUSTOM ".into(), |all, next| all + next.encode_utf8(&mut [0; 4])),
        code => fields::operator(code),
    })
}

/// The number of a tensor that there is.
fn known(number: i32, tensors: &[Tensor]) -> Result<usize, ImportError> {
    let number = usize::try_from(number).ok().filter(|number| *number < tensors.len());
    number.ok_or_else(|| malformed("it has no tensor of a number that it refers to"))
}

impl Tensor {
    fn read(flat: &Flat<'_>, table: Table) -> Result<Self, ImportError> {
        let shape = flat.i32s(table, tensor::SHAPE)?.unwrap_or_default();
        if shape.len() > AXES {
            return Err(malformed("a tensor has too many axes"));
        }
        let size = |size: i32| usize::try_from(size).map_err(|_| malformed("a size is negative"));
        let shape: Vec<usize> = shape.into_iter().map(size).collect::<Result<_, _>>()?;
        let count = shape.iter().try_fold(1usize, |count, size| count.checked_mul((*size).max(1)));
        if count.is_none_or(|count| count > MOST) {
            return Err(malformed("a tensor has more elements than any memory"));
        }
        let buffer = flat.u32(table, tensor::BUFFER)?;
        Ok(Tensor {
            name: flat.text(table, tensor::NAME)?,
            shape,
            signature: flat.i32s(table, tensor::SHAPE_SIGNATURE)?.unwrap_or_default(),
            kind: flat.i8(table, tensor::KIND)?,
            buffer: usize::try_from(buffer).unwrap_or(usize::MAX),
            is_variable: flat.bool(table, tensor::IS_VARIABLE)?,
            scales: flat
                .table(table, tensor::QUANTIZATION)?
                .map(|table| Scales::read(flat, table))
                .transpose()?
                .flatten(),
            sparsity: flat.table(table, tensor::SPARSITY)?,
        })
    }

    /// The type of its elements, if it is quantised.
    pub(super) fn quantised(&self) -> Option<&'static str> {
        self.scales.as_ref()?;
        Some(match self.kind {
            kind::I8 => "int8",
            kind::U8 => "uint8",
            kind::I16 => "int16",
            kind::I4 => "int4",
            kind::I32 => "int32",
            _ => return None,
        })
    }
}

impl Scales {
    fn read(flat: &Flat<'_>, table: Table) -> Result<Option<Self>, ImportError> {
        let scale = flat.f32s(table, quantization::SCALE)?;
        let axis = flat.i32(table, quantization::AXIS, 0)?;
        let zero = flat.i64s(table, quantization::ZERO_POINT)?;
        let axis = usize::try_from(axis).map_err(|_| malformed("an axis is negative"))?;
        Ok(Some(Scales { scale, zero, axis }).filter(|scales| !scales.scale.is_empty()))
    }
}

impl Operator {
    fn read(flat: &Flat<'_>, table: Table, names: &[String], tensors: &[Tensor]) -> Result<Self, ImportError> {
        let code = usize::try_from(flat.u32(table, operator::CODE)?).unwrap_or(usize::MAX);
        let inputs = flat.i32s(table, operator::INPUTS)?.unwrap_or_default();
        let operand = |number: i32| if number == -1 { Ok(None) } else { known(number, tensors).map(Some) };
        let outputs = flat.i32s(table, operator::OUTPUTS)?.unwrap_or_default();
        Ok(Operator {
            name: names
                .get(code)
                .cloned()
                .ok_or_else(|| malformed("an operator has a code that is not in the file"))?,
            inputs: inputs.into_iter().map(operand).collect::<Result<_, _>>()?,
            outputs: outputs.into_iter().map(|number| known(number, tensors)).collect::<Result<_, _>>()?,
            options: flat.table(table, operator::OPTIONS)?,
        })
    }
}
