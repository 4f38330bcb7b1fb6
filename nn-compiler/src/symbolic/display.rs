//! Expressions as a person writes them.

use super::node::{Affine, ExpressionId, IndexId, Node, Pool, Position, TensorId};

/// What tensors and indices are called.
pub trait Names {
    /// The name of a tensor.
    fn tensor(&self, tensor: TensorId) -> String;
    /// The name of an index.
    fn index(&self, index: IndexId) -> String;
}

/// How strongly the outermost operator binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Atom,
}

impl Pool {
    /// The expression as text.
    #[must_use]
    pub fn display(&self, id: ExpressionId, names: &dyn Names) -> String {
        self.text(id, names).0
    }

    fn atom(&self, id: ExpressionId, names: &dyn Names, least: Binding) -> String {
        let (text, binding) = self.text(id, names);
        if binding < least { format!("({text})") } else { text }
    }

    fn text(&self, id: ExpressionId, names: &dyn Names) -> (String, Binding) {
        match self.node(id) {
            Node::Constant(bits) => {
                let value = f64::from_bits(*bits);
                (value.to_string(), if value < 0.0 { Binding::Sum } else { Binding::Atom })
            }
            Node::Size(dim) => (dim.to_string(), if dim.literal().is_some() { Binding::Atom } else { Binding::Sum }),
            Node::Index(affine) => (affine.display(names), Binding::Sum),
            Node::Scale(term) => {
                (if *term == 0 { "scale".into() } else { format!("scale{}", term + 1) }, Binding::Atom)
            }
            Node::Read { tensor, at, outside } => {
                (self.read_text(*tensor, at, outside.map(f64::from_bits), names), Binding::Atom)
            }
            Node::Random { layer, element } => (format!("random{layer}[{}]", element.display(names)), Binding::Atom),
            Node::Sum(terms) => (self.sum_text(terms, names), Binding::Sum),
            Node::Product(factors) => (self.product_text(factors, names), Binding::Product),
            Node::Apply(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|id| self.display(*id, names)).collect();
                (format!("{}({})", function.row().name, arguments.join(", ")), Binding::Atom)
            }
            Node::Where { relation, left, right, then, otherwise } => {
                let [left, right, then, otherwise] = [left, right, then, otherwise].map(|id| self.display(*id, names));
                (format!("where({left} {} {right}, {then}, {otherwise})", relation.text()), Binding::Atom)
            }
        }
    }

    fn read_text(&self, tensor: TensorId, at: &[Position], outside: Option<f64>, names: &dyn Names) -> String {
        let at: Vec<String> = at.iter().map(|position| self.position_text(position, names)).collect();
        let name = names.tensor(tensor);
        let read = if at.is_empty() { name } else { format!("{name}[{}]", at.join(", ")) };
        match outside {
            Some(value) => format!("pad({read}, {value})"),
            None => read,
        }
    }

    /// A position as text.
    #[must_use]
    pub fn position_text(&self, position: &Position, names: &dyn Names) -> String {
        match position {
            Position::Affine(affine) => affine.display(names),
            Position::Gather(id) => self.display(*id, names),
            Position::Table(table) => format!("{}[{}]", table.text(), table.at.display(names)),
        }
    }

    fn sum_text(&self, terms: &[(u64, ExpressionId)], names: &dyn Names) -> String {
        // a positive constant reads better in front: `1 - y`
        let mut order: Vec<&(u64, ExpressionId)> = terms.iter().collect();
        if let Some((last, rest)) = terms.split_last()
            && self.as_constant(last.1).is_some()
            && f64::from_bits(last.0) > 0.0
            && rest.iter().any(|(factor, _)| f64::from_bits(*factor) < 0.0)
        {
            order.rotate_right(1);
        }
        let mut text = String::new();
        for (at, (factor, id)) in order.into_iter().enumerate() {
            let factor = f64::from_bits(*factor);
            text.push_str(match (at, factor < 0.0) {
                (0, true) => "-",
                (0, false) => "",
                (_, true) => " - ",
                (_, false) => " + ",
            });
            let size = factor.abs();
            if self.as_constant(*id) == Some(1.0) {
                text.push_str(&size.to_string());
            } else if size == 1.0 {
                text.push_str(&self.atom(*id, names, Binding::Product));
            } else {
                text.push_str(&format!("{size} * {}", self.atom(*id, names, Binding::Product)));
            }
        }
        text
    }

    fn product_text(&self, factors: &[(ExpressionId, i32)], names: &dyn Names) -> String {
        let side = |positive: bool| {
            let mut parts = Vec::new();
            for (id, power) in factors.iter().filter(|(_, power)| (*power > 0) == positive) {
                let base = self.atom(*id, names, Binding::Atom);
                for _ in 0..power.abs().min(3) {
                    parts.push(base.clone());
                    if power.abs() > 3 {
                        parts.pop();
                        parts.push(format!("powf({base}, {})", power.abs()));
                        break;
                    }
                }
            }
            parts
        };
        let (above, below) = (side(true), side(false));
        let above = if above.is_empty() { "1".to_string() } else { above.join(" * ") };
        match below.len() {
            0 => above,
            1 => format!("{above} / {}", below[0]),
            _ => format!("{above} / ({})", below.join(" * ")),
        }
    }
}

impl Affine {
    /// The position as text.
    #[must_use]
    pub fn display(&self, names: &dyn Names) -> String {
        let mut text = String::new();
        for (index, factor) in &self.terms {
            let negative = factor.literal().is_some_and(|f| f < 0);
            text.push_str(match (text.is_empty(), negative) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            });
            let name = names.index(*index);
            match factor.literal().map(i64::unsigned_abs) {
                Some(1) => text.push_str(&name),
                Some(factor) => text.push_str(&format!("{factor}*{name}")),
                None => text.push_str(&format!("({factor})*{name}")),
            }
        }
        match (text.is_empty(), self.constant.literal()) {
            (true, _) => self.constant.to_string(),
            (false, Some(0)) => text,
            (false, Some(constant)) if constant < 0 => format!("{text} - {}", constant.unsigned_abs()),
            (false, _) => format!("{text} + {}", self.constant),
        }
    }
}
