//! How an item is called, and what its arguments are.

use nn_compiler::syntax::ast::{
    Expression, ExpressionKind, Formula, FormulaKind, Parameter, ParameterKind, Pattern, Rest, SizeItem, Type,
};

use crate::library::text::expression;

/// `Linear(In => Out, bias = true)`, `x.max_pool2d(kernel, stride = kernel)` or `mse(y, t)`.
pub(super) fn call(formula: &Formula) -> String {
    let inputs = formula.inputs.iter().map(|input| input.name.to_string());
    let arguments = arguments(formula).into_iter().map(|[name, _, default]| match default.as_str() {
        "" => name,
        default => format!("{name} = {default}"),
    });
    let name = &formula.name;
    match formula.kind {
        FormulaKind::Layer => format!("{name}({})", arguments.collect::<Vec<_>>().join(", ")),
        FormulaKind::Function => {
            let (mut inputs, arguments) = (inputs, arguments);
            let first = inputs.next().unwrap_or_default();
            format!("{first}.{name}({})", inputs.chain(arguments).collect::<Vec<_>>().join(", "))
        }
        FormulaKind::Loss | FormulaKind::Size => {
            format!("{name}({})", inputs.chain(arguments).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Name, what is given, and default of each argument; the last is empty where there is none.
pub(super) fn arguments(formula: &Formula) -> Vec<[String; 3]> {
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut before: Option<&Parameter> = None;
    for parameter in &formula.parameters {
        let pattern = pattern(&parameter.pattern);
        let name = parameter.keyword.as_ref().map_or(pattern, ToString::to_string);
        if let (Some(Parameter { arrow: true, .. }), Some(row)) = (before, rows.last_mut()) {
            row[0] = format!("{} => {name}", row[0]);
            row[1] = "two sizes".into();
        } else {
            let default = parameter.default.as_ref().map(|default| default_of(default, &formula.parameters));
            rows.push([name, given(parameter), default.unwrap_or_default()]);
        }
        before = Some(parameter);
    }
    rows
}

/// A default. What names the sizes of another argument is that argument.
fn default_of(default: &Expression, parameters: &[Parameter]) -> String {
    let text = expression(default);
    let same = parameters.iter().find(|parameter| pattern(&parameter.pattern) == text);
    same.and_then(|parameter| parameter.keyword.as_ref()).map_or(text, ToString::to_string)
}

fn given(parameter: &Parameter) -> String {
    let own = match &parameter.kind {
        ParameterKind::Size => match &parameter.pattern {
            Pattern::Name(_) => "a size".into(),
            Pattern::Rest(_) => "a size, or several in parentheses".into(),
            Pattern::Tuple(parts) if parts.iter().any(|part| matches!(part, Pattern::Tuple(_))) => {
                format!("a size, one for each axis, or `{}`", pattern(&parameter.pattern))
            }
            Pattern::Tuple(_) => format!("a size, or `{}`", pattern(&parameter.pattern)),
        },
        ParameterKind::Real => "a number".into(),
        ParameterKind::Bool => "`true` or `false`".into(),
        ParameterKind::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        ParameterKind::Axis => format!("an axis, whose size is `{}`", pattern(&parameter.pattern)),
        ParameterKind::Axes => "an axis, several in parentheses, or `none` for all".into(),
        ParameterKind::Numbers(shape) => format!("a number, or numbers of the shape `{}`", shape_text(shape)),
    };
    let words = parameter.words.iter().map(|(word, _)| format!(", or `{word}`"));
    std::iter::once(own).chain(words).collect()
}

fn pattern(of: &Pattern) -> String {
    match of {
        Pattern::Name(name) => name.to_string(),
        Pattern::Tuple(parts) => format!("({})", parts.iter().map(pattern).collect::<Vec<_>>().join(", ")),
        Pattern::Rest(rest) => rest_text(rest),
    }
}

fn rest_text(rest: &Rest) -> String {
    rest.name.as_ref().map_or_else(|| "..".into(), |name| format!("{name}.."))
}

fn shape_text(shape: &Type) -> String {
    let size = |item: &SizeItem| match item {
        SizeItem::Rest(rest) => rest_text(rest),
        SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) => name.to_string(),
        SizeItem::Size(size) => expression(size),
    };
    format!("[{}]", shape.sizes.iter().map(size).collect::<Vec<_>>().join(", "))
}

/// `x: [C, H, W] -> y: [C]`, as the text of a formula declares it; `None` where it takes numbers.
pub(super) fn types(definition: &str) -> Option<String> {
    let inputs_begin = definition.find(['<', '(']).filter(|at| definition[*at..].starts_with('(')).or_else(|| {
        let parameters = definition.find('<')?;
        Some(parameters + closed(&definition[parameters..])?)
    })?;
    let inputs = &definition[inputs_begin..];
    let end = closed(inputs)?;
    let (inputs, rest) = inputs.split_at(end);
    if !inputs.contains(':') {
        return None;
    }
    let result = rest.trim_start().strip_prefix("->").and_then(|result| result.split('{').next());
    let result = result.map(|result| format!(" -> {}", result.trim())).unwrap_or_default();
    let inside = inputs.trim_start_matches('(').trim_end_matches(')').trim();
    let line = format!("{}{result}", inside.trim_end_matches(',')).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line.replace("[ ", "[").replace(", ]", "]"))
}

/// The length of what the first bracket of a text encloses, with both brackets.
fn closed(text: &str) -> Option<usize> {
    let (mut depth, mut before) = (0, ' ');
    for (at, sign) in text.char_indices() {
        match sign {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if !matches!(before, '=' | '-') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + sign.len_utf8());
        }
        before = sign;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::types;

    #[test]
    fn types_are_found_behind_the_parameters() {
        let of = |text| types(text).unwrap();
        assert_eq!(of("fn f(x: [C, L]) -> y: [C] {\n y[c] = 1;\n}"), "x: [C, L] -> y: [C]");
        assert_eq!(
            of("layer A<N => M, k: (A, B) = (1, 2)>(\n    x: [N],\n) -> y: [\n    M,\n] {}"),
            "x: [N] -> y: [M]"
        );
        assert_eq!(of("loss l(y: [..], t: [..]) = mean[..](y[..]);"), "y: [..], t: [..]");
        assert_eq!(types("fn relu<a: A: real = 0.1>(x) = max(x, 0);"), None);
    }
}
