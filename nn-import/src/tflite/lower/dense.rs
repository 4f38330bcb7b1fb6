//! Dense layers and products of matrices.

use super::{Lowering, Results};
use crate::constant::Constant;
use crate::graph::{Attribute, Attributes};
use crate::tflite::fields::{dense, matmul};
use crate::tflite::file::Operator;
use crate::tflite::order;

/// The columns of a weight for features that were put in a row in another order.
fn with_columns(weight: &Constant, shape: &[usize], own: &[usize]) -> Option<Constant> {
    let [outputs, inputs] = weight.shape[..] else { return None };
    let (first, features) = (own.first()?, own.get(1..)?);
    let count = shape.get(1..)?.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    if *first != 0 || count != Some(inputs) {
        return None;
    }
    let spread = weight.reshaped([&[outputs], &shape[1..]].concat());
    let order: Vec<usize> = [0].into_iter().chain(features.iter().copied()).collect();
    Some(spread.permuted(&order).reshaped(vec![outputs, inputs]))
}

impl Lowering<'_, '_> {
    pub(super) fn dense(&mut self, operator: &Operator) -> Results {
        if self.file.choice(operator, dense::FORMAT)? != 0 {
            return Err("its weight is stored in an order for one processor".into());
        }
        let (tensor, weight) = (self.operand(operator, 0)?, self.operand(operator, 1)?);
        let bias = operator.inputs.get(2).copied().flatten();
        let bias = bias.map(|bias| self.read_own(bias)).transpose()?;
        let keeps = self.file.flag(operator, dense::KEEPS_AXES)? && self.rank(tensor) > 2;
        let result = if keeps {
            let x = self.read_own(tensor)?;
            let weight = self.read(weight, &[1, 0])?;
            let product = self.node("MatMul", vec![x, weight], Attributes::default());
            match bias {
                Some(bias) => self.node("Add", vec![product, bias], Attributes::default()),
                None => product,
            }
        } else {
            let (x, weight) = match self.flat(tensor, weight) {
                Some(flat) => flat,
                None => (self.matrix(tensor, weight)?, self.read_own(weight)?),
            };
            let attributes = Attributes::default().with("transB", Attribute::Whole(1));
            self.node("Gemm", [x, weight].into_iter().chain(bias).collect(), attributes)
        };
        let activation = self.file.choice(operator, dense::ACTIVATION)?;
        let result = self.activated(result, activation)?;
        let rank = if keeps { self.rank(tensor) } else { 2 };
        self.result(operator, result, order::own(rank))
    }

    /// An image that is put in a row before a dense layer, and the weight for it: the columns change places once, in place of
    /// the elements each time.
    fn flat(&mut self, tensor: usize, weight: usize) -> Option<(String, String)> {
        let file = self.file;
        let reshape = self.producers.get(&tensor).map(|number| &file.operators[*number]);
        let image = match reshape {
            Some(reshape) if reshape.name == "RESHAPE" => self.operand(reshape, 0).ok()?,
            _ => tensor,
        };
        let place = self.places.get(&image)?.clone();
        let shape = self.shape(image)?;
        let [samples, features @ ..] = shape else { return None };
        let features = features.iter().try_fold(1usize, |product, size| product.checked_mul(*size))?;
        let is_row = image == tensor || self.shape(tensor)? == [*samples, features];
        if !is_row || place.order == order::own(shape.len()) || self.constants.contains_key(&image) {
            return None;
        }
        let weight = with_columns(self.constants.get(&weight)?, shape, &place.order)?;
        let x = self.node("Flatten", vec![place.name], Attributes::default());
        Some((x, self.constant(weight)))
    }

    /// An operand as a matrix of as many columns as the weight has.
    fn matrix(&mut self, tensor: usize, weight: usize) -> Result<String, String> {
        let x = self.read_own(tensor)?;
        let columns = self.file.tensors[weight].shape.last().copied().unwrap_or(0);
        let is_matrix = self.rank(tensor) == 2;
        if is_matrix {
            return Ok(x);
        }
        let columns = i64::try_from(columns).map_err(|error| error.to_string())?;
        let shape = Attributes::default().with("shape", Attribute::Wholes(vec![-1, columns]));
        Ok(self.node("Reshape", vec![x], shape))
    }

    pub(super) fn products(&mut self, operator: &Operator) -> Results {
        let mut operands = Vec::new();
        for (at, field) in [(0, matmul::ADJ_X), (1, matmul::ADJ_Y)] {
            let tensor = self.operand(operator, at)?;
            let rank = self.place(tensor)?.order.len();
            let mut wanted = order::own(rank);
            if self.file.flag(operator, field)? {
                if rank < 2 {
                    return Err("an operand is no matrix".into());
                }
                wanted.swap(rank - 2, rank - 1);
            }
            operands.push(self.read(tensor, &wanted)?);
        }
        let result = self.node("MatMul", operands, Attributes::default());
        let output = *operator.outputs.first().ok_or("it has no result")?;
        let rank = self.rank(output);
        self.result(operator, result, order::own(rank))
    }
}
