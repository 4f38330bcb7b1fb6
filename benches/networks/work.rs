//! The work for which the networks are compiled.

use std::fmt::Debug;

use nn_core::data::Dataset;
use nn_core::prelude::*;
use nn_core::train::Trainer;
use nn_core::{CompiledLoss, Error, Session};

/// Trains a step, measures the loss and predicts.
pub fn once<N>(inputs: [N::Input; 2], targets: [N::Target; 2]) -> Result<(), Error>
where
    N: CompiledLoss<Scalar = f32>,
    N::Output: Debug,
{
    let data = Dataset::new(inputs.into(), targets.into())?;
    let mut session = Session::<N>::from_seed(1);
    let history = Trainer::new(Sgd::new(1e-3)).batch(2).epochs(1).quiet().fit(&mut session, &data, &data)?;
    println!("{history}\n{:?}", session.forward(&data.inputs()[0]));
    Ok(())
}
