//! TFLite files of one operator, as the format's tables.
#![allow(dead_code)] // not every test uses all of it

use flatbuffers::{FlatBufferBuilder, TableFinishedWIPOffset, WIPOffset};

/// A field of an operator's options.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    Byte(u16, i8),
    Whole(u16, i32),
    Real(u16, f32),
}

/// A tensor: its elements are stored if there are bytes.
#[derive(Debug, Clone, Default)]
pub struct Tensor {
    pub shape: Vec<i32>,
    pub signature: Vec<i32>,
    pub kind: i8,
    pub bytes: Vec<u8>,
    pub scale: Option<f32>,
}

/// A model of one operator, whose operands are the tensors in order, and whose result is the last one.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub operator: i32,
    pub custom: &'static str,
    pub options: Vec<Field>,
    pub tensors: Vec<Tensor>,
    /// Operands, if they are others than all tensors but the last: -1 for one that is left out.
    pub operands: Option<Vec<i32>>,
    /// An operator in front, through which the first operand goes.
    pub before: Option<i32>,
}

/// A tensor of floats that is an input or a result.
pub fn floats(shape: &[i32]) -> Tensor {
    Tensor { shape: shape.to_vec(), ..Tensor::default() }
}

/// A stored tensor of zeros.
pub fn zeros(shape: &[i32]) -> Tensor {
    let count: i32 = shape.iter().product();
    Tensor { bytes: vec![0; 4 * usize::try_from(count).unwrap_or(0)], ..floats(shape) }
}

/// A stored list of whole numbers.
pub fn list(numbers: &[i32]) -> Tensor {
    let bytes = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let shape = vec![i32::try_from(numbers.len()).unwrap_or(0)];
    Tensor { shape, kind: 2, bytes, ..Tensor::default() }
}

type Offset = WIPOffset<TableFinishedWIPOffset>;

/// A slot of a table by the number of its field.
fn slot(field: u16) -> u16 {
    4 + 2 * field
}

fn tensor(builder: &mut FlatBufferBuilder<'_>, tensor: &Tensor, number: usize) -> Offset {
    let name = builder.create_string(&format!("t{number}"));
    let shape = builder.create_vector(&tensor.shape);
    let signature = builder.create_vector(&tensor.signature);
    let quantization = tensor.scale.map(|scale| {
        let scale = builder.create_vector(&[scale]);
        let start = builder.start_table();
        builder.push_slot_always(slot(2), scale);
        builder.end_table(start)
    });
    let start = builder.start_table();
    builder.push_slot_always(slot(0), shape);
    builder.push_slot_always(slot(1), tensor.kind);
    builder.push_slot_always(slot(2), u32::try_from(number + 1).unwrap_or(0));
    builder.push_slot_always(slot(3), name);
    if let Some(quantization) = quantization {
        builder.push_slot_always(slot(4), quantization);
    }
    builder.push_slot_always(slot(7), signature);
    builder.end_table(start)
}

fn operator(
    builder: &mut FlatBufferBuilder<'_>,
    (code, options): (u32, &[Field]),
    operands: &[i32],
    result: i32,
) -> Offset {
    let (inputs, outputs) = (builder.create_vector(operands), builder.create_vector(&[result]));
    let start = builder.start_table();
    for field in options {
        match *field {
            Field::Byte(field, value) => builder.push_slot_always(slot(field), value),
            Field::Whole(field, value) => builder.push_slot_always(slot(field), value),
            Field::Real(field, value) => builder.push_slot_always(slot(field), value),
        }
    }
    let options = builder.end_table(start);
    let start = builder.start_table();
    builder.push_slot_always(slot(0), code);
    builder.push_slot_always(slot(1), inputs);
    builder.push_slot_always(slot(2), outputs);
    builder.push_slot_always(slot(4), options);
    builder.end_table(start)
}

fn graph(builder: &mut FlatBufferBuilder<'_>, model: &Model) -> Offset {
    let last = i32::try_from(model.tensors.len()).unwrap_or(0) - 1;
    let mut operands = model.operands.clone().unwrap_or_else(|| (0..last).collect());
    let mut tensors: Vec<Offset> =
        model.tensors.iter().enumerate().map(|(number, one)| tensor(builder, one, number)).collect();
    let is_input = |number: &i32| {
        let tensor = usize::try_from(*number).ok().and_then(|number| model.tensors.get(number));
        tensor.is_some_and(|tensor| tensor.bytes.is_empty())
    };
    let inputs: Vec<i32> = (0..last).filter(is_input).collect();
    let mut operators = Vec::new();
    if model.before.is_some() {
        let inner = floats(&model.tensors[0].shape);
        tensors.push(tensor(builder, &inner, model.tensors.len()));
        operators.push(operator(builder, (1, &[]), &[0], last + 1));
        operands[0] = last + 1;
    }
    operators.push(operator(builder, (0, &model.options), &operands, last));
    let (tensors, operators) = (builder.create_vector(&tensors), builder.create_vector(&operators));
    let (inputs, outputs) = (builder.create_vector(&inputs), builder.create_vector(&[last]));
    let start = builder.start_table();
    builder.push_slot_always(slot(0), tensors);
    builder.push_slot_always(slot(1), inputs);
    builder.push_slot_always(slot(2), outputs);
    builder.push_slot_always(slot(3), operators);
    builder.end_table(start)
}

impl Model {
    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let custom = builder.create_string(self.custom);
        let mut codes = Vec::new();
        for code in [self.operator].into_iter().chain(self.before) {
            let start = builder.start_table();
            builder.push_slot_always(slot(1), custom);
            builder.push_slot_always(slot(3), code);
            codes.push(builder.end_table(start));
        }
        let mut buffers = Vec::new();
        for bytes in [&Vec::new()].into_iter().chain(self.tensors.iter().map(|tensor| &tensor.bytes)) {
            let data = builder.create_vector(bytes);
            let start = builder.start_table();
            builder.push_slot_always(slot(0), data);
            buffers.push(builder.end_table(start));
        }
        let graph = graph(&mut builder, self);
        let (codes, graphs) = (builder.create_vector(&codes), builder.create_vector(&[graph]));
        let buffers = builder.create_vector(&buffers);
        let start = builder.start_table();
        builder.push_slot_always(slot(0), 3u32);
        builder.push_slot_always(slot(1), codes);
        builder.push_slot_always(slot(2), graphs);
        builder.push_slot_always(slot(4), buffers);
        let model = builder.end_table(start);
        builder.finish(model, Some("TFL3"));
        builder.finished_data().to_vec()
    }
}
