//! Prints what `network!` derives from the networks of a file, or what an error means.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use nn_compiler::errors::Code;
use nn_compiler::explain::{Explained, explain_code, explain_file, formatted};

/// Prints, for each network of a Rust file, its layers and the gradient that was derived; or what an error means.
#[derive(Parser)]
struct Arguments {
    /// A Rust file with `network!` in it.
    #[arg(required_unless_present = "error")]
    file: Option<PathBuf>,
    /// Prints what the code of an error means, such as NN0401.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["file", "expand"])]
    error: Option<Code>,
    /// Prints the emitted code too.
    #[arg(long)]
    expand: bool,
}

fn main() -> ExitCode {
    let Arguments { file, error, expand } = Arguments::parse();
    let text = match (error, file) {
        (Some(code), _) => Ok(explain_code(code)),
        (None, Some(file)) => explained_file(&file, expand),
        (None, None) => Err("there is neither a file nor a code".into()),
    };
    match text.map(|text| std::io::stdout().write_all(text.as_bytes())) {
        // a closed pipe is no failure
        Ok(Err(error)) if error.kind() != ErrorKind::BrokenPipe => failed(&error.to_string()),
        Ok(_) => ExitCode::SUCCESS,
        Err(message) => failed(&message),
    }
}

/// What is printed of a file, or why that is not possible.
fn explained_file(file: &Path, expand: bool) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let networks = explain_file(&text).map_err(|messages| messages.join("\n\n"))?;
    if networks.is_empty() {
        return Err(format!("{}: there is no `network!` in it", file.display()));
    }
    Ok(networks.iter().map(|network| explained(network, expand)).collect())
}

fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}

fn explained(network: &Explained, expand: bool) -> String {
    let Explained { name, summary, derived, simplified, code, .. } = network;
    let [derived, simplified] = [derived, simplified].map(|program| indented(&program.to_string()));
    let mut text = format!("{name}\n\n{summary}\nas derived\n\n{derived}\nsimplified\n\n{simplified}\n");
    if expand {
        text += &format!("emitted\n\n{}\n", formatted(code));
    }
    text
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
