//! Imported networks against the outputs of references: `ONNX_CASES=FOLDER cargo test -p nn-import --test agreement -- --nocapture`.
//!
//! The folder has a folder for each case, as `python/cases.py` writes them. The network is evaluated as its equations, in `f64`.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{Outcome, compare};

/// Differences relative to the largest element of an output, or to 1.
const TOLERANCE: f64 = 1e-5;

#[test]
fn imported_networks_agree_with_references() {
    let Some(folder) = std::env::var_os("ONNX_CASES") else { return };
    let only = std::env::var("ONNX_ONLY").unwrap_or_default();
    let tolerance = std::env::var("ONNX_TOLERANCE").ok().and_then(|text| text.parse().ok()).unwrap_or(TOLERANCE);
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.sort();
    let mut table: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut counts = [0; 3];
    for case in folders.iter().filter(|case| name(case).contains(&only)) {
        let (operators, outcome) = compare(case, tolerance);
        let column = match &outcome {
            Outcome::Agrees(_) => 0,
            Outcome::Differs(_) => 1,
            Outcome::Refused(_) => 2,
        };
        counts[column] += 1;
        for operator in operators {
            table.entry(operator).or_default()[column] += 1;
        }
        println!("{}: {outcome}", name(case));
    }
    println!("\n| operator | agree | differ | refused |\n| --- | --- | --- | --- |");
    for (operator, [agree, differ, refused]) in &table {
        println!("| {operator} | {agree} | {differ} | {refused} |");
    }
    println!("\n{} agree, {} differ, {} are refused", counts[0], counts[1], counts[2]);
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
