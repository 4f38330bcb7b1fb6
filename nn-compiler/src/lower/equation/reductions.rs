//! Reductions: `sum[i](…)`, and the indices that they bind.

use proc_macro2::Span;

use crate::equation::{Equation, Reduce};
use crate::errors::{Code, with_suggestion};
use crate::lower::builtins::{BATCH, REDUCTIONS};
use crate::lower::environment::{Environment, Scope};
use crate::lower::lowering::{Lowering, Mode};
use crate::shape::Dim;
use crate::symbolic::{ExpressionId, IndexId, Position};
use crate::syntax::ast::{Binder, Expression};

impl Lowering<'_> {
    /// `sum[i](…)`
    pub(in crate::lower) fn reduce(
        &mut self,
        name: &syn::Ident,
        binders: &[Binder],
        body: &Expression,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<Reduced> {
        let place = environment.place(name.span());
        let text = name.to_string();
        let reduce = self.reduction_named(&text, place)?;
        let (inner, bound) = self.bind_indices(binders, body, environment, scope)?;
        let mut value = self.scalar(body, environment, &inner)?;
        if text == "var" {
            // the mean is computed first, since a difference of large squares would be inexact
            let mean = syn::Ident::new("mean", name.span());
            let mean = self.reduce(&mean, binders, body, environment, scope)?.value;
            let pool = &mut self.out.program.pool;
            let deviation = pool.subtract(value, mean);
            value = pool.product(1.0, &[(deviation, 2)]);
        }
        // an expression without the index is the same for all its values
        let used = self.out.program.pool.indices(value);
        let (bound, idle): (Vec<IndexId>, Vec<IndexId>) =
            bound.into_iter().partition(|index| used.contains(index) || reduce == Reduce::Product);
        let read = self.reduced_tensor(reduce, &text, value, &bound, environment);
        let equation = read.is_some().then(|| self.out.program.equations.len() - 1);
        let read = read.unwrap_or(value);
        let (times, by) = match text.as_str() {
            "sum" => (idle, Vec::new()),
            "mean" | "var" => (Vec::new(), bound),
            _ => Default::default(),
        };
        if times.is_empty() && by.is_empty() {
            return Some(Reduced { value: read, equation });
        }
        let (times, by) = (self.count(&times, place)?, self.count(&by, place)?);
        let pool = &mut self.out.program.pool;
        let product = pool.multiply(read, times);
        Some(Reduced { value: pool.divide(product, by), equation: None })
    }

    /// The reduction that computes what a name says: a mean is a sum that is divided.
    fn reduction_named(&mut self, name: &str, place: Span) -> Option<Reduce> {
        match name {
            "sum" | "mean" | "var" => Some(Reduce::Sum),
            "max" => Some(Reduce::Max),
            "min" => Some(Reduce::Min),
            "prod" => Some(Reduce::Product),
            _ => {
                let message =
                    format!("there is no reduction `{name}`: it is one of `sum`, `mean`, `var`, `max`, `min`, `prod`");
                self.mistake(Code::UnknownFunction, place, with_suggestion(message, name, REDUCTIONS))
            }
        }
    }

    /// The number of choices of some indices.
    fn count(&mut self, indices: &[IndexId], place: Span) -> Option<ExpressionId> {
        let extents: Vec<Dim> = indices.iter().map(|index| self.out.program.extent(*index).clone()).collect();
        let count = self.fits(Dim::product(&extents), place)?;
        Some(self.out.program.pool.size(count))
    }

    /// Defines the tensor of a reduction, for every choice of the indices it depends on, and reads it; `None` if
    /// nothing is reduced.
    fn reduced_tensor(
        &mut self,
        reduce: Reduce,
        name: &str,
        body: ExpressionId,
        bound: &[IndexId],
        environment: &Environment,
    ) -> Option<ExpressionId> {
        if bound.is_empty() {
            return None;
        }
        let program = &self.out.program;
        let iterations = self.iterations.clone();
        let mut free = program.pool.indices(body);
        free.retain(|index| !bound.contains(index) && !iterations.contains(index));
        let for_each_sample = free.contains(&IndexId::SAMPLE);
        free.retain(|index| *index != IndexId::SAMPLE);
        let shape = free.iter().map(|index| program.extent(*index).clone()).collect();
        let name = format!("{}_{name}", environment.label);
        let target = self.tensor_with(&name, shape, for_each_sample, &iterations);
        let program = &mut self.out.program;
        let free: Vec<IndexId> = program.leading_indices(target, &self.iterations).into_iter().chain(free).collect();
        let write = free.iter().copied().map(Position::index).collect();
        let indices = free.iter().chain(bound).copied().collect();
        program.equations.push(Equation { reduce, write, ..Equation::elementwise(target, indices, body) });
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
        inner.batch |= binders.iter().any(|binder| matches!(binder, Binder::Index(name, None) if name == BATCH));
        let mut bound = Vec::new();
        let names: Vec<String> = binders
            .iter()
            .filter_map(|binder| if let Binder::Index(name, None) = binder { Some(name.to_string()) } else { None })
            .collect();
        let inferred = self.infer_extents(body, &names, environment)?;
        for binder in binders {
            match binder {
                Binder::Index(name, None) if name == BATCH => {
                    let place = environment.place(name.span());
                    self.name_batch(scope, &bound, place)?;
                    bound.push(IndexId::SAMPLE);
                }
                Binder::Rest(rest) => {
                    let sizes = self.rest_of(rest, environment)?;
                    let indices = self.rest_indices(&sizes);
                    bound.extend(&indices);
                    inner.rests.push((rest.text(), indices));
                }
                Binder::Index(name, extent) => {
                    let extent = match extent {
                        Some(extent) => Extent::Said(extent),
                        None => Extent::Inferred(inferred.get(&name.to_string())),
                    };
                    let index = self.bind_index(name, extent, environment, scope)?;
                    bound.push(index);
                    inner.indices.push((name.to_string(), index));
                }
            }
        }
        Some((inner, bound))
    }

    /// The new index of a name.
    fn bind_index(
        &mut self,
        name: &syn::Ident,
        extent: Extent<'_>,
        environment: &mut Environment,
        scope: &Scope,
    ) -> Option<IndexId> {
        let place = environment.place(name.span());
        if name == BATCH {
            let message = "`batch` stands for all samples and has no size of its own: choose another name";
            return self.mistake(Code::IndexTaken, place, message);
        }
        let extent = match extent {
            Extent::Said(extent) => self.size(extent, environment)?,
            Extent::Inferred(Some(extent)) => extent.clone(),
            Extent::Inferred(None) => {
                let message = format!(
                    "nothing says how far `{name}` runs: no tensor is read at `{name}` alone\n\nhelp: say it, as in `sum[{name}: N](…)`"
                );
                return self.mistake(Code::UnknownExtent, place, message);
            }
        };
        let name = name.to_string();
        self.check_extent(&name, &extent, place)?;
        if scope.find(&name).is_some() {
            return self.mistake(Code::IndexTaken, place, format!("`{name}` is an index already: choose another name"));
        }
        Some(self.out.program.index(name, extent))
    }

    /// `batch` as an index: all samples of a step of training.
    fn name_batch(&mut self, scope: &Scope, bound: &[IndexId], place: Span) -> Option<()> {
        if self.mode == Mode::Infer {
            let message = "a prediction sees one sample only: `batch` stands in `train { … }`, and `infer { … }` says what holds instead";
            return self.mistake(Code::TrainingOnly, place, message);
        }
        if scope.batch || bound.contains(&IndexId::SAMPLE) {
            return self.mistake(Code::IndexTaken, place, "`batch` is an index already: it is named twice");
        }
        self.out.names_batch = true;
        Some(())
    }

    /// New indices over the axes of `..`.
    pub(in crate::lower) fn rest_indices(&mut self, rest: &[Dim]) -> Vec<IndexId> {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let program = &mut self.out.program;
        rest.iter().enumerate().map(|(at, extent)| program.index(NAMES[at % 6], extent.clone())).collect()
    }
}

/// The extent of an index: as it is written, or as the reads imply it.
enum Extent<'e> {
    Said(&'e Expression),
    Inferred(Option<&'e Dim>),
}

/// The result of a reduction.
pub(in crate::lower) struct Reduced {
    pub value: ExpressionId,
    /// The equation that defines it, if it is one alone.
    pub equation: Option<usize>,
}
