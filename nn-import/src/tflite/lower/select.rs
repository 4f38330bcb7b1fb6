//! Parts of tensors.

use super::{Lowering, Results, place_of, wholes};
use crate::constant::{Constant, Kind};
use crate::graph::{Attribute, Attributes, axis};
use crate::tflite::fields::{gather, one_hot, strided_slice, unpack};
use crate::tflite::file::Operator;
use crate::tflite::order;

/// A part of an axis.
struct Part {
    axis: usize,
    start: i64,
    end: i64,
    step: i64,
}

/// How a `STRIDED_SLICE` takes each axis.
#[derive(Default)]
struct Taken {
    parts: Vec<Part>,
    /// Axes of which one place is taken.
    chosen: Vec<(usize, i64)>,
    /// Axes of size 1 of the result.
    new: Vec<usize>,
}

impl Lowering<'_, '_> {
    /// Parts of equal or given sizes.
    pub(super) fn split(&mut self, operator: &Operator) -> Results {
        let (at, of) = if operator.name == "SPLIT" { (0, 1) } else { (2, 0) };
        let place = self.place(self.operand(operator, of)?)?;
        let at = *self.axes(operator, at, place.order.len())?.first().ok_or("it does not say its axis")?;
        let mut attributes = Attributes::default().with("axis", place_of(&place.order, at)?);
        if operator.name == "SPLIT_V" {
            let mut sizes = self.known(operator, 1, "sizes")?.whole();
            if let Some(rest) = sizes.iter().position(|size| *size == -1) {
                let known: i64 = sizes.iter().filter(|size| **size != -1).fold(0, |all, one| all.saturating_add(*one));
                let whole = self.shape(self.operand(operator, of)?).and_then(|shape| shape.get(at).copied());
                let whole = whole.and_then(|whole| i64::try_from(whole).ok()).ok_or("one of its sizes is not known")?;
                sizes[rest] = whole.saturating_sub(known);
            }
            attributes = attributes.with("split", Attribute::Wholes(sizes));
        }
        let results = self.add("Split", vec![place.name], operator.outputs.len(), attributes);
        for (output, name) in operator.outputs.iter().zip(results) {
            self.give(*output, name, place.order.clone());
        }
        Ok(())
    }

    /// One place of an axis, which is gone then.
    fn chosen(
        &mut self,
        (name, order): (String, order::Order),
        axis: usize,
        index: i64,
    ) -> Result<(String, order::Order), String> {
        #[allow(clippy::cast_precision_loss)] // a place
        let index = self.constant(Constant::new(Kind::Whole, vec![], vec![index as f64]));
        let attributes = Attributes::default().with("axis", place_of(&order, axis)?);
        Ok((self.node("Gather", vec![name, index], attributes), order::without(&order, &[axis])))
    }

    /// All places of an axis, each as a tensor.
    pub(super) fn unpack(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let at = axis(self.file.whole(operator, unpack::AXIS, 0)?, place.order.len())?;
        for (index, output) in (0..).zip(&operator.outputs) {
            let (name, order) = self.chosen((place.name.clone(), place.order.clone()), at, index)?;
            self.give(*output, name, order);
        }
        Ok(())
    }

    /// Parts of axes that follow each other.
    fn parts(&mut self, (name, order): (String, order::Order), parts: &[Part]) -> Result<String, String> {
        let parts: Vec<&Part> =
            parts.iter().filter(|part| (part.start, part.end, part.step) != (0, i64::MAX, 1)).collect();
        if parts.is_empty() {
            return Ok(name);
        }
        let list = |value: fn(&Part) -> i64| Attribute::Wholes(parts.iter().map(|part| value(part)).collect());
        let axes: Vec<usize> = parts.iter().map(|part| part.axis).collect();
        let attributes = Attributes::default()
            .with("starts", list(|part| part.start))
            .with("ends", list(|part| part.end))
            .with("steps", list(|part| part.step))
            .with("axes", super::places(&order, &axes)?);
        Ok(self.node("Slice", vec![name], attributes))
    }

    pub(super) fn slice(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let (starts, sizes) = (self.known(operator, 1, "starts")?.whole(), self.known(operator, 2, "sizes")?.whole());
        if starts.len() != place.order.len() || sizes.len() != starts.len() {
            return Err("its starts are not one for each axis".into());
        }
        let part = |(axis, (start, size)): (usize, (&i64, &i64))| {
            let end = if *size == -1 { i64::MAX } else { start.saturating_add(*size) };
            Part { axis, start: *start, end, step: 1 }
        };
        let parts: Vec<Part> = starts.iter().zip(&sizes).enumerate().map(part).collect();
        let result = self.parts((place.name, place.order.clone()), &parts)?;
        self.result(operator, result, place.order)
    }

