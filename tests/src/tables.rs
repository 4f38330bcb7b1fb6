//! The tables of a network, `PARAMETERS` and `STATES`, against the fields that hold the tensors. Its text is also a
//! module of generated crates.

use nn_core::Parameter;

/// A field: its name in the table, its shape, its elements.
pub type Field<'a> = (&'a str, &'a [usize], &'a [f64]);

/// What is wrong with a table of tensors that lie in `flat`: a field whose row names another place, shape or length, or
/// that has none or several; rows without a field; gaps and overlaps.
#[must_use]
pub fn check_table(what: &str, table: &[Parameter], flat: &[f64], fields: &[Field<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    if table.len() != fields.len() {
        wrong.push(format!("{} {what} in the table for {} fields", table.len(), fields.len()));
    }
    for (name, shape, elements) in fields {
        let rows: Vec<&Parameter> = table.iter().filter(|row| row.name == *name).collect();
        let [row] = rows.as_slice() else {
            wrong.push(format!("{} rows for {name}", rows.len()));
            continue;
        };
        if row.shape != *shape || row.len() != elements.len() {
            wrong.push(format!("{name} has the shape {shape:?}, not {:?}", row.shape));
        }
        let place = flat.get(row.offset..).map(<[f64]>::as_ptr);
        if place != Some(elements.as_ptr()) {
            let right = flat.iter().position(|element| std::ptr::eq(element, elements.as_ptr()));
            wrong.push(format!("{name} lies at {right:?}, not at {}", row.offset));
        }
    }
    let mut ranges: Vec<_> = table.iter().map(Parameter::range).collect();
    ranges.sort_by_key(|range| range.start);
    let starts = ranges.iter().map(|range| range.start).chain([flat.len()]);
    let ends = [0].into_iter().chain(ranges.iter().map(|range| range.end));
    wrong.extend(
        starts
            .zip(ends)
            .filter(|(start, end)| start != end)
            .map(|(start, end)| format!("{what}: a tensor ends at {end}, and the next begins at {start}")),
    );
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_tables_are_noticed() {
        let flat = [0.0; 5];
        let fields: [Field<'_>; 2] = [("a", &[2], &flat[..2]), ("b", &[3], &flat[2..])];
        let check = |rows: &[Parameter]| check_table("parameters", rows, &flat, &fields).len();
        let row = Parameter::new;
        assert_eq!(check(&[row("a", &[2], 0), row("b", &[3], 2)]), 0);
        assert_eq!(check(&[row("b", &[3], 2), row("a", &[2], 0)]), 0);
        // swapped names, a row too few, an overlap, a gap, another shape
        assert!(check(&[row("b", &[3], 0), row("a", &[2], 3)]) > 0);
        assert!(check(&[row("a", &[2], 0)]) > 0);
        assert!(check(&[row("a", &[2], 0), row("b", &[3], 1)]) > 0);
        assert!(check(&[row("a", &[2], 0), row("b", &[2], 3)]) > 0);
        assert!(check(&[row("a", &[2, 1], 0), row("b", &[3], 2)]) > 0);
    }
}
