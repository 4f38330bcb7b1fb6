//! Reference values: files of tensors, plain or compressed.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use safetensors::{Dtype, SafeTensors};

/// A file or folder of the references in this repository.
///
/// # Panics
/// If it is not there: a test must not pass because its reference is missing.
#[must_use]
pub fn reference(name: &str) -> PathBuf {
    existing("references", name)
}

/// A folder of `examples/data`, with weights that tests read too.
///
/// # Panics
/// If it is not there.
#[must_use]
pub fn example_data(name: &str) -> PathBuf {
    existing("../examples/data", name)
}

fn existing(folder: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
    assert!(path.exists(), "{}: this reference is missing; `tests/references/pack.py` makes it", path.display());
    path
}

/// The content of a file; where there is none, that of the compressed file `PATH.gz`.
///
/// # Errors
/// If neither can be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let told = |path: &Path, error: &dyn Display| format!("{}: {error}", path.display());
    let mut packed = path.as_os_str().to_owned();
    packed.push(".gz");
    let packed = Path::new(&packed);
    if path.exists() || !packed.exists() {
        return std::fs::read(path).map_err(|error| told(path, &error));
    }
    let file = std::fs::File::open(packed).map_err(|error| told(packed, &error))?;
    let mut content = Vec::new();
    GzDecoder::new(file).read_to_end(&mut content).map_err(|error| told(packed, &error))?;
    Ok(content)
}

/// The tensors of a safetensors file as numbers, by name; the file may be compressed ([`bytes`]).
///
/// # Errors
/// If the file cannot be read, or holds numbers of another type than f32, f64, i64, i8 or u8.
pub fn read(path: &Path) -> Result<BTreeMap<String, Vec<f64>>, String> {
    let told = |error: &dyn Display| format!("{}: {error}", path.display());
    let bytes = bytes(path)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "this reference is missing")]
    fn a_missing_reference_is_an_error() {
        let _ = reference("torch-parity/there is no such case.json");
    }

    #[test]
    fn a_missing_file_is_named() {
        let path = reference("torch-parity/cases").join("none.f64.safetensors");
        assert!(read(&path).unwrap_err().contains("none.f64.safetensors: "));
    }
}
