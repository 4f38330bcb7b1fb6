//! Imported networks against the outputs of references, as their equations, in `f64`.
//!
//! `nodes/cases.safetensors` has the node tests of the package `onnx` that are small. Folders of other cases, as
//! `python/cases.py` writes them, are compared by
//! `ONNX_CASES=FOLDER cargo test -p nn-import --test agreement -- --ignored --nocapture`; `UPDATE_NODES=1` beside it writes the small ones of
//! the folder that agree to the file.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use common::{Case, Outcome, nodes, small_cases};
use safetensors::serialize;
use safetensors::tensor::{Dtype, TensorView};

/// Differences relative to the largest element of an output, or to 1.
const TOLERANCE: f64 = 1e-5;

/// So many bytes a case in the file has at most.
const SMALL: usize = 2000;

/// What is part of the names of cases in which something else is expected, and why.
const OTHERWISE: &[(&str, &str)] = &[
    ("fp16_expanded", "expected in half precision"),
    ("bf16_expanded", "expected in half precision"),
    ("bfloat16", "expected in half precision"),
    ("mode3_softmax_precision_expanded", "expected in half precision"),
    ("test_mod_float_edge_cases_fmod_0", "a remainder by infinity is no number"),
    ("test_averagepool_2d_ceil_last_window_starts_on_pad", "the expected numbers have four digits"),
    ("test_gather_negative_indices", "an input of indices counts from the beginning"),
    ("test_resize_downsample_scales_cubic_align_corners", "corners are those of the size before it is rounded"),
    ("test_resize_downsample_scales_linear_align_corners", "corners are those of the size before it is rounded"),
];

#[test]
fn small_node_tests_agree() {
    let cases = small_cases();
    let operators: BTreeSet<String> = cases.iter().flat_map(Case::operators).collect();
    assert!(cases.len() >= 618 && operators.len() >= 110, "{} cases of {} operators", cases.len(), operators.len());
    let wrong: Vec<String> = cases
        .iter()
        .map(|case| (case, case.outcome(TOLERANCE)))
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Agrees(_)))
        .map(|(case, outcome)| format!("{}: {outcome}", case.name))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "ONNX_CASES names a folder of cases"]
fn imported_networks_agree_with_references() {
    let folder = std::env::var_os("ONNX_CASES").expect("ONNX_CASES names a folder of cases");
    let only = std::env::var("ONNX_ONLY").unwrap_or_default();
    let tolerance = std::env::var("ONNX_TOLERANCE").map_or(TOLERANCE, |text| text.parse().expect("a number"));
    let folders = std::fs::read_dir(&folder).expect("the folder can be read");
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("the folder can be read").path()).collect();
    folders.retain(|folder| folder.is_dir() && folder.to_string_lossy().contains(&only));
    folders.sort();
    assert!(!folders.is_empty(), "there are no such cases in {}", folder.display());
    let (mut agree, mut different) = (Vec::new(), Vec::new());
    let mut table: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut counts = [0; 3];
    for case in folders.iter().map(|folder| Case::of_folder(folder)) {
        let outcome = case.outcome(tolerance);
        println!("{}: {outcome}", case.name);
        let column = match outcome {
            Outcome::Agrees(_) => 0,
            Outcome::Differs(_) => 1,
            Outcome::Refused(_) => 2,
        };
        counts[column] += 1;
        case.operators().into_iter().for_each(|operator| table.entry(operator).or_default()[column] += 1);
        match column {
            0 => agree.push(case),
            1 => different.push(case.name),
            _ => {}
        }
    }
    println!("\n| operator | agree | differ | refused |\n| --- | --- | --- | --- |");
    for (operator, [agree, differ, refused]) in &table {
        println!("| {operator} | {agree} | {differ} | {refused} |");
    }
    println!("\n{} agree, {} differ, {} are refused", counts[0], counts[1], counts[2]);
    different.retain(|name| OTHERWISE.iter().all(|(other, _)| !name.contains(other)));
    assert!(different.is_empty(), "these differ: {}", different.join(", "));
    if std::env::var_os("UPDATE_NODES").is_some() {
        write_small(&agree);
    }
}

/// Writes the small cases to the file. Those of operators in the parts that define them are left out.
fn write_small(cases: &[Case]) {
    let mut tensors = Vec::new();
    for case in cases.iter().filter(|case| !case.name.contains("_expanded")) {
        let arrays = case.arrays.iter().map(|(name, (shape, elements))| {
            #[allow(clippy::cast_possible_truncation)] // they were numbers of 32 bits in the file
            let bytes: Vec<u8> = elements.iter().flat_map(|element| (*element as f32).to_le_bytes()).collect();
            (format!("{}/{name}", case.name), Dtype::F32, shape.clone(), bytes)
        });
        let arrays: Vec<_> = arrays.collect();
        if case.file.len() + arrays.iter().map(|array| array.3.len()).sum::<usize>() <= SMALL {
            tensors.push((format!("{}/model", case.name), Dtype::U8, vec![case.file.len()], case.file.clone()));
            tensors.extend(arrays);
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("a shape has so many elements"))
    });
    std::fs::write(nodes(), serialize(views, None).expect("the cases can be written"))
        .expect("the file can be written");
}
