//! The code that is emitted reads like code that a person would write.

use nn_compiler::explain::{explain_file, formatted};

#[test]
fn the_digits_expand_to_straight_code() {
    let explained = explain_file(include_str!("../../examples/examples/digits.rs")).unwrap();
    let code = formatted(&explained[0].code);
    assert!(code.lines().count() < 420, "{} lines", code.lines().count());
    let code_of_blocks = code.replace("unsafe impl<T: nn_core::Scalar> nn::Fields", "");
    assert!(!code_of_blocks.contains("unsafe"), "more than the promise that structs consist of tensors is emitted");
    for unwanted in ["dyn ", "UInt<", "unwrap"] {
        assert!(!code.contains(unwanted), "{unwanted} is emitted");
    }
    insta::assert_snapshot!("digits", code);
}

#[test]
fn the_gradient_of_the_digits_is_that_of_the_textbooks() {
    let explained = explain_file(include_str!("../../examples/examples/digits.rs")).unwrap();
    insta::assert_snapshot!("digits_gradient", explained[0].simplified.to_string());
}
