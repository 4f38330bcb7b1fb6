//! Whether the definitions of a tensor define each of its elements once.

use proc_macro2::Span;

use crate::equation::Coverage;
use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::symbolic::TensorId;

impl Lowering<'_> {
    /// Reports tensors some of whose elements a formula does not define, or defines twice.
    pub(in crate::lower) fn check_definitions(&mut self, formula: &str) {
        for (tensor, name, place) in std::mem::take(&mut self.indexed) {
            if self.errors.any() {
                continue;
            }
            let shape = self.shape_text(tensor);
            let missing = format!("`{formula}` does not define all elements of `{name}`, which has the shape {shape}");
            match self.out.program.coverage(tensor) {
                Coverage::Once => {}
                Coverage::If(differences) => {
                    for difference in differences {
                        self.must_be_zero(Code::MissingElements, difference, missing.clone(), place);
                    }
                }
                Coverage::Missing => {
                    let message = missing + &self.of_diagonal(tensor, &name);
                    self.errors.report(Code::MissingElements, place, message);
                }
                Coverage::Twice => {
                    let message = format!("`{formula}` defines elements of `{name}` twice");
                    self.errors.report(Code::ElementsTwice, place, message);
                }
                Coverage::Unknown => self.report_unknown(formula, &name, place),
            }
        }
    }

    /// What to write instead of a definition along a diagonal.
    fn of_diagonal(&self, tensor: TensorId, name: &str) -> String {
        let program = &self.out.program;
        let mut own = program.equations.iter().filter(|equation| equation.target == tensor);
        if !own.any(|equation| program.is_diagonal(&equation.write)) {
            return String::new();
        }
        format!(
            ": an index that stands on two axes runs along a diagonal\n\nhelp: write `{name}[…] += …`, which begins with zeros elsewhere"
        )
    }

    fn report_unknown(&mut self, formula: &str, name: &str, place: Span) {
        let message = format!(
            "`{formula}` may leave out elements of `{name}`, or define some twice: sizes that are no numbers do not tell\n\nhelp: let the definitions follow each other along an axis, as `{name}[i] = …` and `{name}[N + j] = …` do with `i: N`"
        );
        self.errors.report(Code::MissingElements, place, message);
    }
}
