//! Pictures of trainings, confusion matrices and saliency, as the text of an SVG file. They need the feature `plot`.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use nn_core::{Session, optim::Sgd, train::Trainer};
//! // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
//! let (train, test) = points(64).split(0.8, 0)?;
//! let mut session = Session::<Line>::from_seed(0);
//! let history = Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &train, &test)?;
//! std::fs::write(std::env::temp_dir().join("nn-core-losses.svg"), nn_core::plot::losses(&history))?;
//! # Ok(()) }
//! ```

mod chart;
mod confusion;
mod curves;
mod saliency;

use plotters::coord::Shift;
use plotters::prelude::*;

pub use confusion::confusion;
pub use curves::{losses, metric, norms};
pub use saliency::saliency;

/// Colours that can be told apart without red and green (M. Okabe, K. Ito, "Color universal design", 2008).
const TRAINING: RGBColor = RGBColor(0, 114, 178);
const VALIDATION: RGBColor = RGBColor(213, 94, 0);

type Drawing<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// The text of a picture that a function draws.
fn picture(size: (u32, u32), draw: impl Fn(&Drawing<'_>) -> Drawn) -> String {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        // Writing to memory cannot fail.
        let drawn = area.fill(&WHITE).map_err(Into::into).and_then(|()| draw(&area));
        debug_assert!(drawn.is_ok(), "{drawn:?}");
        let _ = area.present();
    }
    text
}
