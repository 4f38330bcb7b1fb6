//! Files of samples, valid and damaged.

mod common;

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use nn_core::data::{Csv, Idx, IdxKind, Normalize, mnist};
use nn_core::typenum::{U0, U1, U2, U3, U28, U64, U784};
use nn_core::{Error, Tensor};

/// A file in a folder of the test's own.
fn file(test: &str, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("nn-core-data-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn idx(kind: u8, sizes: &[u32], numbers: &[u8]) -> Vec<u8> {
    let sizes_bytes = sizes.iter().flat_map(|size| size.to_be_bytes());
    [0, 0, kind, sizes.len() as u8].into_iter().chain(sizes_bytes).chain(numbers.iter().copied()).collect()
}

/// The message without the path, which must come first.
fn message<T: std::fmt::Debug>(path: &std::path::Path, result: Result<T, Error>) -> String {
    let text = result.unwrap_err().to_string();
    text.strip_prefix(&path.display().to_string()).unwrap_or_else(|| panic!("no path in: {text}")).into()
}

#[test]
fn reads_every_kind_of_number() {
    let kinds: [(u8, IdxKind, Vec<u8>); 6] = [
        (0x08, IdxKind::U8, vec![3, 254]),
        (0x09, IdxKind::I8, vec![3, 254]),
        (0x0b, IdxKind::I16, [3i16, -2].iter().flat_map(|n| n.to_be_bytes()).collect()),
        (0x0c, IdxKind::I32, [3i32, -2].iter().flat_map(|n| n.to_be_bytes()).collect()),
        (0x0d, IdxKind::F32, [3f32, -2.0].iter().flat_map(|n| n.to_be_bytes()).collect()),
        (0x0e, IdxKind::F64, [3f64, -2.0].iter().flat_map(|n| n.to_be_bytes()).collect()),
    ];
    for (code, kind, numbers) in kinds {
        let plain = idx(code, &[1, 2], &numbers);
        for bytes in [plain.clone(), gzip(&plain)] {
            let idx = Idx::read(file("kinds", "numbers", &bytes)).unwrap();
            let rows: Vec<Tensor<(U2,), f64>> = idx.tensors(1.0).unwrap();
            let second = if kind == IdxKind::U8 { 254.0 } else { -2.0 };
            assert_eq!((idx.kind(), rows[0].as_slice()), (kind, &[3.0, second][..]));
        }
    }
}

#[test]
fn damaged_idx_files_are_explained() {
    let read = |bytes: &[u8]| {
        let path = file("damaged", "numbers", bytes);
        message(&path, Idx::read(&path))
    };
    let sound = idx(8, &[2, 3], &[1, 2, 3, 4, 5, 6]);
    assert_eq!(read(&[]), ", byte 0: the file ends early: expected 4 bytes of magic number, found 0");
    assert_eq!(read(&sound[..7]), ", byte 7: the file ends early: expected 8 bytes of sizes, found 3");
    assert_eq!(read(&sound[..14]), ", byte 14: the file ends early: expected 6 bytes of numbers, found 2");
    assert_eq!(read(&gzip(&sound[..14])), ", byte 14: the file ends early: expected 6 bytes of numbers, found 2");
    let longer = [&sound[..], &[7]].concat();
    assert_eq!(read(&longer), ", byte 18: the file goes on where its header says that it ends");
    assert!(read(b"PNG and so on").ends_with("found 50 4e 47 20"));
    assert!(read(&idx(0x0a, &[1], &[1])).starts_with(", byte 0: expected the magic number of an IDX file"));
    let huge = idx(8, &[u32::MAX; 3], &[]);
    assert!(read(&huge).contains("are more than any file holds"));
    let huge_items = idx(8, &[0, 1 << 31, 1 << 31, 1 << 31, 1 << 31], &[]);
    assert!(read(&huge_items).contains("[0, 2147483648, 2147483648, 2147483648, 2147483648] are more than any file"));
    // The reader must not allocate the 4 GB of a header before it has read them.
    assert!(read(&idx(8, &[u32::MAX], &[1])).contains("expected 4294967295 bytes of numbers, found 1"));
}

#[test]
fn damaged_gzip_is_explained() {
    let packed = gzip(&idx(8, &[64, 64], &(0..4096).map(|n| (n * 7 % 251) as u8).collect::<Vec<_>>()));
    for (name, bytes) in [
        ("cut", packed[..packed.len() / 2].to_vec()),
        ("flipped", {
            let mut bytes = packed.clone();
            let last = bytes.len() - 5;
            bytes[last] ^= 0xff;
            bytes
        }),
    ] {
        let path = file("gzip", name, &bytes);
        let text = message(&path, Idx::read(&path));
        assert!(text.starts_with(", byte ") && text.contains("cannot be read on"), "{name}: {text}");
    }
}

#[test]
fn sizes_that_do_not_fit_are_explained() {
    let path = file("sizes", "numbers", &idx(8, &[2, 3], &[1, 2, 3, 4, 5, 60]));
    let idx = Idx::read(&path).unwrap();
    let text = message(&path, idx.tensors::<(U2,), f32>(1.0));
    assert_eq!(text, ": expected items of 2 numbers, for tensors of shape [2], found [3]");
    assert!(message(&path, idx.classes(10)).contains("expected items of 1 numbers"));
    for divisor in [0.0, -0.0, f64::NAN, f64::INFINITY] {
        let error = idx.tensors::<(U3,), f32>(divisor).unwrap_err();
        assert_eq!(error.to_string(), "`divisor` must be a finite number other than 0");
    }
}

#[test]
fn a_folder_without_mnist_is_explained() {
    let path = file("mnist", "train-images-idx3-ubyte", &idx(8, &[2, 28, 28], &[0; 1568]));
    let folder = path.parent().unwrap();
    let text = message(folder, mnist::<(U784,), f32>(folder));
    assert!(text.contains("no file `train-labels-idx1-ubyte` or `train-labels-idx1-ubyte.gz`"), "{text}");

    let labels = file("mnist", "train-labels-idx1-ubyte.gz", &gzip(&idx(8, &[3], &[0, 1, 2])));
    let text = message(&labels, mnist::<(U784,), f32>(folder));
    assert_eq!(text, ": expected a label for each image, sizes [2], found [3]");

    file("mnist", "train-labels-idx1-ubyte.gz", &gzip(&idx(8, &[2], &[0, 11])));
    let text = message(&labels, mnist::<(U784,), f32>(folder));
    assert_eq!(text, ", byte 9: 11 is not a class below 10");

    file("mnist", "train-images-idx3-ubyte", &idx(8, &[2, 28, 27], &[0; 1512]));
    let text = message(&path, mnist::<(U784,), f32>(folder));
    assert!(text.contains("expected images of 28×28 pixels"), "{text}");
}

#[test]
#[ignore = "needs MNIST: set MNIST=DIR"]
fn reads_mnist() {
    let folder = std::env::var_os("MNIST").expect("set MNIST to the folder of its four files");
    let folder = common::repository("").join(folder); // as seen from the repository, unless it is absolute
    let (mut train, test) = mnist::<(U1, U28, U28), f32>(folder).unwrap();
    assert_eq!((train.len(), test.len()), (60_000, 10_000));
    assert_eq!(train.targets()[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    assert_eq!(test.targets()[..10], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    let counts: Vec<usize> = (0..10).map(|class| test.targets().iter().filter(|t| **t == class).count()).collect();
    assert_eq!(counts, [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    let pixels = Tensor::flatten(&test.inputs()[..100]);
    assert!(pixels.iter().all(|pixel| (0.0..=1.0).contains(pixel)) && pixels.contains(&1.0));

    Normalize::constant(0.1307, 0.3081).unwrap().apply(&mut train);
    let pixels = Tensor::flatten(train.inputs());
    let count = pixels.len() as f64;
    let mean = pixels.iter().map(|x| f64::from(*x)).sum::<f64>() / count;
    let square = pixels.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / count;
    assert!(mean.abs() < 1e-3 && (square - 1.0).abs() < 1e-3, "{mean} {square}");
}

#[test]
fn reads_digits() {
    let table = Csv::new(common::repository("examples/data/digits.csv.gz")).read().unwrap();
    assert_eq!((table.rows(), table.columns()), (1797, 65));
    let images: Vec<Tensor<(U64,)>> = table.tensors(0..64).unwrap();
    assert_eq!(images[0].as_slice()[..6], [0.0, 0.0, 5.0, 13.0, 9.0, 1.0]);
    let classes = table.classes(64, 10).unwrap();
    let count = |class| classes.iter().filter(|c| **c == class).count();
    assert_eq!((count(0), count(3), count(8)), (178, 183, 174));
}

#[test]
fn damaged_tables_are_explained() {
    let read = |text: &str| {
        let path = file("csv", "table.csv", text.as_bytes());
        message(&path, Csv::new(&path).read())
    };
    assert_eq!(read("1,2\n3\n"), ", line 2: expected 2 fields as in the first line, found 1");
    assert_eq!(read("1,2\n\n3,4,5\n"), ", line 3: expected 2 fields as in the first line, found 3");
    assert!(read("1,2\r\n\r\n3,x\r\n").starts_with(", line 3, column 2: `x` is not a number"));
    assert_eq!(read("1,\n"), ", line 1, column 2: `` is empty where a number is needed");
    assert_eq!(read("1,nan\n"), ", line 1, column 2: `nan` is not a finite number");
    assert_eq!(read(&format!("1,{}\n", "x".repeat(50))).matches('x').count(), 40);
    let missing = PathBuf::from("no/such/table.csv");
    assert!(message(&missing, Csv::new(&missing).read()).starts_with(": "));
}

#[test]
fn tables_without_a_row_are_errors() {
    let read = |text: &str, header| {
        let path = file("empty", "table.csv", text.as_bytes());
        message(&path, Csv::new(&path).header(header).read())
    };
    for text in ["", "\n\r\n\n", "\u{feff}"] {
        for header in [false, true] {
            assert_eq!(read(text, header), ": expected at least one row of numbers, found no text");
        }
    }
    assert_eq!(read("a,b\n\n", true), ": expected at least one row of numbers, found only the header");
}

#[test]
fn a_quote_that_is_not_closed_is_an_error() {
    let read = |text: &str| Csv::new(file("quotes", "table.csv", text.as_bytes())).read();
    for text in ["1,\"2\n", "1,2\n\n3,\"4", "\"", "1,\"\n", "1,2\n\"3\"\",4\n", "1,\"2\n3,4\n"] {
        let error = read(text).unwrap_err().to_string();
        let line = 1 + 2 * usize::from(text.contains("3,\"4")) + usize::from(text.contains("\"3"));
        assert!(error.ends_with(&format!("line {line}: a quote `\"` is opened and never closed")), "{text:?}: {error}");
    }
    let rows = "\u{feff}1,\"2\"\n\n\"3\",4";
    for end in ["", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n"] {
        let table = read(&format!("{rows}{end}")).unwrap();
        assert_eq!((table.rows(), table.columns()), (2, 2), "{end:?}");
        assert_eq!(table.tensors::<(U2,), f32>(0..2).unwrap()[1].as_slice(), [3.0, 4.0]);
    }
}

#[test]
fn what_is_not_a_number_has_a_way_out() {
    let read = |text: &str, csv: fn(Csv) -> Csv| {
        let path = file("ways", "table.csv", text.as_bytes());
        message(&path, csv(Csv::new(&path)).read())
    };
    let plain: fn(Csv) -> Csv = |csv| csv;
    assert_eq!(
        read("a,b\n1,2\n", plain),
        ", line 1, column 1: `a` is not a number: \
         if the first line has the names of the columns, read it with `.header(true)`"
    );
    assert_eq!(
        read("a;b\n1;2\n", |csv| csv.header(true)),
        ", line 2, column 1: `1;2` is not a number: if `;` separates the fields, read it with `.delimiter(b';')`"
    );
    assert!(read("1\t2\n", plain).ends_with(r"if a tab separates the fields, read it with `.delimiter(b'\t')`"));
    assert!(read("1\t2\n", |csv| csv.delimiter(b';')).ends_with(r"`.delimiter(b'\t')`"));
    assert_eq!(
        read("1.5,setosa\n", plain),
        ", line 1, column 2: `setosa` is not a number: if the column has the names of classes \
         (which are whole numbers otherwise), read it with `.class_names(1)`"
    );
    assert!(!read("1;\"2;3\"\n", |csv| csv.delimiter(b';')).contains("delimiter"));
    let error = Csv::new("table.csv").delimiter(b'"').read().unwrap_err();
    assert_eq!(error.to_string(), "`delimiter` must not be a quote or the end of a line");
}

#[test]
fn names_of_classes_are_numbered_as_they_appear() {
    let path = file("names", "table.csv", b"species,size\nb,1\n\"a\",2\nb,3\n");
    let csv = Csv::new(&path).header(true);
    let table = csv.clone().class_names(0).read().unwrap();
    assert_eq!(table.named_classes(0).unwrap(), (vec![0, 1, 0], vec!["b".to_string(), "a".to_string()]));
    assert_eq!(table.classes(0, 2).unwrap(), [0, 1, 0]);
    assert_eq!(table.tensors::<(U1,), f32>(1..2).unwrap()[2].as_slice(), [3.0]);
    let text = message(&path, table.named_classes(1));
    assert_eq!(text, ": expected names of classes in column 2, found numbers: read it with `.class_names(1)`");
    assert_eq!(message(&path, csv.class_names(0).class_names(2).read()), ": expected at least 3 columns, found 2");
    let path = file("names", "gap.csv", b"1,a\n2,\n");
    let text = message(&path, Csv::new(&path).class_names(1).read());
    assert_eq!(text, ", line 2, column 2: `` is empty where the name of a class is needed");
}

#[test]
fn columns_that_do_not_fit_are_explained() {
    let path = file("columns", "table.csv", b" a , b\n1, 0\n2, 1.5\n");
    let table = Csv::new(&path).header(true).read().unwrap();
    assert_eq!((table.rows(), table.column("b").unwrap()), (2, 1));
    assert_eq!(message(&path, table.column("c")), ": expected a column named `c`, found a, b");
    assert_eq!(message(&path, table.classes(1, 2)), ", line 3: 1.5 in column 2 is not a class below 2");
    assert_eq!(message(&path, table.classes(5, 2)), ": expected at least 6 columns, found 2");
    let text = message(&path, table.tensors::<(U3,), f32>(0..2));
    assert_eq!(text, ": expected 3 columns, for tensors of shape [3], found 2 (0..2)");
    assert_eq!(message(&path, table.tensors::<(U2,), f32>(1..3)), ": expected at least 3 columns, found 2");
    #[allow(clippy::reversed_empty_ranges)]
    let nothing = table.tensors::<(U0,), f32>(9..5).unwrap();
    assert_eq!(nothing.len(), 2);
    let text = message(&path, Csv::new(&path).header(true).read().unwrap().classes(usize::MAX, 2));
    assert_eq!(text, format!(": expected at least {} columns, found 2", usize::MAX));
}
