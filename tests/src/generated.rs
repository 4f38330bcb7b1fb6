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
    /// The program of each module.
    programs: BTreeMap<String, PathBuf>,
    /// Modules that do not compile, with the compiler's message.
    pub broken: BTreeMap<String, String>,
}

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"
autobins = false

[workspace]

[dependencies]
nn-core = { path = "CORE", default-features = false, features = ["parallel"] }

# what counts is how fast it is built: most of the time is LLVM's, and without unwinding it has less to do
[profile.dev]
opt-level = 0
debug = false
incremental = false
panic = "abort"

[profile.dev.package."*"]
opt-level = 1

# the macro is run a few times
[profile.dev.build-override]
opt-level = 0
"#;

/// How many modules are one program: programs are built side by side, and rustc reads each in one thread.
const PROGRAM: usize = 50;

/// The modules that all of them have.
const COMMON: [(&str, &str); 5] = [
    ("tables", include_str!("tables.rs")),
    ("numbers", include_str!("numbers.rs")),
    ("runner", include_str!("runner.rs")),
    ("differences", include_str!("differences.rs")),
    ("gradient_check", include_str!("gradient_check.rs")),
];

impl Generated {
    /// Writes and builds a crate below `scratch` (a test's `CARGO_TARGET_TMPDIR`); modules with compile
    /// errors are left out and listed.
    ///
    /// # Panics
    /// If it cannot be written, or does not compile and no module is to blame.
    #[must_use]
    pub fn build(scratch: &Path, name: &str, modules: &[Module]) -> Self {
        let folder = scratch.join(name);
        let mut broken = BTreeMap::new();
        loop {
            write(&folder, name, modules, &broken).expect("the generated crate cannot be written");
            let Err(messages) = cargo_build(&folder) else { break };
            let mut blamed = blame(&messages, modules);
            if blamed.is_empty() {
                // not the modules, but what they depend on
                write(&folder, name, &[], &BTreeMap::new()).expect("the generated crate cannot be written");
                if let Err(messages) = cargo_build(&folder) {
                    panic!("what generated crates depend on does not compile:\n{messages}");
                }
                blamed = fail_alone(&folder, name, modules);
            }
            assert!(!blamed.is_empty(), "the generated crate does not compile:\n{messages}");
            broken.extend(blamed);
        }
        let path = |number| target(&folder).join("debug").join(program(name, number));
        let programs = modules.iter().enumerate().map(|(at, module)| (module.name.clone(), path(at / PROGRAM)));
        Generated { programs: programs.collect(), folder, broken }
    }

    /// Runs a module on values.
    ///
    /// # Errors
    /// What the program says, if it does not end well.
    pub fn run(&self, module: &str, kind: &str, given: &Values) -> Result<Values, String> {
        let file = self.folder.join(format!("{module}.{kind}.values"));
        fs::write(&file, given.to_string()).map_err(|error| error.to_string())?;
        let output = Command::new(&self.programs[module]).args([module, kind]).arg(&file).output();
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

/// The name of a program; all crates' programs lie in one folder.
fn program(name: &str, number: usize) -> String {
    format!("{name}_{number}")
}

/// Writes a crate without the modules that are broken.
fn write(folder: &Path, name: &str, modules: &[Module], broken: &BTreeMap<String, String>) -> io::Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    let core = workspace.join("nn-core").canonicalize()?;
    let mut manifest = MANIFEST.replace("NAME", name).replace("CORE", &core.to_string_lossy());
    if !folder.join("Cargo.lock").exists() || newer(&workspace.join("Cargo.lock"), &folder.join("Cargo.lock"))? {
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    for (name, text) in COMMON {
        write_changed(&source.join(format!("{name}.rs")), text)?;
    }
    for Module { name, text } in modules {
        write_changed(&source.join(format!("{name}.rs")), text)?;
    }
    // without modules, it is a program of what they depend on
    let programs = if modules.is_empty() { vec![modules] } else { modules.chunks(PROGRAM).collect() };
    for (number, modules) in programs.into_iter().enumerate() {
        let program = program(name, number);
        let whole = modules.iter().filter(|module| !broken.contains_key(&module.name));
        write_changed(&source.join(format!("{program}.rs")), &main(whole))?;
        manifest += &format!("\n[[bin]]\nname = \"{program}\"\npath = \"src/{program}.rs\"\n");
    }
    write_changed(&folder.join("Cargo.toml"), &manifest)
}

/// The main file of a program.
fn main<'a>(modules: impl Iterator<Item = &'a Module>) -> String {
    let mut main = String::from("#![allow(dead_code)]\n\n");
    let mut table = String::new();
    COMMON.iter().for_each(|(name, _)| main += &format!("mod {name};\n"));
    for Module { name, .. } in modules {
        main += &format!("mod {name};\n");
        table += &format!("        (\"{name}\", {name}::run),\n");
    }
    main + &format!("\nfn main() {{\n    runner::main(&[\n{table}    ]);\n}}\n")
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
        .args(["build", "--offline", "--quiet", "--keep-going", "--message-format=short", "--manifest-path"])
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
        let alone = std::slice::from_ref(module);
        write(folder, name, alone, &BTreeMap::new()).expect("the generated crate cannot be written");
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
