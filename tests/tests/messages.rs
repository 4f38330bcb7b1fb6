//! Mistakes and what rustc says of them: one error for one mistake, in words a user knows.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("messages/*.rs");
}
