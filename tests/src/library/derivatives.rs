//! The functions of `#[derivatives(…)]` as they are scheduled: each against finite differences, and against each other.

use nn_compiler::differentiate::{Seed, differentiate};
use nn_compiler::equation::{Program, Role, Tensor, Values};
use nn_compiler::errors::Errors;
use nn_compiler::layout::lay_out;
use nn_compiler::lower::Mode;
use nn_compiler::lowered::Lowered;
use nn_compiler::pipeline::{self, Compiled, Derivative};
use nn_compiler::schedule::{Schedule, evaluate, schedule};
use nn_compiler::simplify::simplify;
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::ast::DerivativeKind;

use super::data::{Data, stored_len};
use super::evaluator::{Given, tensor_of, without_mistakes};
use super::{Item, parse};
use crate::differences;
use crate::numbers::Random;

const SAMPLES: usize = 3;

/// How far the derivatives of an item are off.
#[derive(Debug, Clone, Copy, Default)]
pub struct Derivatives {
    /// From finite differences.
    pub finite_differences: f64,
    /// The size of a product with the Hessian.
    pub curvature: f64,
    /// From each other: `<w, J dx>` and `<Jᵀ w, dx>`, `<u, H v>` and `<v, H u>`.
    pub identities: f64,
}

/// Computes all derivatives of an item, with a workspace for all samples and for two of them.
///
/// # Errors
/// If the network does not compile, or an access of a schedule is wrong.
pub fn check_derivatives(item: &Item, seed: u64) -> Result<Derivatives, String> {
    let mut found = Derivatives::default();
    for capacity in [5, 2] {
        let subject = Subject::new(item, seed, capacity)?;
        if capacity < 3 && subject.compiled.train.names_batch {
            continue;
        }
        subject.outputs(DerivativeKind::Vjp, &mut found)?;
        subject.outputs(DerivativeKind::Pullback, &mut found)?;
        subject.along(&mut found)?;
        subject.hessian(&mut found)?;
        subject.hessian_by_inputs(&mut found)?;
    }
    Ok(found)
}

/// An item with what it is given.
struct Subject<'a> {
    item: &'a Item,
    compiled: Compiled,
    data: Data,
    /// A direction of each input, zeros for classes.
    by_inputs: Vec<Vec<f64>>,
    /// Two directions of each parameter.
    by_parameters: [Vec<Vec<f64>>; 2],
    /// A weight for each output.
    weights: Vec<Vec<f64>>,
    capacity: i64,
}

impl<'a> Subject<'a> {
    fn new(item: &'a Item, seed: u64, capacity: i64) -> Result<Self, String> {
        let numbers = item.inputs.iter().any(|input| !input.is_index);
        let attribute = if numbers { "jvp, vjp, hvp, pullback" } else { "vjp, hvp, pullback" };
        let text = item.text.replacen("pub struct Net", &format!("#[derivatives({attribute})] pub struct Net"), 1);
        let mut errors = Errors::default();
        let compiled = pipeline::compile(&parse(&text), &mut errors);
        let compiled = compiled.ok_or_else(|| errors.messages().first().cloned().unwrap_or_default())?;
        let mut random = Random::new(seed);
        let data = Data::new(&compiled.train, item, SAMPLES, &mut random);
        let direction = |values: &Vec<f64>, random: &mut Random| random.many(values.len(), -1.0, 1.0);
        let by_inputs =
            data.inputs.iter().zip(&item.inputs).map(|(values, part)| {
                if part.is_index { vec![0.0; values.len()] } else { direction(values, &mut random) }
            });
        let by_inputs = by_inputs.collect();
        let lens: Vec<usize> = compiled.train.parameters.iter().map(stored_len).collect();
        let by_parameters = [(); 2].map(|()| lens.iter().map(|len| random.many(*len, -1.0, 1.0)).collect());
        let sizes = |tensor: TensorId| compiled.infer.program.at(tensor).sample_shape().iter();
        let len = |tensor: TensorId| sizes(tensor).map(|size| size.literal().unwrap_or_default()).product::<i64>();
        let lens = compiled.infer.outputs.iter().map(|port| SAMPLES * usize::try_from(len(port.tensor)).unwrap_or(0));
        let lens: Vec<usize> = lens.collect();
        let weights = lens.into_iter().map(|len| random.many(len, -1.0, 1.0)).collect();
        Ok(Subject { item, compiled, data, by_inputs, by_parameters, weights, capacity })
    }

