//! What would read foreign memory needs `unsafe`.
#![forbid(unsafe_code)]

use nn_core::Plain;

#[repr(C)]
struct Evil {
    text: &'static str,
}

impl nn_core::private::Fields for Evil {
    type Element = usize;
    type Parts = ([usize; 2], ());
}

fn main() {
    let mut evil = Evil { text: "harmless" };
    evil.flat_mut()[0] = 1;
    println!("{}", evil.text);
}
