//! The workspace of a schedule that is evaluated, byte by byte.

/// A byte of the workspace: the beginning of a number, or a part of one that begins before.
#[derive(Debug, Clone, Copy)]
struct Cell {
    value: f64,
    /// The bytes of the number; zero if none begins here.
    bytes: usize,
}

/// Numbers of several widths, by the byte at which they begin. What is overwritten in part is NaN.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    cells: Vec<Cell>,
}

impl Workspace {
    /// A workspace of some bytes that holds no number.
    pub(super) fn new(bytes: usize) -> Self {
        Workspace { cells: vec![Cell { value: f64::NAN, bytes: 0 }; bytes] }
    }

    /// The number of a width that begins at a byte; NaN if there is none.
    pub(super) fn get(&self, at: usize, bytes: usize) -> f64 {
        let (first, others) = (self.cells[at], &self.cells[at + 1..at + bytes]);
        let is_whole = first.bytes == bytes && others.iter().all(|cell| cell.bytes == 0);
        if is_whole { first.value } else { f64::NAN }
    }

    pub(super) fn set(&mut self, at: usize, bytes: usize, value: f64) {
        self.cells[at..at + bytes].fill(Cell { value: f64::NAN, bytes: 0 });
        self.cells[at] = Cell { value, bytes };
    }
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    #[test]
    fn a_number_that_is_overwritten_in_part_is_lost() {
        let mut workspace = Workspace::new(8);
        assert!(workspace.get(0, 4).is_nan());
        workspace.set(0, 4, 1.5);
        workspace.set(4, 4, 2.5);
        assert_eq!([workspace.get(0, 4), workspace.get(4, 4)], [1.5, 2.5]);
        workspace.set(1, 1, 7.0);
        assert!(workspace.get(0, 4).is_nan());
        assert_eq!([workspace.get(1, 1), workspace.get(4, 4)], [7.0, 2.5]);
        workspace.set(4, 1, 8.0);
        assert!(workspace.get(4, 4).is_nan());
    }
}
