//! A network that runs over time, one frame after the other: the equations of one step, derived from those of the whole.
//!
//! The axis of time is followed from the inputs through all equations (`times`). An equation whose index runs along it is
//! computed for the frames of one step (`equations`); what it reads of earlier frames is carried from step to step (`step`).

mod equations;
mod extents;
mod step;
mod times;

use proc_macro2::Span;

use crate::equation::Role;
use crate::lowered::Lowered;
use crate::simplify::simplify;
use crate::syntax::ast::{Network, StreamAttribute};
use step::Stepping;
use times::{Refusal, Times};

/// Why a network is no stream: a tensor where that shows, and the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoStream {
    /// The name of the tensor.
    pub tensor: String,
    /// What it does that a stream cannot.
    pub reason: String,
}

impl NoStream {
    /// Where it is reported, and in which words.
    #[must_use]
    pub fn of(&self, network: &Network, stream: StreamAttribute) -> (Span, String) {
        let belongs =
            |name: &str| self.tensor.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        let layers = network.layers.iter().filter(|layer| belongs(&layer.name.to_string()));
        let layer = layers.max_by_key(|layer| layer.name.to_string().len());
        let (what, place) = match layer {
            Some(layer) => (format!("layer `{}`", layer.name), layer.name.span()),
            None => (format!("`{}`", self.tensor), stream.span),
        };
        let message = format!(
            "`{}` is no stream: {what} {}\n\nhelp: a stream gives one frame after the other, from what has been seen so far; `#[stream(axis = 1)]` says which axis of the inputs is time",
            network.name, self.reason
        );
        (place, message)
    }
}

/// The most frames of a step.
const MOST_FRAMES: i64 = 1 << 12;

/// A network as one step of a stream: its inputs and outputs are those of the frames of a step, and `carried` is what a
/// step hands on to the next. `axis` is that of time in the inputs; it counts from the end where it is negative.
///
/// # Errors
/// Where the network is not causal along this axis.
pub fn stream(infer: &Lowered, axis: i64) -> Result<Lowered, NoStream> {
    let mut program = infer.program.clone();
    simplify(&mut program, &|role| matches!(role, Role::Output(_)));
    let mut frames = 1;
    loop {
        match Times::new(&program, infer, axis, frames) {
            Ok(times) => return Stepping::new(&program, times).network(infer),
            Err(Refusal::Mistake(no_stream)) => {
                // what was inlined has lost the name of its layer
                let named = Times::new(&infer.program, infer, axis, frames);
                return Err(if let Err(Refusal::Mistake(named)) = named { named } else { no_stream });
            }
            // a layer has fewer positions along time than the input: a step has several frames
            Err(Refusal::MoreFrames(factor, tensor)) => {
                if factor > MOST_FRAMES / frames {
                    return Err(times::refused(&program, tensor, "has too few positions along time"));
                }
                frames *= factor;
            }
        }
    }
}

/// Where the frames of a tensor lie.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Time {
    /// The axis along which time runs.
    axis: usize,
    /// The positions for each step.
    rate: i64,
    /// The positions in front of the first step, which are given.
    first: i64,
}

impl Time {
    /// Whether a tensor keeps the positions in front of those of a step: the carry of a scan that has several iterations
    /// in a step, each of which reads what the one before has defined.
    fn keeps_first(&self) -> bool {
        self.first > 0 && self.rate > 1
    }

    /// The number of positions in a step.
    fn len(&self) -> i64 {
        if self.keeps_first() { self.first + self.rate } else { self.rate }
    }
}

/// How a tensor depends on time.
#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    /// It does not.
    Always,
    /// It has positions for each step.
    Along(Time),
    /// It follows from what the last step has left.
    Last,
}
