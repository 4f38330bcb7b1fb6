//! The text of what an example says.

use std::collections::HashMap;

use nn_compiler::syntax::ast::{
    Argument, Arguments, Example, ExampleInput, Expression, ExpressionKind, Formula, LeftOut, Pattern, SizeItem, Type,
};

use super::Part;

/// The elements on which functions of numbers are tested.
const ELEMENTS: i64 = 4;

/// The arguments of an example, each as text.
pub fn arguments(arguments: &Arguments) -> Vec<String> {
    let positional = arguments.positional.iter().map(argument);
    positional.chain(arguments.keywords.iter().map(|(name, value)| format!("{name} = {}", argument(value)))).collect()
}

fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Value(value) => expression(value),
        Argument::Arrow(from, to) => format!("{} => {}", expression(from), expression(to)),
    }
}

/// An argument or a default.
pub fn expression(value: &Expression) -> String {
    let all = |values: &[Expression]| values.iter().map(expression).collect::<Vec<_>>().join(", ");
    match &value.kind {
        ExpressionKind::Number { whole: Some(whole), .. } => whole.to_string(),
        ExpressionKind::Number { value, .. } => format!("{value:?}"),
        ExpressionKind::Bool(value) => value.to_string(),
        ExpressionKind::Name(name) => name.to_string(),
        ExpressionKind::Negate(inner) => format!("-{}", expression(inner)),
        ExpressionKind::Binary(operator, left, right) => {
            format!("({} {} {})", expression(left), operator.text(), expression(right))
        }
        ExpressionKind::Tuple(values) => format!("({})", all(values)),
        ExpressionKind::Call(name, call) => format!("{name}({})", arguments(call).join(", ")),
        other => panic!("an example with the argument {other:?}"),
    }
}

/// `a: [3], b: index<5>`
pub fn declared(parts: &[Part]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("{}: {}", part.name, part.kind)).collect();
    parts.join(", ")
}

/// How a formula is given its inputs: by position, and by name behind one that is left out.
pub fn given(formula: &Formula, parts: &[Part]) -> Vec<String> {
    let by_position =
        formula.inputs.iter().zip(parts).take_while(|(input, part)| input.name == part.name.as_str()).count();
    let named = |(at, part): (usize, &Part)| match at < by_position {
        true => part.name.clone(),
        false => format!("{0} = {0}", part.name),
    };
    parts.iter().enumerate().map(named).collect()
}

/// The inputs of an example, in the order of the formula; what may be left out need not be there.
pub fn parts(formula: &Formula, example: &Example) -> Vec<Part> {
    let given = |name: &str| example.inputs.iter().find(|input| input.name == name);
    let mut sizes = bound_by_arguments(formula, &example.arguments);
    for input in &formula.inputs {
        if let (Some(shape), Some(given)) = (&input.shape, given(&input.name.to_string())) {
            bind_sizes(shape, &given.sizes, &mut sizes);
        }
    }
    let part = |(at, input): (usize, &nn_compiler::syntax::ast::TypedName)| {
        let name = input.name.to_string();
        let example = given(&name);
        assert!(
            example.is_some() || formula.left_out(at) == Some(LeftOut::Nothing),
            "an example of `{}` without `{name}`",
            formula.name
        );
        // `x` is what `forward` calls its input, `output` what it calls its output
        Some(part(&name, input.shape.as_ref(), example?, &sizes))
    };
    formula.inputs.iter().enumerate().filter_map(part).collect()
}

#[allow(clippy::cast_precision_loss)] // few classes
fn part(name: &str, shape: Option<&Type>, example: &ExampleInput, sizes: &HashMap<String, i64>) -> Part {
    let own = match shape {
        None => vec![ELEMENTS],
        Some(_) => example.sizes.clone(),
    };
    let texts: Vec<String> = own.iter().map(ToString::to_string).collect();
    let list = format!("[{}]", texts.join(", "));
    let len = usize::try_from(own.iter().product::<i64>()).expect("a size is not negative");
    let name = name.to_string();
    match shape.and_then(|shape| shape.index.as_deref()) {
        None => Part { name, kind: list, len, range: (example.low, example.high), is_index: false },
        Some(classes) => {
            #[allow(clippy::cast_possible_truncation)] // few classes
            let written = (example.high > 0.0).then_some(example.high as i64);
            let classes = written.or_else(|| size(classes, sizes));
            let classes = classes.unwrap_or_else(|| panic!("how many classes has `{name}`?"));
            let list = if own.is_empty() { String::new() } else { list };
            let range = (0.0, classes as f64);
            Part { name, kind: format!("index<{classes}>{list}"), len, range, is_index: true }
        }
    }
}

/// The sizes that arguments give to names.
fn bound_by_arguments(formula: &Formula, arguments: &Arguments) -> HashMap<String, i64> {
    let mut values: Vec<(usize, &Expression)> = Vec::new();
    for argument in &arguments.positional {
        let at = values.len();
        match argument {
            Argument::Value(value) => values.push((at, value)),
            Argument::Arrow(from, to) => values.extend([(at, from), (at + 1, to)]),
        }
    }
    for (keyword, argument) in &arguments.keywords {
        let at = formula.parameters.iter().position(|parameter| parameter.keyword.as_ref() == Some(keyword));
        if let (Some(at), Argument::Value(value)) = (at, argument) {
            values.push((at, value));
        }
    }
    let mut sizes = HashMap::new();
    for (at, value) in values {
        let pattern = formula.parameters.get(at).map(|parameter| &parameter.pattern);
        if let (Some(Pattern::Name(name)), Some(value)) = (pattern, size(value, &HashMap::new())) {
            sizes.insert(name.to_string(), value);
        }
    }
    sizes
}

/// The sizes that a shape gives to the names in it; `..` takes what the others leave.
fn bind_sizes(shape: &Type, given: &[i64], sizes: &mut HashMap<String, i64>) {
    let rest = shape.sizes.iter().position(|item| matches!(item, SizeItem::Rest(_)));
    let behind = rest.map_or(0, |rest| shape.sizes.len() - rest - 1);
    for (at, item) in shape.sizes.iter().enumerate() {
        let place = match rest {
            Some(rest) if at > rest => given.len().checked_sub(behind - (at - rest - 1)),
            _ => Some(at),
        };
        if let SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) = item
            && let Some(value) = place.and_then(|place| given.get(place))
        {
            sizes.insert(name.to_string(), *value);
        }
    }
}

fn size(expression: &Expression, sizes: &HashMap<String, i64>) -> Option<i64> {
    match &expression.kind {
        ExpressionKind::Number { whole, .. } => *whole,
        ExpressionKind::Name(name) => sizes.get(&name.to_string()).copied(),
        _ => None,
    }
}
