//! Which argument in parentheses belongs to which parameter in `<…>`.

use crate::errors::{Code, with_suggestion};
use crate::lower::builtins::argument_elsewhere;
use crate::lower::call::inputs::input_of;
use crate::lower::environment::Environment;
use crate::lower::lowering::Lowering;
use crate::lower::messages::signature;
use crate::lower::stored::initial::initialises;
use crate::syntax::ast::{Argument, Arguments, Expression, Formula, FormulaKind, Pattern};

impl Lowering<'_> {
    /// The argument of each parameter.
    pub(super) fn pair_arguments(
        &mut self,
        formula: &Formula,
        arguments: &Arguments,
        skip: usize,
        outer: &Environment,
    ) -> Option<Vec<Option<Expression>>> {
        let mut given: Vec<Option<Expression>> = vec![None; formula.parameters.len()];
        let mut flat: Vec<(Expression, bool)> = Vec::new();
        for argument in arguments.positional.iter().skip(skip) {
            match argument {
                Argument::Value(value) => flat.push((value.clone(), false)),
                Argument::Arrow(a, b) => flat.extend([(a.clone(), true), (b.clone(), false)]),
            }
        }
        for (at, (value, arrow)) in flat.into_iter().enumerate() {
            let place = outer.place(value.span);
            if formula.parameters.iter().take(at).any(|before| matches!(before.pattern, Pattern::Rest(_))) {
                let message = format!(
                    "several sizes stand in parentheses of their own, as in `{}((8, 8))`; other arguments have names: `{}`",
                    formula.name,
                    signature(formula)
                );
                return self.mistake(Code::ArgumentForm, place, message);
            }
            let Some(parameter) = formula.parameters.get(at) else {
                let help = if self.in_loss && outer.layer.is_none() {
                    "\n\nhelp: the output and the target need no names, `loss = mse;`; with names it is `loss(t: [2]) = mse(output, t);`"
                } else {
                    ""
                };
                let message = format!("too many arguments: `{}` is how it is called{help}", signature(formula));
                return self.mistake(Code::TooManyArguments, place, message);
            };
            if parameter.arrow != arrow {
                let arrow = if parameter.arrow { "with" } else { "without" };
                return self.mistake(
                    Code::ArgumentForm,
                    place,
                    format!("this is written {arrow} `=>`: `{}` is how it is called", signature(formula)),
                );
            }
            given[at] = Some(value);
        }
        let mut good = true;
        // a function's inputs may be given by their names too, as its parameters are
        let is_input = |keyword: &syn::Ident| skip > 0 && input_of(formula, keyword).is_some();
        for (keyword, argument) in arguments.keywords.iter().filter(|(keyword, _)| !is_input(keyword)) {
            good &= self.pair_keyword(formula, keyword, argument, &mut given, outer);
        }
        good.then_some(given)
    }

    fn pair_keyword(
        &mut self,
        formula: &Formula,
        keyword: &syn::Ident,
        argument: &Argument,
        given: &mut [Option<Expression>],
        outer: &Environment,
    ) -> bool {
        let place = outer.place(keyword.span());
        let known = || formula.parameters.iter().filter_map(|p| p.keyword.as_ref()).map(ToString::to_string);
        let at = formula.parameters.iter().position(|p| p.keyword.as_ref() == Some(keyword));
        let (Some(at), Argument::Value(value)) = (at, argument) else {
            if initialises(formula, keyword) {
                return true;
            }
            if formula.kind == FormulaKind::Loss && keyword == "reduction" {
                let message = format!(
                    "`{0}` is a number for each sample here, and has no `reduction`\n\nhelp: in the network's loss `sum_over_batch(…)` adds such numbers up over the samples",
                    formula.name
                );
                self.errors.report(Code::Reduction, place, message);
                return false;
            }
            let names: Vec<String> = known().collect();
            let message =
                format!("`{}` has no argument `{keyword}`: `{}` is how it is called", formula.name, signature(formula));
            let keyword = keyword.to_string();
            let message = match argument_elsewhere(&keyword) {
                Some(help) => format!("`{}` has no argument `{keyword}`\n\nhelp: {help}", formula.name),
                None => with_suggestion(message, &keyword, names.iter().map(String::as_str)),
            };
            self.errors.report(Code::UnknownArgument, place, message);
            return false;
        };
        if given[at].is_some() {
            self.errors.report(Code::ArgumentTwice, place, format!("the argument `{keyword}` is given twice"));
            return false;
        }
        given[at] = Some(value.clone());
        true
    }
}
