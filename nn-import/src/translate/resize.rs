//! Images of another size.

use super::call::Call;
use super::contraction::{formula_of_present, letters};
use super::elementwise::number;
use super::value::{Computed, Value};
use super::{Reason, Results, views};
use crate::constant::Kind;

/// How one axis is resized.
struct Axis {
    axis: usize,
    size: usize,
    result: usize,
    scale: f64,
}

pub(super) fn resize(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axes = resized(call, &x)?;
    if axes.is_empty() {
        return Ok(vec![Value::Computed(x)]);
    }
    let mode = call.node.attributes.text("mode").unwrap_or("nearest").to_string();
    let is_old = call.node.operator == "Upsample" || call.node.opset < 11;
    let default = if is_old { "asymmetric" } else { "half_pixel" };
    let place = call.node.attributes.text("coordinate_transformation_mode").unwrap_or(default).to_string();
    let rounding =
        if is_old { "floor" } else { call.node.attributes.text("nearest_mode").unwrap_or("round_prefer_floor") };
    if call.flag("antialias", false) || call.flag("exclude_outside", false) {
        return Err("values outside are left out, or edges are smoothed".into());
    }
    let x = call.with_axes(&x, &axes.iter().map(|axis| axis.axis).collect::<Vec<_>>())?;
    let mut shape = x.shape.clone();
    for axis in &axes {
        shape[axis.axis] = axis.result;
    }
    if let Some((name, arguments)) = library(&x, &axes, &mode, &place, rounding) {
        let expression = x.expression.clone().method(name, &arguments);
        return Ok(vec![call.result(shape, x.dropped, Kind::Real, expression)]);
    }
    let body = match mode.as_str() {
        "nearest" => nearest(&x, &axes, &place, rounding)?,
        "linear" => interpolated(&x, &axes, &place, None)?,
        "cubic" => interpolated(&x, &axes, &place, Some(call.real("cubic_coeff_a", -0.75)))?,
        other => return Err(format!("its mode is `{other}`").into()),
    };
    Ok(vec![formula_of_present(call, "resized", &x, shape, &body, Kind::Real)?])
}

