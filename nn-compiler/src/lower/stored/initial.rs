//! The initial values of parameters and states.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lowered::Initial;
use crate::shape::Dim;
use crate::symbolic::ExpressionId;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Formula, ParameterStatement, Statement};

/// A distribution of initial values, as it is written: `kaiming_uniform(64, gain = 1)`.
struct Distribution<'d> {
    name: &'d str,
    /// The arguments.
    values: Vec<ExpressionId>,
    /// The arguments with names.
    named: HashMap<String, ExpressionId>,
    /// The shape of the tensor.
    shape: &'d [Dim],
    place: Span,
}

impl Lowering<'_> {
    /// The initial values: as the user says in the declaration, or as the formula says.
    pub(super) fn initial_of(
        &mut self,
        layer: usize,
        statement: &ParameterStatement,
        shape: &[Dim],
        environment: &mut Environment,
    ) -> Option<Initial> {
        let given = self.layers[layer].field.arguments.keywords.iter().find_map(|(keyword, argument)| match argument {
            Argument::Value(value) if *keyword == statement.name => Some(value.clone()),
            _ => None,
        });
        let is_initial = given.is_some()
            && self.layers[layer].formula.is_some_and(|f| {
                initialises(f, &statement.name)
                    && !f.parameters.iter().any(|p| p.keyword.as_ref() == Some(&statement.name))
            });
        match given {
            Some(given) if is_initial => {
                let mut outer = Environment::new(&environment.label, given.span, false);
                self.initial(&given, shape, &mut outer)
            }
            _ => self.initial(&statement.initial, shape, environment),
        }
    }

    pub(super) fn initial(
        &mut self,
        expression: &Expression,
        shape: &[Dim],
        environment: &mut Environment,
    ) -> Option<Initial> {
        let place = environment.place(expression.span);
        let (name, arguments) = match &expression.kind {
            ExpressionKind::Call(name, arguments) => (name.to_string(), Some(arguments)),
            ExpressionKind::Name(name) => (name.to_string(), None),
            ExpressionKind::Number { .. } | ExpressionKind::Negate(_) => {
                return Some(Initial::Constant(self.finite(expression, environment)?));
            }
            _ => return self.unknown_initial(place, ""),
        };
        let mut values = Vec::new();
        let mut named = HashMap::new();
        if let Some(arguments) = arguments {
            for argument in &arguments.positional {
                let Argument::Value(value) = argument else { return self.unknown_initial(place, &name) };
                values.push(self.finite(value, environment)?);
            }
            for (keyword, argument) in &arguments.keywords {
                let Argument::Value(value) = argument else { return self.unknown_initial(place, &name) };
                named.insert(keyword.to_string(), self.finite(value, environment)?);
            }
        }
        self.named_initial(&Distribution { name: &name, values, named, shape, place })
    }

    /// A number that is known while compiling, and finite as far as its sizes are known.
    fn finite(&mut self, expression: &Expression, environment: &mut Environment) -> Option<ExpressionId> {
        let value = self.real(expression, environment)?;
        if self.out.program.constant_value(value).is_some_and(|value| !value.is_finite()) {
            return self.mistake(
                Code::InitialValues,
                environment.place(expression.span),
                "initial values are finite numbers",
            );
        }
        Some(value)
    }

    fn named_initial(&mut self, of: &Distribution<'_>) -> Option<Initial> {
        let known: &[&str] = match of.name {
            "zeros" | "ones" | "constant" | "uniform" | "normal" => &[],
            "kaiming_uniform" | "kaiming_normal" => &["gain", "a"],
            "xavier_uniform" | "xavier_normal" => &["gain"],
            _ => return self.unknown_initial(of.place, of.name),
        };
        if let Some(unknown) = of.named.keys().find(|key| !known.contains(&key.as_str())) {
            return self.mistake(Code::UnknownArgument, of.place, format!("`{}` has no argument `{unknown}`", of.name));
        }
        let pool = &mut self.out.program.pool;
        Some(match (of.name, of.values.as_slice()) {
            ("zeros", []) => Initial::Constant(pool.constant(0.0)),
            ("ones", []) => Initial::Constant(pool.constant(1.0)),
            ("constant", [value]) => Initial::Constant(*value),
            ("uniform", [bound]) => Initial::Uniform(pool.negate(*bound), *bound),
            ("uniform", [low, high]) => Initial::Uniform(*low, *high),
            ("normal", [mean, deviation]) => Initial::Normal(*mean, *deviation),
            ("kaiming_uniform" | "kaiming_normal", [] | [_]) => return self.kaiming(of),
            ("xavier_uniform" | "xavier_normal", [] | [_, _]) => return self.xavier(of),
            _ => return self.unknown_initial(of.place, of.name),
        })
    }

    fn kaiming(&mut self, of: &Distribution<'_>) -> Option<Initial> {
        let fan_in = match of.values.as_slice() {
            [fan_in] => *fan_in,
            _ => self.fans(of.shape, of.place)?.0,
        };
        let pool = &mut self.out.program.pool;
        let gain = match (of.named.get("gain"), of.named.get("a")) {
            (Some(gain), _) => *gain,
            // the gain of a leaky ReLU with slope a, as PyTorch has it; a = 0 is ReLU
            (None, Some(slope)) => kaiming_gain(pool, *slope),
            (None, None) => pool.constant(core::f64::consts::SQRT_2),
        };
        let is_uniform = of.name == "kaiming_uniform";
        Some(if is_uniform { Initial::KaimingUniform(fan_in, gain) } else { Initial::KaimingNormal(fan_in, gain) })
    }

    fn xavier(&mut self, of: &Distribution<'_>) -> Option<Initial> {
        let (fan_in, fan_out) = match of.values.as_slice() {
            [fan_in, fan_out] => (*fan_in, *fan_out),
            _ => self.fans(of.shape, of.place)?,
        };
        let one = self.out.program.pool.constant(1.0);
        let gain = *of.named.get("gain").unwrap_or(&one);
        Some(if of.name == "xavier_uniform" {
            Initial::XavierUniform(fan_in, fan_out, gain)
        } else {
            Initial::XavierNormal(fan_in, fan_out, gain)
        })
    }

    /// Fan-in and fan-out of a weight, by PyTorch's rule: `[out, in, kernel…]`.
    fn fans(&mut self, shape: &[Dim], place: Span) -> Option<(ExpressionId, ExpressionId)> {
        let [out, inputs, kernel @ ..] = shape else {
            return self.mistake(
                Code::InitialValues,
                place,
                "a fan-in needs a weight of at least two axes: give it, as in `kaiming_uniform(64)`",
            );
        };
        let kernel = self.fits(Dim::product(kernel), place)?;
        let fan_in = self.fits(inputs.multiply(&kernel), place)?;
        let fan_out = self.fits(out.multiply(&kernel), place)?;
        let pool = &mut self.out.program.pool;
        Some((pool.size(fan_in), pool.size(fan_out)))
    }

    fn unknown_initial<T>(&mut self, place: Span, name: &str) -> Option<T> {
        const KNOWN: [&str; 9] = [
            "kaiming_uniform",
            "kaiming_normal",
            "xavier_uniform",
            "xavier_normal",
            "uniform",
            "normal",
            "constant",
            "zeros",
            "ones",
        ];
        let message = format!(
            "expected initial values: a number, `zeros`, `ones`, `constant(c)`, `uniform(bound)`, `uniform(low, high)`, `normal(mean, deviation)`, `{}`, `{}`, `{}` or `{}`",
            KNOWN[0], KNOWN[1], KNOWN[2], KNOWN[3]
        );
        // the name is known, so the arguments are wrong
        if KNOWN.contains(&name) {
            return self.mistake(
                Code::InitialValues,
                place,
                format!("these are not the arguments of `{name}`: {message}"),
            );
        }
        self.mistake(Code::InitialValues, place, with_suggestion(message, name, KNOWN))
    }
}

/// `sqrt(2 / (1 + a²))`
fn kaiming_gain(pool: &mut crate::symbolic::Pool, slope: ExpressionId) -> ExpressionId {
    let one = pool.constant(1.0);
    let square = pool.product(1.0, &[(slope, 2)]);
    let below = pool.add(one, square);
    let inside = pool.product(2.0, &[(below, -1)]);
    match crate::lower::builtins::table_function("sqrt") {
        Some(sqrt) => pool.apply(sqrt, &[inside]),
        None => inside,
    }
}

/// Whether a keyword names a parameter tensor, whose initial values it sets.
pub(in crate::lower) fn initialises(formula: &Formula, keyword: &syn::Ident) -> bool {
    fn within(statements: &[Statement], keyword: &syn::Ident) -> bool {
        statements.iter().any(|statement| match statement {
            Statement::Parameter(stored) | Statement::State(stored) => stored.name == *keyword,
            Statement::If { then, otherwise, .. } => within(then, keyword) || within(otherwise, keyword),
            Statement::Mode { train, infer } => within(train, keyword) || within(infer, keyword),
            _ => false,
        })
    }
    within(&formula.body, keyword)
}
