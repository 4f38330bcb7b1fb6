//! Training steps allocate nothing.

mod line {
    include!("common/line.rs");
}

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use line::{Line, points};
use nn_core::Session;
use nn_core::optim::RmsProp;
use nn_core::train::Trainer;

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[test]
fn a_step_allocates_nothing() {
    let data = points(100);
    let mut session = Session::<Line>::from_seed(0);
    let mut counts = Vec::with_capacity(50);
    Trainer::new(RmsProp::new(0.01).momentum(0.9).centered(true))
        .batch(3)
        .epochs(1)
        .l1(1e-5)
        .l2(1e-5)
        .clip_norm(1.0)
        .clip_value(1.0)
        .batch_callback(|_| counts.push(ALLOCATIONS.load(Ordering::Relaxed)))
        .quiet()
        .fit(&mut session, &data, &data)
        .unwrap();
    assert_eq!(counts.len(), 34);
    assert_eq!(counts[0], counts[33]);
}
