//! How long it takes to compile the crate of a network for release: user time, of all threads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

use crate::Report;
use crate::timing::Times;

/// The networks, by the names of their rows.
const NETWORKS: [(&str, &str); 5] = [
    ("compile-xor", include_str!("../networks/xor.rs")),
    ("compile-cifar-tutorial", include_str!("../networks/cifar_tutorial.rs")),
    ("compile-vgg16", include_str!("../networks/vgg16.rs")),
    ("compile-resnet18", include_str!("../networks/resnet18.rs")),
    ("compile-resnet50", include_str!("../networks/resnet50.rs")),
];
/// What they do.
const WORK: &str = include_str!("../networks/work.rs");
/// Each crate is compiled so often.
const BUILDS: usize = 3;

/// Compiles each network whose row is asked for.
pub fn networks(report: &Report) -> Result<()> {
    for (name, text) in NETWORKS {
        if report.wants(name) {
            report.row(name, &times_of(name, text)?, None);
        }
    }
    Ok(())
}

/// Builds a crate with everything that it depends on, then itself several times.
fn times_of(name: &str, text: &str) -> Result<Times> {
    let folder = write_crate(name, text)?;
    build(&folder)?;
    let mut times = (0..BUILDS)
        .map(|_| {
            fs::File::options().append(true).open(folder.join("src/main.rs"))?.set_modified(SystemTime::now())?;
            let before = user_microseconds()?;
            build(&folder)?;
            Ok(user_microseconds()? - before)
        })
        .collect::<Result<Vec<f64>>>()?;
    times.sort_by(f64::total_cmp);
    Ok(Times { median: times[times.len() / 2], least: times[0] })
}

/// Writes a crate outside of the workspace, with the workspace's versions of all dependencies.
fn write_crate(name: &str, text: &str) -> Result<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace has no folder")?;
    let folder = workspace.join("target/compile-benches").join(name);
    fs::create_dir_all(folder.join("src"))?;
    let core = workspace.join("nn-core");
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nnn-core = {{ path = {core:?} }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), text)?;
    fs::write(folder.join("src/work.rs"), WORK)?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(folder)
}

fn build(folder: &Path) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet"])
        .current_dir(folder)
        // the crates share what they depend on
        .env("CARGO_TARGET_DIR", folder.with_file_name("target"))
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "{} does not compile", folder.display());
    Ok(())
}

/// The user time of all processes that this one started and that have ended.
#[cfg(unix)]
fn user_microseconds() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let time = getrusage(UsageWho::RUSAGE_CHILDREN)?.user_time();
    #[allow(clippy::cast_precision_loss)] // far fewer than 2^52
    Ok(time.tv_sec() as f64 * 1e6 + time.tv_usec() as f64)
}

#[cfg(not(unix))]
fn user_microseconds() -> Result<f64> {
    anyhow::bail!("user times are known on Unix alone")
}
