//! The weights as a safetensors file.

use std::collections::BTreeMap;

use safetensors::tensor::{Dtype, TensorView};

use crate::Tensor;
use crate::network::Network;

/// The tensors of all layers that are called, by their names in the network.
pub(crate) fn tensors(network: &Network, names: &[Option<String>]) -> BTreeMap<String, Tensor> {
    let mut all = BTreeMap::new();
    for (layer, name) in network.layers.iter().zip(names) {
        let Some(layer_name) = name else { continue };
        for (own, constant) in &layer.tensors {
            let name = if own.is_empty() { layer_name.clone() } else { format!("{layer_name}.{own}") };
            #[allow(clippy::cast_possible_truncation)] // rounds to the numbers of the network
            let elements = constant.elements.iter().map(|element| *element as f32).collect();
            all.insert(name, Tensor { shape: constant.shape.clone(), elements });
        }
    }
    all
}

/// The bytes of a safetensors file of `f32`.
///
/// The name of the network is in its metadata.
pub(crate) fn to_file(network: &str, tensors: &BTreeMap<String, Tensor>) -> Result<Vec<u8>, String> {
    let bytes: Vec<(&String, &Tensor, Vec<u8>)> = tensors
        .iter()
        .map(|(name, tensor)| (name, tensor, tensor.elements.iter().flat_map(|one| one.to_le_bytes()).collect()))
        .collect();
    let mut views = Vec::new();
    for (name, tensor, bytes) in &bytes {
        let view = TensorView::new(Dtype::F32, tensor.shape.clone(), bytes).map_err(|error| error.to_string())?;
        views.push((name.as_str(), view));
    }
    let metadata = [("network".to_string(), network.to_string())].into();
    safetensors::serialize(views, Some(metadata)).map_err(|error| error.to_string())
}
