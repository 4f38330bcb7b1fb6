//! Inputs and outputs: those of four axes and more have the channels in front.

use std::collections::HashSet;

use super::{Lowering, Place};
use crate::Options;
use crate::constant::Constant;
use crate::error::{ImportError, Refusal};
use crate::graph::{Attributes, Input};
use crate::tflite::file::Tensor;
use crate::tflite::{names, order, tensors};

/// The comment on a network of images.
const CHANNELS: &str = "Images are `[channels, rows, columns]`, where the file has the channels last.";

/// The order of the axes of an input or output.
fn ordered(rank: usize) -> order::Order {
    if rank > 3 { order::channels_first(rank) } else { order::own(rank) }
}

impl Lowering<'_, '_> {
    /// The inputs of the network.
    pub(super) fn inputs(&mut self, options: &Options) -> Result<(), ImportError> {
        let mut refusals = Vec::new();
        let mut taken = HashSet::new();
        for number in self.file.inputs.clone() {
            let tensor = &self.file.tensors[number];
            let name = unique(names::port(&tensor.name), &mut taken);
            match self.input(number, &name, options) {
                Ok(()) => {}
                Err(reason) => refusals.push(Refusal::new("input", name, reason)),
            }
        }
        if refusals.is_empty() { Ok(()) } else { Err(ImportError::Refused(refusals)) }
    }

    /// Says where the channels are, of an input or output of so many axes.
    fn note_channels(&mut self, rank: usize) {
        if rank > 3 {
            self.graph.notes.insert(CHANNELS);
        }
    }

    fn input(&mut self, number: usize, name: &str, options: &Options) -> Result<(), String> {
        let tensor = &self.file.tensors[number];
        let (kind, own) = (tensors::kind_of(tensor.kind)?, sizes(tensor, name, options)?);
        self.knows_shapes &= own == tensor.shape;
        if let Some((_, value)) = options.constants.iter().find(|(given, _)| *given == name || *given == tensor.name) {
            let count = tensors::count(&own)?;
            self.store(number, Constant::new(kind, own, vec![*value; count]));
            return Ok(());
        }
        let order = ordered(own.len());
        let shape = order::permuted(&own, &order).unwrap_or(own);
        self.note_channels(shape.len());
        self.graph.inputs.push(Input { name: name.into(), shape, kind, batch: None });
        self.give(number, name.into(), order);
        Ok(())
    }

    /// The outputs, by names that no input has.
    pub(super) fn outputs(&mut self) {
        let mut taken: HashSet<String> = self.graph.inputs.iter().map(|input| input.name.clone()).collect();
        for number in self.file.outputs.clone() {
            let tensor = &self.file.tensors[number];
            let name = unique(names::port(&tensor.name), &mut taken);
            self.current = ("output".into(), name.clone(), String::new());
            let _ = self.stored(number);
            if let Some(Place { order, .. }) = self.places.get(&number) {
                let wanted = ordered(order.len());
                self.note_channels(wanted.len());
                if let Ok(value) = self.read(number, &wanted) {
                    self.node("Identity", vec![value], Attributes::default());
                    if let Some(node) = self.nodes.last_mut() {
                        node.outputs = vec![name.clone()];
                    }
                }
            }
            self.graph.outputs.push(name);
        }
    }
}

/// The name, with a number behind it if it is taken.
fn unique(wanted: &str, taken: &mut HashSet<String>) -> String {
    let wanted = if wanted.is_empty() { "x" } else { wanted };
    let mut name = wanted.to_string();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}

/// The sizes of an input for one sample.
fn sizes(tensor: &Tensor, name: &str, options: &Options) -> Result<Vec<usize>, String> {
    let mut sizes = tensor.shape.clone();
    for (axis, size) in sizes.iter_mut().enumerate() {
        let key = format!("{name}.{axis}");
        let given = options.sizes.iter().find(|(given, _)| *given == key).map(|(_, size)| *size);
        let is_open = tensor.signature.get(axis) == Some(&-1);
        match given {
            Some(given) if is_open => *size = given,
            None if is_open && axis > 0 => {
                return Err(format!("the size of axis {axis} is no number: give one, as in `--size {key}=16`"));
            }
            None if is_open => *size = 1,
            _ => {}
        }
        if *size == 0 {
            return Err(format!("axis {axis} has no places"));
        }
    }
    Ok(sizes)
}
