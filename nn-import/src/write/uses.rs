//! What is read from the outputs on.

use std::collections::{HashMap, HashSet};

use crate::network::{Expression, Network};

/// How often each result of each definition is used, from the outputs on; and which inputs and layers are.
pub(crate) struct Uses {
    values: HashMap<(usize, usize), usize>,
    pub(crate) inputs: HashSet<usize>,
    pub(crate) layers: HashSet<usize>,
    pub(crate) called: HashSet<String>,
}

impl Uses {
    pub(crate) fn new(network: &Network) -> Self {
        let (values, inputs, layers) = (HashMap::new(), HashSet::new(), HashSet::new());
        let mut uses = Uses { values, inputs, layers, called: HashSet::new() };
        for output in &network.outputs {
            uses.add(&output.value);
        }
        for (at, definition) in network.definitions.iter().enumerate().rev() {
            if (0..definition.results).any(|result| uses.values.contains_key(&(at, result))) {
                uses.add(&definition.expression);
            }
        }
        uses
    }

    fn add(&mut self, expression: &Expression) {
        expression.visit(&mut |part| match part {
            Expression::Value(at, result) => *self.values.entry((*at, *result)).or_default() += 1,
            Expression::Input(number) => {
                self.inputs.insert(*number);
            }
            Expression::Layer(number, _) | Expression::Parameter(number) => {
                self.layers.insert(*number);
            }
            Expression::Function(name, _) | Expression::Method(name, _) => {
                self.called.insert(name.clone());
            }
            _ => {}
        });
    }

    pub(crate) fn of(&self, at: usize, result: usize) -> usize {
        self.values.get(&(at, result)).copied().unwrap_or(0)
    }
}
