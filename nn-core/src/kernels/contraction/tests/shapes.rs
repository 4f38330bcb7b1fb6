use super::bits::check_inline;
use super::*;

/// y[n, o] = b[o] + sum over i of w[o, i] x[n, i]
pub(super) fn dense(i: usize, o: usize) -> [Loop; 3] {
    [steps(N, [o, 0, i, 0]), steps(o, [1, i, 0, 1]), steps(i, [0, 1, 1, 0])]
}

/// dx[n, i] = sum over o of dy[n, o] w[o, i]
pub(super) fn dense_input(i: usize, o: usize) -> [Loop; 3] {
    [steps(N, [i, o, 0, 0]), steps(i, [1, 0, 1, 0]), steps(o, [0, 1, i, 0])]
}

/// dw[o, i] += sum over n of dy[n, o] x[n, i]
pub(super) fn dense_weight(i: usize, o: usize) -> [Loop; 3] {
    [steps(o, [i, 1, 0, 0]), steps(i, [1, 0, 1, 0]), steps(N, [0, o, i, 0])]
}

/// dw[o, c, i, j] += sum over n, h, w of dy[n, o, h, w] x[n, c, h + i, w + j], for square images
pub(super) fn convolution_weight(c: usize, o: usize, size: usize, k: usize) -> [Loop; 7] {
    let y = size - k + 1;
    [
        steps(o, [c * k * k, y * y, 0, 0]),
        steps(c, [k * k, 0, size * size, 0]),
        steps(k, [k, 0, size, 0]),
        steps(k, [1, 0, 1, 0]),
        steps(N, [0, o * y * y, c * size * size, 0]),
        steps(y, [0, y, size, 0]),
        steps(y, [0, 1, 1, 0]),
    ]
}

#[test]
fn the_kernels_are_as_intended() {
    let style = |loops: &[Loop]| Contraction::new(loops).style;
    assert_eq!(style(&dense(784, 128)), Style::Dot);
    assert_eq!(style(&dense_input(784, 128)), Style::Outer);
    assert_eq!(style(&dense_weight(784, 128)), Style::Outer);
    assert_eq!(style(&convolution_weight(6, 16, 12, 5)), Style::Dot);
    assert_eq!(style(&dense(2, 4)), Style::Tiny);
    assert_eq!(style(&dense(4, 64)), Style::Outer);
}

#[test]
fn adjacent_loops_become_one() {
    let plan = Contraction::new(&[
        steps(N, [48, 0, 96, 0]),
        steps(3, [16, 2, 0, 1]),
        steps(4, [4, 0, 4, 0]),
        steps(4, [1, 0, 1, 0]),
        steps(1, [7, 7, 7, 7]),
        steps(2, [0, 1, 16, 0]),
    ]);
    assert_eq!(plan.style, Style::Outer);
    assert_eq!(plan.lane, steps(16, [1, 0, 1, 0]));
    assert_eq!((plan.rows().len(), plan.columns().len(), plan.sums().len()), (1, 1, 1));
}

#[test]
fn dense_layers() {
    let mut random = Random(5);
    for (samples, i, o) in [
        (1, 784, 10),
        (5, 64, 64),
        (13, 4, 64),
        (3, 64, 2),
        (17, 33, 29),
        (2, 1500, 3),
        (9, 1, 40),
        (7, 3, 75),
        (20, 530, 21),
        (20, 512, 260),
    ] {
        for loops in [dense(i, o), dense_input(i, o), dense_weight(i, o)] {
            for begin in [Begin::Zero, Begin::Out, Begin::From] {
                Case::<f32>::new(&mut random, &loops, samples).check(begin);
                Case::<f64>::new(&mut random, &loops, samples).check(begin);
            }
        }
    }
}

/// Products of one term, whose initial values are not adjacent.
#[test]
fn initial_values_apart() {
    let mut random = Random(15);
    for loops in [
        vec![steps(65, [1, 0, 1, 2])],
        vec![steps(32, [1, 0, 1, 3]), steps(3, [32, 1, 0, 1])],
        vec![steps(70, [1, 0, 1, 4]), steps(9, [70, 1, 0, 0]), steps(2, [0, 9, 70, 0])],
    ] {
        for begin in [Begin::Zero, Begin::Out, Begin::From] {
            Case::<f32>::new(&mut random, &loops, 1).check(begin);
            Case::<f64>::new(&mut random, &loops, 1).check(begin);
        }
    }
}

