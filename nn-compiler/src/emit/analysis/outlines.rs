//! Which loop nests become functions: those whose form occurs often.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::emit::analysis::forms::Form;

/// From so many nests on, a function is worth its calls; from so many different sizes on, the sizes are its arguments.
const FEWEST: usize = 3;
/// A nest that runs so many statements for each sample takes far longer than a call: two equal ones are a function.
const LARGE: i64 = 1024;

/// The loop nests of a network by their forms.
#[derive(Debug, Default)]
pub(in crate::emit) struct Outlines {
    forms: FxHashMap<String, Group>,
    /// The functions that are written, by form and the numbers in them.
    functions: FxHashMap<(String, Vec<Option<u64>>), usize>,
}

/// The nests of a form.
#[derive(Debug, Default)]
struct Group {
    /// How often each list of numbers occurs.
    counts: BTreeMap<Vec<u64>, usize>,
    /// The argument for each number, if those that differ are arguments.
    arguments: OnceCell<Vec<Option<usize>>>,
}

impl Group {
    /// Numbers that are equal in all nests are constants; those that are equal in each nest are one argument.
    fn arguments(&self) -> Vec<Option<usize>> {
        let numbers = self.counts.keys().next().map_or(0, Vec::len);
        let mut known: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
        let argument = |hole: usize| {
            let column: Vec<u64> = self.counts.keys().map(|numbers| numbers[hole]).collect();
            let next = known.len();
            column.iter().any(|number| *number != column[0]).then(|| *known.entry(column).or_insert(next))
        };
        (0..numbers).map(argument).collect()
    }
}

/// The function of a nest.
#[derive(Debug)]
pub(in crate::emit) struct Outline {
    /// The argument that takes the place of each number; none where it is a constant of the function.
    pub sizes: Vec<Option<usize>>,
    /// The arguments of this nest.
    pub values: Vec<u64>,
}

impl Outlines {
    /// Counts a nest.
    pub(in crate::emit) fn count(&mut self, form: &Form) {
        let counts = &mut self.forms.entry(form.pattern.clone()).or_default().counts;
        *counts.entry(form.numbers.clone()).or_default() += 1;
    }

    /// How a nest is written as a call; none if it stays where it is. `work` counts the statements that it runs for each
    /// sample.
    pub(in crate::emit) fn of(&self, form: &Form, work: i64) -> Option<Outline> {
        let group = self.forms.get(&form.pattern)?;
        if group.counts.len() < FEWEST {
            let equal = *group.counts.get(&form.numbers)?;
            let constant = Outline { sizes: vec![None; form.numbers.len()], values: Vec::new() };
            return (equal >= if work >= LARGE { 2 } else { FEWEST }).then_some(constant);
        }
        let sizes = group.arguments.get_or_init(|| group.arguments()).clone();
        let mut values = Vec::new();
        for (argument, number) in sizes.iter().zip(&form.numbers) {
            if *argument == Some(values.len()) {
                values.push(*number);
            }
        }
        Some(Outline { sizes, values })
    }

    /// The number of the function that serves a nest, if it is written already.
    pub(in crate::emit) fn function(&self, form: &Form, outline: &Outline) -> Option<usize> {
        self.functions.get(&key(form, outline)).copied()
    }

    /// Says that the function has been written.
    pub(in crate::emit) fn written(&mut self, form: &Form, outline: &Outline, number: usize) {
        self.functions.insert(key(form, outline), number);
    }
}

/// What tells a function from others of its form: its constants.
fn key(form: &Form, outline: &Outline) -> (String, Vec<Option<u64>>) {
    let constant = |(size, number): (&Option<usize>, &u64)| size.is_none().then_some(*number);
    (form.pattern.clone(), outline.sizes.iter().zip(&form.numbers).map(constant).collect())
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{LARGE, Outlines};
    use crate::emit::analysis::forms::{Form, Variables};

    fn nest(sizes: [u64; 3]) -> Form {
        let [a, b, c] = sizes.map(proc_macro2::Literal::u64_unsuffixed);
        Form::of(&quote!(for i in 0..#a { x[i * #b] = y[i * #c]; }), &Variables::default()).expect("no other values")
    }

    fn counted(nests: &[[u64; 3]]) -> Outlines {
        let mut outlines = Outlines::default();
        nests.iter().for_each(|sizes| outlines.count(&nest(*sizes)));
        outlines
    }

    #[test]
    fn equal_nests_are_a_function_without_sizes() {
        let three = counted(&[[4, 2, 2]; 3]).of(&nest([4, 2, 2]), 4).expect("three are worth it");
        assert_eq!((three.sizes, three.values), (vec![None; 4], vec![]));
        assert!(counted(&[[4, 2, 2]; 2]).of(&nest([4, 2, 2]), LARGE - 1).is_none());
        assert!(counted(&[[4, 2, 2]; 2]).of(&nest([4, 2, 2]), LARGE).is_some());
        assert!(counted(&[[4, 2, 2]]).of(&nest([4, 2, 2]), LARGE).is_none());
    }

    #[test]
    fn sizes_that_differ_are_arguments_once() {
        let outlines = counted(&[[4, 2, 2], [8, 3, 3], [9, 2, 2]]);
        let outline = outlines.of(&nest([8, 3, 3]), 1).expect("three are worth it");
        // the first number is the beginning of the range
        assert_eq!((outline.sizes, outline.values), (vec![None, Some(0), Some(1), Some(1)], vec![8, 3]));
        // two sizes are not worth arguments
        assert!(counted(&[[4, 2, 2], [8, 2, 2], [8, 2, 2]]).of(&nest([4, 2, 2]), LARGE).is_none());
    }

    #[test]
    fn functions_of_a_form_with_other_constants_are_others() {
        let mut outlines = counted(&[[4, 2, 2], [4, 2, 2], [8, 2, 2], [8, 2, 2]]);
        let [four, eight] = [[4, 2, 2], [8, 2, 2]].map(nest);
        let outline = outlines.of(&four, LARGE).expect("two large ones");
        outlines.written(&four, &outline, 7);
        assert_eq!(outlines.function(&four, &outline), Some(7));
        let other = outlines.of(&eight, LARGE).expect("two large ones");
        assert_eq!(outlines.function(&eight, &other), None);
    }
}
