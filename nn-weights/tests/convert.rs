//! Files of weights that become the safetensors of numbers of 32 bits that a program takes.

use nn_weights::{Archive, Dtype, Rules, Written, convert, safetensors};

/// A file with a dense layer of Keras in `f64`, under PyTorch's names, and a count of batches.
fn file() -> Vec<u8> {
    let weight = Written::new("module.fc.weight", Dtype::F64, &[2, 3], (1..=6).map(f64::from));
    let bias = Written::new("module.fc.bias", Dtype::F32, &[3], [0.5, 1.5, 2.5]);
    let head = Written::new("head.weight", Dtype::F32, &[1, 3], [7.0; 3]);
    let count = Written::new("norm.num_batches_tracked", Dtype::F32, &[], [3.0]);
    safetensors::write(&[("network", "Net"), ("signature", "0")], vec![weight, bias, head, count])
}

/// The names, types, shapes and numbers of a file.
fn contents(bytes: &[u8]) -> Vec<(String, String, String, Vec<f32>)> {
    let archive = Archive::read(bytes).unwrap();
    let numbers = |bytes: &[u8]| bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let tensor = |stored: &nn_weights::Stored<'_>| {
        let (dtype, shape) = (stored.dtype.to_string(), stored.shape.to_string());
        (stored.name.clone(), dtype, shape, numbers(stored.bytes().unwrap()))
    };
    archive.tensors.iter().map(tensor).collect()
}

fn converted(rules: &Rules<'_>) -> Result<Vec<u8>, Vec<String>> {
    let bytes = file();
    let problems = |problems: Vec<nn_weights::Problem>| problems.iter().map(ToString::to_string).collect();
    convert(&Archive::read(&bytes).unwrap(), rules).map_err(problems)
}

#[test]
fn names_axes_and_types_are_changed_at_once() {
    let mut rules = Rules::new();
    rules.rename("module", "");
    rules.transpose("fc.weight", &[1, 0]);
    let found = contents(&converted(&rules).unwrap());
    let expected = [
        ("fc.weight", "[3, 2]", vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0]),
        ("fc.bias", "[3]", vec![0.5, 1.5, 2.5]),
        ("head.weight", "[1, 3]", vec![7.0; 3]),
    ];
    let expected =
        expected.map(|(name, shape, numbers)| (name.to_string(), "F32".to_string(), shape.to_string(), numbers));
    assert_eq!(found, expected);
}

/// What it said of the network that had saved it would not be true of this one.
#[test]
fn the_metadata_stays_behind() {
    let bytes = converted(&Rules::new()).unwrap();
    assert_eq!(Archive::read(&bytes).unwrap().metadata, []);
}

#[test]
fn a_converted_file_is_converted_to_itself() {
    let bytes = converted(&Rules::new()).unwrap();
    assert_eq!(convert(&Archive::read(&bytes).unwrap(), &Rules::new()).unwrap(), bytes);
}

#[test]
fn parts_are_chosen_by_their_new_names() {
    let mut rules = Rules::new();
    rules.rename("module", "body");
    rules.only("body");
    rules.except("body.fc.bias");
    let found = contents(&converted(&rules).unwrap());
    assert_eq!(found.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["body.fc.weight"]);
}

#[test]
fn all_that_does_not_fit_is_said() {
    let mut rules = Rules::new();
    rules.rename("modul", "");
    rules.transpose("fc.weight", &[1, 0]);
    rules.transpose("head.weight", &[0, 2]);
    let said = converted(&rules).unwrap_err();
    let expected = [
        "no tensor of the file begins with `modul`, which is to be renamed: did you mean `module`?",
        "no tensor fits `fc.weight`",
        "`head.weight` [1, 3] has no order of axes [0, 2]",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    assert!(said[0] == expected[0] && said[1].starts_with(expected[1]), "{said:#?}");
    assert!(said[2].contains("[0, 2]"), "{said:#?}");
}

#[test]
fn two_tensors_of_one_name_are_a_mistake() {
    let mut rules = Rules::new();
    rules.rename("module.fc", "head");
    let said = converted(&rules).unwrap_err();
    assert!(said.len() == 1 && said[0].contains("`head.weight`"), "{said:#?}");
}

#[test]
fn numbers_that_are_infinite_as_f32_are_refused() {
    let bytes = safetensors::write(&[], vec![Written::new("a", Dtype::F64, &[2], [1.0, 1e300])]);
    let archive = Archive::read(&bytes).unwrap();
    let mut rules = Rules::new();
    rules.single();
    let problems = convert(&archive, &rules).unwrap_err();
    assert!(problems[0].to_string().contains("1e300, too large for f32"), "{}", problems[0]);
}
