//! The attributes of a node: every one has to be asked for, so that none is overlooked.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Problem;

/// What every node has and what is no attribute of its operation.
const GENERAL: [&str; 9] =
    ["name", "op", "inputs", "params", "buffers", "out_shape", "params_of", "training", "returns"];

/// The attributes of a node or a loss.
pub struct Attributes<'a> {
    op: &'a str,
    all: &'a Map<String, Value>,
    used: RefCell<BTreeSet<&'a str>>,
}

impl<'a> Attributes<'a> {
    pub fn new(op: &'a str, all: &'a Map<String, Value>) -> Self {
        Attributes { op, all, used: RefCell::default() }
    }

    /// An attribute; none if it is absent or null.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        let (name, value) = self.all.get_key_value(name)?;
        self.used.borrow_mut().insert(name);
        Some(value).filter(|value| !value.is_null())
    }

    /// An attribute that has to be there.
    pub fn need(&self, name: &str) -> Result<&'a Value, Problem> {
        self.get(name).ok_or_else(|| format!("op \"{}\" without attribute \"{name}\"", self.op))
    }

    /// An attribute that is a whole number.
    pub fn whole(&self, name: &str) -> Result<i64, Problem> {
        let value = self.need(name)?;
        value.as_i64().ok_or_else(|| format!("attribute \"{name}\" of op \"{}\" is {value}", self.op))
    }

    /// Those that nobody has asked for, in order.
    pub fn rest(&self) -> Vec<(&'a str, &'a Value)> {
        let used = self.used.borrow();
        let is_rest = |name: &str| !used.contains(name) && !GENERAL.contains(&name);
        self.all.iter().map(|(name, value)| (name.as_str(), value)).filter(|(name, _)| is_rest(name)).collect()
    }

    /// Complains about what nobody has asked for.
    pub fn finish(&self) -> Result<(), Problem> {
        match self.rest().first() {
            None => Ok(()),
            Some((name, _)) => Err(format!("unknown attribute \"{name}\" of op \"{}\"", self.op)),
        }
    }
}

/// A value as an argument; several values are a tuple.
pub fn argument_text(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::String(word) if is_name(word) => Ok(word.clone()),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(argument_text).collect::<Result<_, _>>()?;
            match texts.as_slice() {
                [] => Err("an empty list as an argument".into()),
                [one] => Ok(one.clone()),
                _ => Ok(format!("({})", texts.join(", "))),
            }
        }
        _ => Err(format!("the argument {value}")),
    }
}

/// The same for what is said of each axis: one value stands for equal ones.
pub fn axes_text(value: &Value) -> Result<String, Problem> {
    match value.as_array().map(Vec::as_slice) {
        Some([first, rest @ ..]) if rest.iter().all(|value| value == first) => argument_text(first),
        _ => argument_text(value),
    }
}

/// Whether an argument is the default value.
pub fn is_default(text: &str, default: &str) -> bool {
    match (text.parse::<f64>(), default.parse::<f64>()) {
        (Ok(value), Ok(default)) => value == default,
        _ => text == default,
    }
}

/// Whether a word is a name in the language.
pub fn is_name(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}
