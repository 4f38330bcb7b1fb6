//! Pictures of confusion matrices.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Drawing, Drawn, TRAINING, picture};
use crate::training::metrics::ConfusionMatrix;

/// A confusion matrix, as an SVG. Each cell is shaded by its part of the samples of its row.
///
/// ```
/// use nn_core::metrics::ConfusionMatrix;
/// let mut matrix = ConfusionMatrix::new(2).labels(["cat", "dog"]);
/// matrix.add(0, 1);
/// assert!(nn_core::plot::confusion(&matrix).contains("dog"));
/// ```
#[must_use]
pub fn confusion(matrix: &ConfusionMatrix) -> String {
    let side = 120 + 48 * u32::try_from(matrix.names().len()).unwrap_or(u32::MAX).min(200);
    picture((side, side), |area| cells(area, matrix))
}

fn cells(area: &Drawing<'_>, matrix: &ConfusionMatrix) -> Drawn {
    const LEFT: i32 = 84;
    const CELL: i32 = 48;
    let text = |size: i32, colour: RGBColor| {
        ("sans-serif", size).into_font().color(&colour).pos(Pos::new(HPos::Center, VPos::Center))
    };
    let middle = |at: usize| LEFT + CELL * i32::try_from(at).unwrap_or(0) + CELL / 2;
    let centre = LEFT + CELL * i32::try_from(matrix.names().len()).unwrap_or(0) / 2;
    area.draw(&Text::new("predicted", (centre, 20), text(15, BLACK)))?;
    area.draw(&Text::new("actual", (32, 20), text(15, BLACK)))?;
    for (class, label) in matrix.names().iter().enumerate() {
        area.draw(&Text::new(label.as_str(), (middle(class), LEFT - 20), text(13, BLACK)))?;
        area.draw(&Text::new(label.as_str(), (LEFT - 42, middle(class)), text(13, BLACK)))?;
        for predicted in 0..matrix.names().len() {
            let (x, y, count) = (middle(predicted), middle(class), matrix.count(class, predicted));
            #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
            let part = count as f64 / matrix.support(class).max(1) as f64;
            let half = CELL / 2;
            let corners = [(x - half, y - half), (x + half, y + half)];
            area.draw(&Rectangle::new(corners, TRAINING.mix(part).filled()))?;
            area.draw(&Rectangle::new(corners, BLACK.mix(0.15)))?;
            let colour = if part > 0.5 { WHITE } else { BLACK };
            area.draw(&Text::new(count.to_string(), (x, y), text(13, colour)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_has_a_cell_for_each_pair() {
        let mut matrix = ConfusionMatrix::new(3).labels(["<a>", "b", "c"]);
        (0..41).for_each(|_| matrix.add(1, 2));
        let svg = confusion(&matrix);
        assert!(svg.contains("41") && svg.contains("&lt;a&gt;"), "{svg}");
        // the background, a border for each, and a shade where there are samples
        assert_eq!(svg.matches("<rect").count(), 1 + 9 + 1);
    }
}