    /// What a `STRIDED_SLICE` takes of so many axes.
    fn taken(&self, operator: &Operator, rank: usize) -> Result<Taken, String> {
        let list = |at, what| self.known(operator, at, what).map(Constant::whole);
        let (starts, ends, steps) = (list(1, "starts")?, list(2, "ends")?, list(3, "steps")?);
        let mask = |field| self.file.whole(operator, field, 0);
        let (begin, end) = (mask(strided_slice::BEGIN)?, mask(strided_slice::END)?);
        let (ellipsis, new) = (mask(strided_slice::ELLIPSIS)?, mask(strided_slice::NEW_AXIS)?);
        let shrink = mask(strided_slice::SHRINK)?;
        if self.file.flag(operator, strided_slice::OFFSET)? {
            return Err("its ends are counted from its starts".into());
        }
        if ends.len() != starts.len() || steps.len() != starts.len() {
            return Err("it has more starts than ends or steps, or fewer".into());
        }
        if starts.len() > 31 {
            return Err("it has more than 31 starts".into());
        }
        let is = |mask: i64, at: usize| mask >> at & 1 == 1;
        let own = (0..starts.len()).filter(|at| !is(new, *at) && !is(ellipsis, *at)).count();
        let (mut taken, mut axis, mut result) = (Taken::default(), 0, 0);
        for at in 0..starts.len() {
            if is(ellipsis, at) {
                let skipped = rank.saturating_sub(own);
                (axis, result) = (axis + skipped, result + skipped);
            } else if is(new, at) {
                taken.new.push(result);
                result += 1;
            } else if is(shrink, at) {
                taken.chosen.push((axis, starts[at]));
                axis += 1;
            } else {
                let (first, last) = if steps[at] > 0 { (0, i64::MAX) } else { (i64::MAX, i64::MIN) };
                let start = if is(begin, at) { first } else { starts[at] };
                let end = if is(end, at) { last } else { ends[at] };
                taken.parts.push(Part { axis, start, end, step: steps[at] });
                (axis, result) = (axis + 1, result + 1);
            }
        }
        if axis > rank { Err("it has more parts than axes".into()) } else { Ok(taken) }
    }

    pub(super) fn strided_slice(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let taken = self.taken(operator, place.order.len())?;
        let mut value = (self.parts((place.name, place.order.clone()), &taken.parts)?, place.order);
        for (axis, index) in taken.chosen.into_iter().rev() {
            value = self.chosen(value, axis, index)?;
        }
        let (mut name, mut order) = value;
        if !taken.new.is_empty() {
            name = self.turn(&super::Place { name, order: order.clone() }, &order::own(order.len()))?;
            name = self.node("Unsqueeze", vec![name], Attributes::default().with("axes", wholes(&taken.new)));
            order = order::own(order.len() + taken.new.len());
        }
        self.result(operator, name, order)
    }

    /// Places of an axis, by numbers.
    pub(super) fn gather(&mut self, operator: &Operator) -> Results {
        let (table, places) = match operator.name.as_str() {
            "EMBEDDING_LOOKUP" => (1, 0),
            _ => (0, 1),
        };
        let (table, places) = (self.operand(operator, table)?, self.operand(operator, places)?);
        if self.file.whole(operator, gather::BATCH_AXES, 0)? != 0 {
            return Err("it chooses other places for each sample".into());
        }
        let rank = self.place(table)?.order.len();
        let at = axis(self.file.whole(operator, gather::AXIS, 0)?, rank)?;
        let count = self.place(places)?.order.len();
        let (x, indices) = (self.read_own(table)?, self.read_own(places)?);
        let attributes = Attributes::default().with("axis", place_of(&order::own(rank), at)?);
        let result = self.node("Gather", vec![x, indices], attributes);
        self.result(operator, result, order::own(rank + count - 1))
    }

    /// Axes from the end.
    pub(super) fn reverse(&mut self, operator: &Operator) -> Results {
        let place = self.place(self.operand(operator, 0)?)?;
        let axes = self.axes(operator, 1, place.order.len())?;
        let part = |axis| Part { axis, start: i64::MAX, end: i64::MIN, step: -1 };
        let parts: Vec<Part> = axes.into_iter().map(part).collect();
        let result = self.parts((place.name, place.order.clone()), &parts)?;
        self.result(operator, result, place.order)
    }

    pub(super) fn one_hot(&mut self, operator: &Operator) -> Results {
        let tensor = self.operand(operator, 0)?;
        let rank = self.place(tensor)?.order.len();
        let depth = self.known(operator, 1, "depth")?.clone();
        let number = |at, what| self.known(operator, at, what)?.number().ok_or("it is no single number".to_string());
        let values = vec![number(3, "values")?, number(2, "values")?];
        let (x, depth) = (self.read_own(tensor)?, self.constant(depth));
        let values = self.constant(Constant::new(Kind::Real, vec![2], values));
        let at = self.file.whole(operator, one_hot::AXIS, 0)?;
        let attributes = Attributes::default().with("axis", Attribute::Whole(at)).with("from_end", Attribute::Whole(0));
        let result = self.node("OneHot", vec![x, depth, values], attributes);
        self.result(operator, result, order::own(rank + 1))
    }
}
