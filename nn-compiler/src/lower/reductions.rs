//! Reductions: `sum[i](…)`, and the indices that they bind.

use super::Lowering;
use super::environment::{Environment, Scope};
use crate::equation::{Equation, Reduce, Role, Tensor};
use crate::errors::with_suggestion;
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position};
use crate::syntax::ast::{Binder, Expression};
use proc_macro2::Span;

/// The names of reductions; no function may be called so.
pub(super) const REDUCTIONS: [&str; 6] = ["sum", "mean", "var", "max", "min", "prod"];

impl Lowering<'_> {
    /// `sum[i](…)`
    pub(super) fn reduce(
        &mut self,
        name: &syn::Ident,
        binders: &[Binder],
        body: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Reduced> {
        let place = environment.place(name.span());
        let text = name.to_string();
        let reduce = match text.as_str() {
            "sum" | "mean" | "var" => Reduce::Sum,
            "max" => Reduce::Max,
            "min" => Reduce::Min,
            "prod" => Reduce::Product,
            _ => {
                let message =
                    format!("there is no reduction `{text}`: it is one of `sum`, `mean`, `var`, `max`, `min`, `prod`");
                return self.mistake(place, with_suggestion(message, &text, REDUCTIONS));
            }
        };
        let (inner, bound) = self.bind_indices(binders, body, environment, scope)?;
        let mut value = self.scalar(body, environment, &inner)?;
        if text == "var" {
            // around the mean, which is taken first: a difference of large squares would be inexact
            let mean = syn::Ident::new("mean", name.span());
            let mean = self.reduce(&mean, binders, body, environment, scope)?.value;
            let pool = &mut self.out.program.pool;
            let deviation = pool.subtract(value, mean);
            value = pool.product(1.0, &[(deviation, 2)]);
        }
        let Some(read) = self.reduced_tensor(reduce, &text, value, &bound, environment, place) else {
            return Some(Reduced { value, equation: None });
        };
        if text != "mean" && text != "var" {
            return Some(Reduced { value: read, equation: Some(self.out.program.equations.len() - 1) });
        }
        let extents: Vec<Dim> = bound.iter().map(|index| self.out.program.extent(*index).clone()).collect();
        let count = self.fits(Dim::product(&extents), place)?;
        let pool = &mut self.out.program.pool;
        let count = pool.size(count);
        Some(Reduced { value: pool.divide(read, count), equation: None })
    }

    /// Defines a tensor that holds a reduction for every choice of the indices it depends on, and
    /// reads it; `None` if nothing is reduced.
    fn reduced_tensor(
        &mut self,
        reduce: Reduce,
        name: &str,
        body: ExpressionId,
        bound: &[IndexId],
        environment: &Environment,
        _place: Span,
    ) -> Option<ExpressionId> {
        if bound.is_empty() {
            return None;
        }
        let program = &mut self.out.program;
        let free: Vec<IndexId> =
            program.pool.indices(body).into_iter().filter(|index| !bound.contains(index)).collect();
        let shape = free.iter().map(|index| program.extent(*index).clone()).collect();
        let name = format!("{}_{name}", environment.label);
        let target = program.tensor(Tensor::new(name, shape, Role::Value));
        let write = free.iter().copied().map(Position::index).collect();
        let indices = free.iter().chain(bound).copied().collect();
        program.equations.push(Equation { target, write, indices, reduce, accumulate: false, clip: false, body });
        Some(program.element(target, &free))
    }

    /// The scope inside of a reduction, and its indices.
    fn bind_indices(
        &mut self,
        binders: &[Binder],
        body: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<(Scope, Vec<IndexId>)> {
        let mut inner = scope.clone();
        let mut bound = Vec::new();
        let names: Vec<String> = binders
            .iter()
            .filter_map(|binder| if let Binder::Index(name, None) = binder { Some(name.to_string()) } else { None })
            .collect();
        let inferred = self.infer_extents(body, &names, environment)?;
        for binder in binders {
            match binder {
                Binder::Rest(rest) => {
                    let sizes = self.rest_of(rest, environment)?;
                    let indices = self.rest_indices(&sizes);
                    bound.extend(&indices);
                    inner.rests.push((rest.text(), indices));
                }
                Binder::Index(name, extent) => {
                    let extent = match extent {
                        Some(extent) => self.size(extent, environment)?,
                        None => match inferred.get(&name.to_string()) {
                            Some(extent) => extent.clone(),
                            None => {
                                let message = format!(
                                    "nothing says how far `{name}` runs: no tensor is read at `{name}` alone\n\nhelp: say it, as in `sum[{name}: N](…)`"
                                );
                                return self.mistake(environment.place(name.span()), message);
                            }
                        },
                    };
                    if extent.literal().is_some_and(|extent| extent < 1) {
                        let message = format!("`{name}` runs over {extent} values: there must be one at least");
                        return self.mistake(environment.place(name.span()), message);
                    }
                    if scope.find(&name.to_string()).is_some() {
                        let message = format!("`{name}` is an index already: choose another name");
                        return self.mistake(environment.place(name.span()), message);
                    }
                    let index = self.out.program.index(name.to_string(), extent);
                    bound.push(index);
                    inner.indices.push((name.to_string(), index));
                }
            }
        }
        Some((inner, bound))
    }

    /// New indices over the axes of `..`.
    pub(super) fn rest_indices(&mut self, rest: &[Dim]) -> Vec<IndexId> {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let program = &mut self.out.program;
        rest.iter().enumerate().map(|(at, extent)| program.index(NAMES[at % 6], extent.clone())).collect()
    }
}

/// The result of a reduction.
pub(super) struct Reduced {
    pub value: ExpressionId,
    /// The equation that defines it, if it is one alone.
    pub equation: Option<usize>,
}
