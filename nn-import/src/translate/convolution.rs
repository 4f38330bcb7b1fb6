//! Convolutions.

use super::call::Call;
use super::value::{Value, listed, tuple};
use super::{Reason, Results, views};
use crate::constant::Constant;
use crate::network::Expression;

/// The windows of a convolution or pool: a number for each axis of the image.
#[derive(Debug, Clone)]
pub(super) struct Windows {
    pub(super) kernel: Vec<usize>,
    pub(super) stride: Vec<usize>,
    pub(super) dilation: Vec<usize>,
    /// In front of and behind each axis.
    pub(super) padding: Vec<(i64, i64)>,
    pub(super) ceil: bool,
}

impl Windows {
    /// The windows that the attributes say, over axes of these sizes.
    pub(super) fn read(call: &Call<'_>, kernel: Vec<usize>, sizes: &[usize]) -> Result<Self, Reason> {
        let count = sizes.len();
        let list = |name: &str| -> Result<Vec<usize>, Reason> {
            let given = call.node.attributes.wholes(name).map_or_else(|| vec![1; count], <[i64]>::to_vec);
            let list: Vec<usize> = given.iter().filter_map(|size| usize::try_from(*size).ok()).collect();
            if list.len() == count { Ok(list) } else { Err(format!("its `{name}` are not one for each axis").into()) }
        };
        let (stride, dilation) = (list("strides")?, list("dilations")?);
        if stride.contains(&0) || kernel.contains(&0) || dilation.contains(&0) || kernel.len() != count {
            return Err("its windows have no size".into());
        }
        let pads = call.node.attributes.wholes("pads").map_or_else(|| vec![0; 2 * count], <[i64]>::to_vec);
        if pads.len() != 2 * count {
            return Err("its `pads` are not two for each axis".into());
        }
        let mut padding: Vec<(i64, i64)> = (0..count).map(|axis| (pads[axis], pads[count + axis])).collect();
        let auto = call.node.attributes.text("auto_pad").unwrap_or("NOTSET");
        if auto.starts_with("SAME") {
            for axis in 0..count {
                let places = sizes[axis].div_ceil(stride[axis]);
                let needed = (places - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
                let all = i64::try_from(needed.saturating_sub(sizes[axis])).unwrap_or(0);
                padding[axis] = if auto == "SAME_LOWER" { (all - all / 2, all / 2) } else { (all / 2, all - all / 2) };
            }
        } else if auto == "VALID" {
            padding = vec![(0, 0); count];
        }
        Ok(Windows { kernel, stride, dilation, padding, ceil: call.flag("ceil_mode", false) })
    }

    /// How many windows there are along each axis.
    pub(super) fn counts(&self, sizes: &[usize]) -> Result<Vec<usize>, Reason> {
        let count = |axis: usize| -> Option<usize> {
            let (front, back) = self.padding[axis];
            let whole = |size: usize| i64::try_from(size).ok();
            let stride = whole(self.stride[axis])?;
            let inside = whole(sizes[axis])?.checked_add(front)?;
            let window = whole(self.dilation[axis].checked_mul(self.kernel[axis].checked_sub(1)?)?)?.checked_add(1)?;
            let rest = inside.checked_add(back)?.checked_sub(window)?;
            let up = if self.ceil { stride - 1 } else { 0 };
            let mut count = rest.checked_add(up)?.div_euclid(stride).checked_add(1)?;
            // the last window begins inside or in front
            if self.ceil && (count - 1).checked_mul(stride)? >= inside {
                count -= 1;
            }
            usize::try_from(count).ok().filter(|count| *count > 0)
        };
        let counts: Option<Vec<usize>> = (0..sizes.len()).map(count).collect();
        counts.ok_or_else(|| "its windows are larger than what it is given".into())
    }

    fn has_padding(&self) -> bool {
        self.padding.iter().any(|padding| *padding != (0, 0))
    }

    /// Stride, padding and dilation as arguments, as far as they are not the default.
    pub(super) fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if self.stride.iter().any(|stride| *stride != 1) {
            arguments.push(format!("stride = {}", tuple(&self.stride)));
        }
        if self.has_padding() {
            arguments.push(format!("padding = {}", padding(&self.padding)));
        }
        if self.dilation.iter().any(|dilation| *dilation != 1) {
            arguments.push(format!("dilation = {}", tuple(&self.dilation)));
        }
        arguments
    }
}

