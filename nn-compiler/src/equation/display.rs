//! Equations as text.

use std::fmt;

use super::{Equation, Program, Reduce};
use crate::symbolic::{IndexId, Names, TensorId};

impl Names for Program {
    fn tensor(&self, tensor: TensorId) -> String {
        self.at(tensor).name.clone()
    }
    fn index(&self, index: IndexId) -> String {
        self.indices[index.0 as usize].name.clone()
    }
}

impl Program {
    /// One equation as text: `y[n, o] = sum[i](weight[o, i] * x[n, i])`.
    #[must_use]
    pub fn display(&self, equation: &Equation) -> String {
        let write: Vec<String> = equation.write.iter().map(|p| self.pool.position_text(p, self)).collect();
        let name = &self.at(equation.target).name;
        let target = if write.is_empty() { name.clone() } else { format!("{name}[{}]", write.join(", ")) };
        let sign = if equation.accumulate { "+=" } else { "=" };
        let body = self.pool.display(equation.body, self);
        let reduced: Vec<String> = equation.reduced().map(|index| self.index_name(index)).collect();
        if reduced.is_empty() {
            return format!("{target} {sign} {body}");
        }
        let start = equation.start.map(|start| format!("{} + ", self.pool.display(start, self))).unwrap_or_default();
        let reduce = match equation.reduce {
            Reduce::Sum => "sum",
            Reduce::Product => "prod",
            Reduce::Max => "max",
            Reduce::Min => "min",
            Reduce::ArgMax => "argmax",
            Reduce::ArgMin => "argmin",
        };
        let value = format!("{start}{reduce}[{}]({body})", reduced.join(", "));
        format!("{target} {sign} {}", bounded(value, equation.bounds))
    }

    fn index_name(&self, index: IndexId) -> String {
        self.indices[index.0 as usize].name.clone()
    }
}

/// A value within its bounds.
fn bounded(value: String, bounds: Option<[u64; 2]>) -> String {
    let Some([least, greatest]) = bounds.map(|bounds| bounds.map(f64::from_bits)) else { return value };
    let value = if least == f64::NEG_INFINITY { value } else { format!("max({value}, {least})") };
    if greatest == f64::INFINITY { value } else { format!("min({value}, {greatest})") }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for equation in &self.equations {
            writeln!(f, "{}", self.display(equation))?;
        }
        Ok(())
    }
}
