//! The tensors of what a pickle has made, under dotted names.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::heap::{Class, Heap, Value};
use crate::archive::Data;
use crate::{Shape, Stored};

/// The most containers inside of each other.
const DEEPEST: usize = 32;

/// A walk through containers.
pub(super) struct Flatten<'h, 'a> {
    heap: &'h Heap<'a>,
    found: Vec<Stored<'a>>,
    /// The names, their bytes and the items that there may be yet. A container may stand in several others, so that a
    /// few bytes could stand for any number of them.
    names: usize,
    letters: usize,
    items: usize,
}

impl<'h, 'a> Flatten<'h, 'a> {
    /// For a file of so many bytes. Those of `torch.save` have about 300 bytes for a tensor, 50 for one more view of a
    /// storage, and 20 for one more name of a tensor.
    pub(super) fn new(heap: &'h Heap<'a>, len: usize) -> Self {
        Flatten { heap, found: Vec::new(), names: len / 20, letters: len, items: len }
    }

    /// The tensors in a value.
    pub(super) fn all(mut self, value: Value<'a>) -> Result<Vec<Stored<'a>>, String> {
        if !matches!(value, Value::Container(_)) {
            return Err("it holds no dictionary of tensors: save `model.state_dict()`".into());
        }
        self.visit(value, "", 0)?;
        Ok(self.found)
    }

    fn visit(&mut self, value: Value<'a>, name: &str, depth: usize) -> Result<(), String> {
        match value {
            Value::Tensor(tensor) => {
                let tensor = self.stored(tensor, name).map_err(|problem| format!("its tensor `{name}` {problem}"))?;
                self.found.push(tensor);
                Ok(())
            }
            Value::Container(container) => self.inside(container, name, depth),
            _ => Ok(()),
        }
    }

    fn inside(&mut self, container: usize, name: &str, depth: usize) -> Result<(), String> {
        if depth == DEEPEST {
            return Err(format!("`{name}` is nested in more than {DEEPEST} dictionaries and lists"));
        }
        let container = self.heap.get(container);
        let step = if container.kind == Class::Dictionary { 2 } else { 1 };
        for (at, item) in container.items.chunks(step).enumerate() {
            self.items = self.items.checked_sub(1).ok_or("it holds its tensors many times, or is damaged")?;
            let value = *item.last().unwrap_or(&Value::Other);
            if !matches!(value, Value::Tensor(_) | Value::Container(_)) {
                continue;
            }
            let key = match item[0] {
                _ if step == 1 => at.to_string(),
                Value::Text(key) => key.to_string(),
                Value::Whole(key) => key.to_string(),
                _ => {
                    return Err(format!(
                        "a dictionary in `{name}` has a key that is neither a text nor a whole number"
                    ));
                }
            };
            let dot = if depth == 0 { "" } else { "." };
            self.visit(value, &[name, dot, &key].concat(), depth + 1)?;
        }
        Ok(())
    }

    /// A tensor as one of a file.
    fn stored(&mut self, tensor: usize, name: &str) -> Result<Stored<'a>, String> {
        let left = self.names.checked_sub(1).zip(self.letters.checked_sub(name.len()));
        (self.names, self.letters) = left.ok_or("is one of more than a file of this size can hold")?;
        let (tensor, storage) = self.heap.view(tensor);
        let sizes = |container: usize| self.heap.get(container).items.iter().map(size).collect::<Option<Vec<_>>>();
        let (shape, strides) = sizes(tensor.shape).zip(sizes(tensor.strides)).ok_or("has a size that is none")?;
        if shape.len() != strides.len() {
            return Err(format!("has the shape {shape:?} and the strides {strides:?}"));
        }
        let bytes = storage.kind.bytes();
        let behind = || tensor.offset.checked_add(span(&shape, &strides)?)?.checked_mul(bytes);
        let place = behind().and_then(|end| storage.bytes.get(tensor.offset.checked_mul(bytes)?..end));
        let Some(place) = place else {
            let (offset, held) = (tensor.offset, storage.bytes.len() / bytes);
            return Err(format!(
                "has the shape {shape:?}, the strides {strides:?} and the offset {offset} in a storage of {held} numbers"
            ));
        };
        Ok(Stored {
            name: name.into(),
            dtype: storage.kind.dtype(),
            strides: (!in_order(&shape, &strides)).then_some(strides),
            shape: Shape(shape),
            data: Data::Bytes(place),
        })
    }
}

fn size(value: &Value<'_>) -> Option<usize> {
    let Value::Whole(size) = value else { return None };
    usize::try_from(*size).ok()
}

/// The numbers from the first to the last of a tensor, if they and those of the tensor can be counted.
fn span(shape: &[usize], strides: &[usize]) -> Option<usize> {
    // in bits
    let count = shape.iter().try_fold(64usize, |product, size| product.checked_mul(*size))?;
    if count == 0 {
        return Some(0);
    }
    let last = shape
        .iter()
        .zip(strides)
        .try_fold(0usize, |last, (size, stride)| last.checked_add((size - 1).checked_mul(*stride)?))?;
    last.checked_add(1)
}

/// Whether the numbers follow each other in memory, the last axis first.
fn in_order(shape: &[usize], strides: &[usize]) -> bool {
    let mut expected = 1;
    shape.contains(&0)
        || shape.iter().zip(strides).rev().all(|(size, stride)| {
            let fits = *size == 1 || *stride == expected;
            expected *= size;
            fits
        })
}
