//! The inputs that a formula is called with: by position or by name, or left out.

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment, Value};
use crate::lower::lowering::Lowering;
use crate::lower::messages::{count_of, signature};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, FormulaKind, LeftOut, TypedName};

impl Lowering<'_> {
    /// The tensor of each input of a formula; `None` for one that is left out.
    pub(in crate::lower) fn tensor_arguments(
        &mut self,
        formula: &Formula,
        arguments: &Arguments,
        environment: &mut Environment,
    ) -> Option<Vec<Option<TensorId>>> {
        let given = self.pair_inputs(formula, arguments, environment)?;
        let (mut tensors, mut good) = (Vec::new(), true);
        for (at, argument) in given.iter().enumerate() {
            let tensor = match argument {
                Some(argument) => self.tensor_argument(formula, at, argument, environment),
                None => Some(None),
            };
            good &= tensor.is_some();
            tensors.push(tensor.flatten());
        }
        let needed = formula.inputs.len() - formula.optional.len();
        if good && given[..needed].iter().any(Option::is_none) {
            return self.missing_input(formula, &given, arguments, environment);
        }
        good.then_some(tensors)
    }

    /// The argument of each input.
    fn pair_inputs<'e>(
        &mut self,
        formula: &Formula,
        arguments: &'e Arguments,
        environment: &Environment,
    ) -> Option<Vec<Option<&'e Argument>>> {
        let mut given: Vec<Option<&Argument>> =
            arguments.positional.iter().take(formula.inputs.len()).map(Some).collect();
        given.resize(formula.inputs.len(), None);
        for (keyword, argument) in &arguments.keywords {
            let Some(at) = input_of(formula, keyword) else { continue };
            if given[at].replace(argument).is_some() {
                let message = format!("the argument `{keyword}` is given twice");
                return self.mistake(Code::ArgumentTwice, environment.place(keyword.span()), message);
            }
        }
        Some(given)
    }

    /// The tensor of an argument; `Some(None)` for one that hands on what was left out itself.
    fn tensor_argument(
        &mut self,
        formula: &Formula,
        input: usize,
        argument: &Argument,
        environment: &mut Environment,
    ) -> Option<Option<TensorId>> {
        let Argument::Value(expression) = argument else {
            return self.mistake(Code::ArgumentForm, environment.place(argument.span()), "expected a tensor");
        };
        if formula.left_out(input) == Some(LeftOut::Nothing) && is_absent(expression, environment) {
            return Some(None);
        }
        match self.value(expression, environment) {
            Value::Tensor(tensor) => Some(Some(tensor)),
            Value::Unknown => None,
            Value::Real(_) => {
                let message = format!("`{}` takes a tensor here, not a number", formula.name);
                self.mistake(Code::ValueKind, environment.place(expression.span), message)
            }
        }
    }

    fn missing_input<T>(
        &mut self,
        formula: &Formula,
        given: &[Option<&Argument>],
        arguments: &Arguments,
        environment: &Environment,
    ) -> Option<T> {
        let needed = formula.inputs.iter().zip(given).take(formula.inputs.len() - formula.optional.len());
        if let Some((missing, _)) = needed.clone().find(|(_, given)| given.is_none())
            && !arguments.keywords.is_empty()
        {
            let message = format!("`{}` needs the input `{}`", formula.name, missing.name);
            return self.mistake(Code::MissingArgument, environment.place(arguments.span), message);
        }
        let needed: Vec<String> = needed.map(|(input, _)| format!("`{}`", input.name)).collect();
        let needed = match needed.as_slice() {
            [_] => count_of(1, "input"),
            several => format!("{} ({})", count_of(several.len(), "input"), several.join(", ")),
        };
        let given = given.iter().flatten().count();
        let how =
            if formula.kind == FormulaKind::Layer { String::new() } else { format!(": `{}`", signature(formula)) };
        let message = format!(
            "`{}` takes {needed}, but {given} {} given{how}",
            formula.name,
            if given == 1 { "is" } else { "are" }
        );
        self.mistake(Code::MissingArgument, environment.place(arguments.span), message)
    }

    /// Binds an input that is left out. Returns its tensor, if it has one.
    pub(super) fn leave_out(
        &mut self,
        declared: &TypedName,
        left_out: LeftOut,
        environment: &mut Environment,
    ) -> Option<Option<TensorId>> {
        let name = declared.name.to_string();
        if left_out == LeftOut::Nothing {
            environment.bind(&name, Binding::Nothing);
            return Some(None);
        }
        let shape = self.shape_of(declared.shape.as_ref()?, environment)?;
        let zero = self.out.program.pool.constant(0.0);
        let zeros = self.full(zero, &format!("{}_{name}", environment.label), shape, false);
        environment.bind(&name, Binding::Tensor(zeros));
        Some(Some(zeros))
    }
}

/// The number of the input that a keyword names.
pub(in crate::lower) fn input_of(formula: &Formula, keyword: &syn::Ident) -> Option<usize> {
    formula.inputs.iter().position(|input| input.shape.is_some() && input.name == *keyword)
}

/// Whether an argument is `none`, or an input that was left out.
fn is_absent(expression: &Expression, environment: &Environment) -> bool {
    let ExpressionKind::Name(name) = &expression.kind else { return false };
    match environment.names.get(&name.to_string()) {
        Some(binding) => matches!(binding, Binding::Nothing),
        None => name == "none",
    }
}
