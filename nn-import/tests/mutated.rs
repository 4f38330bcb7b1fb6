//! Damaged files: each is refused with an error or imported, without a panic and without memory beyond a multiple of its size.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use nn_import::{ImportError, Options, import};

/// So many files.
const COUNT: u64 = 1000;

/// The greatest allocation: messages are larger in memory than in the file, and what is computed from shapes has a limit.
const LARGEST: usize = 32 << 20;

/// The system's allocator, which notes the greatest allocation.
struct Watched;

static GREATEST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Watched = Watched;

// SAFETY: all calls are passed on to the system's allocator with the layouts that were given.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        GREATEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer was allocated by `alloc` with this layout
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Numbers that are the same at each run (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % bound.max(1)
    }
}

/// A file that is cut, or of which bits, bytes, lengths or parts are changed.
fn mutated(file: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(file.len());
        match numbers.below(6) {
            0 => file.truncate(at),
            1 => file[at] ^= 1 << numbers.below(8),
            2 => file[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
            // a length or a size of many digits
            3 => drop(file.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])),
            4 => drop(file.drain(at..(at + numbers.below(40)).min(file.len()))),
            _ => {
                let part = file[at..(at + numbers.below(40)).min(file.len())].to_vec();
                let to = numbers.below(file.len());
                drop(file.splice(to..to, part));
            }
        }
        if file.is_empty() {
            return file;
        }
    }
    file
}

#[test]
fn damaged_onnx_files_are_refused() {
    check(&files("model.onnx", &["small", "tagger", "gated", "causal", "unet"]), 50);
}

#[test]
fn damaged_node_tests_are_refused() {
    let files: Vec<Vec<u8>> = common::small_cases().into_iter().map(|case| case.file).collect();
    // they are small, so that most changes meet something that matters
    check(&files, 30);
}

#[test]
fn damaged_tflite_files_are_refused() {
    check(&files("model.tflite", &["spotter", "segmenter", "listener", "reader"]), 50);
}

fn files(file: &str, names: &[&str]) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/models");
    names.iter().map(|name| std::fs::read(folder.join(name).join(file)).expect("there is a model")).collect()
}

/// Imports damaged files of models, of which so many have to be imported all the same.
fn check(files: &[Vec<u8>], least: usize) {
    let (mut imported, mut refused) = (0, 0);
    for seed in 1..=COUNT {
        let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let file = mutated(&files[numbers.below(files.len())], &mut numbers);
        match catch_unwind(AssertUnwindSafe(|| import(&file, &Options::default()))) {
            Ok(Ok(_)) => imported += 1,
            Ok(Err(ImportError::Fault(fault))) => panic!("seed {seed}: {fault}"),
            Ok(Err(error)) => {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
            Err(_) => panic!("seed {seed} panics"),
        }
        let greatest = GREATEST.load(Ordering::Relaxed);
        assert!(greatest <= LARGEST, "seed {seed}: an allocation of {greatest} bytes for a file of {}", file.len());
    }
    println!("{imported} are imported, {refused} are refused");
    assert!(refused > 300 && imported > least, "the changes are too small or too large: {imported}, {refused}");
}
