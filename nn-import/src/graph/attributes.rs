//! The attributes of an operator.

use std::collections::BTreeMap;

use crate::constant::Constant;
use crate::read::constant;
use crate::read::messages::{AttributeProto, GraphProto};

/// A value of an attribute.
#[derive(Debug, Clone)]
pub(crate) enum Attribute {
    Real(f64),
    Whole(i64),
    Text(String),
    Tensor(Constant),
    Graph(Box<GraphProto>),
    Reals(Vec<f64>),
    Wholes(Vec<i64>),
    Texts(Vec<String>),
}

/// The attributes by their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes(BTreeMap<String, Attribute>);

impl Attributes {
    /// Reads attributes; the error says which one is wrong.
    pub(crate) fn read(list: &[AttributeProto]) -> Result<Self, String> {
        let one = |attribute: &AttributeProto| {
            let value = value(attribute).map_err(|error| format!("its attribute `{}`: {error}", attribute.name))?;
            Ok((attribute.name.clone(), value))
        };
        Ok(Attributes(list.iter().map(one).collect::<Result<_, String>>()?))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Attribute> {
        self.0.get(name)
    }

    pub(crate) fn insert(&mut self, name: &str, value: Attribute) {
        self.0.insert(name.into(), value);
    }

    /// The same attributes and one more.
    pub(crate) fn with(mut self, name: &str, value: Attribute) -> Self {
        self.insert(name, value);
        self
    }

    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        if let Some(Attribute::Whole(value)) = self.get(name) { Some(*value) } else { None }
    }

    pub(crate) fn real(&self, name: &str) -> Option<f64> {
        if let Some(Attribute::Real(value)) = self.get(name) { Some(*value) } else { None }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        if let Some(Attribute::Text(value)) = self.get(name) { Some(value) } else { None }
    }

    pub(crate) fn wholes(&self, name: &str) -> Option<&[i64]> {
        if let Some(Attribute::Wholes(value)) = self.get(name) { Some(value) } else { None }
    }

    pub(crate) fn texts(&self, name: &str) -> Option<&[String]> {
        if let Some(Attribute::Texts(value)) = self.get(name) { Some(value) } else { None }
    }

    pub(crate) fn graph(&self, name: &str) -> Option<&GraphProto> {
        if let Some(Attribute::Graph(value)) = self.get(name) { Some(value) } else { None }
    }
}

fn value(attribute: &AttributeProto) -> Result<Attribute, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(match attribute.r#type {
        1 if attribute.f.is_nan() => return Err("it is no number".into()),
        1 => Attribute::Real(f64::from(attribute.f)),
        2 => Attribute::Whole(attribute.i),
        3 => Attribute::Text(text(&attribute.s)),
        4 => Attribute::Tensor(constant(attribute.t.as_ref().ok_or("there is no tensor")?)?),
        5 => Attribute::Graph(Box::new(attribute.g.clone().ok_or("there is no graph")?)),
        6 => Attribute::Reals(attribute.floats.iter().map(|number| f64::from(*number)).collect()),
        7 => Attribute::Wholes(attribute.ints.clone()),
        8 => Attribute::Texts(attribute.strings.iter().map(|bytes| text(bytes)).collect()),
        other => return Err(format!("the type {other} is not known")),
    })
}
