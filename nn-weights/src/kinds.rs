//! Files that hold no weights, or hold them in another format.

use alloc::format;
use alloc::string::{String, ToString};

/// The beginnings of texts, and what such a file is, in words that follow its name.
const TEXTS: &[(&[u8], &str)] = &[
    (b"version https://git-lfs", "it is the pointer of Git LFS to the file, which `git lfs pull` fetches"),
    (b"<", "it is a web page, or XML: the server has sent something else than the file"),
    (b"{", "it is JSON: the weights are in another file, such as `model.safetensors`"),
];

/// The same of other files.
const BINARIES: &[(&[u8], &str)] = &[
    (b"\x89HDF\r\n\x1a\n", "it is HDF5, as Keras writes it: save the weights by `numpy.savez(path, **{name: array})`"),
    (b"\x93NUMPY", "it is one array of NumPy: save arrays with their names by `numpy.savez(path, **{name: array})`"),
    (b"GGUF", "it is a GGUF, whose numbers are mostly quantised: save the weights as safetensors"),
    (b"\x1f\x8b", "it is packed by gzip: unpack it"),
];

const PICKLE: &str =
    "it is a pickle: save the `state_dict` by `torch.save`, or the arrays by `numpy.savez(path, **{name: array})`";
const MODEL: &str = "model: `nn-import` writes it as a network and a safetensors file";

/// What a file is that is not of a format that is read, if its first bytes tell.
pub(crate) fn other(bytes: &[u8]) -> Option<String> {
    // the length of a header in JSON, and the header: a safetensors file that is damaged behind that
    if let [_, _, _, _, _, 0, 0, 0, b'{', ..] = bytes
        && !bytes.starts_with(b"GGUF")
    {
        return None;
    }
    let begins = |beginnings: &[(&[u8], &str)], bytes: &[u8]| {
        beginnings.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, what)| (*what).to_string())
    };
    if let Some(what) = begins(TEXTS, bytes.trim_ascii_start()).or_else(|| begins(BINARIES, bytes)) {
        return Some(what);
    }
    match bytes {
        [0x80, 2..=5, ..] => Some(PICKLE.to_string()),
        [_, _, _, _, b'T', b'F', b'L', b'3', ..] => Some(format!("it is a TFLite {MODEL}")),
        // the version of the format, from 3 to 20, and the name of the program that wrote it
        [0x08, 3..=20, 0x12 | 0x1a | 0x3a | 0x42, ..] => Some(format!("it seems to be an ONNX {MODEL}")),
        _ => None,
    }
}
