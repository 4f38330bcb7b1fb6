//! Limits of the unfolding of formulas: what a few lines stand for can be more than any time suffices for.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::syntax::ast::Formula;

/// Deeper nesting of calls means that formulas call each other in a circle.
const MAX_DEPTH: usize = 48;

/// More calls than the deepest networks have, which take about a second. Each formula that calls another one twice
/// doubles their number.
const MAX_CALLS: usize = 8192;

impl Lowering<'_> {
    /// Whether a call of a formula is unfolded. After the one that is not, none is: nothing more would be said of them.
    pub(in crate::lower) fn unfolds(&mut self, formula: &Formula, place: Span) -> bool {
        let name = &formula.name;
        let message = if self.unfolded > MAX_CALLS {
            return false;
        } else if self.depth >= MAX_DEPTH {
            format!("`{name}` is called in a circle, or formulas are nested more than {MAX_DEPTH} deep")
        } else if self.unfolded == MAX_CALLS {
            format!(
                "the formulas of this network call others {MAX_CALLS} times before `{name}` is called here\n\nhelp: equal layers that stand one behind the other are an array, which is unfolded once: `[Block(8); 16]`"
            )
        } else {
            self.unfolded += 1;
            return true;
        };
        self.unfolded = MAX_CALLS + 1;
        self.errors.report(Code::Circle, place, message);
        false
    }
}
