//! Prints what `network!` makes of the networks of a file.

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
            for network in networks {
                print(&network, arguments.expand);
            }
            ExitCode::SUCCESS
        }
        Err(messages) => failed(&messages.join("\n\n")),
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}

fn print(network: &Explained, expand: bool) {
    println!("{}\n\n{}", network.name, network.summary);
    println!("as derived\n\n{}", indented(&network.derived.to_string()));
    println!("simplified\n\n{}", indented(&network.simplified.to_string()));
    if expand {
        println!("emitted\n\n{}", formatted(&network.code));
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