/// Padding as it is written: a number, one for each axis, or one for each side.
fn padding(sides: &[(i64, i64)]) -> String {
    if sides.iter().all(|(front, back)| front == back) && sides.len() > 1 {
        return tuple(&sides.iter().map(|(front, _)| *front).collect::<Vec<_>>());
    }
    match sides {
        [(front, back)] if front == back => front.to_string(),
        [(front, back)] => format!("({front}, {back})"),
        _ => {
            format!("({})", listed(&sides.iter().map(|(front, back)| format!("({front}, {back})")).collect::<Vec<_>>()))
        }
    }
}

/// An operand of an image, its sizes, and the number of axes without samples and channels.
pub(super) fn image_sizes(shape: &[usize]) -> Result<Vec<usize>, Reason> {
    match shape {
        [_, _, sizes @ ..] if (1..=3).contains(&sizes.len()) => Ok(sizes.to_vec()),
        _ => Err(format!("it is given {} axes, and there are rules for images of 1 to 3", shape.len()).into()),
    }
}

pub(super) fn convolution(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let weight = call.value(1)?;
    let bias = call.optional(2);
    let sizes = image_sizes(&x.shape)?;
    let rank = sizes.len();
    if weight.shape().len() != rank + 2 {
        return Err("its weight has another number of axes than its input".into());
    }
    let windows = Windows::read(call, weight.shape()[2..].to_vec(), &sizes)?;
    let outputs = weight.shape()[0];
    let shape = [vec![x.shape[0], outputs], windows.counts(&sizes)?].concat();
    let groups = usize::try_from(call.whole("group", 1)).unwrap_or(1);
    if windows.padding.iter().any(|(front, back)| *front < 0 || *back < 0) {
        return Err("its padding is negative".into());
    }
    if weight.shape()[1].checked_mul(groups) != Some(x.shape[1]) || groups == 0 || outputs % groups != 0 {
        return Err("its weight is for other channels than its input has".into());
    }
    if bias.as_ref().is_some_and(|bias| bias.shape() != [outputs]) {
        return Err("its bias is not one number for each channel".into());
    }
    let mut arguments = windows.arguments();
    if groups != 1 {
        arguments.push(format!("groups = {groups}"));
    }
    if let (Value::Constant(weight), None | Some(Value::Constant(_))) = (&weight, &bias) {
        let path = call.path(weight);
        let mut tensors = vec![("weight", weight.clone())];
        arguments.insert(0, format!("kernel = {}", tuple(&windows.kernel)));
        match &bias {
            Some(Value::Constant(bias)) => tensors.push(("bias", bias.clone())),
            _ => arguments.push("bias = false".into()),
        }
        let kind = format!("Conv{rank}d({} => {outputs}, {})", x.shape[1], arguments.join(", "));
        let layer = call.layer(&path, "conv", kind, tensors);
        let (expression, is_one) = call.for_each_sample(&x, |_, x| Ok(Expression::Layer(layer, vec![x])))?;
        return views::sampled(call, shape, is_one, expression);
    }
    let weight = call.compute(weight);
    let weight = call.with_all(&weight)?;
    let bias = match bias {
        Some(bias) => {
            let bias = call.compute(bias);
            let bias = call.with_all(&bias)?;
            let ones = vec!["1"; rank].join(", ");
            Some(bias.method("reshape", &format!("{outputs}, {ones}")))
        }
        None => None,
    };
    let (expression, is_one) = call.for_each_sample(&x, |_, x| {
        let mut operands = vec![x, weight.clone()];
        operands.extend(arguments.iter().map(|argument| Expression::Text(argument.clone())));
        let image = Expression::Function(format!("conv{rank}d"), operands);
        Ok(match &bias {
            Some(bias) => image.binary("+", bias.clone()),
            None => image,
        })
    })?;
    views::sampled(call, shape, is_one, expression)
}