/// A scatter of a dot kernel with more columns than a block: each element is added to in the order of the batch loops.
#[test]
fn a_long_scatter_is_in_order() {
    let mut random = Random(16);
    let loops =
        [steps(N, [72, 70 * 16, 0, 0]), steps(70, [1, 16, 0, 0]), steps(3, [1, 0, 16, 0]), steps(16, [0, 1, 1, 0])];
    assert_eq!(Contraction::new(&loops).style, Style::Dot);
    let case = Case::<f32>::new(&mut random, &loops, 2);
    case.check(Begin::Out);
    assert!(check_inline(&case, Begin::Out), "it is small");
}

#[test]
fn nothing_to_do() {
    let mut random = Random(6);
    for instructions in instruction_sets() {
        // No sample: no result.
        let case = Case::<f32>::new(&mut random, &dense(9, 40), 0);
        assert!(case.run(instructions, Begin::Zero).is_empty());
        // Nothing to sum: the initial values.
        for (loops, samples) in [(dense(0, 40), 3), (dense_weight(9, 40), 0), (dense_weight(2, 3), 0), (dense(0, 2), 3)]
        {
            let mut case = Case::<f32>::new(&mut random, &loops, samples);
            case.start = random.numbers(40);
            assert_eq!(case.run(instructions, Begin::Out), case.out);
            assert!(case.run(instructions, Begin::Zero).iter().all(|&x| x == 0.0));
        }
    }
}

#[test]
#[should_panic(expected = "the operand `right` of a contraction is too short: 39 elements")]
fn a_short_operand_is_refused() {
    let mut case = Case::<f32>::new(&mut Random(7), &dense(8, 16), 5);
    case.right.pop();
    case.run(InstructionSet::detect(), Begin::Zero);
}

#[test]
#[should_panic(expected = "the operand `out` of a contraction is too short")]
fn a_short_result_of_a_tiny_contraction_is_refused() {
    let mut case = Case::<f32>::new(&mut Random(7), &dense(2, 4), 5);
    case.out.pop();
    case.run(InstructionSet::detect(), Begin::Zero);
}

#[test]
#[should_panic(expected = "must start from the result")]
fn a_scatter_must_start_from_the_result() {
    let loops = [steps(9, [1, 1, 0, 0]), steps(9, [1, 0, 1, 0])];
    Case::<f32>::new(&mut Random(7), &loops, 1).run(InstructionSet::detect(), Begin::Zero);
}

/// Loops without strides, so that no operand limits their trip counts.
const STANDING: [Loop; 2] = [steps(N, [0; 4]), steps(1 << 20, [0, 0, 0, 0])];

#[test]
#[should_panic(expected = "a contraction is too large")]
fn more_samples_than_can_be_counted_are_refused() {
    let plan = Contraction::new(&STANDING);
    let (instructions, samples) = (InstructionSet::detect(), 1 << (usize::BITS - 20));
    plan.run(Operands { instructions, samples, left: &[1.0f32], right: &[1.0], start: Start::Zero, out: &mut [0.0] });
}

#[test]
#[should_panic(expected = "the samples are one loop")]
fn two_loops_over_the_samples_are_refused() {
    let _ = Contraction::new(&[STANDING[0], steps(N, [1, 1, 0, 0])]);
}

/// Sums without a second factor, of whole numbers, which are exact in any order.
#[test]
fn sums_of_one_factor() {
    fn check<T: Scalar>(outputs: usize, terms: usize, samples: usize) {
        let loops =
            [steps(outputs, [1, terms, 0, 0]), steps(N, [0, outputs * terms, 0, 0]), steps(terms, [0, 1, 0, 0])];
        let plan = Contraction::sum_of(&loops);
        let number = |at: usize| (at * 7 % 17) as f64 - 8.0;
        let left: Vec<T> = (0..samples * outputs * terms).map(|at| T::from_f64(number(at))).collect();
        let expected = |output: usize| {
            let begins = (0..samples).map(|sample| (sample * outputs + output) * terms);
            begins.flat_map(|begin| begin..begin + terms).map(number).sum::<f64>()
        };
        for instructions in instruction_sets() {
            let mut out = vec![T::from_f64(3.0); outputs];
            let right = &[T::ONE];
            T::contract(
                &plan,
                Operands { instructions, samples, left: &left, right, start: Start::Out, out: &mut out },
            );
            for (output, found) in out.iter().enumerate() {
                assert_eq!(
                    found.to_f64(),
                    3.0 + expected(output),
                    "{outputs} sums of {terms} terms of {samples} samples"
                );
            }
        }
    }
    for (outputs, terms, samples) in
        [(32, 784, 3), (6, 576, 5), (1, 5000, 2), (40, 17, 1), (3, 1, 70), (2, 1040, 1), (7, 1024, 2), (5, 2049, 1)]
    {
        check::<f32>(outputs, terms, samples);
        check::<f64>(outputs, terms, samples);
    }
}
