//! Saves two networks in turn under one name, until it is killed: `tests/scripts/kill_while_saving.py` does so.
//!
//! `save_and_save PATH` saves; `save_and_save PATH check` says which of the two is there.

use std::process::ExitCode;

use nn_core::prelude::*;

network! {
    /// 4 MB of parameters, so that a kill often meets a write.
    struct Net { fc: Linear(1000 => 1000) }
    fn forward(x: [1000]) -> [1000] { fc(x) }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, path, rest @ ..] = &arguments[..] else { return ExitCode::FAILURE };
    let nets = [Net::init(1), Net::init(2)];
    if rest.is_empty() {
        for net in nets.iter().cycle() {
            if let Err(error) = net.save(path) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    match Net::load(path) {
        Ok(found) => {
            let which = nets.iter().position(|net| net.flat_params() == found.flat_params());
            println!("{}", which.map_or("neither", |which| ["the first", "the second"][which]));
            if which.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}
