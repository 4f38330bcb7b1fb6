//! Weights that others have trained.

use std::collections::HashSet;
use std::io::Read;

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;
use nn_core::{Network, Parameter};
use safetensors::{Dtype, SafeTensors};

/// A network with the weights of a compressed safetensors file in `examples/data`. `renamed` says what the file calls a
/// tensor of the network.
///
/// # Errors
/// If the file cannot be read, or if a tensor is missing, is of another size, or is left over.
pub fn load<N: Network<Scalar = f32>>(file: &str, renamed: fn(&str) -> String) -> Result<Box<N>> {
    let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let content = std::fs::File::open(&path).with_context(|| path.clone())?;
    let mut bytes = Vec::new();
    GzDecoder::new(content).read_to_end(&mut bytes).with_context(|| path.clone())?;
    let tensors = SafeTensors::deserialize(&bytes).with_context(|| path.clone())?;
    let mut network = N::init_as(0);
    let mut left: HashSet<&str> = tensors.names().into_iter().collect();
    let mut fill = |parameter: &Parameter, flat: &mut [f32]| -> Result<()> {
        let name = renamed(parameter.name);
        let tensor = tensors.tensor(&name).with_context(|| format!("{path}: `{name}`"))?;
        let numbers = tensor.data().as_chunks().0;
        let fits = tensor.dtype() == Dtype::F32 && numbers.len() == parameter.len();
        ensure!(fits, "{path}: `{name}` has {} numbers, and the network {}", numbers.len(), parameter.len());
        flat[parameter.range()].iter_mut().zip(numbers).for_each(|(to, from)| *to = f32::from_le_bytes(*from));
        left.remove(name.as_str());
        Ok(())
    };
    N::PARAMETERS.iter().try_for_each(|parameter| fill(parameter, network.flat_params_mut()))?;
    N::STATES.iter().try_for_each(|state| fill(state, network.flat_state_mut()))?;
    ensure!(left.is_empty(), "{path}: {left:?} are not in the network");
    Ok(network)
}
