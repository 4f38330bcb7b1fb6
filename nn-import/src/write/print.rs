//! Expressions as text.

use crate::network::Expression;
use crate::translate::number;

/// How strongly an expression binds; what stands inside of a stronger one needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Comparison,
    Sum,
    Product,
    Sign,
    Call,
}

/// A text, and how strongly it binds.
#[derive(Debug, Clone)]
pub(crate) struct Printed {
    pub(crate) text: String,
    pub(crate) strength: Strength,
}

impl Printed {
    pub(crate) fn call(text: impl Into<String>) -> Self {
        Printed { text: text.into(), strength: Strength::Call }
    }

    /// The text, in parentheses if it binds less strongly.
    fn at_least(&self, strength: Strength) -> String {
        if self.strength < strength { format!("({})", self.text) } else { self.text.clone() }
    }
}

/// What inputs, values and layers are called.
pub(crate) trait Names {
    fn input(&self, number: usize) -> String;
    fn layer(&self, number: usize) -> String;
    /// A name, or the text of a value that is written where it is used.
    fn value(&self, definition: usize, result: usize) -> Printed;
}

/// An expression as text.
pub(crate) fn print(expression: &Expression, names: &dyn Names) -> Printed {
    let listed = |operands: &[Expression]| {
        operands.iter().map(|operand| print(operand, names).text).collect::<Vec<_>>().join(", ")
    };
    match expression {
        Expression::Input(number) => Printed::call(names.input(*number)),
        Expression::Parameter(layer) => Printed::call(names.layer(*layer)),
        Expression::Value(definition, result) => names.value(*definition, *result),
        Expression::Number(value) => {
            let strength = if *value < 0.0 { Strength::Sign } else { Strength::Call };
            Printed { text: number(*value), strength }
        }
        Expression::Text(text) => Printed::call(text.clone()),
        Expression::Layer(layer, operands) => Printed::call(format!("{}({})", names.layer(*layer), listed(operands))),
        Expression::Function(name, operands) => Printed::call(format!("{name}({})", listed(operands))),
        Expression::Method(name, operands) => method(name, operands, names, &listed),
        Expression::Negative(operand) => {
            let text = format!("-{}", print(operand, names).at_least(Strength::Call));
            Printed { text, strength: Strength::Sign }
        }
        Expression::Binary(operator, a, b) => {
            let (own, right) = match *operator {
                "+" => (Strength::Sum, Strength::Sum),
                "-" => (Strength::Sum, Strength::Product),
                "*" => (Strength::Product, Strength::Product),
                "/" => (Strength::Product, Strength::Sign),
                _ => (Strength::Comparison, Strength::Sum),
            };
            let left = if own == Strength::Comparison { Strength::Sum } else { own };
            // a + (b + c) is added up in another order than a + b + c
            let right = if matches!(**b, Expression::Number(number) if number < 0.0) {
                Strength::Call
            } else {
                right.max(above(own))
            };
            let (a, b) = (print(a, names).at_least(left), print(b, names).at_least(right));
            Printed { text: format!("{a} {operator} {b}"), strength: own }
        }
    }
}

/// The next stronger one.
fn above(strength: Strength) -> Strength {
    match strength {
        Strength::Comparison => Strength::Sum,
        Strength::Sum => Strength::Product,
        Strength::Product => Strength::Sign,
        Strength::Sign | Strength::Call => Strength::Call,
    }
}

/// `x.name(…)`; a number has no methods.
fn method(name: &str, operands: &[Expression], names: &dyn Names, listed: &dyn Fn(&[Expression]) -> String) -> Printed {
    let Some((first, rest)) = operands.split_first() else { return Printed::call(format!("{name}()")) };
    if matches!(first, Expression::Number(_)) {
        return Printed::call(format!("{name}({})", listed(operands)));
    }
    let receiver = print(first, names).at_least(Strength::Call);
    Printed::call(format!("{receiver}.{name}({})", listed(rest)))
}

/// The longest line.
pub(crate) const WIDTH: usize = 110;

/// A long expression in several lines: the terms of a sum, else the factors of a product, else a chain of calls, else the
/// operands of a call.
pub(crate) fn wrapped(text: &str) -> String {
    if text.len() + 16 <= WIDTH {
        return text.into();
    }
    let (mut depth, mut sums, mut products, mut calls) = (0i32, Vec::new(), Vec::new(), Vec::new());
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'.' if depth == 0 && at > 0 && bytes[at - 1] == b')' => calls.push(at),
            b' ' if depth == 0 && bytes.get(at + 2) == Some(&b' ') => match bytes.get(at + 1) {
                Some(b'+' | b'-') => sums.push(at + 1),
                Some(b'*' | b'/') => products.push(at + 1),
                _ => {}
            },
            _ => {}
        }
    }
    let Some(breaks) = [sums, products, calls].into_iter().find(|breaks| !breaks.is_empty()) else {
        return operands_in_lines(text).unwrap_or_else(|| text.into());
    };
    let mut lines = Vec::new();
    let mut start = 0;
    for at in breaks {
        lines.push(text[start..at].trim_end());
        start = at;
    }
    lines.push(&text[start..]);
    lines.join("\n            ")
}

/// The operands of a call, a line for each; `None` if the text is no call of several.
fn operands_in_lines(text: &str) -> Option<String> {
    let open = text.find('(')?;
    let inside = text[open + 1..].strip_suffix(')')?;
    let (mut depth, mut start, mut operands) = (0i32, 0, Vec::new());
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' if depth == 0 => {
                operands.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    operands.push(inside[start..].trim());
    let lines = operands.join(",\n            ");
    (operands.len() > 1).then(|| format!("{}(\n            {lines},\n        )", &text[..open]))
}
