//! Pools.

use super::call::Call;
use super::convolution::{Windows, image_sizes};
use super::value::{listed, tuple};
use super::{Reason, Results, elementwise, views};
use crate::constant::Kind;

/// The letters of windows and of places in them.
const PLACES: [&str; 3] = ["h", "w", "d"];
const INSIDE: [&str; 3] = ["i", "j", "k"];

/// The windows of a pool.
fn windows(call: &Call<'_>, sizes: &[usize]) -> Result<Windows, Reason> {
    let kernel = call.node.attributes.wholes("kernel_shape").ok_or("there is no `kernel_shape`")?;
    let kernel = kernel.iter().filter_map(|size| usize::try_from(*size).ok()).collect();
    Windows::read(call, kernel, sizes)
}

/// Whether the library's pools have such padding: the same in front and behind, and at most half of a window.
fn is_plain(windows: &Windows) -> bool {
    let fits = |(axis, (front, back)): (usize, &(i64, i64))| {
        let window = windows.dilation[axis] * (windows.kernel[axis] - 1) + 1;
        front == back && 2 * front <= i64::try_from(window).unwrap_or(0)
    };
    windows.padding.iter().enumerate().all(fits)
}

/// The arguments of the library's pools.
fn arguments(windows: &Windows) -> Vec<String> {
    let mut arguments = vec![tuple(&windows.kernel)];
    if windows.kernel.iter().any(|size| *size != windows.kernel[0]) {
        arguments = vec![format!("({})", listed(&windows.kernel))];
    }
    if windows.stride != windows.kernel {
        arguments.push(format!("stride = {}", tuple(&windows.stride)));
    }
    let without_stride = Windows { stride: vec![1; windows.stride.len()], ..windows.clone() };
    arguments.extend(without_stride.arguments());
    if windows.ceil {
        arguments.push("ceil_mode = true".into());
    }
    arguments
}

pub(super) fn max_pool(call: &mut Call<'_>) -> Results {
    if call.node.outputs.get(1).is_some_and(|name| call.translation.uses.contains_key(name)) {
        return Err("the positions of the greatest values are used".into());
    }
    let x = call.computed(0)?;
    let sizes = image_sizes(&x.shape)?;
    let windows = windows(call, &sizes)?;
    let counts = windows.counts(&sizes)?;
    let rank = sizes.len();
    let shape = [x.shape[..2].to_vec(), counts.clone()].concat();
    let (expression, is_one) = call.for_each_sample(&x, |call, image| {
        if is_plain(&windows) {
            return Ok(image.method(&format!("max_pool{rank}d"), &arguments(&windows).join(", ")));
        }
        let places = positions(&windows);
        let inside = ranges(&windows);
        let (front, result) = signature(&x.shape, &counts);
        let text = format!("{front} {{\n    {result} = max[{inside}](pad(x[c, {places}], -infinity));\n}}");
        let name = call.formula("max_pool", text);
        Ok(image.method(&name, ""))
    })?;
    views::sampled(call, shape, is_one, expression)
}

/// The types of a formula of windows, and its result.
fn signature(shape: &[usize], counts: &[usize]) -> (String, String) {
    let front = format!("(x: [{}]) -> y: [{}, {}]", listed(&shape[1..]), shape[1], listed(counts));
    (front, format!("y[c, {}]", PLACES[..counts.len()].join(", ")))
}

/// The position of a place of a window along each axis.
fn position(windows: &Windows, axis: usize) -> String {
    let times = |letter: &str, factor: usize| if factor == 1 { letter.into() } else { format!("{letter}*{factor}") };
    let mut text = times(PLACES[axis], windows.stride[axis]);
    text = format!("{text} + {}", times(INSIDE[axis], windows.dilation[axis]));
    if windows.padding[axis].0 != 0 {
        text = format!("{text} - {}", windows.padding[axis].0);
    }
    text
}

fn positions(windows: &Windows) -> String {
    listed(&(0..windows.kernel.len()).map(|axis| position(windows, axis)).collect::<Vec<_>>())
}

fn ranges(windows: &Windows) -> String {
    let range = |(axis, size): (usize, &usize)| format!("{}: {size}", INSIDE[axis]);
    listed(&windows.kernel.iter().enumerate().map(range).collect::<Vec<_>>())
}

