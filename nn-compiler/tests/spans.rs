//! Spans of a scan that are computed again on the way back: a scan of spans, each of which is a layer with `#[checkpoint]`.

#[path = "common/alike.rs"]
mod alike;
#[path = "common/evaluated.rs"]
mod evaluated;
#[path = "common/given.rs"]
mod given;

use alike::{alike, compiled};

/// A recurrent layer over a sequence, in spans.
fn network(kind: &str, states: &str, attribute: &str, (positions, span): (usize, usize)) -> String {
    let carries: String = states.split(", ").map(|state| format!("carry {state}: [H] = zeros;")).collect();
    let last = states.replace(", ", "_last, ") + "_last";
    let next: String = states.split(", ").map(|state| format!("next {state} = {state}_last;")).collect();
    format!(
        "layer Spans<In => H, span: S>(x: [T, In]) -> y: [T, H] {{
             {attribute} inner: {kind}(In => H);
             spans = x.reshape(T / S, S, In);
             scan s: T / S {{
                 {carries}
                 here[t, i] = spans[s, t, i];
                 let (all, {last}) = inner(here, {states});
                 {next}
                 rows[s, t, j] = all[t, j];
             }}
             y = rows.reshape(T, H);
         }}
         pub struct Net {{ all: Spans(3 => 8, span = {span}), fc: Linear(8 => 2) }}
         fn forward(x: [{positions}, 3]) -> [{positions}, 2] {{ let y = all(x); fc(y) }} loss = mse;"
    )
}

/// What is recomputed has memory for one span, besides the states in front of each.
#[test]
fn memory_grows_with_the_root_of_the_length() {
    let bytes = |text: &str| compiled(text).training.unwrap().gradient.scratch.literal().unwrap();
    let of = |attribute, sizes| bytes(&network("LSTM", "h, c", attribute, sizes));
    let spans = [(64, 8), (256, 16)].map(|sizes| (of("", sizes), of("#[checkpoint]", sizes)));
    println!("{spans:?}");
    let [(kept, recomputed), (longer, longer_recomputed)] = spans;
    assert!(recomputed * 2 < kept, "{recomputed} bytes and {kept}");
    assert!(longer_recomputed * 5 < longer * 2, "{longer_recomputed} bytes and {longer}");
}

#[test]
fn gradients_are_the_same() {
    for (kind, states) in [("LSTM", "h, c"), ("GRU", "h"), ("RNN", "h")] {
        for sizes in [(6, 2), (6, 3), (4, 1), (3, 3)] {
            let text = |attribute| network(kind, states, attribute, sizes);
            alike(&[&text(""), &text("#[checkpoint]")]);
        }
    }
}
