//! Damaged files of weights: each is refused or loads exactly what it says, without a panic, and without more memory than
//! a small multiple of its size.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use nn_core::prelude::*;
use safetensors::{Dtype, SafeTensors};

/// Follows the memory of each thread: what it holds, the most that it held, and its largest allocation.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = HELD.try_with(|held| {
            held.set(held.get() + layout.size().cast_signed());
            MOST.with(|most| most.set(most.get().max(held.get())));
        });
        // SAFETY: the caller's promises are the system allocator's conditions.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let _ = HELD.try_with(|held| held.set(held.get() - layout.size().cast_signed()));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

network! {
    struct Net { body: Linear(4 => 6, bias = false), norm: BatchNorm1d(6), head: Linear(6 => 2) }
    fn forward(x: [4]) -> [2] { head(norm(body(x)).relu()) }
}

/// Numbers for the changes, the same ones at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        let draw = Draw::new(11, self.0);
        self.0 += 1;
        (draw.uniform::<f64>(0, 0, 0) * bound as f64) as usize
    }
}

/// Numbers that a header may claim.
const CLAIMS: [&str; 8] =
    ["0", "1", "-1", "18446744073709551615", "9223372036854775807", "4294967296", "1000000000000", "1e400"];

/// Words of a file, and others for them.
type Words = [(&'static [u8], &'static [u8])];

/// Changes a file in one of many ways.
fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers, words: &Words) {
    let len = bytes.len();
    match numbers.below(8) {
        0 => bytes.truncate(numbers.below(len)),
        1 => bytes[numbers.below(len)] ^= 1 << numbers.below(8),
        2 => (0..8).for_each(|_| bytes[numbers.below(len)] = numbers.below(256) as u8),
        3 => {
            // the length of the header
            let claim = [0, 1, 7, len - 8, len, len + 1, usize::MAX, 1 << 40][numbers.below(8)] as u64;
            bytes[..8].copy_from_slice(&claim.to_le_bytes());
        }
        4 => {
            // a number in the header
            let digits: Vec<usize> = (0..len).filter(|at| bytes[*at].is_ascii_digit()).collect();
            let Some(&at) = digits.get(numbers.below(digits.len())) else { return };
            let end = (at..len).find(|end| !bytes[*end].is_ascii_digit()).unwrap_or(len);
            bytes.splice(at..end, CLAIMS[numbers.below(CLAIMS.len())].bytes());
        }
        5 => {
            // a piece is left out, or is there twice
            let (at, size) = (numbers.below(len), 1 + numbers.below(40));
            let piece: Vec<u8> = bytes[at..len.min(at + size)].to_vec();
            if numbers.below(2) == 0 {
                bytes.drain(at..at + piece.len());
            } else {
                bytes.splice(at..at, piece);
            }
        }
        6 => {
            // one word of the header for another
            let (from, to) = words[numbers.below(words.len())];
            let places: Vec<usize> = (0..len - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
            if let Some(at) = places.get(numbers.below(places.len().max(1))) {
                bytes.splice(*at..at + from.len(), to.iter().copied());
            }
        }
        _ => bytes.extend((0..1 + numbers.below(100)).map(|at| at as u8)),
    }
}

/// Reads a file. Returns whether it was taken, in which case it holds exactly what was loaded.
fn reads(bytes: &[u8], exactly: impl Fn(&Net) -> bool) -> bool {
    let mut net = Net::init(1);
    HELD.set(0);
    MOST.set(0);
    let loaded = net.load_from(bytes);
    let bound = 20 * bytes.len().cast_signed() + 40_000;
    assert!(MOST.get() < bound, "{} bytes for a file of {}", MOST.get(), bytes.len());
    if loaded.is_err() {
        assert!(net.flat_params() == Net::init(1).flat_params() && net.flat_state() == Net::init(1).flat_state());
        return false;
    }
    assert!(exactly(&net));
    true
}

/// Whether the network holds what the crate `safetensors` finds in the file.
fn holds(bytes: &[u8], net: &Net) -> bool {
    let file = SafeTensors::deserialize(bytes).unwrap();
    let params = Net::PARAMETERS.iter().map(|tensor| (tensor, net.flat_params()));
    params.chain(Net::STATES.iter().map(|tensor| (tensor, net.flat_state()))).all(|(tensor, flat)| {
        let view = file.tensor(tensor.name).unwrap();
        assert_eq!((view.shape(), view.dtype()), (tensor.shape, Dtype::F32));
        view.data() == flat[tensor.range()].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>()
    })
}

const OF_SAFETENSORS: &Words =
    &[(b"F32", b"F16"), (b"F32", b"I64"), (b"F32", b"F99"), (b"weight", b"bias"), (b"shape", b"shap"), (b"[", b"[[[[")];

#[test]
fn ten_thousand_damaged_files() {
    let whole = Net::init(2).to_bytes();
    let mut numbers = Numbers(0);
    let mut taken = 0;
    for _ in 0..10_000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + numbers.below(3) {
            if !bytes.is_empty() && bytes.len() > 16 {
                mutate(&mut bytes, &mut numbers, OF_SAFETENSORS);
            }
        }
        taken += usize::from(reads(&bytes, |net| holds(&bytes, net)));
    }
    // bits of numbers change what is loaded, and nothing tells
    assert!((100..4000).contains(&taken), "{taken}");
}