/// The axes that change.
fn resized(call: &Call<'_>, x: &Computed) -> Result<Vec<Axis>, Reason> {
    let rank = x.shape.len();
    let own = call.node.attributes.wholes("axes").map(<[i64]>::to_vec);
    let named = match own {
        Some(list) => views::axes(&list, rank)?,
        None => (0..rank).collect(),
    };
    let (scales, sizes) = if call.node.operator == "Upsample" || call.node.opset < 11 {
        let own = match call.node.attributes.get("scales") {
            Some(crate::graph::Attribute::Reals(list)) => Some(list.clone()),
            _ => call.optional_constant(1, "scales")?.map(|scales| scales.elements.to_vec()),
        };
        (own, None)
    } else {
        let scales = call.optional_constant(2, "scales")?.map(|scales| scales.elements.to_vec());
        (scales.filter(|scales| !scales.is_empty()), call.optional_constant(3, "sizes")?)
    };
    let policy = call.node.attributes.text("keep_aspect_ratio_policy").unwrap_or("stretch");
    let count = scales.as_ref().map(Vec::len).or(sizes.as_ref().map(|sizes| sizes.elements.len()));
    if count != Some(named.len()) {
        return Err("its scales or sizes are not one for each axis".into());
    }
    let mut axes = Vec::new();
    for (at, axis) in named.iter().enumerate() {
        let size = x.shape[*axis];
        let (result, scale) = match (&scales, &sizes) {
            (Some(scales), _) => ((whole(size) * scales[at]).floor(), scales[at]),
            (None, Some(sizes)) => (sizes.elements[at], sizes.elements[at] / whole(size)),
            _ => return Err("neither scales nor sizes are given".into()),
        };
        axes.push((*axis, size, result, scale));
    }
    if sizes.is_some() && policy != "stretch" {
        let scales = axes.iter().map(|axis| axis.3);
        let least = scales.clone().fold(f64::INFINITY, f64::min);
        let scale = if policy == "not_larger" { least } else { scales.fold(0.0, f64::max) };
        axes.iter_mut().for_each(|axis| (axis.2, axis.3) = ((whole(axis.1) * scale).round(), scale));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a size
    let axis =
        |(axis, size, result, scale): (usize, usize, f64, f64)| Axis { axis, size, result: result as usize, scale };
    let axes: Vec<Axis> =
        axes.into_iter().map(axis).filter(|axis| axis.result != axis.size || axis.scale != 1.0).collect();
    if axes.iter().any(|axis| axis.result == 0) { Err("a size is 0".into()) } else { Ok(axes) }
}

#[allow(clippy::cast_precision_loss)] // a size
fn whole(size: usize) -> f64 {
    size as f64
}

/// What the library calls it: a whole factor along all axes of an image.
fn library(x: &Computed, axes: &[Axis], mode: &str, place: &str, rounding: &str) -> Option<(&'static str, String)> {
    let rank = x.shape.len();
    let is_image = x.dropped[0] && x.dropped[1..].iter().all(|dropped| !dropped);
    let is_whole =
        axes.iter().all(|axis| axis.scale.fract() == 0.0 && axis.result == axis.size * axis.result.div_ceil(axis.size));
    if !is_image || !is_whole || axes.iter().any(|axis| axis.axis < 2) || rank > 4 {
        return None;
    }
    let factor = |axis: usize| axes.iter().find(|one| one.axis == axis).map_or(1, |one| one.result / one.size);
    let factors: Vec<usize> = (2..rank).map(factor).collect();
    let written = super::value::tuple(&factors);
    let is_copy = matches!(
        (place, rounding),
        ("asymmetric", "floor") | ("half_pixel" | "pytorch_half_pixel", "round_prefer_floor" | "round_prefer_ceil")
    );
    match (mode, rank) {
        ("nearest", 3) if is_copy => Some(("upsample_nearest1d", written)),
        ("nearest", 4) if is_copy => Some(("upsample_nearest2d", written)),
        ("linear", 4) if place.ends_with("half_pixel") => Some(("upsample_bilinear2d", written)),
        ("linear", 4) if place == "align_corners" => {
            Some(("upsample_bilinear2d", format!("{written}, align_corners = true")))
        }
        _ => None,
    }
}

/// Where a place of the result lies among those of the operand.
fn source(axis: &Axis, letter: &str, place: &str) -> Result<String, Reason> {
    let scaled = |text: &str| {
        let is_ratio = (axis.scale - whole(axis.result) / whole(axis.size)).abs() < 1e-12;
        if is_ratio {
            format!("{text}*{}/{}", axis.size, axis.result)
        } else {
            format!("{text}/{}", number(axis.scale))
        }
    };
    Ok(match place {
        "asymmetric" => scaled(letter),
        "pytorch_half_pixel" if axis.result == 1 => format!("0*{letter}"),
        "half_pixel" | "pytorch_half_pixel" => format!("{} - 0.5", scaled(&format!("({letter} + 0.5)"))),
        "half_pixel_symmetric" => {
            let moved = whole(axis.size) / 2.0 * (1.0 - whole(axis.result) / (axis.scale * whole(axis.size)));
            format!("{} + {}", scaled(&format!("({letter} + 0.5)")), number(moved - 0.5))
        }
        "align_corners" if axis.result == 1 => format!("0*{letter}"),
        "align_corners" => format!("{letter}*{}/{}", axis.size - 1, axis.result - 1),
        other => return Err(format!("its coordinates are `{other}`").into()),
    })
}

fn nearest(x: &Computed, axes: &[Axis], place: &str, rounding: &str) -> Result<String, Reason> {
    let names = letters(x.present().len());
    let mut places = names.clone();
    for axis in axes {
        let own = x.own_axis(axis.axis).unwrap_or(0);
        let source = source(axis, &names[own], place)?;
        let rounded = match rounding {
            "round_prefer_floor" => format!("ceil({source} - 0.5)"),
            "round_prefer_ceil" => format!("floor({source} + 0.5)"),
            "ceil" => format!("ceil({source})"),
            _ => format!("floor({source})"),
        };
        places[own] = format!("min(max({rounded}, 0), {})", axis.size - 1);
    }
    Ok(format!("y[{}] = x[{}];", names.join(", "), places.join(", ")))
}

/// Linear interpolation, or cubic with a coefficient.
fn interpolated(x: &Computed, axes: &[Axis], place: &str, cubic: Option<f64>) -> Result<String, Reason> {
    let names = letters(x.present().len());
    let (mut places, mut definitions, mut factors, mut ranges) = (names.clone(), Vec::new(), Vec::new(), Vec::new());
    let taps = if cubic.is_some() { 4 } else { 2 };
    for (at, axis) in axes.iter().enumerate() {
        let own = x.own_axis(axis.axis).unwrap_or(0);
        let (letter, tap, last) = (&names[own], ["p", "q", "r"][at.min(2)], axis.size - 1);
        let source = source(axis, letter, place)?;
        let distance = |text: String| format!("    t{at}[{letter}: {}] = {text};", axis.result);
        ranges.push(format!("{tap}: {taps}"));
        factors.push(format!("w{at}[{letter}, {tap}]"));
        if let Some(a) = cubic {
            definitions.push(distance(format!("{source} - floor({source})")));
            let a = number(a);
            let d = format!("abs(t{at}[{letter}] + 1 - {tap})");
            definitions.push(format!(
                "    w{at}[{letter}: {}, {tap}: 4] = where({d} <= 1, (({a} + 2)*{d} - ({a} + 3))*sq({d}) + 1, \
                 where({d} < 2, (({a}*{d} - 5*{a})*{d} + 8*{a})*{d} - 4*{a}, 0));",
                axis.result
            ));
            places[own] = format!("min(max(floor({source}) - 1 + {tap}, 0), {last})");
        } else {
            let inside = format!("min(max({source}, 0), {last})");
            definitions.push(distance(format!("{inside} - floor({inside})")));
            definitions.push(format!(
                "    w{at}[{letter}: {}, {tap}: 2] = max(1 - abs(t{at}[{letter}] - {tap}), 0);",
                axis.result
            ));
            places[own] = format!("min(floor({inside}) + {tap}, {last})");
        }
    }
    let sum = format!("sum[{}]({} * x[{}])", ranges.join(", "), factors.join(" * "), places.join(", "));
    definitions.push(format!("    y[{}] = {sum};", names.join(", ")));
    Ok(definitions.join("\n").trim_start().to_string())
}
