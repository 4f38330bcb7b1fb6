//! Files of other programs, and files that other programs read.

use std::io::{Cursor, Write};

use nn_weights::{Archive, Dtype, Expected, Rules, Written, npz, plan, safetensors};

const NUMBERS: [f64; 6] = [0.0, 0.5, -0.25, 3.0, 1e-8, -65504.0];

/// The numbers of a tensor `x` of shape `[2, 3]`.
fn numbers(bytes: &[u8], rules: &Rules<'_>) -> Vec<f64> {
    let archive = Archive::read(bytes).unwrap();
    let plan = plan(&[Expected { name: "x", shape: &[2, 3] }], &archive, rules).unwrap();
    let mut numbers = vec![f64::NAN; 6];
    plan.taken[0].copy(&archive, |at, number| numbers[at] = number).unwrap();
    numbers
}

fn written() -> Vec<Written<'static>> {
    vec![Written::new("x", Dtype::F64, &[2, 3], NUMBERS)]
}

#[test]
fn the_crate_safetensors_reads_what_is_written() {
    let bytes = safetensors::write(&[("network", "Net \"quoted\"")], written());
    let other = ::safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let tensor = other.tensor("x").unwrap();
    assert_eq!((tensor.dtype(), tensor.shape()), (::safetensors::Dtype::F64, &[2, 3][..]));
    assert_eq!(tensor.data(), NUMBERS.map(f64::to_le_bytes).concat());
    let (_, metadata) = ::safetensors::SafeTensors::read_metadata(&bytes).unwrap();
    assert_eq!(metadata.metadata().as_ref().unwrap()["network"], "Net \"quoted\"");
    assert_eq!(Archive::read(&bytes).unwrap().text("network"), Some("Net \"quoted\""));
}

#[test]
fn what_the_crate_safetensors_writes_is_read() {
    let data: Vec<u8> = NUMBERS.iter().flat_map(|number| half::f16::from_f64(*number).to_le_bytes()).collect();
    let view = ::safetensors::tensor::TensorView::new(::safetensors::Dtype::F16, vec![2, 3], &data).unwrap();
    let bytes = ::safetensors::serialize([("x", view)], None).unwrap();
    let expected = NUMBERS.map(|number| half::f16::from_f64(number).to_f64());
    assert_eq!(numbers(&bytes, &Rules::new()), expected);
}

#[test]
fn what_is_written_is_read_in_both_formats() {
    assert_eq!(numbers(&safetensors::write(&[], written()), &Rules::new()), NUMBERS);
    assert_eq!(numbers(&npz::write(written()).unwrap(), &Rules::new()), NUMBERS);
}

/// A `.npz` with one tensor `x`, of whose header the middle is given.
fn zipped(order: &str, shape: &str, compressed: bool) -> Vec<u8> {
    let mut header = format!("{{'descr': '<f8', 'fortran_order': {order}, 'shape': {shape}, }}");
    header.push('\n');
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let method = if compressed { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    file.start_file("x.npy", zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
    file.write_all(b"\x93NUMPY\x01\x00").unwrap();
    file.write_all(&(header.len() as u16).to_le_bytes()).unwrap();
    file.write_all(header.as_bytes()).unwrap();
    NUMBERS.iter().for_each(|number| file.write_all(&number.to_le_bytes()).unwrap());
    file.finish().unwrap().into_inner()
}

#[test]
fn axes_are_in_their_order() {
    let transposed = [0.0, -0.25, 1e-8, 0.5, 3.0, -65504.0];
    for compressed in [false, true] {
        assert_eq!(numbers(&zipped("False", "(2, 3)", compressed), &Rules::new()), NUMBERS);
        assert_eq!(numbers(&zipped("True", "(2, 3)", compressed), &Rules::new()), transposed);
        let mut rules = Rules::new();
        rules.transpose("x", &[1, 0]);
        assert_eq!(numbers(&zipped("False", "(3, 2)", compressed), &rules), transposed);
        assert_eq!(numbers(&zipped("True", "(3, 2)", compressed), &rules), NUMBERS);
    }
}

#[test]
fn a_changed_checksum_is_found() {
    let mut bytes = zipped("False", "(2, 3)", false);
    let place = bytes.windows(8).position(|window| window == 3f64.to_le_bytes()).unwrap();
    bytes[place] ^= 1;
    let archive = Archive::read(&bytes).unwrap();
    let problems = plan(&[Expected { name: "x", shape: &[2, 3] }], &archive, &Rules::new()).unwrap_err();
    assert_eq!(problems[0].to_string(), "`x` cannot be read: Invalid checksum");
}

#[test]
fn files_of_other_kinds_are_named() {
    let kinds: [(&[u8], &str); 11] = [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "git lfs pull"),
        (b"\n<!DOCTYPE html><html></html>", "web page"),
        (b"{\"weight_map\": {}}", "JSON"),
        (b"\x89HDF\r\n\x1a\n\x00\x00\x00\x00", "numpy.savez"),
        (b"\x93NUMPY\x01\x00v\x00", "one array"),
        (b"\x1c\x00\x00\x00TFL3\x14\x00\x20\x00", "TFLite"),
        (b"\x08\x08\x12\x07pytorch\x1a\x052.1.0", "ONNX"),
        (b"{\"meta\":{\"format\": 1}}", "JSON"),
        (b"GGUF\x03\x00\x00\x00\x00\x00", "GGUF"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "gzip"),
        (b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00", "pickle"),
    ];
    for (bytes, word) in kinds {
        let error = Archive::read(bytes).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
        assert!(!error.contains("cut off"), "{error}");
    }
}

#[test]
fn a_safetensors_that_is_cut_off_is_called_that() {
    // headers whose lengths begin like files of other kinds
    for length in [0x80u64, 0x3c, 0x7b, 0x3c20] {
        let mut bytes = length.to_le_bytes().to_vec();
        bytes.extend(br#"{"x":{"dtype":"F32","#);
        let error = Archive::read(&bytes).unwrap_err().to_string();
        assert!(error.contains("cut off"), "{error}");
    }
}