    fn derivative(&self, kind: DerivativeKind) -> Option<&Derivative> {
        self.compiled.derivatives.iter().find(|derivative| derivative.kind == kind)
    }

    /// What a network is given, without targets.
    fn given(&self, lowered: &Lowered, data: &Data, scales: &[f64]) -> Values {
        let without = Lowered { targets: Vec::new(), terms: Vec::new(), ..lowered.clone() };
        let mut given = Given::new(&without, self.item, data);
        given.scales = scales.to_vec();
        given.unchanged()
    }

    /// The schedule of a derivative, evaluated; `set` gives it what it is derived along.
    fn run(&self, derivative: &Derivative, scales: &[f64], along: &[(Role, &Vec<f64>)]) -> Result<Values, String> {
        let mut values = self.given(&derivative.network, &self.data, scales);
        for (role, elements) in along {
            if let Some(tensor) = last_of(&derivative.network.program, *role) {
                values.set(tensor, (*elements).clone());
            }
        }
        evaluate(&derivative.schedule, &mut values, self.capacity)
            .map_err(|error| format!("{:?}: {error}", derivative.kind))?;
        Ok(values)
    }

    /// The gradient of weighted outputs along the directions, and the same by finite differences.
    fn outputs(&self, kind: DerivativeKind, found: &mut Derivatives) -> Result<(), String> {
        let Some(derivative) = self.derivative(kind) else { return Err(format!("{kind:?} is missing")) };
        let values = self.run(derivative, &[], &numbered(Role::Target, &self.weights))?;
        let program = &derivative.schedule.program;
        let by_inputs = products(program, &values, Role::InputGradient, &self.by_inputs);
        let by_parameters = products(program, &values, Role::Gradient, &self.by_parameters[0]);
        let mode = if kind == DerivativeKind::Vjp { Mode::Infer } else { Mode::Train };
        let lowered = without_mistakes(self.item, mode)?;
        let weighted = |data: &Data| {
            let mut values = self.given(&lowered, data, &vec![0.0; lowered.terms.len()]);
            let targets = lowered.targets.iter().zip(&data.targets);
            targets.for_each(|(port, target)| values.set(port.tensor, target.clone()));
            lowered.program.evaluate(&mut values);
            let of = |(port, weights): (&nn_compiler::lowered::Port, &Vec<f64>)| {
                dot(values.get(&lowered.program, port.tensor), weights).0
            };
            lowered.outputs.iter().zip(&self.weights).map(of).sum::<f64>()
        };
        found.differs(sum([by_inputs, by_parameters]), |step| weighted(&self.moved(step)));
        Ok(())
    }

    /// `<w, J dx>` and `<Jᵀ w, dx>`
    fn along(&self, found: &mut Derivatives) -> Result<(), String> {
        let (Some(forward), Some(reverse)) =
            (self.derivative(DerivativeKind::Jvp), self.derivative(DerivativeKind::Vjp))
        else {
            return Ok(());
        };
        let values = self.run(forward, &[], &numbered(Role::Target, &self.by_inputs))?;
        let left = products(&forward.schedule.program, &values, Role::Tangent, &self.weights);
        let values = self.run(reverse, &[], &numbered(Role::Target, &self.weights))?;
        let right = products(&reverse.schedule.program, &values, Role::InputGradient, &self.by_inputs);
        found.same(left, right);
        Ok(())
    }