pub(super) fn transposed(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let weight = call.constant(1, "weight")?;
    let bias: Option<Constant> = call.optional_constant(2, "bias")?;
    let sizes = image_sizes(&x.shape)?;
    let rank = sizes.len();
    if weight.shape.len() != rank + 2 {
        return Err("its weight has another number of axes than its input".into());
    }
    let groups = usize::try_from(call.whole("group", 1)).unwrap_or(1);
    let outputs = weight.shape[1].saturating_mul(groups);
    if weight.shape[0] != x.shape[1] || groups == 0 || x.shape[1] % groups != 0 {
        return Err("its weight is for other channels than its input has".into());
    }
    if bias.as_ref().is_some_and(|bias| bias.shape != [outputs]) {
        return Err("its bias is not one number for each channel".into());
    }
    let mut windows = Windows::read(call, weight.shape[2..].to_vec(), &sizes)?;
    let mut more = call.node.attributes.wholes("output_padding").map_or_else(|| vec![0; rank], <[i64]>::to_vec);
    if more.len() != rank {
        return Err("its `output_padding` is not one for each axis".into());
    }
    let whole = |size: usize| i64::try_from(size).unwrap_or(i64::MAX);
    // the size without any padding
    let mut full: Vec<i64> = (0..rank)
        .map(|axis| {
            whole(windows.stride[axis]) * (whole(sizes[axis]) - 1)
                + more[axis]
                + whole(windows.dilation[axis]) * (whole(windows.kernel[axis]) - 1)
                + 1
        })
        .collect();
    let auto = call.node.attributes.text("auto_pad").unwrap_or("NOTSET").to_string();
    let wanted: Option<Vec<i64>> = match call.node.attributes.wholes("output_shape") {
        Some(wanted) => Some(wanted[wanted.len().saturating_sub(rank)..].to_vec()),
        None if auto.starts_with("SAME") => Some((0..rank).map(|at| whole(sizes[at] * windows.stride[at])).collect()),
        None => None,
    };
    if let Some(wanted) = &wanted {
        for axis in 0..rank {
            let all = full[axis] - wanted.get(axis).copied().unwrap_or(0);
            // what is wanted beyond the last window
            more[axis] -= all.min(0);
            full[axis] -= all.min(0);
            let all = all.max(0);
            windows.padding[axis] =
                if auto == "SAME_UPPER" { (all / 2, all - all / 2) } else { (all - all / 2, all / 2) };
        }
    }
    let results: Vec<i64> = (0..rank).map(|at| full[at] - windows.padding[at].0 - windows.padding[at].1).collect();
    if results.iter().any(|size| *size <= 0) || windows.padding.iter().any(|(front, back)| *front < 0 || *back < 0) {
        return Err("its padding is negative, or takes all".into());
    }
    let reach = |axis: usize| whole(windows.stride[axis].max(windows.dilation[axis]));
    if more.iter().enumerate().any(|(axis, more)| *more < 0 || *more >= reach(axis)) {
        return Err("its result is larger than its windows reach".into());
    }
    let is_even = windows.padding.iter().all(|(front, back)| front == back);
    let cut = if is_even { Vec::new() } else { std::mem::replace(&mut windows.padding, vec![(0, 0); rank]) };
    let mut arguments = vec![format!("kernel = {}", tuple(&windows.kernel))];
    arguments.extend(windows.arguments());
    if more.iter().any(|more| *more != 0) {
        arguments.push(format!("output_padding = {}", tuple(&more)));
    }
    if groups != 1 {
        arguments.push(format!("groups = {groups}"));
    }
    let path = call.path(&weight);
    let mut tensors = vec![("weight", weight)];
    match bias {
        Some(bias) => tensors.push(("bias", bias)),
        None => arguments.push("bias = false".into()),
    }
    let kind = format!("ConvTranspose{rank}d({} => {outputs}, {})", x.shape[1], arguments.join(", "));
    let layer = call.layer(&path, "conv", kind, tensors);
    let (expression, is_one) = call.for_each_sample(&x, |_, x| {
        let image = Expression::Layer(layer, vec![x]);
        let part = |image: Expression, (axis, (front, _)): (usize, &(i64, i64))| {
            image.method("narrow", &format!("{}, {front}, {}", axis + 1, results[axis]))
        };
        Ok(cut.iter().enumerate().fold(image, part))
    })?;
    let results = results.iter().map(|size| usize::try_from(*size).unwrap_or(0));
    let shape = [x.shape[0], outputs].into_iter().chain(results).collect();
    views::sampled(call, shape, is_one, expression)
}
