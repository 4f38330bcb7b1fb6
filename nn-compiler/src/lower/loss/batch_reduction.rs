//! The reduction over the samples of a batch: `reduction = sum`, `sum_over_batch(…)`, and the default.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::lowering::{Lowering, TermReduction};
use crate::lowered::BatchReduction;
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Loss};

/// The reductions of a loss, by PyTorch's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Reduction {
    /// The mean over everything.
    Mean,
    /// The sum over everything.
    Sum,
    /// The sum within a sample, the mean over the samples.
    BatchMean,
}

impl Reduction {
    /// Its reduction over the batch.
    pub(in crate::lower) fn over_batch(self) -> BatchReduction {
        match self {
            Reduction::Sum => BatchReduction::Sum,
            Reduction::Mean | Reduction::BatchMean => BatchReduction::Mean,
        }
    }
}

/// The reduction of a term, and the token that requests it, if there is one.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct RequestedReduction {
    pub reduction: Reduction,
    pub said: Option<Span>,
}

const WORDS: &str = "`reduction` is `mean` (over everything), `sum` (over everything) or `batchmean` (the sum within a sample, the mean over samples)";

impl Lowering<'_> {
    /// The reduction of all terms without one of their own.
    pub(in crate::lower) fn reduction_of_all(&mut self, loss: &Loss) -> RequestedReduction {
        match &loss.reduction {
            Some((keyword, value)) => RequestedReduction {
                reduction: self.reduction_word(Some(value), value.span),
                said: Some(keyword.span()),
            },
            None => RequestedReduction { reduction: Reduction::Mean, said: None },
        }
    }

    fn reduction_word(&mut self, value: Option<&Expression>, place: Span) -> Reduction {
        let word = match value.map(|value| &value.kind) {
            Some(ExpressionKind::Name(name)) => name.to_string(),
            _ => String::new(),
        };
        match word.as_str() {
            "mean" => Reduction::Mean,
            "sum" => Reduction::Sum,
            "batchmean" => Reduction::BatchMean,
            _ => {
                self.errors.report(Code::Reduction, place, WORDS);
                Reduction::Mean
            }
        }
    }

    /// Takes `reduction = …` out of a loss's arguments.
    pub(in crate::lower) fn split_reduction(
        &mut self,
        arguments: &Arguments,
        default: RequestedReduction,
    ) -> (Arguments, RequestedReduction) {
        let mut own = arguments.clone();
        let mut requested = default;
        let mut given = false;
        own.keywords.retain(|(keyword, argument)| {
            if keyword != "reduction" {
                return true;
            }
            if std::mem::replace(&mut given, true) {
                self.errors.report(Code::ArgumentTwice, keyword.span(), "the argument `reduction` is given twice");
            }
            let value = match argument {
                Argument::Value(value) => Some(value),
                Argument::Arrow(..) => None,
            };
            requested = RequestedReduction {
                reduction: self.reduction_word(value, argument.span()),
                said: Some(keyword.span()),
            };
            false
        });
        (own, requested)
    }

    /// Reports the first term that is averaged over the samples by default while another one is summed over them.
    pub(in crate::lower) fn check_term_reductions(&mut self) {
        let term_reductions = std::mem::take(&mut self.term_reductions);
        let is_sum = |term: &TermReduction| term.reduction == BatchReduction::Sum;
        let unsaid = term_reductions.iter().find(|term| !is_sum(term) && !term.said);
        if let (true, Some(term)) = (term_reductions.iter().any(is_sum), unsaid) {
            let message = "this term is averaged over the batch, but another one is summed over it\n\nhelp: say which is meant: `reduction = sum` or `reduction = mean` as an argument of a loss that is called by its name, `sum_over_batch(…)` or `mean_over_batch(…)` around any other term, or `loss(…, reduction = sum) = …` for all terms that do not say theirs";
            self.errors.report(Code::MixedReductions, term.place, message);
        }
    }
}
