//! Arrays of layers: `blocks: [Residual(64); 8]`. Each layer takes the result of the one before.

use proc_macro2::Span;

use crate::equation::{Equation, Role};
use crate::errors::Code;
use crate::lower::environment::{Called, Environment, Value};
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, IndexId, Position, TensorId};
use crate::syntax::ast::{Expression, Formula};

/// The most layers that an array has, and all arrays around it together.
const MOST_LAYERS: i64 = 1 << 16;

impl Lowering<'_> {
    /// The length of an array inside of others; one after a mistake.
    pub(in crate::lower) fn layer_count(
        &mut self,
        count: &Expression,
        around: &[(usize, i64)],
        environment: &Environment,
    ) -> i64 {
        let place = environment.place(count.span);
        let Some(count) = self.size(count, environment) else { return 1 };
        let outer: i64 = around.iter().map(|(_, count)| count).product();
        let message = match count.literal() {
            Some(count) if (1..=MOST_LAYERS / outer).contains(&count) => return count,
            Some(count) if outer > 1 && (1..=MOST_LAYERS).contains(&count) => {
                format!("arrays have up to {MOST_LAYERS} layers together, not {outer} times {count}")
            }
            Some(count) => format!("an array has 1 to {MOST_LAYERS} layers, not {count}"),
            None => format!("the number of layers in an array is a number here, not `{count}`"),
        };
        self.errors.report(Code::LayerArray, place, message);
        1
    }

    /// `blocks(x)`: a sequence whose carry holds the input of each layer and, at last, the result.
    pub(in crate::lower) fn apply_array(
        &mut self,
        layer: usize,
        formula: &Formula,
        mut inputs: Vec<Option<TensorId>>,
        place: Span,
    ) -> Value {
        let label = self.layers[layer].bound.label.clone();
        let Some((input, &(_, count))) = inputs.first().copied().flatten().zip(self.layers[layer].arrays.last()) else {
            return Value::Unknown;
        };
        let given: Vec<TensorId> = inputs.iter().copied().flatten().collect();
        let carried = self.carried(&label, &given, count);
        self.copy(carried, Some(Dim::default()), input, None);
        let iteration = self.out.program.layers("iteration", Dim::from(count));
        self.iterations.push(iteration);
        inputs[0] = Some(carried);
        let fits = match self.apply_formula(layer, formula, &inputs, place) {
            Called::Several(_) => {
                let message = format!("a layer of the array `{label}` gives one result, which the next one takes");
                self.mistake(Code::LayerArray, place, message)
            }
            Called::One(result) => self.carry_on(carried, result, iteration, &label, place),
        };
        self.iterations.pop();
        if fits.is_none() {
            return Value::Unknown;
        }
        let program = self.out.program.at(carried);
        let (shape, for_each_sample) = (program.sample_shape().to_vec(), program.for_each_sample());
        let last = self.new_tensor(&label, shape, for_each_sample);
        self.copy(last, None, carried, Some(Dim::from(count)));
        Value::Tensor(last)
    }

    /// Passes the result of a layer on to the next one.
    fn carry_on(
        &mut self,
        carried: TensorId,
        result: Value,
        iteration: IndexId,
        label: &str,
        place: Span,
    ) -> Option<()> {
        match result {
            Value::Tensor(result) => {
                let program = &self.out.program;
                let [takes, gives] = [carried, result].map(|tensor| program.at(tensor).sample_shape().to_vec());
                if takes != gives {
                    let (takes, gives) = (display_shape(&takes), display_shape(&gives));
                    let message = format!(
                        "each layer of the array `{label}` takes what the one before gives, but one takes {takes} and gives {gives}"
                    );
                    return self.mistake(Code::LayerArray, place, message);
                }
                self.write_carry(carried, result, iteration);
                Some(())
            }
            Value::Real(_) => self.mistake(
                Code::LayerArray,
                place,
                format!("layer `{label}` of an array gives a number, not a tensor"),
            ),
            Value::Unknown => None,
        }
    }

    /// The tensor of the carry, with a place for each layer and one for the result.
    fn carried(&mut self, label: &str, inputs: &[TensorId], count: i64) -> TensorId {
        let program = &mut self.out.program;
        let for_each_sample = inputs.iter().any(|input| program.at(*input).for_each_sample());
        let shape = program.at(inputs[0]).sample_shape().to_vec();
        let places = program.index("place", Dim::from(count + 1));
        let iterations = [self.iterations.as_slice(), &[places]].concat();
        self.tensor_with(&format!("{label}_in"), shape, for_each_sample, &iterations)
    }

    /// `to[place, ..] = from[place, ..]`, where one of both has no places.
    pub(in crate::lower) fn copy(
        &mut self,
        to: TensorId,
        to_place: Option<Dim>,
        from: TensorId,
        from_place: Option<Dim>,
    ) {
        let program = &mut self.out.program;
        let shape = program.at(to).sample_shape().to_vec();
        let own: Vec<IndexId> = shape.into_iter().map(|extent| program.index("i", extent)).collect();
        let outer = self.iterations.clone();
        let at = |program: &crate::equation::Program, tensor: TensorId, place: Option<Dim>| -> Vec<Position> {
            let of = program.at(tensor);
            let samples = of.for_each_sample().then_some(IndexId::SAMPLE);
            let axes = program.axes_among(tensor, &outer);
            let axes = axes.into_iter().take(of.sequence_axes - usize::from(place.is_some()));
            let leading = samples.into_iter().chain(axes).map(Position::index);
            let place = place.map(|place| Position::Affine(Affine::constant(place)));
            leading.chain(place).chain(own.iter().copied().map(Position::index)).collect()
        };
        let (write, read) = (at(program, to, to_place), at(program, from, from_place));
        let body = program.pool.read(from, read, None);
        let mut equation = Equation::elementwise(to, Vec::new(), body);
        equation.indices = write.iter().flat_map(Position::indices).collect();
        equation.write = write;
        program.equations.push(equation);
    }

    /// `carried[iteration + 1, ..] = result[iteration, ..]`
    pub(in crate::lower) fn write_carry(&mut self, carried: TensorId, result: TensorId, iteration: IndexId) {
        let program = &mut self.out.program;
        let indices = program.indices_over(carried, &self.iterations);
        let leading = program.at(carried).leading();
        let own = program.leading_indices(result, &self.iterations).into_iter();
        let at: Vec<IndexId> = own.chain(indices[leading..].iter().copied()).collect();
        let body = program.element(result, &at);
        let mut equation = Equation::elementwise(carried, indices, body);
        to_next(&mut equation.write, iteration);
        if let Some(definition) = self.only_definition(carried, result) {
            // the definition writes the carry itself, without a copy
            let own = &mut self.out.program.equations[definition];
            own.target = carried;
            to_next(&mut own.write, iteration);
            let kept = self.out.checkpoints.iter_mut().flat_map(|layer| &mut layer.results);
            kept.filter(|kept| **kept == result).for_each(|kept| *kept = carried);
        } else {
            self.out.program.equations.push(equation);
        }
    }

    /// The only equation that defines a layer's result, if it is elementwise and nothing else reads the result.
    fn only_definition(&self, carried: TensorId, result: TensorId) -> Option<usize> {
        let program = &self.out.program;
        let of = program.at(result);
        let is_own =
            of.role == Role::Value && of.view_of.is_none() && of.shape.len() == program.at(carried).shape.len();
        let is_viewed = program.tensors.iter().any(|other| other.view_of == Some(result));
        let reads = |equation: &Equation| {
            let reads = program.reads_of(equation).into_iter();
            reads.filter_map(|read| program.pool.tensor_of(read)).any(|tensor| tensor == result)
        };
        if !is_own || is_viewed || program.equations.iter().any(reads) {
            return None;
        }
        let mut own = program.equations.iter().enumerate().filter(|(_, equation)| equation.target == result);
        let (at, equation) = own.next()?;
        let plain = !equation.accumulate && !equation.clip && program.sets_all(equation);
        (plain && own.next().is_none()).then_some(at)
    }
}

/// Moves the writes of an iteration to the carry of the next one.
fn to_next(write: &mut [Position], iteration: IndexId) {
    for position in write.iter_mut().filter(|position| position.as_index() == Some(iteration)) {
        *position = Position::Affine(Affine { constant: Dim::from(1), ..Affine::index(iteration) });
    }
}