    /// `<u, H v>`, `<v, H u>`, and the difference of the gradient.
    fn hessian(&self, found: &mut Derivatives) -> Result<(), String> {
        let Some(derivative) = self.derivative(DerivativeKind::Hvp) else { return Err("Hvp is missing".into()) };
        let train = &self.compiled.train;
        let scales = Given::new(train, self.item, &self.data).scales;
        let targets = numbered(Role::Target, &self.data.targets);
        let along = |direction: &Vec<Vec<f64>>, other: &Vec<Vec<f64>>| -> Result<Sum, String> {
            let given = [targets.clone(), numbered(Role::Direction, direction)].concat();
            let values = self.run(derivative, &scales, &given)?;
            Ok(products(&derivative.schedule.program, &values, Role::Gradient, other))
        };
        let [u, v] = &self.by_parameters;
        let [left, right] = [along(v, u)?, along(u, v)?];
        found.same(left, right);
        found.curvature = found.curvature.max(left.1);
        let gradient = nn_compiler::gradient::gradient(train);
        let slope = |step: f64| {
            let mut data = self.data.clone();
            data.parameters = moved(&data.parameters, v, step);
            let mut values = self.given(train, &data, &scales);
            let ports = train.targets.iter().zip(&data.targets);
            ports.for_each(|(port, target)| values.set(port.tensor, target.clone()));
            gradient.evaluate(&mut values);
            products(&gradient, &values, Role::Gradient, u).0
        };
        found.differs(left, slope);
        Ok(())
    }

    /// The same by the inputs, which all functions have.
    fn hessian_by_inputs(&self, found: &mut Derivatives) -> Result<(), String> {
        let train = &self.compiled.train;
        let scales = Given::new(train, self.item, &self.data).scales;
        let (program, by, [gradients, directions, products]) = self.twice(train);
        let schedule = self.scheduled(&program);
        let run = |data: &Data, along: &[Vec<f64>], whole: bool| -> Result<Values, String> {
            let mut values = self.given(train, data, &scales);
            let ports = train.targets.iter().zip(&data.targets);
            ports.for_each(|(port, target)| values.set(port.tensor, target.clone()));
            directions.iter().zip(along).for_each(|(tensor, along)| values.set(*tensor, along.clone()));
            if whole {
                program.evaluate(&mut values);
            } else {
                evaluate(&schedule, &mut values, self.capacity).map_err(|error| format!("by inputs: {error}"))?;
            }
            Ok(values)
        };
        let of_inputs = |all: &[Vec<f64>]| -> Vec<Vec<f64>> { by.iter().map(|at| all[*at].clone()).collect() };
        let v = of_inputs(&self.by_inputs);
        // another direction: the same numbers from the other end
        let u: Vec<Vec<f64>> = v.iter().map(|v| v.iter().rev().map(|number| number * number - 0.3).collect()).collect();
        let along = |values: &Values, of: &[TensorId], along: &[Vec<f64>]| {
            let dots = of.iter().zip(along).map(|(tensor, along)| dot(values.get(&program, *tensor), along));
            dots.fold((0.0, 0.0), |all, one| sum([all, one]))
        };
        let left = along(&run(&self.data, &v, false)?, &products, &u);
        found.same(left, along(&run(&self.data, &u, false)?, &products, &v));
        found.curvature = found.curvature.max(left.1);
        let slope = |step: f64| {
            let inputs = moved(&self.data.inputs, &self.by_inputs, step);
            let moved = Data { inputs, ..self.data.clone() };
            run(&moved, &v, true).map_or(f64::NAN, |values| along(&values, &gradients, &u).0)
        };
        found.differs(left, slope);
        Ok(())
    }

