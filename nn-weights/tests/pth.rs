//! Files of PyTorch, which `references/make.py` has written, and files that PyTorch would not write.

use std::io::{Cursor, Write};

use nn_weights::{Archive, Dtype, Expected, Rules, plan};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// The tensors of a file: their names, types, shapes and numbers.
type Tensors = Vec<(String, Dtype, Vec<usize>, Vec<f64>)>;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/references/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The tensors of floating point in a file, by their names.
fn tensors(bytes: &[u8], rules: &Rules<'_>) -> Tensors {
    let archive = Archive::read(bytes).unwrap();
    let floats = archive.tensors.iter().filter(|stored| stored.dtype.is_float());
    let own: Vec<_> = floats.map(|stored| (rules.renamed(&stored.name), stored.shape.0.clone())).collect();
    let own: Vec<_> = own.iter().filter(|(name, _)| rules.wants(name)).collect();
    let expected: Vec<_> = own.iter().map(|(name, shape)| Expected { name, shape }).collect();
    let plan = plan(&expected, &archive, rules).unwrap_or_else(|problems| panic!("{problems:?}"));
    let read = |taken: &nn_weights::Taken| {
        let mut numbers = vec![f64::NAN; taken.shape.0.iter().product()];
        taken.copy(&archive, |at, number| numbers[at] = number).unwrap();
        (taken.name.clone(), taken.dtype.clone(), taken.shape.0.clone(), numbers)
    };
    let mut tensors: Tensors = plan.taken.iter().map(read).collect();
    tensors.sort_by(|a, b| a.0.cmp(&b.0));
    tensors
}

fn refused(bytes: &[u8]) -> String {
    Archive::read(bytes).unwrap_err().to_string()
}

#[test]
fn all_protocols_have_the_numbers_of_the_safetensors() {
    let expected = tensors(&file("net.safetensors"), &Rules::new());
    assert_eq!(expected.len(), 7);
    for name in ["net.pth", "protocol3.pth", "protocol4.pth", "protocol5.pth"] {
        assert_eq!(tensors(&file(name), &Rules::new()), expected, "{name}");
    }
    let trained = tensors(&file("checkpoint.safetensors"), &Rules::new());
    assert_eq!(tensors(&file("no_checksums.pth"), &Rules::new()), trained);
    assert_ne!(trained, expected);
}

#[test]
fn views_are_read_in_their_order() {
    let rules = || {
        let mut rules = Rules::new();
        ["i64", "i32", "i16", "i8", "u8", "bool"].iter().for_each(|name| rules.except(name));
        rules
    };
    let bytes = file("views.pth");
    let mut other = Rules::new();
    other.any_number();
    assert_eq!(tensors(&bytes, &rules()), tensors(&file("values.safetensors"), &other));
    // in place, where the numbers follow each other
    let archive = Archive::read(&bytes).unwrap();
    let stored = |name: &str| archive.tensors.iter().find(|stored| stored.name == name).unwrap();
    assert_eq!(stored("second").bytes().map(|bytes| &bytes[..4]), Some(&6f32.to_le_bytes()[..]));
    assert!(stored("transposed").bytes().is_none() && stored("expanded").bytes().is_none());
    let kinds = ["i64", "i32", "i16", "i8", "u8", "bool"].map(|name| stored(name).dtype.to_string());
    assert_eq!(kinds, ["I64", "I32", "I16", "I8", "U8", "BOOL"]);
}

#[test]
fn views_are_transposed_by_rules() {
    let bytes = file("views.pth");
    let archive = Archive::read(&bytes).unwrap();
    let mut rules = Rules::new();
    rules.transpose("transposed", &[1, 0]);
    rules.only("transposed");
    let plan = plan(&[Expected { name: "transposed", shape: &[3, 5] }], &archive, &rules).unwrap();
    let mut numbers = [0.0; 15];
    plan.taken[0].copy(&archive, |at, number| numbers[at] = number).unwrap();
    let expected = tensors(&file("values.safetensors"), &Rules::new());
    let (_, _, _, rows) = expected.iter().find(|(name, ..)| name == "transposed").unwrap();
    assert!((0..15).all(|at| numbers[at] == rows[at % 5 * 3 + at / 5]));
}

#[test]
fn checkpoints_are_flattened() {
    let bytes = file("checkpoint.pth");
    let archive = Archive::read(&bytes).unwrap();
    let names: Vec<&str> = archive.tensors.iter().map(|stored| stored.name.as_str()).collect();
    assert_eq!(names[..2], ["model.body.weight", "model.norm.weight"]);
    let others = ["optimizer.state.0.exp_avg", "best.model.norm.num_batches_tracked", "list.0"];
    assert!(others.iter().all(|name| names.contains(name)));
    let mut rules = Rules::new();
    rules.rename("best.model", "");
    ["model", "optimizer", "list"].iter().for_each(|name| rules.except(name));
    assert_eq!(tensors(&bytes, &rules), tensors(&file("checkpoint.safetensors"), &Rules::new()));
}

