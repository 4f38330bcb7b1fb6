//! Orders of axes: axis `k` of a value of the graph is axis `order[k]` of the tensor in the file.
//!
//! TFLite has the channels last, ONNX and the library have them behind the samples. A value keeps the order in which it was
//! computed, and an operator that works in any order takes it as it is: so axes change places only where they have to.

pub(super) type Order = Vec<usize>;

/// The order of the file.
pub(super) fn own(rank: usize) -> Order {
    (0..rank).collect()
}

/// The last axis behind the first one.
pub(super) fn channels_first(rank: usize) -> Order {
    if rank < 3 {
        return own(rank);
    }
    [0, rank - 1].into_iter().chain(1..rank - 1).collect()
}

/// The `perm` of a transpose from one order to another; `None` if they are not of the same axes.
pub(super) fn turned(from: &[usize], to: &[usize]) -> Option<Vec<usize>> {
    to.iter().map(|axis| place(from, *axis)).collect()
}

/// The axis of the value that an axis of the tensor is.
pub(super) fn place(order: &[usize], axis: usize) -> Option<usize> {
    order.iter().position(|one| *one == axis)
}

/// The order without some axes of the tensor.
pub(super) fn without(order: &[usize], axes: &[usize]) -> Order {
    let before = |axis: usize| axes.iter().filter(|one| **one < axis).count();
    order.iter().filter(|axis| !axes.contains(axis)).map(|axis| axis - before(*axis)).collect()
}

/// The order of a tensor with another shape that has the same axes but for those of size 1. An axis of size 1 that is new
/// stands in front of the axis behind it; `None` if more is different.
pub(super) fn reshaped(order: &[usize], shape: &[usize], wanted: &[usize]) -> Option<Order> {
    let long = |shape: &[usize]| -> Vec<usize> { (0..shape.len()).filter(|axis| shape[*axis] != 1).collect() };
    let (old, new) = (long(shape), long(wanted));
    let same = old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| shape[*old] == wanted[*new]);
    if !same || order.len() != shape.len() {
        return None;
    }
    let moved = |axis: &usize| Some(new[old.iter().position(|one| one == axis)?]);
    let mut result: Order = order.iter().filter_map(moved).collect();
    for axis in (0..wanted.len()).rev().filter(|axis| wanted[*axis] == 1) {
        let at = if axis == 0 { 0 } else { place(&result, axis + 1).unwrap_or(result.len()) };
        result.insert(at, axis);
    }
    Some(result)
}

/// The shape of the value of a tensor.
pub(super) fn permuted<T: Copy>(shape: &[T], order: &[usize]) -> Option<Vec<T>> {
    order.iter().map(|axis| shape.get(*axis).copied()).collect()
}
