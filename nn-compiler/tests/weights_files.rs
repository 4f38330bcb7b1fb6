//! What is said of files of weights that are read while compiling.

mod common;

use std::path::PathBuf;

use common::{Mistake, expand, mistakes};
use nn_weights::{Dtype, Written, safetensors};

/// The tensors of the network of [`said`], with their shapes.
const ALL: [(&str, &[usize]); 6] = [
    ("a.weight", &[3, 4]),
    ("a.bias", &[3]),
    ("norm.weight", &[3]),
    ("norm.bias", &[3]),
    ("norm.running_mean", &[3]),
    ("norm.running_var", &[3]),
];

/// A file with these tensors.
fn file(name: &str, tensors: &[(&str, &[usize])], dtype: Dtype, number: f64) -> PathBuf {
    let written = tensors.iter().map(|(name, shape)| {
        let len: usize = shape.iter().product();
        Written::new(*name, dtype.clone(), shape, std::iter::repeat_n(number, len))
    });
    bytes(name, &safetensors::write(&[("network", "Net")], written.collect()))
}

fn bytes(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.safetensors"));
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What is said of a network with a file, without the folder that it is in.
fn said(path: &std::path::Path, rules: &str) -> Vec<(String, String)> {
    let text = format!(
        "struct Net {{ a: Linear(4 => 3), norm: BatchNorm1d(3) }} fn forward(x: [4]) -> [3] {{ norm(a(x)) }}
         weights = {path:?}{rules};"
    );
    let folder = format!("{}/", path.parent().unwrap().display());
    let expanded = expand(&text.parse().unwrap());
    let short = |mistake: Mistake| (mistake.place.replace(&folder, ""), mistake.words.replace(&folder, ""));
    mistakes(expanded).into_iter().map(short).collect()
}

/// The only thing that is said.
fn says(path: &std::path::Path, rules: &str, place: &str, message: &str) {
    let found = said(path, rules);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].0 == place && found[0].1.starts_with(message), "found {found:#?}\nexpected {place}: {message}");
}

#[test]
fn a_file_that_fits() {
    let path = file("fits", &ALL, Dtype::F32, 0.5);
    assert_eq!(said(&path, ""), []);
}

#[test]
fn a_file_that_is_not_there() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("none.safetensors");
    says(&path, "", "\"none.safetensors\"", "`none.safetensors` cannot be read: ");
}

