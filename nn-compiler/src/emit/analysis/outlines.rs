//! Which loop nests become functions: those whose form occurs often.

use rustc_hash::FxHashMap;

use crate::emit::analysis::forms::Form;

/// From so many nests on, a function is worth its calls; from so many different sizes on, the sizes are its arguments.
const FEWEST: usize = 3;
/// A nest that runs so many statements for each sample takes far longer than a call: two equal ones are a function.
const LARGE: i64 = 1024;

/// The loop nests of a network by their forms.
#[derive(Debug, Default)]
pub(in crate::emit) struct Outlines {
    /// The numbers of each nest of a form.
    nests: FxHashMap<String, Vec<Vec<u64>>>,
    /// The functions that are written, by form and the numbers in them.
    functions: FxHashMap<(String, Vec<Option<u64>>), usize>,
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
        self.nests.entry(form.pattern.clone()).or_default().push(form.numbers.clone());
    }

    /// How a nest is written as a call; none if it stays where it is. `work` counts the statements that it runs for each
    /// sample.
    pub(in crate::emit) fn of(&self, form: &Form, work: i64) -> Option<Outline> {
        let nests = self.nests.get(&form.pattern)?;
        let mut distinct: Vec<&Vec<u64>> = nests.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < FEWEST {
            let equal = nests.iter().filter(|numbers| **numbers == form.numbers).count();
            let constant = Outline { sizes: vec![None; form.numbers.len()], values: Vec::new() };
            return (equal >= if work >= LARGE { 2 } else { FEWEST }).then_some(constant);
        }
        let mut arguments: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
        let mut outline = Outline { sizes: Vec::new(), values: Vec::new() };
        for (hole, own) in form.numbers.iter().enumerate() {
            // numbers that are equal in each nest are one argument
            let column: Vec<u64> = distinct.iter().map(|numbers| numbers[hole]).collect();
            outline.sizes.push(column.iter().any(|number| number != own).then(|| {
                let next = arguments.len();
                let argument = *arguments.entry(column).or_insert(next);
                if argument == next {
                    outline.values.push(*own);
                }
                argument
            }));
        }
        Some(outline)
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
