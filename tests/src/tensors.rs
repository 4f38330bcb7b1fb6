//! Reference values: files of tensors.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors};

/// A folder of the data that is shared beside the project's folder, if it is there.
#[must_use]
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("../../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no shared data {name}");
    None
}

/// The tensors of a safetensors file as numbers, by name.
///
/// # Errors
/// If the file cannot be read, or holds numbers of another type than f32, f64, i64, i8 or u8.
pub fn read(path: &Path) -> Result<BTreeMap<String, Vec<f64>>, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(|error| told(&error))?;
    let file = SafeTensors::deserialize(&bytes).map_err(|error| told(&error))?;
    let mut tensors = BTreeMap::new();
    for (name, tensor) in file.tensors() {
        let data = tensor.data();
        #[allow(clippy::cast_precision_loss)] // classes are small
        let numbers = match tensor.dtype() {
            Dtype::F32 => data.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b).into()).collect(),
            Dtype::F64 => data.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect(),
            Dtype::I8 => data.iter().map(|b| b.cast_signed().into()).collect(),
            Dtype::U8 => data.iter().map(|b| (*b).into()).collect(),
            Dtype::I64 => data.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b) as f64).collect(),
            other => return Err(told(&format!("`{name}` is {other:?}"))),
        };
        tensors.insert(name, numbers);
    }
    Ok(tensors)
}
