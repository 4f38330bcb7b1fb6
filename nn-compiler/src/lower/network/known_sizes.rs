//! What the conditions of a network say of the program's sizes: `HIDDEN - 8` must be zero, so `HIDDEN` is 8.

use std::collections::BTreeMap;

use crate::lowered::{Obligation, SizeSource};
use crate::shape::Dim;

/// The sizes of constants and types of the program. None of them depends on another one that is known.
pub(in crate::lower) type KnownSizes = BTreeMap<String, Dim>;

/// Adds what the conditions say; whether there is something new.
pub(in crate::lower) fn learn(
    known: &mut KnownSizes,
    obligations: &[Obligation],
    symbols: &BTreeMap<String, SizeSource>,
) -> bool {
    let before = known.len();
    for obligation in obligations.iter().filter(|obligation| obligation.zero) {
        let Some(difference) = with_known(&obligation.not_negative, known) else { continue };
        let solved = symbols.keys().find_map(|symbol| {
            let size = difference.solved_for(symbol)?;
            // what no size can be is reported by rustc
            size.literal().is_none_or(|size| size > 0).then(|| (symbol.clone(), size))
        });
        let Some((symbol, size)) = solved else { continue };
        let own = KnownSizes::from([(symbol.clone(), size.clone())]);
        let others: Option<KnownSizes> =
            known.iter().map(|(name, size)| Some((name.clone(), with_known(size, &own)?))).collect();
        let Some(others) = others else { continue };
        *known = others;
        known.insert(symbol, size);
    }
    known.len() > before
}

fn with_known(size: &Dim, known: &KnownSizes) -> Option<Dim> {
    size.substitute(&|symbol| known.get(symbol).cloned())
}
