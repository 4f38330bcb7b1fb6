//! Operands: values in some order of axes, and what is stored of them.

use super::{Lowering, Place, axes_differ, wholes};
use crate::constant::Constant;
use crate::graph::Attributes;
use crate::tflite::file::Operator;
use crate::tflite::order;

impl<'f> Lowering<'f, '_> {
    /// An operand that has to be there.
    pub(super) fn operand(&self, operator: &Operator, at: usize) -> Result<usize, String> {
        operator.inputs.get(at).copied().flatten().ok_or_else(|| format!("operand {at} is missing"))
    }

    pub(super) fn place(&self, tensor: usize) -> Result<Place, String> {
        let place = self.places.get(&tensor).cloned();
        place.ok_or_else(|| format!("nothing in front of it gives its operand `{}`", self.file.tensors[tensor].name))
    }

    /// How many axes a tensor has.
    pub(super) fn rank(&self, tensor: usize) -> usize {
        self.file.tensors[tensor].shape.len()
    }

    /// The shape of a tensor, if it is that of the file: sizes that are no numbers are 1 there, which holds for the samples.
    pub(super) fn shape(&self, tensor: usize) -> Option<&'f [usize]> {
        let tensor = &self.file.tensors[tensor];
        let of_samples = usize::from(tensor.shape.len() > 1);
        let is_open = tensor.signature.iter().skip(of_samples).any(|size| *size < 0);
        (self.knows_shapes && !is_open).then_some(tensor.shape.as_slice())
    }

    /// The value of a tensor with its axes in some order.
    pub(super) fn read(&mut self, tensor: usize, wanted: &[usize]) -> Result<String, String> {
        let place = self.place(tensor)?;
        if let Some(constant) = self.constants.get(&tensor)
            && place.order != wanted
        {
            let key = (place.name.clone(), wanted.to_vec());
            if let Some(name) = self.turned.get(&key) {
                return Ok(name.clone());
            }
            let is_order = order::turned(&place.order, wanted).is_some() && place.order.len() == wanted.len();
            let turned = if is_order { constant.clone().permuted(wanted) } else { return Err(axes_differ()) };
            let name = self.constant(turned);
            self.turned.insert(key, name.clone());
            return Ok(name);
        }
        self.turn(&place, wanted)
    }

    /// A value with its axes in another order.
    pub(super) fn turn(&mut self, place: &Place, wanted: &[usize]) -> Result<String, String> {
        if place.order == wanted {
            return Ok(place.name.clone());
        }
        if let Some(name) = self.turned.get(&(place.name.clone(), wanted.to_vec())) {
            return Ok(name.clone());
        }
        let perm = order::turned(&place.order, wanted).filter(|_| place.order.len() == wanted.len());
        let perm = perm.ok_or_else(axes_differ)?;
        let attributes = Attributes::default().with("perm", wholes(&perm));
        let name = self.node("Transpose", vec![place.name.clone()], attributes);
        self.turned.insert((place.name.clone(), wanted.to_vec()), name.clone());
        Ok(name)
    }

    /// The value of a tensor with the axes as in the file.
    pub(super) fn read_own(&mut self, tensor: usize) -> Result<String, String> {
        self.read(tensor, &order::own(self.place(tensor)?.order.len()))
    }

    /// An operand whose elements are stored.
    pub(super) fn known(&self, operator: &Operator, at: usize, what: &str) -> Result<&Constant, String> {
        let tensor = self.operand(operator, at)?;
        self.constants.get(&tensor).ok_or_else(|| format!("its {what} must be stored, not computed"))
    }

    /// Axes that an operand names, from the front.
    pub(super) fn axes(&self, operator: &Operator, at: usize, rank: usize) -> Result<Vec<usize>, String> {
        self.known(operator, at, "axes")?.whole().iter().map(|axis| crate::graph::axis(*axis, rank)).collect()
    }
}
