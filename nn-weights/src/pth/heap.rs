//! What a pickle makes.

use std::vec::Vec;

use super::global::{Global, Kind};

/// A value on the stack, in a container or remembered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    /// What no tensor is made of: `None`, floats, bytes.
    Other,
    Whole(i64),
    Text(&'a str),
    Global(Global),
    /// A container, by its number.
    Container(usize),
    Storage(usize),
    Tensor(usize),
}

/// A container, with its items. Those of a dictionary are keys and values by turns.
#[derive(Debug)]
pub(super) struct Container<'a> {
    pub(super) kind: Class,
    pub(super) items: Vec<Value<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Tuple,
    List,
    Dictionary,
}

/// Memory of numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Storage<'a> {
    pub(super) kind: Kind,
    pub(super) bytes: &'a [u8],
}

/// A view of a storage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tensor {
    pub(super) storage: usize,
    pub(super) offset: usize,
    /// The tuples of its sizes and of its strides.
    pub(super) shape: usize,
    pub(super) strides: usize,
}

/// All that a pickle has made. Its memory is in proportion to the file.
#[derive(Debug)]
pub(super) struct Heap<'a> {
    containers: Vec<Container<'a>>,
    storages: Vec<Storage<'a>>,
    tensors: Vec<Tensor>,
    /// The values that there is room for. Those of a tensor of `torch.save` are about 25, with 300 bytes in the file, or less
    /// where several are views of one storage: thousands of views of fewer than eight numbers each find no room.
    left: usize,
}

/// The empty tuple. Tuples do not change, so that there is one.
pub(super) const EMPTY: usize = 0;

/// What a container, a storage or a tensor takes, in values.
const OBJECT: usize = 2;

impl<'a> Heap<'a> {
    /// For a file of so many bytes.
    pub(super) fn new(len: usize) -> Self {
        let empty = Container { kind: Class::Tuple, items: Vec::new() };
        Heap { containers: std::vec![empty], storages: Vec::new(), tensors: Vec::new(), left: len / 3 + 1000 }
    }

    /// Takes room for some values.
    pub(super) fn take(&mut self, values: usize) -> Result<(), &'static str> {
        let left = self.left.checked_sub(values);
        self.left = left.ok_or("it holds much besides tensors, or is damaged: save `model.state_dict()` alone")?;
        Ok(())
    }

    /// Gives room back.
    pub(super) fn give(&mut self, values: usize) {
        self.left += values;
    }

    pub(super) fn container(&mut self, kind: Class, items: Vec<Value<'a>>) -> Result<Value<'a>, &'static str> {
        self.take(OBJECT + items.len())?;
        self.containers.push(Container { kind, items });
        Ok(Value::Container(self.containers.len() - 1))
    }

    pub(super) fn storage(&mut self, storage: Storage<'a>) -> Result<Value<'a>, &'static str> {
        self.take(OBJECT)?;
        self.storages.push(storage);
        Ok(Value::Storage(self.storages.len() - 1))
    }

    pub(super) fn tensor(&mut self, tensor: Tensor) -> Result<Value<'a>, &'static str> {
        self.take(OBJECT)?;
        self.tensors.push(tensor);
        Ok(Value::Tensor(self.tensors.len() - 1))
    }

    /// Adds items to a container.
    pub(super) fn extend(&mut self, container: usize, items: Vec<Value<'a>>) -> Result<(), &'static str> {
        self.take(items.len())?;
        self.containers[container].items.extend(items);
        Ok(())
    }

    /// The items of a container of a kind, if the value is one.
    pub(super) fn items(&self, value: Value<'a>, kind: Class) -> Option<&[Value<'a>]> {
        let Value::Container(number) = value else { return None };
        Some(&self.containers[number]).filter(|container| container.kind == kind).map(|container| &*container.items)
    }

    pub(super) fn get(&self, container: usize) -> &Container<'a> {
        &self.containers[container]
    }

    /// A tensor, and the storage that it is a view of.
    pub(super) fn view(&self, tensor: usize) -> (Tensor, Storage<'a>) {
        let tensor = self.tensors[tensor];
        (tensor, self.storages[tensor.storage])
    }
}
