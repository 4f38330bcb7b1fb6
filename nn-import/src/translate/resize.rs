//! Images of another size.

mod interpolation;
mod source;

use self::interpolation::Sampling;
use super::call::Call;
use super::contraction::formula_of_present;
use super::elementwise::single;
use super::value::{Computed, Value};
use super::{Reason, Results, views};
use crate::constant::Kind;

/// How one axis is resized.
struct Axis {
    axis: usize,
    size: usize,
    result: usize,
    scale: f64,
    /// The part of the axis that is read, from 0 to 1, where a part is.
    region: Option<(f64, f64)>,
}

pub(super) fn resize(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axes = resized(call, &x)?;
    if axes.is_empty() {
        return Ok(vec![Value::Computed(x)]);
    }
    let sampling = sampling(call);
    let x = call.with_axes(&x, &axes.iter().map(|axis| axis.axis).collect::<Vec<_>>())?;
    let mut shape = x.shape.clone();
    for axis in &axes {
        shape[axis.axis] = axis.result;
    }
    if let Some((name, arguments)) = library(&x, &axes, &sampling) {
        let expression = x.expression.clone().method(name, &arguments);
        return Ok(vec![call.result(shape, x.dropped, Kind::Real, expression)]);
    }
    let body = sampling.formula(&x, &axes)?;
    Ok(vec![formula_of_present(call, "resized", &x, shape, &body, Kind::Real)?])
}

/// Whether the sizes are those of a version in which pixels lay at their corners.
fn is_old(call: &Call<'_>) -> bool {
    call.node.operator == "Upsample" || call.node.opset < 11
}

fn sampling(call: &Call<'_>) -> Sampling {
    let text = |name: &str, default: &str| call.node.attributes.text(name).unwrap_or(default).to_string();
    let is_old = is_old(call);
    let default = if is_old { "asymmetric" } else { "half_pixel" };
    Sampling {
        mode: text("mode", "nearest"),
        place: text("coordinate_transformation_mode", default),
        rounding: if is_old { "simple".to_string() } else { text("nearest_mode", "round_prefer_floor") },
        cubic: call.real("cubic_coeff_a", -0.75),
        antialias: call.flag("antialias", false),
        exclude_outside: call.flag("exclude_outside", false),
        extrapolated: call.real("extrapolation_value", 0.0),
    }
}

/// The axes that change.
fn resized(call: &Call<'_>, x: &Computed) -> Result<Vec<Axis>, Reason> {
    let rank = x.shape.len();
    let own = call.node.attributes.wholes("axes").map(<[i64]>::to_vec);
    let named = match own {
        Some(list) => views::axes(&list, rank)?,
        None => (0..rank).collect(),
    };
    let (scales, sizes) = if is_old(call) {
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
            // in 32 bits, as ONNX Runtime does: 10 * 0.7 is 7
            (Some(scales), _) => (f64::from((single(whole(size)) * single(scales[at])).floor()), scales[at]),
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
    let regions = regions(call, named.len())?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a size
    let axes = axes.into_iter().enumerate().map(|(at, (axis, size, result, scale))| Axis {
        axis,
        size,
        result: result as usize,
        scale,
        region: regions.as_ref().map(|regions| regions[at]).filter(|region| *region != (0.0, 1.0)),
    });
    let changes = |axis: &Axis| axis.result != axis.size || axis.scale != 1.0 || axis.region.is_some();
    let axes: Vec<Axis> = axes.filter(changes).collect();
    let is_size = |axis: &Axis| (1..1 << 31).contains(&axis.result);
    if axes.iter().all(is_size) { Ok(axes) } else { Err("a size is 0, or larger than any image".into()) }
}

/// The parts of the axes that are read, if they are given and matter: where all begin, then where all end.
fn regions(call: &Call<'_>, axes: usize) -> Result<Option<Vec<(f64, f64)>>, Reason> {
    if call.node.attributes.text("coordinate_transformation_mode") != Some("tf_crop_and_resize") {
        return Ok(None);
    }
    let region = call.optional_constant(1, "region")?.map(|region| region.elements.to_vec()).unwrap_or_default();
    if region.len() != 2 * axes || region.iter().any(|place| !place.is_finite()) {
        return Err("its region has no beginning and end for each axis".into());
    }
    Ok(Some((0..axes).map(|at| (region[at], region[axes + at])).collect()))
}

#[allow(clippy::cast_precision_loss)] // a size
fn whole(size: usize) -> f64 {
    size as f64
}

/// What the library calls it: a whole factor along all axes of an image.
fn library(x: &Computed, axes: &[Axis], sampling: &Sampling) -> Option<(&'static str, String)> {
    let rank = x.shape.len();
    let is_image = x.dropped[0] && x.dropped[1..].iter().all(|dropped| !dropped);
    let is_whole =
        axes.iter().all(|axis| axis.scale.fract() == 0.0 && axis.result == axis.size * axis.result.div_ceil(axis.size));
    if !is_image || !is_whole || axes.iter().any(|axis| axis.axis < 2) || rank > 4 || sampling.exclude_outside {
        return None;
    }
    let factor = |axis: usize| axes.iter().find(|one| one.axis == axis).map_or(1, |one| one.result / one.size);
    let factors: Vec<usize> = (2..rank).map(factor).collect();
    let written = super::value::tuple(&factors);
    let place = sampling.place.as_str();
    let is_copy = matches!(
        (place, sampling.rounding.as_str()),
        ("asymmetric", "floor" | "simple")
            | ("half_pixel" | "pytorch_half_pixel", "round_prefer_floor" | "round_prefer_ceil")
    );
    match (sampling.mode.as_str(), rank) {
        ("nearest", 3) if is_copy => Some(("upsample_nearest1d", written)),
        ("nearest", 4) if is_copy => Some(("upsample_nearest2d", written)),
        ("linear", 4) if place.ends_with("half_pixel") => Some(("upsample_bilinear2d", written)),
        ("linear", 4) if place == "align_corners" => {
            Some(("upsample_bilinear2d", format!("{written}, align_corners = true")))
        }
        _ => None,
    }
}
