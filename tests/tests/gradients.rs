//! Everything in the library against finite differences, by its examples.

use nn_compiler::equation::{Equation, Program, Role, Tensor, Values};
use nn_compiler::shape::Dim;
use nn_compiler::symbolic::Function;
use nn_compiler::symbolic::table::TABLE;
use nn_compiler::symbolic::{IndexId, TensorId, derivative};
use rayon::prelude::*;
use tests::differences;
use tests::hard;
use tests::library::{check, items};
use tests::numbers::Random;

const TOLERANCE: f64 = 1e-8;

#[test]
fn equations_of_the_library() {
    let all: Vec<_> = items().into_iter().chain(hard::items()).collect();
    let checked = all.par_iter().map(|item| match check(item, 1, 24) {
        Ok(error) if error <= TOLERANCE => Ok(error),
        Ok(error) => Err(format!("{}: differs by {error:.1e}", item.name)),
        Err(message) => Err(format!("{}: {message}", item.name)),
    });
    let (wrong, errors): (Vec<String>, Vec<f64>) = checked.partition_map(Into::into);
    println!("greatest difference: {:.1e}", errors.into_iter().fold(0.0, f64::max));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A function of the table at `SAMPLES` points, and its derivative by one of the arguments.
struct Row {
    program: Program,
    arguments: Vec<TensorId>,
    result: TensorId,
    derivative: TensorId,
}

const SAMPLES: usize = 50;

impl Row {
    fn new(function: Function, by: usize) -> Self {
        let mut program = Program::default();
        let tensor = |program: &mut Program, role| {
            let shape = vec![Dim::samples()];
            program.tensor(Tensor::new("", shape, role))
        };
        let count = function.row().derivatives.len();
        let arguments: Vec<TensorId> = (0..count).map(|at| tensor(&mut program, Role::Input(at))).collect();
        let (result, derived) = (tensor(&mut program, Role::Value), tensor(&mut program, Role::Value));
        let reads: Vec<_> = arguments.iter().map(|at| program.element(*at, &[IndexId::SAMPLE])).collect();
        let value = program.pool.apply(function, &reads);
        let slope = derivative(&mut program.pool, value, reads[by]);
        program.equations.push(Equation::elementwise(result, vec![IndexId::SAMPLE], value));
        program.equations.push(Equation::elementwise(derived, vec![IndexId::SAMPLE], slope));
        Row { program, arguments, result, derivative: derived }
    }

    fn evaluate(&self, arguments: &[Vec<f64>], wanted: TensorId) -> Vec<f64> {
        let mut values = Values::default();
        values.samples = 50;
        for (tensor, elements) in self.arguments.iter().zip(arguments) {
            values.set(*tensor, elements.clone());
        }
        self.program.evaluate(&mut values);
        values.get(&self.program, wanted).to_vec()
    }
}

#[test]
fn functions_of_the_table() {
    for line in TABLE.iter().filter(|line| !line.domain.is_empty()) {
        let function = Function::named(line.name).unwrap();
        assert_eq!(line.domain.len(), line.derivatives.len(), "`{}` has a domain for each argument", line.name);
        for by in 0..line.derivatives.len() {
            let row = Row::new(function, by);
            let mut random = Random::new(7);
            let points = line.domain.iter().map(|(low, high)| random.many(SAMPLES, *low, *high));
            let points: Vec<Vec<f64>> = points.collect();
            let derived = row.evaluate(&points, row.derivative);
            for sample in 0..SAMPLES {
                let noise = f64::EPSILON * row.evaluate(&points, row.result)[sample].abs();
                let scale = derived[sample].abs().max(1.0);
                let numeric = differences::derivative(noise, scale, |step| {
                    let mut points = points.clone();
                    points[by][sample] += step;
                    row.evaluate(&points, row.result)[sample]
                });
                let error = (numeric.value - derived[sample]).abs() / scale;
                assert!(error < 1e-9, "`{}` by argument {by}: {numeric:?} for {}", line.name, derived[sample]);
            }
        }
    }
}

/// `detach` is the one function that has no domain: its derivative is not that of its value.
#[test]
fn only_detach_is_not_tested() {
    let untested: Vec<&str> = TABLE.iter().filter(|line| line.domain.is_empty()).map(|line| line.name).collect();
    assert_eq!(untested, ["detach"]);
}
