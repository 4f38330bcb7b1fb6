//! The loss: a sum of terms, each averaged or summed over the samples.

pub(in crate::lower) mod batch_reduction;
pub(in crate::lower) mod divisors;
pub(in crate::lower) mod linear;
pub(in crate::lower) mod numerator;
pub(in crate::lower) mod terms;

use syn::Ident;

use crate::equation::Role;
use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::loss::batch_reduction::RequestedReduction;
use crate::lower::loss::linear::number;
use crate::lower::loss::terms::Weighed;
use crate::lower::lowering::{Instance, Lowering};
use crate::lowered::Port;
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, Loss, Network, Type};

impl<'a> Lowering<'a> {
    /// The tensors that the loss can read: outputs, inputs, and parameters of layers.
    pub(in crate::lower) fn loss_environment(
        &self,
        network: &Network,
        outputs: &[(String, TensorId)],
        sizes: Environment,
    ) -> Environment {
        let mut environment = sizes;
        environment.label = "loss".into();
        for field in &network.layers {
            let is_it = |layer: &Instance<'_>| layer.path.len() == 1 && field.name == layer.path[0];
            if let Some(layer) = self.layers.iter().position(is_it) {
                environment.bind(&field.name.to_string(), Binding::Layer(layer));
            }
        }
        let parameters =
            self.out.parameters.iter().chain(&self.out.frozen).filter(|parameter| parameter.path.is_empty());
        let parameters = parameters.map(|parameter| (&parameter.name, parameter.tensor));
        let inputs = self.out.inputs.iter().map(|port| (&port.name, port.tensor));
        for (name, tensor) in parameters.chain(inputs).chain(outputs.iter().map(|(name, tensor)| (name, *tensor))) {
            environment.bind(name, Binding::Tensor(tensor));
        }
        environment
    }

    /// Adds the loss to the program.
    pub(in crate::lower) fn loss(&mut self, loss: &Loss, outputs: &[(String, TensorId)], mut environment: Environment) {
        let shorthand = match &loss.value.kind {
            ExpressionKind::Name(name) if loss.targets.is_empty() => Some((name.clone(), None)),
            ExpressionKind::Call(name, arguments)
                if loss.targets.is_empty() && !names_tensors(arguments, &environment) =>
            {
                Some((name.clone(), Some(arguments)))
            }
            _ => None,
        };
        self.depth = 1;
        self.in_loss = true;
        let weighed = Weighed { factor: 1.0, requested: self.reduction_of_all(loss) };
        if let Some((name, arguments)) = shorthand {
            let none = Arguments { positional: Vec::new(), keywords: Vec::new(), span: name.span() };
            self.short_loss(&name, arguments.unwrap_or(&none), outputs, weighed.requested, &mut environment);
        } else {
            self.declared_targets(loss, &mut environment);
            self.terms(&loss.value, weighed, &mut environment);
            self.check_term_reductions();
        }
        self.settle_classes();
        self.in_loss = false;
        self.depth = 0;
    }

    /// `loss = cross_entropy;`
    fn short_loss(
        &mut self,
        name: &Ident,
        arguments: &Arguments,
        outputs: &[(String, TensorId)],
        all: RequestedReduction,
        environment: &mut Environment,
    ) {
        let Some(formula) = self.find_loss(name) else { return };
        let [(_, output)] = outputs else {
            let names: Vec<&str> = outputs.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!(
                "this network has several outputs ({}): say what the loss is of each, as in `loss(t: [1]) = {name}({}, t);`",
                names.join(", "),
                names.first().unwrap_or(&"output")
            );
            self.errors.report(Code::LossCall, name.span(), message);
            return;
        };
        // the formula gives the target's shape once it is fitted to the output
        let mut inner = Environment::new(&name.to_string(), name.span(), formula.library);
        let (own, requested) = self.split_reduction(arguments, all);
        if !self.bind_arguments(formula, &own, 0, environment, &mut inner)
            || !self.unify_inputs(formula, &[Some(*output)], &mut inner, name.span())
        {
            return;
        }
        let Some(Type { .. }) = formula.inputs.get(1).and_then(|input| input.shape.as_ref()) else {
            self.errors.report(
                Code::LossCall,
                name.span(),
                format!("the loss `{name}` takes no target: call it, as in `loss() = {name}(…);`"),
            );
            return;
        };
        let mut tensors = vec![Some(*output)];
        let alone = formula.inputs.len() == 2;
        for input in &formula.inputs[1..] {
            let Some(shape) = &input.shape else { continue };
            let name = if alone { "target".to_string() } else { input.name.to_string() };
            let Some(target) = self.target(&name, shape, &inner) else { return };
            tensors.push(Some(target));
        }
        self.loss_term(formula, &tensors, &own, Weighed { factor: 1.0, requested }, environment, name.span());
    }

    fn find_loss(&mut self, name: &Ident) -> Option<&'a Formula> {
        let text = name.to_string();
        if let Some(formula) = self.library.losses(&text).first() {
            return Some(formula);
        }
        let message = format!("there is no loss `{text}`");
        let message = crate::errors::with_suggestion(message, &text, self.library.loss_names());
        self.mistake(Code::UnknownLoss, name.span(), message)
    }

    /// For a network whose outputs are unknown after a mistake: reports a loss of an unknown name.
    pub(in crate::lower) fn loss_exists(&mut self, loss: &Loss) {
        if let ExpressionKind::Name(name) | ExpressionKind::Call(name, _) = &loss.value.kind
            && loss.targets.is_empty()
        {
            self.find_loss(name);
        }
    }

    /// Declares a target.
    fn target(&mut self, name: &str, shape: &Type, environment: &Environment) -> Option<TensorId> {
        let sizes = self.shape_of(shape, environment)?;
        let bound = match &shape.index {
            Some(index) => Some(self.size(index, environment)?),
            None => None,
        };
        let number = self.out.targets.len();
        let tensor = self.given(name, sizes, Role::Target(number), bound, true);
        self.out.targets.push(Port { name: name.into(), tensor });
        Some(tensor)
    }

    fn declared_targets(&mut self, loss: &Loss, environment: &mut Environment) {
        for declared in &loss.targets {
            let name = declared.name.to_string();
            let place = declared.name.span();
            if let Some(ignored) = declared.shape.as_ref().and_then(|shape| shape.ignored.as_ref()) {
                self.errors.report(Code::ShapeSyntax, ignored.span, crate::lower::messages::IGNORED);
            }
            let target = match &declared.shape {
                Some(shape) => self.target(&name, shape, environment),
                None => self.mistake(
                    Code::MissingShape,
                    place,
                    format!("say the target's shape, as in `{name}: [1]` or `{name}: index<10>`"),
                ),
            };
            environment.bind(&name, target.map_or(Binding::Unknown, Binding::Tensor));
        }
    }
}

/// Whether a call names its tensors: `mse(output, x)`, and not `huber(0.5)`.
fn names_tensors(arguments: &Arguments, environment: &Environment) -> bool {
    match arguments.positional.first() {
        Some(Argument::Value(Expression { kind: ExpressionKind::Name(name), .. })) => {
            matches!(environment.names.get(&name.to_string()), Some(Binding::Tensor(_) | Binding::Layer(_)))
        }
        Some(Argument::Value(value)) => {
            number(value).is_none() && !matches!(value.kind, ExpressionKind::Bool(_) | ExpressionKind::Tuple(_))
        }
        _ => false,
    }
}