    /// The loss differentiated by the inputs that are numbers, and along a direction of these again: the program, the
    /// numbers of these inputs, and the tensors of the gradient, the direction and the product.
    fn twice(&self, train: &Lowered) -> (Program, Vec<usize>, [Vec<TensorId>; 3]) {
        let mut program = train.program.clone();
        for tensor in program.tensors.iter_mut().filter(|tensor| matches!(tensor.role, Role::Output(_))) {
            tensor.role = Role::Value;
        }
        let by = (0..train.inputs.len()).filter(|at| !self.item.inputs[*at].is_index).collect::<Vec<_>>();
        let inputs: Vec<TensorId> = by.iter().map(|at| train.inputs[*at].tensor).collect();
        let factors = (0..train.terms.len()).map(|term| Seed::Number(program.pool.scale(term)));
        let seeds: Vec<_> = factors.zip(&train.terms).map(|(factor, term)| (term.tensor, factor)).collect();
        let first = differentiate(&mut program, &seeds, &inputs);
        let gradients: Vec<TensorId> = inputs.iter().map(|input| first[input]).collect();
        let direction = |(number, input): (usize, &TensorId)| {
            let shape = program.at(*input).shape.clone();
            program.tensor(Tensor::new("direction", shape, Role::Target(train.targets.len() + number)))
        };
        let directions: Vec<TensorId> = inputs.iter().enumerate().map(direction).collect();
        let along: Vec<_> = gradients.iter().zip(&directions).map(|(of, along)| (*of, Seed::Tensor(*along))).collect();
        let second = differentiate(&mut program, &along, &inputs);
        let products: Vec<TensorId> = inputs.iter().map(|input| second[input]).collect();
        for (number, product) in products.iter().enumerate() {
            program.at_mut(*product).role = Role::InputGradient(number);
        }
        (program, by, [gradients, directions, products])
    }

    fn scheduled(&self, program: &Program) -> Schedule {
        let mut program = program.clone();
        simplify(&mut program, &|role| matches!(role, Role::InputGradient(_)));
        let layout = lay_out(&mut program);
        schedule(program, layout, &|_| false, None)
    }

    fn moved(&self, step: f64) -> Data {
        let inputs = moved(&self.data.inputs, &self.by_inputs, step);
        let parameters = moved(&self.data.parameters, &self.by_parameters[0], step);
        Data { inputs, parameters, ..self.data.clone() }
    }
}

/// A sum of products, and that of their absolute values.
type Sum = (f64, f64);

fn sum(of: [Sum; 2]) -> Sum {
    (of[0].0 + of[1].0, of[0].1 + of[1].1)
}

fn dot(a: &[f64], b: &[f64]) -> Sum {
    let products = a.iter().zip(b).map(|(a, b)| a * b);
    products.fold((0.0, 0.0), |(sum, size), product| (sum + product, size + product.abs()))
}

/// The products of all tensors of a role with directions.
fn products(program: &Program, values: &Values, role: fn(usize) -> Role, directions: &[Vec<f64>]) -> Sum {
    let of = |(number, direction): (usize, &Vec<f64>)| match tensor_of(program, role(number)) {
        Some(tensor) => dot(values.get(program, tensor), direction),
        None => (0.0, 0.0),
    };
    directions.iter().enumerate().map(of).fold((0.0, 0.0), |all, one| sum([all, one]))
}

fn numbered(role: fn(usize) -> Role, elements: &[Vec<f64>]) -> Vec<(Role, &Vec<f64>)> {
    elements.iter().enumerate().map(|(number, elements)| (role(number), elements)).collect()
}

/// The last tensor of a role.
fn last_of(program: &Program, role: Role) -> Option<TensorId> {
    program.tensors.iter().rposition(|tensor| tensor.role == role).map(TensorId::new)
}

fn moved(values: &[Vec<f64>], directions: &[Vec<f64>], step: f64) -> Vec<Vec<f64>> {
    let tensor = |(values, direction): (&Vec<f64>, &Vec<f64>)| {
        values.iter().zip(direction).map(|(value, direction)| value + step * direction).collect()
    };
    values.iter().zip(directions).map(tensor).collect()
}

impl Derivatives {
    fn same(&mut self, left: Sum, right: Sum) {
        let scale = left.1.max(right.1).max(1e-3);
        self.identities = self.identities.max(worst((left.0 - right.0).abs() / scale));
    }

    fn differs(&mut self, derived: Sum, function: impl Fn(f64) -> f64) {
        let noise = 8.0 * f64::EPSILON * function(0.0).abs().max(1.0);
        let scale = derived.1.max(1.0);
        let numeric = differences::derivative(noise, scale, function);
        let off = (numeric.value - derived.0).abs();
        self.finite_differences = self.finite_differences.max(worst((off - numeric.bound).max(0.0) / scale));
    }
}

/// A difference that is no number is as bad as any.
fn worst(difference: f64) -> f64 {
    if difference.is_nan() { f64::INFINITY } else { difference }
}
