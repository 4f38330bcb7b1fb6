//! Inputs and outputs: those of four axes and more have the channels in front.

use std::collections::HashSet;

use super::{Lowering, Place};
use crate::Options;
use crate::constant::Constant;
use crate::error::{ImportError, Refusal};
use crate::graph::{Attributes, Input, NO_ELEMENTS};
use crate::tflite::file::{Operator, Tensor};
use crate::tflite::{names, order, tensors};
use crate::write::unique;

/// The comment on a network of images.
const CHANNELS: &str = "Images are `[channels, rows, columns]`, where the file has the channels last.";

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

    /// The order of the axes of an input or output.
    fn ordered(&mut self, tensor: usize, rank: usize) -> order::Order {
        if rank < 4 || self.is_turned(tensor) {
            return order::own(rank);
        }
        self.graph.notes.insert(CHANNELS);
        order::channels_first(rank)
    }

    /// Whether the file itself has the channels of an input or output in front: operators that move them stand beside it, as in
    /// models that were converted from other libraries.
    fn is_turned(&mut self, tensor: usize) -> bool {
        let file = self.file;
        let is_input = file.inputs.contains(&tensor);
        let beside = |operator: &&Operator| match is_input {
            true => operator.inputs.first() == Some(&Some(tensor)),
            false => operator.outputs.contains(&tensor),
        };
        let wanted: &[i64] = if is_input { &[0, 2, 3, 1] } else { &[0, 3, 1, 2] };
        let (mut count, mut turned) = (0, 0);
        for operator in file.operators.iter().filter(beside) {
            count += 1;
            let perm = operator.inputs.get(1).copied().flatten().filter(|_| operator.name == "TRANSPOSE");
            let perm = perm.filter(|perm| self.stored(*perm).is_ok()).and_then(|perm| self.constants.get(&perm));
            turned += usize::from(perm.is_some_and(|perm| perm.whole() == wanted));
        }
        count > 0 && count == turned
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
        let order = self.ordered(number, own.len());
        let shape = order::permuted(&own, &order).unwrap_or(own);
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
                let wanted = self.ordered(number, order.len());
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
            return Err(NO_ELEMENTS.into());
        }
    }
    Ok(sizes)
}
