//! Products with the Hessian of a network's loss: its program, differentiated twice.

use nn_compiler::differentiate::{Seed, differentiate};
use nn_compiler::equation::{self, Program, Role, Tensor, Values};
use nn_compiler::errors::Errors;
use nn_compiler::layout::lay_out;
use nn_compiler::lower::{Library, LibraryText, Mode, lower};
use nn_compiler::schedule::{self, schedule};
use nn_compiler::simplify::simplify;
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

use crate::given::{Given, Random, SAMPLES, given};

/// The distance of finite differences.
const STEP: f64 = 1e-5;

/// The greatest difference from them.
const TOLERANCE: f64 = 1e-7;

/// The gradient of a loss, and the product of its Hessian with a direction.
pub struct Twice {
    program: Program,
    scales: Vec<f64>,
    /// Targets, states, and inputs that are classes.
    fixed: Vec<Given>,
    /// Parameters, and inputs that are numbers.
    variables: Vec<Given>,
    /// A direction for each variable.
    directions: Vec<Given>,
    gradients: Vec<TensorId>,
    products: Vec<TensorId>,
}

impl Twice {
    pub fn new(text: &str) -> Self {
        let network = parse_network(text.parse().unwrap()).unwrap();
        let (mut errors, library) = (Errors::default(), LibraryText::default());
        let lowered = lower(&network, &Library::new(&network.formulas, &library), Mode::Train, &mut errors);
        assert!(!errors.any(), "{:?}", errors.messages());
        let mut program = lowered.program;
        program.tensors.iter_mut().filter(|t| matches!(t.role, Role::Output(_))).for_each(|t| t.role = Role::Value);
        let mut random = Random(7);
        let (fixed, variables) = given(&program, &|_| None, &mut random);
        let wrt: Vec<TensorId> = variables.iter().map(|(tensor, _)| *tensor).collect();
        let factors = (0..lowered.terms.len()).map(|term| Seed::Number(program.pool.scale(term)));
        let seeds: Vec<_> = factors.zip(&lowered.terms).map(|(factor, term)| (term.tensor, factor)).collect();
        let first = differentiate(&mut program, &seeds, &wrt);
        equation::check(&program).unwrap_or_else(|m| panic!("{m}\n{program}"));
        let gradients: Vec<TensorId> = wrt.iter().map(|tensor| first[tensor]).collect();
        let directions: Vec<Given> = variables
            .iter()
            .map(|(tensor, elements)| direction(&mut program, *tensor, elements.len(), &mut random))
            .collect();
        let seeds: Vec<_> =
            gradients.iter().copied().zip(directions.iter().map(|(direction, _)| Seed::Tensor(*direction))).collect();
        let second = differentiate(&mut program, &seeds, &wrt);
        equation::check(&program).unwrap_or_else(|m| panic!("{m}\n{program}"));
        let products = wrt.iter().map(|tensor| second[tensor]).collect();
        let scales = lowered.terms.iter().map(|term| term.coefficient / 2.0).collect();
        Twice { program, scales, fixed, variables, directions, gradients, products }
    }

    fn values(&self, along: f64) -> Values {
        let mut values = Values::new(SAMPLES, self.scales.clone());
        self.fixed.iter().chain(&self.directions).for_each(|(tensor, elements)| values.set(*tensor, elements.clone()));
        for ((tensor, elements), (_, direction)) in self.variables.iter().zip(&self.directions) {
            let moved = elements.iter().zip(direction).map(|(element, direction)| element + along * direction);
            values.set(*tensor, moved.collect());
        }
        values
    }

    fn evaluate(&self, program: &Program, along: f64, wanted: &[TensorId]) -> Vec<Vec<f64>> {
        let mut values = self.values(along);
        program.evaluate(&mut values);
        wanted.iter().map(|tensor| values.get(program, *tensor).to_vec()).collect()
    }

    /// The program with the products as its results.
    fn with_results(&self) -> Program {
        let mut program = self.program.clone();
        for ((variable, _), product) in self.variables.iter().zip(&self.products) {
            let role = match program.at(*variable).role {
                Role::Parameter(number) => Role::Gradient(number),
                Role::Input(number) => Role::InputGradient(number),
                role => role,
            };
            program.at_mut(*product).role = role;
        }
        program
    }
}

/// Holds that the products are differences of the gradient, and that later passes keep them.
pub fn check(twice: &Twice) {
    let products = twice.evaluate(&twice.program, 0.0, &twice.products);
    let beside = [STEP, -STEP].map(|along| twice.evaluate(&twice.program, along, &twice.gradients));
    let differences: Vec<Vec<f64>> = (0..products.len())
        .map(|at| beside[0][at].iter().zip(&beside[1][at]).map(|(a, b)| (a - b) / (2.0 * STEP)).collect())
        .collect();
    twice.same("differences", &products, &differences, TOLERANCE);
    assert!(differences.iter().flatten().any(|difference| difference.abs() > 1e-3), "{differences:?}");
    let mut program = twice.with_results();
    simplify(&mut program, &|role| matches!(role, Role::Gradient(_) | Role::InputGradient(_)));
    equation::check(&program).unwrap_or_else(|m| panic!("{m}\n{program}"));
    twice.same("simplified", &twice.evaluate(&program, 0.0, &twice.products), &products, 1e-12);
    let layout = lay_out(&mut program);
    let schedule = schedule(program, layout, &|_| false, None);
    schedule::check(&schedule).unwrap();
    let mut values = twice.values(0.0);
    schedule::evaluate(&schedule, &mut values, SAMPLES + 1).unwrap();
    let scheduled: Vec<Vec<f64>> =
        twice.products.iter().map(|tensor| values.get(&schedule.program, *tensor).to_vec()).collect();
    twice.same("scheduled", &scheduled, &products, 1e-12);
}

impl Twice {
    fn same(&self, what: &str, found: &[Vec<f64>], wanted: &[Vec<f64>], tolerance: f64) {
        for (((variable, _), found), wanted) in self.variables.iter().zip(found).zip(wanted) {
            let far = |(a, b): (&f64, &f64)| (a - b).abs() > tolerance * b.abs().max(1.0) || a.is_nan();
            assert!(
                found.len() == wanted.len() && !found.iter().zip(wanted).any(far),
                "{what} by `{}`: {found:?} and {wanted:?} in\n{}",
                self.program.at(*variable).name,
                self.program
            );
        }
    }
}

/// A constant of the shape of a variable.
fn direction(program: &mut Program, variable: TensorId, len: usize, random: &mut Random) -> Given {
    let of = program.at(variable).clone();
    let elements: Vec<f64> = (0..len).map(|_| random.number()).collect();
    let role = Role::Constant(program.constants.len());
    program.constants.push(elements.clone());
    let tensor = Tensor::new(format!("along_{}", of.name), of.shape, role);
    (program.tensor(Tensor { sequence_axes: of.sequence_axes, ..tensor }), elements)
}