#[test]
fn files_that_are_none() {
    let text = bytes("text", b"weights");
    says(&text, "", "\"text.safetensors\"", "`text.safetensors` is no safetensors: it ends after 7 bytes");
    let zip = bytes("zip", b"PK\x03\x04 and more");
    says(
        &zip,
        "",
        "\"zip.safetensors\"",
        "`zip.safetensors` is a file of PyTorch or NumPy, and a program takes its weights",
    );
    let whole = std::fs::read(file("whole", &ALL, Dtype::F32, 0.5)).unwrap();
    let cut = bytes("cut", &whole[..whole.len() - 4]);
    says(&cut, "", "\"cut.safetensors\"", "`cut.safetensors` is no safetensors: ");
    let mut huge = whole;
    huge[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    says(&bytes("huge", &huge), "", "\"huge.safetensors\"", "`huge.safetensors` is no safetensors: ");
}

#[test]
fn what_a_layer_lacks_is_said_at_the_layer() {
    let path = file("lacks", &[&ALL[..1], &ALL[2..]].concat(), Dtype::F32, 0.5);
    says(&path, "", "a", "`lacks.safetensors` does not fit: `a.bias` [3] is missing");
    let path = file("lacks_two", &ALL[..4], Dtype::F32, 0.5);
    let both = "`lacks_two.safetensors` does not fit:\n  `norm.running_mean` [3] is missing\n  `norm.running_var` [3] is missing";
    says(&path, "", "norm", both);
}

#[test]
fn other_shapes() {
    let mut tensors = ALL;
    tensors[0].1 = &[4, 3];
    let path = file("turned", &tensors, Dtype::F32, 0.5);
    says(
        &path,
        "",
        "a",
        "`turned.safetensors` does not fit: `a.weight` is [4, 3] in the file and [3, 4] in the network: it is transposed, which `nn-import turned.safetensors -o fits.safetensors --transpose \"a.weight=1,0\"` undoes, once",
    );
    tensors[0].1 = &[3, 4, 1];
    let path = file("ones", &tensors, Dtype::F32, 0.5);
    let ones = "`ones.safetensors` does not fit: `a.weight` is [3, 4, 1] in the file and [3, 4] in the network: only axes of size 1 differ, which `.squeezed()` allows";
    says(&path, "", "a", ones);
    assert_eq!(said(&path, ".squeezed()"), []);
    tensors[0].1 = &[3, 5];
    let path = file("wide", &tensors, Dtype::F32, 0.5);
    says(
        &path,
        ".squeezed()",
        "a",
        "`wide.safetensors` does not fit: `a.weight` is [3, 5] in the file and [3, 4] in the network",
    );
}

#[test]
fn what_the_network_has_not_is_said_at_the_file() {
    let path = file("more", &[&ALL[..], &[("head.weight", &[2, 3][..])]].concat(), Dtype::F32, 0.5);
    let message = "`more.safetensors` does not fit:\n  `head.weight` [2, 3] is no tensor of the network\n  `nn-import \
                   more.safetensors -o fits.safetensors --except head` leaves out what the network has not, once";
    says(&path, "", "\"more.safetensors\"", message);
}

#[test]
fn other_numbers() {
    let path = file("wider", &ALL, Dtype::F64, 0.5);
    says(&path, "", "\"wider.safetensors\"", "`wider.safetensors` has `a.weight` as F64, and the program takes F32");
    let path = file("infinite", &ALL, Dtype::F32, f64::INFINITY);
    let found = said(&path, "");
    assert_eq!(found.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(), ["a", "norm"]);
    assert!(found[0].1.contains("`a.weight` [3, 4] holds inf at [0, 0], the first of 12"), "{found:#?}");
}

#[test]
fn other_names() {
    let named: Vec<(String, &[usize])> = ALL.iter().map(|(name, shape)| (format!("module.{name}"), *shape)).collect();
    let named: Vec<(&str, &[usize])> = named.iter().map(|(name, shape)| (name.as_str(), *shape)).collect();
    let path = file("module", &named, Dtype::F32, 0.5);
    let found = said(&path, "");
    let hint = "`.rename(\"module\", \"\")` makes those of the file those of the network";
    assert!(
        found.iter().any(|(place, message)| place.ends_with(".safetensors\"") && message.contains(hint)),
        "{found:#?}"
    );
    assert_eq!(said(&path, ".rename(\"module\", \"\")"), []);
    let message = "`module.safetensors` does not fit: no tensor of the file begins with `modul`, which is to be renamed: did you mean `module`?";
    let found = said(&path, ".rename(\"module\", \"\").rename(\"modul\", \"\")");
    assert_eq!(found, [("\"module.safetensors\"".to_string(), message.to_string())]);
}

#[test]
fn other_rules_and_signs() {
    let path = file("rules", &ALL, Dtype::F32, 0.5);
    let alone = "a file that is read while compiling has two rules, `.rename(\"module\", \"\")` and `.squeezed()`";
    says(&path, ".transpose(\"a.weight\", 1)", "transpose", alone);
    let behind = "expected `;`, `.rename(\"from\", \"to\")` or `.squeezed()` behind the file";
    says(&path, ".rename(module, net)", "module", behind);
    says(&path, ".rename(\"a\", \"b\", \"c\")", "\"c\"", behind);
    says(&path, ".squeezed(1)", "1", behind);
    says(&path, " + 1", "+", behind);
}

/// Sizes that are constants are checked by rustc; type parameters have no one file.
#[test]
fn sizes_of_constants_and_types() {
    let path = file("typed", &[("a.weight", &[3, 4])], Dtype::F32, 0.5);
    let said = |sizes: &str, layer: &str| {
        let outputs = if layer.contains('5') { 5 } else { 3 };
        let text = format!(
            "struct Net{sizes} {{ a: {layer} }} fn forward(x: [N]) -> [{outputs}] {{ a(x) }} weights = {path:?};"
        );
        let found = mistakes(expand(&text.parse().unwrap()));
        found.into_iter().map(|mistake| mistake.words).collect::<Vec<_>>()
    };
    assert!(said("", "Linear(N => 3, bias = false)").is_empty());
    let parameters = "a network with a file of weights has no type parameters: its sizes are numbers or constants";
    assert_eq!(said("<N>", "Linear(N => 3, bias = false)"), [parameters]);
    let missing = said("", "Linear(N => 3)");
    assert!(missing[0].ends_with("typed.safetensors` does not fit: `a.bias` [3] is missing"), "{missing:?}");
    let other = said("", "Linear(N => 5, bias = false)");
    assert!(other[0].contains("`a.weight` is [3, 4] in the file and [5, _] in the network"), "{other:?}");
}

/// The folded network has tensors and a file of its own.
#[test]
fn files_of_folded_networks() {
    let said = |path: &str, rules: &str| {
        let text = format!(
            "#[folded(Deployed, weights = {path:?}{rules})] struct Net {{ a: Linear(4 => 3), norm: BatchNorm1d(3) }}
             fn forward(x: [4]) -> [3] {{ norm(a(x)) }}"
        );
        mistakes(expand(&text.parse().unwrap()))
    };
    let own: [(&str, &[usize]); 2] = [("a.weight", &[3, 4]), ("a.bias", &[3])];
    let path = file("folded", &own, Dtype::F32, 0.5).display().to_string();
    assert_eq!(said(&path, "").len(), 0);
    let other: [(&str, &[usize]); 2] = [("b.weight", &[3, 4]), ("b.bias", &[3])];
    let path = file("folded_other", &other, Dtype::F32, 0.5).display().to_string();
    assert_eq!(said(&path, ".rename(\"b\", \"a\")").len(), 0);
    let whole = file("folded_whole", &ALL, Dtype::F32, 0.5).display().to_string();
    let found = said(&whole, "");
    assert!(found.iter().all(|mistake| mistake.place.contains("folded_whole")), "{found:#?}");
    assert!(found[0].words.contains("`norm.weight` [3] is no tensor of the network"), "{found:#?}");
    let missing = file("folded_missing", &own[..1], Dtype::F32, 0.5).display().to_string();
    let found = said(&missing, "");
    assert_eq!((found.len(), found[0].place.as_str()), (1, "a"), "{found:#?}");
    let expected = "expected a file, as in `weights = \"digits.safetensors\";` or, of a build script, `weights = concat!(env!(\"OUT_DIR\"), \"/digits.safetensors\");`";
    let found = mistakes(expand(
        &"#[folded(Deployed, weights = 3)] struct Net { a: Linear(4 => 3) } fn forward(x: [4]) -> [3] { a(x) }"
            .parse()
            .unwrap(),
    ));
    assert_eq!(found.iter().map(|mistake| mistake.words.as_str()).collect::<Vec<_>>(), [expected]);
}

/// Files that a build script has written.
#[test]
fn files_behind_a_variable() {
    let path = file("built", &ALL, Dtype::F32, 0.5);
    let folder = path.parent().unwrap();
    let said = |weights: &str| {
        let text = format!(
            "struct Net {{ a: Linear(4 => 3), norm: BatchNorm1d(3) }} fn forward(x: [4]) -> [3] {{ norm(a(x)) }}
             weights = {weights};"
        );
        let found = mistakes(expand(&text.parse().unwrap()));
        found.into_iter().map(|mistake| (mistake.place, mistake.words)).collect::<Vec<_>>()
    };
    // cargo sets this one for tests, and tests are no proc macros: the folder of the file is reached from there
    let up = "/..".repeat(env!("CARGO_MANIFEST_DIR").matches('/').count());
    let behind = format!("{up}{}/built.safetensors", folder.display());
    assert_eq!(said(&format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), {behind:?})")), []);
    let unset = said("concat!(env!(\"NO_SUCH_DIR\"), \"/built.safetensors\")");
    assert_eq!(unset.len(), 1);
    assert!(unset[0].1.starts_with("`NO_SUCH_DIR` is not set"), "{unset:?}");
    let missing = said("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/none.safetensors\").rename(\"a\", \"b\")");
    assert!(missing[0].1.contains("what a build script writes"), "{missing:?}");
    for (wrong, place) in [
        ("concat!(OUT_DIR, \"/a\")", "OUT_DIR"),
        ("concat(env!(\"OUT_DIR\"), \"/a\")", "("),
        ("concat!(env!(\"OUT_DIR\"))", ")"),
        ("concat!(env!(\"OUT_DIR\"), \"/a\", \"/b\")", "\"/b\""),
    ] {
        let found = said(wrong);
        assert_eq!((found.len(), found[0].0.as_str()), (1, place), "{wrong}: {found:?}");
        assert!(found[0].1.starts_with("expected a file, as in"), "{found:?}");
    }
}

#[test]
fn two_files() {
    let text = "struct Net { a: Linear(4 => 3) } fn forward(x: [4]) -> [3] { a(x) } weights = \"a\"; weights = \"b\";";
    let found = mistakes(expand(&text.parse().unwrap()));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].words, "a network has one file of weights");
}