#[test]
fn what_python_would_have_to_make_is_refused() {
    let advice = "is read without Python: only tensors, dictionaries, lists, texts and numbers are read; save \
                  `model.state_dict()`, not the model, and nothing else that Python has to call";
    for (name, at, global) in
        [("model.pth", 2, "torch.nn.modules.linear.Linear"), ("arguments.pth", 16, "argparse.Namespace")]
    {
        let problem = refused(&file(name));
        assert_eq!(problem, format!("its pickle cannot be read, byte {at}: it holds `{global}`, and {advice}"));
    }
    let problem = refused(&file("legacy.pth"));
    assert!(problem.contains("before 1.6") && problem.contains("torch.save(torch.load(path), path)"), "{problem}");
}

/// A file with a pickle of protocol 2, and other entries.
fn zipped(pickle: &[u8], entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let all = [("data.pkl", [b"\x80\x02", pickle, b"."].concat())].into_iter();
    for (name, contents) in all.chain(entries.iter().map(|(name, contents)| (*name, contents.to_vec()))) {
        file.start_file(format!("x/{name}"), SimpleFileOptions::default().compression_method(method)).unwrap();
        file.write_all(&contents).unwrap();
    }
    file.finish().unwrap().into_inner()
}

fn stored(pickle: &[u8]) -> Vec<u8> {
    zipped(pickle, &[("data/0", &[0; 24])], CompressionMethod::Stored)
}

/// A dictionary of one tensor, of whose arguments the offset, the shape and the strides are given.
fn of_sizes(sizes: &[u8]) -> Vec<u8> {
    let front = b"}X\x01\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000NK\x06tQ";
    stored(&[front, sizes, b"tRs"].concat())
}

#[test]
fn views_outside_of_their_storage_are_refused() {
    assert_eq!(Archive::read(&of_sizes(b"K\0K\x06\x85K\x01\x85")).unwrap().tensors[0].shape.0, [6]);
    assert_eq!(Archive::read(&of_sizes(b"K\x05K\x02K\x03\x86K\0K\0\x86")).unwrap().tensors[0].shape.0, [2, 3]);
    let long = |number: i64| [&b"\x8a\x08"[..], &number.to_le_bytes()].concat();
    let most = long(i64::MAX);
    let refused_sizes: [Vec<u8>; 8] = [
        b"K\x01K\x06\x85K\x01\x85".to_vec(),
        b"K\0K\x06\x85K\x02\x85".to_vec(),
        b"K\0K\x06\x85K\x01K\x01\x86".to_vec(),
        [b"K\0", &long(-6)[..], b"\x85K\x01\x85"].concat(),
        [b"K\0K\x06\x85", &long(-1)[..], b"\x85"].concat(),
        [b"K\0", &most[..], b"\x85K\0\x85"].concat(),
        [b"K\0K\x06\x85", &most[..], b"\x85"].concat(),
        [&most[..], b"K\x06\x85K\x01\x85"].concat(),
    ];
    for sizes in refused_sizes {
        let problem = refused(&of_sizes(&sizes));
        assert!(problem.starts_with("its tensor `w` has ") || problem.contains("a tensor is made of"), "{problem}");
    }
    assert_eq!(
        refused(&of_sizes(b"K\x02K\x05\x85K\x01\x85")),
        "its tensor `w` has the shape [5], the strides [1] and the offset 2 in a storage of 6 numbers"
    );
}

#[test]
fn a_few_bytes_do_not_stand_for_many() {
    // each list holds the one before twice
    let doubled = (0..28u8)
        .fold(b"]q\x00".to_vec(), |pickle, at| [&pickle[..], b"](h", &[at], b"h", &[at], b"eq", &[at + 1]].concat());
    assert!(refused(&stored(&doubled)).contains("many times"));
    assert!(refused(&stored(b"]q\0h\0a")).contains("nested in more than 32"));
    assert!(refused(&stored(&b"]".repeat(10_000))).contains("much besides tensors"));
    assert!(refused(&stored(&b"(".repeat(10_000))).contains("much besides tensors"));
    assert!(refused(&stored(&b"N".repeat(10_000))).contains("much besides tensors"));
    assert!(refused(&stored(b"Nr\xff\xff\xff\xff")).contains("remembered before"));
    assert!(refused(&stored(b"X\xff\xff\xff\xff")).contains("ends early"));
    assert!(refused(&stored(b"\x8d\xff\xff\xff\xff\xff\xff\xff\xff")).contains("ends early"));
}

#[test]
fn other_zip_files_of_pytorch_are_refused() {
    let byte_order = zipped(b"}", &[("byteorder", b"big")], CompressionMethod::Stored);
    assert!(refused(&byte_order).starts_with("its numbers are in the byte order `big`"));
    let compressed = zipped(b"}", &[], CompressionMethod::Deflated);
    assert_eq!(refused(&compressed), "its entry `data.pkl` is compressed, which those of `torch.save` are not");
    assert_eq!(refused(&stored(b"K\x01")), "it holds no dictionary of tensors: save `model.state_dict()`");
    let mut damaged = file("net.pth");
    let at = damaged.windows(4).position(|window| window == 1f32.to_le_bytes()).unwrap();
    damaged[at] ^= 1;
    assert!(refused(&damaged).ends_with("cannot be read: Invalid checksum"), "{}", refused(&damaged));
}