pub(super) fn average_pool(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let sizes = image_sizes(&x.shape)?;
    let windows = windows(call, &sizes)?;
    let counts = windows.counts(&sizes)?;
    let rank = sizes.len();
    let counts_padding = call.flag("count_include_pad", false);
    let has_padding = windows.padding.iter().any(|(front, back)| front + back != 0);
    let has_dilation = windows.dilation.iter().any(|dilation| *dilation != 1);
    let shape = [x.shape[..2].to_vec(), counts.clone()].concat();
    // a last window that is cut off is divided by what is there
    let is_library = is_plain(&windows) && !has_dilation && (counts_padding || !windows.ceil);
    let (expression, is_one) = call.for_each_sample(&x, |call, image| {
        if is_library {
            let mut arguments = arguments(&windows);
            if has_padding && !counts_padding {
                arguments.push("count_include_pad = false".into());
            }
            return Ok(image.method(&format!("avg_pool{rank}d"), &arguments.join(", ")));
        }
        let (places, inside) = (positions(&windows), ranges(&windows));
        let (front, result) = signature(&x.shape, &counts);
        let mut counted = "1".to_string();
        for (axis, size) in sizes.iter().enumerate() {
            let place = position(&windows, axis);
            let (below, above) = windows.padding[axis];
            let (least, most) = if counts_padding { (-below, above) } else { (0, 0) };
            let size = i64::try_from(*size).unwrap_or(0) + most;
            counted = format!("where({place} < {least}, 0, where({place} < {size}, {counted}, 0))");
        }
        let text = format!(
            "{front} {{\n    {result} = sum[{inside}](pad(x[c, {places}], 0))\n        / sum[{inside}]({counted});\n}}"
        );
        let name = call.formula("avg_pool", text);
        Ok(image.method(&name, ""))
    })?;
    views::sampled(call, shape, is_one, expression)
}

pub(super) fn lp_pool(call: &mut Call<'_>) -> Results {
    let p = call.whole("p", 2);
    let x = call.computed(0)?;
    let sizes = image_sizes(&x.shape)?;
    let windows = windows(call, &sizes)?;
    let counts = windows.counts(&sizes)?;
    let shape = [x.shape[..2].to_vec(), counts.clone()].concat();
    let (expression, is_one) = call.for_each_sample(&x, |call, image| {
        let (places, inside) = (positions(&windows), ranges(&windows));
        let (front, result) = signature(&x.shape, &counts);
        let text = format!(
            "{front} {{\n    {result} = pow(sum[{inside}](pow(abs(pad(x[c, {places}], 0)), {p})), {});\n}}",
            elementwise::number(1.0 / power(p)),
        );
        let name = call.formula("lp_pool", text);
        Ok(image.method(&name, ""))
    })?;
    views::sampled(call, shape, is_one, expression)
}

#[allow(clippy::cast_precision_loss)] // a small power
fn power(p: i64) -> f64 {
    p as f64
}

/// One number for each channel; the axes of the image are dropped.
pub(super) fn global_pool(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let rank = x.shape.len();
    if rank < 3 {
        return Err("it is no image".into());
    }
    let image: Vec<usize> = (2..rank).collect();
    let x = call.with_axes(&x, &image)?;
    let x = call.with_axes(&x, &[1])?;
    let own: Vec<usize> = image.iter().filter_map(|axis| x.own_axis(*axis)).collect();
    let axes = if own.len() == 1 { format!("axis = {}", own[0]) } else { format!("axis = ({})", listed(&own)) };
    let is_library = x.dropped[0] && rank <= 4;
    let operator = call.node.operator.as_str();
    let expression = match operator {
        "GlobalAveragePool" if is_library => x.expression.method(&format!("global_avg_pool{}d", rank - 2), ""),
        "GlobalMaxPool" if is_library => x.expression.method(&format!("global_max_pool{}d", rank - 2), ""),
        "GlobalAveragePool" => x.expression.method("mean", &axes),
        "GlobalMaxPool" => x.expression.method("max", &axes),
        _ => match call.whole("p", 2) {
            1 => x.expression.method("abs", "").method("sum", &axes),
            2 => x.expression.method("norm", &axes),
            p => {
                let powers = x.expression.method("abs", "").method("pow", &p.to_string());
                powers.method("sum", &axes).method("pow", &elementwise::number(1.0 / power(p)))
            }
        },
    };
    let (mut shape, mut dropped) = (x.shape, x.dropped);
    for axis in image {
        shape[axis] = 1;
        dropped[axis] = true;
    }
    Ok(vec![call.result(shape, dropped, Kind::Real, expression)])
}
