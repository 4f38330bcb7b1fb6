//! An operator with its operands, as the rules of the table see it.

use super::value::{Computed, Element, Value, listed, present};
use super::{Reason, Translation};
use crate::constant::{Constant, Kind};
use crate::graph::{Node, axis};
use crate::network::{Expression, Formula, Layer};

/// An operator that is translated.
pub(super) struct Call<'a> {
    pub(super) node: &'a Node,
    pub(super) translation: &'a mut Translation,
}

impl Call<'_> {
    /// An operand, if it is given.
    pub(super) fn optional(&self, at: usize) -> Option<Value> {
        self.node.input(at).and_then(|name| self.translation.values.get(name)).cloned()
    }

    pub(super) fn value(&self, at: usize) -> Result<Value, Reason> {
        self.optional(at).ok_or_else(|| format!("operand {at} is missing").into())
    }

    /// An operand as a value that is computed: a constant becomes a parameter.
    pub(super) fn computed(&mut self, at: usize) -> Result<Computed, Reason> {
        let value = self.value(at)?;
        Ok(self.compute(value))
    }

    pub(super) fn compute(&mut self, value: Value) -> Computed {
        match value {
            Value::Computed(computed) => computed,
            Value::Constant(constant) => self.translation.parameter(&constant),
        }
    }

    /// An operand whose elements have to be known.
    pub(super) fn constant(&self, at: usize, what: &str) -> Result<Constant, Reason> {
        match self.value(at)? {
            Value::Constant(constant) => Ok(constant),
            Value::Computed(_) => Err(format!("its {what} depends on the input").into()),
        }
    }

    /// An operand that may be missing, and whose elements have to be known.
    pub(super) fn optional_constant(&self, at: usize, what: &str) -> Result<Option<Constant>, Reason> {
        if self.optional(at).is_some() { self.constant(at, what).map(Some) } else { Ok(None) }
    }

    /// Whole numbers that are an attribute in old versions and an operand in new ones.
    pub(super) fn wholes(&self, name: &str, at: usize) -> Result<Option<Vec<i64>>, Reason> {
        if let Some(own) = self.node.attributes.wholes(name) {
            return Ok(Some(own.to_vec()));
        }
        Ok(self.optional_constant(at, name)?.map(|constant| constant.whole()))
    }

    /// A number that is an attribute in old versions and an operand in new ones.
    pub(super) fn number(&self, name: &str, at: usize) -> Result<Option<f64>, Reason> {
        if let Some(own) = self.node.attributes.real(name) {
            return Ok(Some(own));
        }
        let Some(constant) = self.optional_constant(at, name)? else { return Ok(None) };
        Ok(Some(constant.number().ok_or_else(|| format!("its {name} is no single number"))?))
    }

    pub(super) fn whole(&self, name: &str, default: i64) -> i64 {
        self.node.attributes.whole(name).unwrap_or(default)
    }

    pub(super) fn real(&self, name: &str, default: f64) -> f64 {
        self.node.attributes.real(name).unwrap_or(default)
    }

    pub(super) fn flag(&self, name: &str, default: bool) -> bool {
        self.whole(name, i64::from(default)) != 0
    }

    /// The attribute `axis`, from the front.
    pub(super) fn axis(&self, default: i64, rank: usize) -> Result<usize, Reason> {
        Ok(axis(self.whole("axis", default), rank)?)
    }

    /// The result as a value of the network.
    pub(super) fn define(&mut self, expression: Expression) -> Expression {
        self.translation.define(expression, 1)
    }

    /// A result whose elements are of a kind.
    pub(super) fn result(
        &mut self,
        shape: Vec<usize>,
        dropped: Vec<bool>,
        kind: Kind,
        expression: Expression,
    ) -> Value {
        let expression = self.define(expression);
        Value::Computed(Computed { shape, dropped, kind: Element::Number(kind), expression })
    }

    /// A value with other axes left out, all of which have the size 1.
    pub(super) fn with_dropped(&mut self, value: &Computed, dropped: &[bool]) -> Result<Expression, Reason> {
        if value.dropped == dropped {
            return Ok(value.expression.clone());
        }
        if matches!(value.kind, Element::Index(_)) && value.present() != present(&value.shape, dropped) {
            return Err("an input of indices is given another shape".into());
        }
        let changed: Vec<usize> = (0..dropped.len()).filter(|axis| dropped[*axis] != value.dropped[*axis]).collect();
        let sizes = present(&value.shape, dropped);
        let own = value.present();
        if own == sizes {
            return Ok(value.expression.clone());
        }
        Ok(match changed[..] {
            [one] if dropped[one] => {
                let at = value.dropped[..one].iter().filter(|dropped| !**dropped).count();
                value.expression.clone().method("squeeze", &at.to_string())
            }
            [one] => {
                let at = dropped[..one].iter().filter(|dropped| !**dropped).count();
                value.expression.clone().method("unsqueeze", &at.to_string())
            }
            _ => value.expression.clone().method("reshape", &listed(&sizes)),
        })
    }

    /// A value with all its axes.
    pub(super) fn with_all(&mut self, value: &Computed) -> Result<Expression, Reason> {
        self.with_dropped(value, &vec![false; value.shape.len()])
    }

    /// A value with these axes present, others as they are.
    pub(super) fn with_axes(&mut self, value: &Computed, axes: &[usize]) -> Result<Computed, Reason> {
        let mut dropped = value.dropped.clone();
        for axis in axes {
            dropped[*axis] = false;
        }
        let expression = self.with_dropped(value, &dropped)?;
        Ok(Computed { dropped, expression, ..value.clone() })
    }

    /// The number of a layer with these tensors: the same one if it is called again.
    pub(super) fn layer(
        &mut self,
        path: &str,
        word: &'static str,
        kind: String,
        tensors: Vec<(&str, Constant)>,
    ) -> usize {
        let tensors = tensors.into_iter().map(|(name, constant)| (name.to_string(), constant)).collect();
        self.translation.layer(Layer { path: path.into(), word, kind, tensors })
    }

    /// The path of the module that an operator comes from: the name of its weight without the last part, or the scope.
    pub(super) fn path(&self, weight: &Constant) -> String {
        let name = weight.name.as_deref().unwrap_or_default();
        let is_noise = name.contains(':') || name.contains('/') || name.starts_with("val_");
        match name.rsplit_once('.') {
            Some((path, _)) if !is_noise => path.into(),
            _ => self.node.scope.clone(),
        }
    }

    /// The name of a formula of the network's own with this text, which begins behind the name.
    pub(super) fn formula(&mut self, word: &str, text: String) -> String {
        let formulas = &mut self.translation.network.formulas;
        if let Some(same) = formulas.iter().find(|formula| formula.text == text) {
            return same.name.clone();
        }
        let count = formulas.iter().filter(|formula| formula.name.trim_end_matches(char::is_numeric) == word).count();
        let name = if count == 0 { word.to_string() } else { format!("{word}{}", count + 1) };
        formulas.push(Formula { name: name.clone(), text });
        name
    }

    /// The same for each of several samples, where the model has a batch of them: an operator that the language has for one.
    pub(super) fn for_each_sample(
        &mut self,
        x: &Computed,
        mut of_one: impl FnMut(&mut Self, Expression) -> Result<Expression, Reason>,
    ) -> Result<(Expression, bool), Reason> {
        let count = *x.shape.first().ok_or("it has no axis of samples")?;
        let mut dropped = vec![false; x.shape.len()];
        if count == 1 {
            dropped[0] = true;
            let one = self.with_dropped(x, &dropped)?;
            return Ok((of_one(self, one)?, true));
        }
        if count > 16 {
            return Err(format!("it has a batch of {count}: export the model with a batch of one").into());
        }
        let whole = self.with_dropped(x, &dropped)?;
        let whole = self.define(whole);
        let mut all = Vec::new();
        for sample in 0..count {
            all.push(of_one(self, whole.clone().method("select", &format!("0, {sample}")))?);
        }
        all.push(Expression::Text("axis = 0".into()));
        Ok((Expression::Function("stack".into(), all), false))
    }
}
