//! A crate that is written, built and run by a test: the way networks whose text is made at run time
//! are compiled for real.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use crate::runner::Values;

/// A module of a generated crate.
#[derive(Debug, Clone)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// Its text; it has a function `run` of the type [`Run`](crate::runner::Run).
    pub text: String,
}

/// A generated crate that has been built.
#[derive(Debug)]
pub struct Generated {
    folder: PathBuf,
    program: PathBuf,
    /// Modules that do not compile, with the compiler's message.
    pub broken: BTreeMap<String, String>,
}

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
nn-core = { path = "CORE", default-features = false, features = ["std"] }

[profile.dev]
opt-level = 1
debug = false

# the macro is built to be run a few times: what counts is how fast it is built
[profile.dev.build-override]
opt-level = 0
"#;

impl Generated {
    /// Writes and builds a crate below `scratch` (a test's `CARGO_TARGET_TMPDIR`); modules with compile
    /// errors are left out and listed.
    ///
    /// # Panics
    /// If it cannot be written, or does not compile and no module is to blame.
    #[must_use]
    pub fn build(scratch: &Path, name: &str, modules: &[Module]) -> Self {
        let folder = scratch.join(name);
        let mut modules = modules.to_vec();
        let mut broken = BTreeMap::new();
        loop {
            write(&folder, name, &modules).expect("the generated crate cannot be written");
            let Err(messages) = cargo_build(&folder) else { break };
            let mut blamed = blame(&messages, &modules);
            if blamed.is_empty() {
                blamed = fail_alone(&folder, name, &modules);
            }
            assert!(!blamed.is_empty(), "the generated crate does not compile:\n{messages}");
            modules.retain(|module| !blamed.contains_key(&module.name));
            broken.extend(blamed);
        }
        let program = target(&folder).join("debug").join(name);
        Generated { folder, program, broken }
    }

    /// Runs a module on values.
    ///
    /// # Errors
    /// What the program says, if it does not end well.
    pub fn run(&self, module: &str, kind: &str, given: &Values) -> Result<Values, String> {
        let file = self.folder.join(format!("{module}.{kind}.values"));
        fs::write(&file, given.to_string()).map_err(|error| error.to_string())?;
        let output = Command::new(&self.program).args([module, kind]).arg(&file).output();
        let output = output.map_err(|error| error.to_string())?;
        if output.status.success() {
            Values::parse(&String::from_utf8_lossy(&output.stdout))
        } else {
            let said = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
            Err(format!("{}: {}", output.status, lines.join(" / ")))
        }
    }
}

/// All generated crates share one target directory: what they depend on is built once.
fn target(folder: &Path) -> PathBuf {
    folder.with_file_name("target")
}

fn write(folder: &Path, name: &str, modules: &[Module]) -> io::Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    let core = workspace.join("nn-core").canonicalize()?;
    let manifest = MANIFEST.replace("NAME", name).replace("CORE", &core.to_string_lossy());
    write_changed(&folder.join("Cargo.toml"), &manifest)?;
    if !folder.join("Cargo.lock").exists() || newer(&workspace.join("Cargo.lock"), &folder.join("Cargo.lock"))? {
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    write_changed(&source.join("runner.rs"), include_str!("runner.rs"))?;
    write_changed(&source.join("differences.rs"), include_str!("differences.rs"))?;
    let mut main = String::from("#![allow(dead_code)]\n\nmod differences;\nmod runner;\n");
    let mut table = String::new();
    for Module { name, text } in modules {
        write_changed(&source.join(format!("{name}.rs")), text)?;
        main += &format!("mod {name};\n");
        table += &format!("        (\"{name}\", {name}::run),\n");
    }
    main += &format!("\nfn main() {{\n    runner::main(&[\n{table}    ]);\n}}\n");
    write_changed(&source.join("main.rs"), &main)
}

fn newer(file: &Path, than: &Path) -> io::Result<bool> {
    Ok(file.metadata()?.modified()? > than.metadata()?.modified()?)
}

/// Leaves a file alone that is right already, so that nothing is built again for it.
fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) { Ok(()) } else { fs::write(path, text) }
}

/// Builds the crate, or gives the compiler's messages.
fn cargo_build(folder: &Path) -> Result<(), String> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--offline", "--quiet", "--message-format=short", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target(folder))
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The modules with which alone the crate does not compile, where the compiler does not blame a file:
/// mistakes that show while generic code is compiled.
fn fail_alone(folder: &Path, name: &str, modules: &[Module]) -> BTreeMap<String, String> {
    let mut failing = BTreeMap::new();
    for module in modules {
        write(folder, name, std::slice::from_ref(module)).expect("the generated crate cannot be written");
        if let Err(messages) = cargo_build(folder) {
            let first = messages.lines().find(|line| line.contains("error")).unwrap_or("no message");
            failing.insert(module.name.clone(), first.to_string());
        }
    }
    failing
}

/// The modules in whose files the compiler found errors, with the first of them.
fn blame(messages: &str, modules: &[Module]) -> BTreeMap<String, String> {
    let mut blamed = BTreeMap::new();
    for line in messages.lines().filter(|line| line.contains(": error")) {
        let module = modules.iter().find(|module| line.contains(&format!("src/{}.rs:", module.name)));
        if let Some(module) = module {
            blamed.entry(module.name.clone()).or_insert_with(|| line.to_string());
        }
    }
    blamed
}
