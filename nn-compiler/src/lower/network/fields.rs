//! Parameters of layers as tensors: `enc.weight`, behind the first call of `enc`.

use proc_macro2::Span;
use syn::Ident;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::{Binding, Environment, Value};
use crate::lower::lowering::Lowering;
use crate::lower::messages::expression_text;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Expression, ExpressionKind};

impl Lowering<'_> {
    /// `enc.weight`
    pub(in crate::lower) fn field(&mut self, base: &Expression, name: &Ident, environment: &Environment) -> Value {
        let place = environment.place(name.span());
        let Some(layer) = self.layer_of(base, environment) else { return Value::Unknown };
        self.layers[layer].used = true;
        let Some(formula) = self.layers[layer].formula else { return Value::Unknown };
        let text = name.to_string();
        if let Some(tensor) = self.layers[layer].parameters.get(&text).copied() {
            return self.parameter_here(tensor, base, name, place);
        }
        if let Some(unknown) = self.before_the_call(layer, base, name, place) {
            return unknown;
        }
        let (kind, shown) = (&formula.name, expression_text(base));
        if self.layers[layer].states.contains_key(&text) {
            let message = format!("`{text}` is a state of `{shown}`: only parameters are read from elsewhere");
            return self.unknown(Code::NoParameter, place, message);
        }
        if self.layers[layer].inner.contains_key(&text) {
            let message = format!("`{shown}.{text}` is a layer: its parameters are read as in `{shown}.{text}.weight`");
            return self.unknown(Code::OtherKind, place, message);
        }
        let known: Vec<String> = self.layers[layer].parameters.keys().cloned().collect();
        let message = format!("`{shown}` has no parameter `{text}`: it is a `{kind}`");
        self.unknown(Code::NoParameter, place, with_suggestion(message, &text, known.iter().map(String::as_str)))
    }

    /// The tensor of an expression that is a name or a parameter of a layer, without reporting mistakes.
    pub(in crate::lower) fn tensor_at(&self, base: &Expression, environment: &Environment) -> Option<TensorId> {
        match &base.kind {
            ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
                Some(Binding::Tensor(tensor)) => Some(*tensor),
                _ => None,
            },
            ExpressionKind::Field(base, name) => {
                let layer = self.found_layer(base, environment)?;
                self.layers[layer].parameters.get(&name.to_string()).copied()
            }
            _ => None,
        }
    }

    fn found_layer(&self, base: &Expression, environment: &Environment) -> Option<usize> {
        match &base.kind {
            ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
                Some(Binding::Layer(layer)) => Some(*layer),
                _ => None,
            },
            ExpressionKind::Field(outer, name) => {
                let outer = self.found_layer(outer, environment)?;
                self.layers[outer].inner.get(&name.to_string()).copied()
            }
            _ => None,
        }
    }

    /// The layer in front of `.weight`.
    fn layer_of(&mut self, base: &Expression, environment: &Environment) -> Option<usize> {
        if let Some(layer) = self.found_layer(base, environment) {
            return Some(layer);
        }
        let place = environment.place(base.span);
        match &base.kind {
            ExpressionKind::Name(name) => {
                let text = name.to_string();
                match environment.names.get(&text) {
                    Some(Binding::Unknown) => None,
                    Some(_) => {
                        let message = format!(
                            "`{text}` is no layer: only layers have parameters, as in `fc.weight`\n\nhelp: a function is called with parentheses, as in `{text}.relu()`"
                        );
                        self.mistake(Code::OtherKind, place, message)
                    }
                    None => {
                        let known = environment.names.iter();
                        let known = known.filter(|(_, binding)| matches!(binding, Binding::Layer(_)));
                        let message = format!("there is no layer `{text}` here");
                        self.mistake(
                            Code::UnknownValue,
                            place,
                            with_suggestion(message, &text, known.map(|(name, _)| name.as_str())),
                        )
                    }
                }
            }
            ExpressionKind::Field(outer, name) => {
                let layer = self.layer_of(outer, environment)?;
                self.layers[layer].used = true;
                if self.layers[layer].formula.is_none() || self.before_the_call(layer, outer, name, place).is_some() {
                    return None;
                }
                let shown = expression_text(outer);
                let known: Vec<String> = self.layers[layer].inner.keys().cloned().collect();
                let text = name.to_string();
                let message = format!("there is no layer `{text}` in `{shown}`");
                self.mistake(
                    Code::NoParameter,
                    place,
                    with_suggestion(message, &text, known.iter().map(String::as_str)),
                )
            }
            _ => self.mistake(Code::OtherKind, place, "only layers have parameters, as in `fc.weight`"),
        }
    }

    /// Reports a use of a layer's parameter before its first call, from which the sizes follow.
    fn before_the_call(&mut self, layer: usize, base: &Expression, name: &Ident, place: Span) -> Option<Value> {
        if self.layers[layer].called {
            return None;
        }
        let shown = expression_text(base);
        let message = format!(
            "`{shown}.{name}` is known behind the first call of `{shown}`: sizes follow from what it is given\n\nhelp: call it before, as in `let h = {shown}(x);`"
        );
        Some(self.unknown(Code::NoParameter, place, message))
    }

    /// A parameter, unless each layer of an array has one and the expression is outside of the array.
    fn parameter_here(&mut self, tensor: TensorId, base: &Expression, name: &Ident, place: Span) -> Value {
        let program = &self.out.program;
        if program.axes_among(tensor, &self.iterations).len() == program.at(tensor).sequence_axes {
            return Value::Tensor(tensor);
        }
        let message = format!(
            "each layer of an array has its own `{name}`: `{}.{name}` is read inside of the formula of the layer alone",
            expression_text(base)
        );
        self.unknown(Code::NoParameter, place, message)
    }
}
