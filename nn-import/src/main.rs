//! `nn-import model.onnx -o src/model.rs`, or a `.tflite` file; `nn-import weights.pth -o weights.safetensors`

mod convert;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Parser;
use nn_import::{Options, import};

/// Writes an ONNX or TFLite model as a `network!`, and its weights as a safetensors file beside it. Weights alone (safetensors,
/// .npz, PyTorch's .pt and .pth) are written as the safetensors file that a program takes.
#[derive(Debug, Parser)]
#[command(name = "nn-import", version)]
struct Arguments {
    /// The model, or a file of weights.
    model: PathBuf,
    /// The file of the source; the weights are written beside it, with the ending `.safetensors`. Of weights alone, the
    /// file with this ending.
    #[arg(short, long)]
    output: PathBuf,
    /// The name of the network; by default that of the model's file.
    #[arg(long)]
    name: Option<String>,
    /// A size that the model names, as in `sequence=16`, or that of an axis of an input, `state.1=1`; it may be given
    /// several times.
    #[arg(long = "size", value_name = "NAME=NUMBER")]
    sizes: Vec<String>,
    /// An input that always has one value, as in `sr=16000`; it may be given several times.
    #[arg(long = "constant", value_name = "INPUT=NUMBER")]
    constants: Vec<String>,
    #[command(flatten)]
    rules: convert::Rules,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        // without a backtrace: the user's file is wrong, and not the program
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let model = &arguments.model;
    let file = std::fs::read(model).with_context(|| format!("`{}` cannot be read", model.display()))?;
    if arguments.output.extension().is_some_and(|ending| ending == "safetensors") {
        arguments.check_conversion()?;
        return convert::convert(model, &file, &arguments.output, &arguments.rules);
    }
    ensure!(
        arguments.rules.is_empty(),
        "`--rename`, `--transpose`, `--only` and `--except` are for files of weights, whose output ends in `.safetensors`"
    );
    let stem = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let options = Options {
        name: arguments.name.clone().unwrap_or(stem),
        file: model.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        sizes: pairs(&arguments.sizes)?,
        constants: pairs(&arguments.constants)?,
    };
    let imported = import(&file, &options)?;
    let weights = arguments.output.with_extension("safetensors");
    for (path, bytes) in [(&arguments.output, imported.source.as_bytes()), (&weights, &imported.weights()?)] {
        std::fs::write(path, bytes).with_context(|| format!("`{}` cannot be written", path.display()))?;
    }
    let numbers: usize = imported.tensors.values().map(|tensor| tensor.elements.len()).sum();
    println!("`{}`: {} tensors, {numbers} numbers in {}", imported.name, imported.tensors.len(), weights.display());
    Ok(())
}

impl Arguments {
    /// Refuses what is for models.
    fn check_conversion(&self) -> Result<()> {
        ensure!(
            self.name.is_none() && self.sizes.is_empty() && self.constants.is_empty(),
            "`--name`, `--size` and `--constant` are for models, whose output is a source such as `src/model.rs`"
        );
        let is_model = self.model.extension().is_some_and(|ending| ending == "onnx" || ending == "tflite");
        ensure!(!is_model, "a model is written as a source: `-o src/model.rs`; its weights are written beside it");
        Ok(())
    }
}

/// Pairs of a name and a number.
fn pairs<N: std::str::FromStr>(texts: &[String]) -> Result<Vec<(String, N)>> {
    let pair = |text: &String| {
        let (name, number) = text.split_once('=')?;
        Some((name.to_string(), number.parse().ok()?))
    };
    texts.iter().map(|text| pair(text).ok_or_else(|| anyhow!("`{text}` is not `NAME=NUMBER`"))).collect()
}