/// Headers whose tables need the most memory for their size.
#[test]
fn headers_of_many_small_things() {
    let with_header = |header: &str| {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes
    };
    let shape = "0,".repeat(30_000) + "0";
    assert!(!reads(
        &with_header(&format!(r#"{{"x":{{"dtype":"F32","shape":[{shape}],"data_offsets":[0,0]}}}}"#)),
        |_| true
    ));
    let entry = r#""x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"#;
    assert!(!reads(&with_header(&format!(r#"{{{}"y":0}}"#, entry.repeat(5000))), |_| true));
    let metadata: String = (0..5000).map(|at| format!(r#""{at}":"","#)).collect();
    assert!(!reads(&with_header(&format!(r#"{{"__metadata__":{{{metadata}"y":""}}}}"#)), |_| true));
    assert!(!reads(&with_header(&"[".repeat(100_000)), |_| true));
    assert!(!reads(&with_header(&format!(r#"{{"x":{}"#, r#"{"a":"#.repeat(50_000))), |_| true));
}

#[cfg(feature = "npz")]
#[test]
fn a_thousand_damaged_npz() {
    let path = std::env::temp_dir().join(format!("nn-core-mutated-{}.npz", std::process::id()));
    Net::init(2).save(&path).unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    let mut numbers = Numbers(0);
    for _ in 0..1000 {
        let mut bytes = whole.clone();
        mutate(&mut bytes, &mut numbers, OF_SAFETENSORS);
        // each tensor has a checksum
        reads(&bytes, |net| {
            net.flat_params() == Net::init(2).flat_params() && net.flat_state() == Net::init(2).flat_state()
        });
    }
}

/// A file of PyTorch with the tensors of `Net`.
#[cfg(feature = "pth")]
fn of_pytorch(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../nn-weights/tests/references/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[cfg(feature = "pth")]
const OF_PYTORCH: &Words = &[
    (b"FloatStorage", b"ShortStorage"),
    (b"K\x06", b"K\x04"),
    (b"K\x04", b"K\x01"),
    (b"K\x01", b"K\x00"),
    (b"K\x00", b"K\x03"),
    (b"\x86", b"\x85"),
    (b"q\x05", b"r\xff"),
    (b"X\x05\x00", b"X\xff\xff"),
    (b"h\x03(", b"h\x00("),
    (b"(", b")"),
    (b"t", b"a"),
    (b"R", b"b"),
    (b"weight", b"weighs"),
];

#[cfg(feature = "pth")]
#[test]
fn a_thousand_damaged_pth() {
    let whole = of_pytorch("net.pth");
    let mut numbers = Numbers(0);
    let expected = Net::load(&whole).unwrap();
    for _ in 0..1000 {
        let mut bytes = whole.clone();
        mutate(&mut bytes, &mut numbers, OF_PYTORCH);
        // each entry has a checksum
        reads(&bytes, |net| net.flat_params() == expected.flat_params() && net.flat_state() == expected.flat_state());
    }
}

/// Without checksums, the changes come to the pickle and to the numbers.
#[cfg(feature = "pth")]
#[test]
fn ten_thousand_damaged_pth_without_checksums() {
    let whole = of_pytorch("no_checksums.pth");
    let mut numbers = Numbers(0);
    let mut taken = 0;
    for _ in 0..10_000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + numbers.below(2) {
            mutate(&mut bytes, &mut numbers, OF_PYTORCH);
        }
        let in_file = |number: &f32| bytes.windows(4).any(|window| window == number.to_le_bytes());
        taken += usize::from(reads(&bytes, |net| net.flat_params().iter().chain(net.flat_state()).all(in_file)));
    }
    assert!((100..8000).contains(&taken), "{taken}");
}

#[cfg(feature = "pth")]
#[test]
fn a_checkpoint_of_pytorch_is_read_in_parts() {
    let bytes = of_pytorch("checkpoint.pth");
    let load = || Load::bytes(&bytes).rename("model", "").except("optimizer").except("best").except("list");
    let expected = Net::load(&of_pytorch("no_checksums.pth")).unwrap();
    let loaded = Net::load(load()).unwrap();
    assert_eq!((loaded.flat_params(), loaded.flat_state()), (expected.flat_params(), expected.flat_state()));
    let problem = Net::load(&bytes).unwrap_err().to_string();
    assert!(problem.contains("`.rename(\"model\", \"\")` makes those of the file those of the network"), "{problem}");
    let problem = expected.save("net.pth").unwrap_err().to_string();
    assert_eq!(problem, "net.pth: files of PyTorch are read and not written: save a `.safetensors`");
}
