//! A file as another one: other names, other orders of axes, numbers of 32 bits.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::plan::is_count_of_batches;
use crate::{Archive, Dtype, Expected, Problem, Rules, Written, plan, safetensors};

/// A file as a safetensors of numbers of 32 bits, in which the rules have been followed: what a program takes that has its
/// weights in it.
///
/// # Errors
/// All that does not fit: rules that fit nothing, names that two tensors would have, numbers that are not finite or no
/// numbers.
///
/// ```
/// use nn_weights::{Archive, Dtype, Rules, Written};
/// let tensor = Written::new("module.fc.weight", Dtype::F64, &[1, 2], [0.5, -1.0]);
/// let bytes = nn_weights::safetensors::write(&[], vec![tensor]);
/// let mut rules = Rules::new();
/// rules.rename("module", "");
/// rules.transpose("fc.weight", &[1, 0]);
/// let converted = nn_weights::convert(&Archive::read(&bytes)?, &rules).unwrap();
/// let tensor = &Archive::read(&converted)?.tensors[0];
/// assert_eq!((tensor.name.as_str(), tensor.dtype.to_string(), tensor.shape.to_string()), ("fc.weight", "F32".into(), "[2, 1]".into()));
/// # Ok::<(), nn_weights::FormatError>(())
/// ```
pub fn convert(archive: &Archive<'_>, rules: &Rules<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let converted = converted(archive, rules);
    let expected: Vec<Expected<'_>> = converted.iter().map(|(name, shape)| Expected { name, shape }).collect();
    let plan = plan(&expected, archive, rules)?;
    let mut tensors = Vec::with_capacity(plan.taken.len());
    for taken in &plan.taken {
        let mut numbers = alloc::vec![0.0; taken.shape.0.iter().product()];
        if let Err(problem) = taken.copy(archive, |at, number| numbers[at] = number) {
            return Err(alloc::vec![Problem::Unreadable { name: taken.name.clone(), problem }]);
        }
        tensors.push(Written::new(taken.name.as_str(), Dtype::F32, &taken.shape.0, numbers));
    }
    Ok(safetensors::write(&[], tensors))
}

/// The names and shapes that the tensors of a file get, each name once.
fn converted(archive: &Archive<'_>, rules: &Rules<'_>) -> Vec<(String, Vec<usize>)> {
    let (mut converted, mut names) = (Vec::new(), BTreeSet::new());
    for stored in &archive.tensors {
        let name = rules.renamed(&stored.name);
        if !rules.wants(&name) || is_count_of_batches(&name) || !names.insert(name.clone()) {
            continue;
        }
        let own = &stored.shape.0;
        // axes that are none are a problem that the plan finds
        let turned = rules.axes(&name).and_then(|axes| axes.iter().map(|axis| own.get(*axis).copied()).collect());
        converted.push((name, turned.unwrap_or_else(|| own.clone())));
    }
    converted
}
