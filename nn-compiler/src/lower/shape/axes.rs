//! Axes that a caller chooses and a formula passes on: `x.sum(axis = N)` where `axis: N: axes = none` is its parameter.

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Expression, ExpressionKind, Formula, Parameter, ParameterKind, Pattern};

impl Lowering<'_> {
    /// Binds the axes that a parameter is given.
    pub(in crate::lower) fn bind_axes(
        &mut self,
        name: &str,
        parameter: &Parameter,
        value: &Expression,
        outer: &Environment,
        inner: &mut Environment,
    ) -> bool {
        let passed = match &value.kind {
            ExpressionKind::Name(name) => outer.axis_lists.get(&name.to_string()),
            _ => None,
        };
        let is_none = matches!(&value.kind, ExpressionKind::Name(name) if name == "none");
        let axes = match (passed, is_none) {
            (Some(axes), _) => axes.clone(),
            (None, true) => None,
            (None, false) => {
                let what = parameter.keyword.as_ref().map_or_else(|| name.to_string(), ToString::to_string);
                let values = match &value.kind {
                    ExpressionKind::Tuple(values) => values.as_slice(),
                    _ => std::slice::from_ref(value),
                };
                let what = format!("`{what}`");
                let axes: Option<Vec<i64>> = values.iter().map(|value| self.axis_number(value, &what, outer)).collect();
                match axes {
                    Some(axes) => Some(axes),
                    None => return false,
                }
            }
        };
        inner.axis_lists.insert(name.into(), axes);
        true
    }

    /// Binds the name of chosen axes to the number of elements along them, now that the shape is known.
    pub(in crate::lower) fn place_axes(
        &mut self,
        formula: &Formula,
        environment: &mut Environment,
        inputs: &[TensorId],
    ) -> bool {
        for parameter in &formula.parameters {
            let (ParameterKind::Axes, Pattern::Name(name)) = (&parameter.kind, &parameter.pattern) else { continue };
            let (name, Some(input)) = (name.to_string(), inputs.first()) else { continue };
            let shape = self.out.program.at(*input).sample_shape().to_vec();
            let chosen = environment.axis_lists.get(&name).cloned().flatten();
            let axes = match chosen {
                None => (0..shape.len()).collect(),
                Some(axes) => match self.axes_within(&axes, &shape, environment) {
                    Some(axes) => axes,
                    None => return false,
                },
            };
            let count = Dim::product(axes.iter().map(|axis: &usize| &shape[*axis]));
            let Some(count) = self.fits(count, environment.call) else { return false };
            environment.bind(&name, Binding::Size(count, environment.call));
        }
        true
    }

    /// Chosen axes counted from the first one.
    pub(in crate::lower) fn axes_within(
        &mut self,
        axes: &[i64],
        shape: &[Dim],
        environment: &Environment,
    ) -> Option<Vec<usize>> {
        let rank = i64::try_from(shape.len()).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        for axis in axes {
            let from_start = if *axis < 0 { axis.saturating_add(rank) } else { *axis };
            let Some(at) = usize::try_from(from_start).ok().filter(|_| from_start < rank) else {
                let message = format!(
                    "there is no axis {axis} in {}: axes are counted from 0, without the batch",
                    display_shape(shape)
                );
                return self.mistake(Code::Axis, environment.call, message);
            };
            if found.contains(&at) {
                return self.mistake(Code::Axis, environment.call, format!("the axis {axis} is given twice"));
            }
            found.push(at);
        }
        Some(found)
    }
}
