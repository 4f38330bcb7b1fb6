"""Measures what weights cost that lie in the program: bytes of the program, memory, and their compilation.

    python tests/scripts/embedded.py [--large 100]

Each network is compiled twice, in a crate of its own: with its weights in the program, and as zeroed memory, which takes no
place in a file. Both predict once and say how much memory became theirs alone meanwhile.
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCES = ROOT / "tests/references/mlperf-tiny"

MAIN = """
use nn_core::prelude::*;
use nn_core::Workspace;

network! {
    NETWORK
}

struct Memory {
    workspace: Workspace<NAME>,
    output: <NAME as Compiled>::Output,
}

#[cfg(embedded)]
fn network() -> &'static NAME {
    NAME::trained()
}

#[cfg(not(embedded))]
fn network() -> &'static NAME {
    // what could be changed has no place in the file while it is zero
    static mut ZEROED: std::mem::MaybeUninit<NAME> = std::mem::MaybeUninit::zeroed();
    // SAFETY: zeros are numbers, and nobody changes them
    unsafe { (*(&raw const ZEROED)).assume_init_ref() }
}

/// Bytes of memory that belong to no file.
fn anonymous() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

fn main() {
    let (network, input) = (network(), nn_core::zeroed());
    anonymous();
    let before = anonymous();
    static mut MEMORY: std::mem::MaybeUninit<Memory> = std::mem::MaybeUninit::zeroed();
    // SAFETY: zeros are numbers, and there is one thread
    let memory = unsafe { (*(&raw mut MEMORY)).assume_init_mut() };
    network.forward(&input, &mut memory.workspace, &mut memory.output);
    std::hint::black_box(memory);
    let (used, declared, weights) = (anonymous() - before, size_of::<Memory>(), size_of::<NAME>());
    println!("{{\\"used\\": {used}, \\"declared\\": {declared}, \\"weights\\": {weights}}}");
}
"""

KEYWORDS = """
    struct Keywords {
        stem: Conv2d(1 => 64, kernel = (10, 4), stride = 2, padding = ((4, 5), (1, 1))),
        blocks: [Separable(64); 4],
        dense: Linear(64 => 12),
    }
    layer Separable<C>(x: [C, H, W]) -> y: [C, H, W] {
        depthwise: Conv2d(C => C, kernel = 3, padding = 1, groups = C),
        pointwise: Conv2d(C => C, kernel = 1),
        y = pointwise(depthwise(x).relu()).relu();
    }
    fn forward(features: [1, 49, 10]) -> [12] {
        dense(blocks(stem(features).relu()).global_avg_pool2d()).softmax()
    }
"""

AUTOENCODER = """
    struct Autoencoder {
        dense: Linear(640 => 128), dense_1: Linear(128 => 128), dense_2: Linear(128 => 128), dense_3: Linear(128 => 128),
        dense_4: Linear(128 => 8), dense_5: Linear(8 => 128),
        dense_6: Linear(128 => 128), dense_7: Linear(128 => 128), dense_8: Linear(128 => 128), dense_9: Linear(128 => 640),
    }
    fn forward(x: [640]) -> [640] {
        let x = dense_3(dense_2(dense_1(dense(x).relu()).relu()).relu()).relu();
        let x = dense_5(dense_4(x).relu()).relu();
        dense_9(dense_8(dense_7(dense_6(x).relu()).relu()).relu())
    }
"""

LARGE = """
    struct Large { a: Linear(SIZE => SIZE, bias = false), b: Linear(SIZE => SIZE, bias = false) }
    fn forward(x: [SIZE]) -> [SIZE] { b(a(x).relu()) }
"""


def large(megabytes, path):
    """A network of two layers of so many megabytes, with a file of weights."""
    size = int((megabytes * 2**20 / 8) ** 0.5) // 16 * 16
    each = size * size * 4
    tensor = lambda at: {"dtype": "F32", "shape": [size, size], "data_offsets": [at * each, (at + 1) * each]}
    header = json.dumps({"a.weight": tensor(0), "b.weight": tensor(1)}).encode()
    header += b" " * (-len(header) % 8)
    row = struct.pack("<f", 1 / size) * size
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        for _ in range(2 * size):
            file.write(row)
    return LARGE.replace("SIZE", str(size))


def build(folder, flags=""):
    """Builds a crate with what it depends on, then itself once more: the seconds, and the most memory of a process."""
    command = ["cargo", "build", "--release", "--quiet"]
    environment = os.environ | {"CARGO_TARGET_DIR": str(ROOT / "target/embedded"), "RUSTFLAGS": flags}
    subprocess.run(command, cwd=folder, env=environment, check=True)
    (folder / "src/main.rs").touch()
    begin = time.time()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return time.time() - begin, usage.ru_maxrss * 1024


def sections(program):
    """The bytes of the sections of a program that are loaded from its file."""
    lines = subprocess.run(["size", "-A", program], capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line.split() for line in lines if line.startswith(".")]
    return {row[0]: int(row[1]) for row in rows}


def measure(name, network, weights, folder):
    crate = folder / name.lower()
    (crate / "src").mkdir(parents=True)
    shutil.copyfile(ROOT / "Cargo.lock", crate / "Cargo.lock")
    (crate / "Cargo.toml").write_text(
        f'[package]\nname = "{name.lower()}"\nedition = "2024"\n[dependencies]\nnn-core = {{ path = "{ROOT}/nn-core" }}\n'
        "[lints.rust]\nunexpected_cfgs = \"allow\"\n[workspace]\n"
    )
    rows = {}
    for kind, flags, statement in [("zeroed", "", ""), ("embedded", "--cfg embedded", f'weights = "{weights}";')]:
        text = MAIN.replace("NETWORK", network + statement)
        (crate / "src/main.rs").write_text(text.replace("NAME", name))
        seconds, memory = build(crate, flags)
        program = ROOT / "target/embedded/release" / name.lower()
        said = json.loads(subprocess.run([program], capture_output=True, text=True, check=True).stdout)
        rows[kind] = (seconds, memory, sections(program), said)
    (plain, _, before, other), (seconds, memory, after, said) = rows["zeroed"], rows["embedded"]
    grown = after[".rodata"] - before[".rodata"] - said["weights"]
    print(
        f"{name}: weights {said['weights']} bytes, and `.rodata` grows by {grown} more; memory that a prediction touches for the "
        f"first time, with the stack, {said['used']} bytes ({other['used']} where no weights are read), of which "
        f"{said['declared']} are declared; compiled in {seconds:.1f} s ({plain:.1f} s without), most memory "
        f"{memory / 2**20:.0f} MB"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, default=100, help="megabytes of the large network")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        path = folder / "large.safetensors"
        network = large(arguments.large, path)
        measure("Keywords", KEYWORDS, ROOT / "examples/data/keywords/weights.safetensors", folder)
        measure("Autoencoder", AUTOENCODER, REFERENCES / "ad-autoencoder/weights_folded.safetensors", folder)
        measure("Large", network, path, folder)


main()
