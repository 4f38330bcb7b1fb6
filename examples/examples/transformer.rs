//! A transformer learns to sort: it sees eight digits at once, and says which one belongs to each place.
//!
//! `cargo run --release --example transformer`

use anyhow::{Result, ensure};
use nn_core::prelude::*;
use nn_core::schedule::CosineAnnealing;

network! {
    struct Sorter {
        digits: Embedding(10 => 32),
        position: param [8, 32] = normal(0, 1),
        blocks: [TransformerEncoderLayer(32, 4, dim_feedforward = 64, dropout = 0, norm_first = true); 2],
        norm: LayerNorm(32),
        head: Linear(32 => 10),
    }

    /// For each place, how likely each digit is to belong there.
    fn forward(list: index<10>[8]) -> [10, 8] {
        head(norm(blocks(digits(list) + position))).transpose(0, 1)
    }

    loss = cross_entropy;
}

/// Eight digits.
type List = Tensor![8; usize];
/// A score for each digit and place.
type Scores = Tensor![10, 8];

/// Lists of random digits, and the same sorted.
fn lists(seed: u64, count: usize) -> Dataset<List, List> {
    let list = |sample: usize| {
        let draw = Draw::new(seed, 0);
        let list = List::from_fn(|at| (draw.uniform::<f64>(0, sample, at) * 10.0) as usize);
        let mut sorted = list;
        sorted.as_mut_slice().sort_unstable();
        (list, sorted)
    };
    (0..count).map(list).collect()
}

/// The list that the network takes to be the sorted one.
fn sorted(scores: &Scores) -> List {
    List::from_fn(|at| {
        let better = |a: &usize, b: &usize| scores[[*a, at]].total_cmp(&scores[[*b, at]]);
        (0..10).max_by(better).unwrap_or(0)
    })
}

fn main() -> Result<()> {
    let (train, test) = (lists(1, 6000), lists(2, 1000));
    let mut session = Sorter::session(1);
    let epochs = 15;
    let trainer = Trainer::new(Adam::new(3e-3)).schedule(CosineAnnealing::new(epochs as u64)).batch(32).epochs(epochs);
    let history = trainer.quiet().fit(&mut session, &train, None)?;
    println!("loss {:.4}", history.epochs[epochs - 1].training_loss);

    let mut outputs = vec![Tensor::zeros(); test.len()];
    session.forward_batch(test.inputs(), &mut outputs)?;
    let found: Vec<List> = outputs.iter().map(sorted).collect();
    for (list, found) in test.inputs().iter().zip(&found).take(5) {
        println!("{:?} -> {:?}", list.as_slice(), found.as_slice());
    }
    let right =
        found.iter().zip(test.targets()).filter(|(found, target)| found.as_slice() == target.as_slice()).count();
    println!("{right} of {} new lists are sorted right", test.len());
    ensure!(right > 950, "the network does not sort");
    Ok(())
}
