//! Where a long function is split into stages.

use std::ops::Range;

use crate::schedule::{Block, LoopNode, Sequence};

/// The most statements and contractions in a stage, unless a block has more.
const MOST: usize = 16;

/// The blocks of each stage; there is at least one stage.
pub(in crate::emit) fn stages(blocks: &[Block]) -> Vec<Range<usize>> {
    let (mut stages, mut begin, mut length) = (Vec::new(), 0, 0);
    for (at, block) in blocks.iter().enumerate() {
        let own = length_of(block);
        if at > begin && length + own > MOST {
            stages.push(begin..at);
            (begin, length) = (at, 0);
        }
        length += own;
    }
    stages.push(begin..blocks.len());
    stages
}

/// The statements and contractions in a block.
fn length_of(block: &Block) -> usize {
    match block {
        Block::Nest(nodes) => statements(nodes),
        Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => blocks.iter().map(length_of).sum(),
        _ => 1,
    }
}

fn statements(nodes: &[LoopNode]) -> usize {
    let of_node = |node: &LoopNode| match node {
        LoopNode::Loop { body, .. } => statements(body),
        LoopNode::Statement(_) => 1,
    };
    nodes.iter().map(of_node).sum()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{MOST, stages};
    use crate::schedule::Block;
    use crate::symbolic::TensorId;

    #[test]
    fn blocks_are_cut_into_stages_of_bounded_length() {
        let fills = |count: usize| vec![Block::Fill(TensorId(0)); count];
        assert_eq!(stages(&[]), vec![Range { start: 0, end: 0 }]);
        assert_eq!(stages(&fills(MOST)), vec![Range { start: 0, end: MOST }]);
        assert_eq!(stages(&fills(2 * MOST + 1)), [0..MOST, MOST..2 * MOST, 2 * MOST..2 * MOST + 1]);
        // a block that is longer than a stage is one
        let blocks = [fills(1), vec![Block::EachSample(fills(MOST + 1))], fills(1)].concat();
        assert_eq!(stages(&blocks), [0..1, 1..2, 2..3]);
    }
}
