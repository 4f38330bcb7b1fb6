//! Expressions as text.

use rustc_hash::FxHashMap;

use super::affine::{Affine, Position};
use super::ids::{ExpressionId, IndexId, TensorId};
use super::node::Node;
use super::pool::Pool;

/// The names of tensors and indices.
pub trait Names {
    /// The name of a tensor.
    fn tensor(&self, tensor: TensorId) -> String;
    /// The name of an index.
    fn index(&self, index: IndexId) -> String;
}

/// The precedence of the outermost operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// `+` or `-`, or something looser.
    Sum,
    /// `*` or `/`
    Product,
    /// No operator.
    Atom,
}

/// In expressions with more operations than this, shared ones counted at each use, common subexpressions are shown
/// once.
const LONG: usize = 200;

/// An expression being written.
struct Writer<'a> {
    pool: &'a Pool,
    names: &'a dyn Names,
    /// Common subexpressions and their names.
    common: FxHashMap<ExpressionId, String>,
}

impl Pool {
    /// The expression as text. A long one ends with its common subexpressions, as in `common1 * (1 - common1) with
    /// common1 = tanh(x[i])`.
    #[must_use]
    pub fn display(&self, id: ExpressionId, names: &dyn Names) -> String {
        let mut writer = Writer { pool: self, names, common: FxHashMap::default() };
        let mut parts: Vec<String> = Vec::new();
        for part in self.common_parts(id) {
            let (text, name) = (writer.display(part), format!("common{}", parts.len() + 1));
            parts.push(format!("{name} = {text}"));
            writer.common.insert(part, name);
        }
        let text = writer.display(id);
        if parts.is_empty() { text } else { format!("{text} with {}", parts.join(", ")) }
    }

    /// The common subexpressions of a long expression, from the inside out.
    fn common_parts(&self, id: ExpressionId) -> Vec<ExpressionId> {
        let mut parents: FxHashMap<ExpressionId, usize> = FxHashMap::default();
        let mut lengths: FxHashMap<ExpressionId, usize> = FxHashMap::default();
        let mut order = Vec::new();
        self.visit(id, &mut |id, node| {
            let children = node.children();
            let length = children.iter().fold(1usize, |sum, child| sum.saturating_add(lengths[child]));
            children.into_iter().for_each(|child| *parents.entry(child).or_default() += 1);
            lengths.insert(id, length);
            order.push(id);
        });
        if lengths[&id] <= LONG {
            return Vec::new();
        }
        order.retain(|id| lengths[id] > 1 && parents.get(id).is_some_and(|parents| *parents > 1));
        order
    }

    /// A position as text.
    #[must_use]
    pub fn position_text(&self, position: &Position, names: &dyn Names) -> String {
        Writer { pool: self, names, common: FxHashMap::default() }.position(position)
    }
}

impl Writer<'_> {
    fn display(&self, id: ExpressionId) -> String {
        self.text(id).0
    }

    fn atom(&self, id: ExpressionId, least: Precedence) -> String {
        let (text, binding) = self.text(id);
        if binding < least { format!("({text})") } else { text }
    }

    fn text(&self, id: ExpressionId) -> (String, Precedence) {
        if let Some(name) = self.common.get(&id) {
            return (name.clone(), Precedence::Atom);
        }
        match self.pool.node(id) {
            Node::Constant(bits) => {
                let value = f64::from_bits(*bits);
                (value.to_string(), if value < 0.0 { Precedence::Sum } else { Precedence::Atom })
            }
            Node::Size(dim) => {
                (dim.to_string(), if dim.literal().is_some() { Precedence::Atom } else { Precedence::Sum })
            }
            Node::Index(affine) if affine.terms.is_empty() => (affine.display(self.names), Precedence::Atom),
            Node::Index(affine) => (affine.display(self.names), Precedence::Sum),
            Node::Scale(term) => {
                (if *term == 0 { "scale".into() } else { format!("scale{}", term + 1) }, Precedence::Atom)
            }
            Node::Read { tensor, at, outside } => {
                (self.read_text(*tensor, at, outside.map(f64::from_bits)), Precedence::Atom)
            }
            Node::Random { layer, element } => {
                (format!("random{layer}[{}]", element.display(self.names)), Precedence::Atom)
            }
            Node::Sum(terms) => (self.sum_text(terms), Precedence::Sum),
            Node::Product(factors) => (self.product_text(factors), Precedence::Product),
            Node::Apply(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|id| self.display(*id)).collect();
                (format!("{}({})", function.row().name, arguments.join(", ")), Precedence::Atom)
            }
            Node::Where { relation, left, right, then, otherwise } => {
                let [left, right, then, otherwise] = [left, right, then, otherwise].map(|id| self.display(*id));
                (format!("where({left} {} {right}, {then}, {otherwise})", relation.text()), Precedence::Atom)
            }
        }
    }

    fn read_text(&self, tensor: TensorId, at: &[Position], outside: Option<f64>) -> String {
        let at: Vec<String> = at.iter().map(|position| self.position(position)).collect();
        let name = self.names.tensor(tensor);
        let read = if at.is_empty() { name } else { format!("{name}[{}]", at.join(", ")) };
        match outside {
            Some(value) => format!("pad({read}, {value})"),
            None => read,
        }
    }

    fn position(&self, position: &Position) -> String {
        match position {
            Position::Affine(affine) => affine.display(self.names),
            Position::Gather(id) => self.display(*id),
            Position::Table(table) => format!("{}[{}]", table.text(), table.at.display(self.names)),
        }
    }

    fn sum_text(&self, terms: &[(u64, ExpressionId)]) -> String {
        // a positive constant reads better in front: `1 - y`
        let mut order: Vec<&(u64, ExpressionId)> = terms.iter().collect();
        if let Some((last, rest)) = terms.split_last()
            && self.pool.as_constant(last.1).is_some()
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
            if self.pool.as_constant(*id) == Some(1.0) {
                text.push_str(&size.to_string());
            } else if size == 1.0 {
                text.push_str(&self.atom(*id, Precedence::Product));
            } else {
                text.push_str(&format!("{size} * {}", self.atom(*id, Precedence::Product)));
            }
        }
        text
    }

    fn product_text(&self, factors: &[(ExpressionId, i32)]) -> String {
        let side = |positive: bool| {
            let mut parts = Vec::new();
            for (id, power) in factors.iter().filter(|(_, power)| (*power > 0) == positive) {
                let base = self.atom(*id, Precedence::Atom);
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
