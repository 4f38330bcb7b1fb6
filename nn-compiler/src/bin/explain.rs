//! Prints what `network!` derives from the networks of a file.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use nn_compiler::explain::{Explained, explain_file, formatted};

/// Prints, for each network of a Rust file, its layers and the gradient that was derived.
#[derive(Parser)]
struct Arguments {
    /// A Rust file with `network!` in it.
    file: PathBuf,
    /// Prints the emitted code too.
    #[arg(long)]
    expand: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let text = match std::fs::read_to_string(&arguments.file) {
        Ok(text) => text,
        Err(error) => return failed(&format!("{}: {error}", arguments.file.display())),
    };
    match explain_file(&text) {
        Ok(networks) if networks.is_empty() => {
            failed(&format!("{}: there is no `network!` in it", arguments.file.display()))
        }
        Ok(networks) => {
            let text: String = networks.iter().map(|network| explained(network, arguments.expand)).collect();
            match std::io::stdout().write_all(text.as_bytes()) {
                // a closed pipe is no failure
                Err(error) if error.kind() != ErrorKind::BrokenPipe => failed(&error.to_string()),
                _ => ExitCode::SUCCESS,
            }
        }
        Err(messages) => failed(&messages.join("\n\n")),
    }
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
