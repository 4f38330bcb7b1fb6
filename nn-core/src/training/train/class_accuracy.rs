//! The default metric.

use std::any::{Any, TypeId};

use crate::networks::Train;
use crate::tensors::{Plain, Scalar};
use crate::training::metrics::{Accuracy, Metric};

/// The default metric: the accuracy of networks whose targets are classes. Other networks have none.
pub(super) fn class_accuracy<'a, N: Train>() -> Option<Box<dyn Metric<N::Output, N::Target> + 'a>> {
    let classes = TypeId::of::<N::Target>() == TypeId::of::<usize>();
    classes.then(|| Box::new(ClassAccuracy) as _)
}

/// [`Accuracy`] for targets that are classes, although their type is generic.
struct ClassAccuracy;

impl<O: Plain<Element: Scalar>, Y: Any> Metric<O, Y> for ClassAccuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn score(&self, output: &O, target: &Y) -> f64 {
        let class = (target as &dyn Any).downcast_ref::<usize>();
        class.map_or(f64::NAN, |class| Accuracy::new().score(output, class))
    }
}
