//! Which tensors of a file are which of a network.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::names::{behind, fits};

/// How the tensors of a file are found again: other names, other orders of axes, and which ones are wanted.
///
/// ```
/// use nn_weights::Rules;
/// let mut rules = Rules::new();
/// rules.rename("module", "");
/// rules.only("body");
/// assert_eq!(rules.renamed("module.body.fc.weight"), "body.fc.weight");
/// assert!(rules.wants("body.fc.weight") && !rules.wants("head.weight"));
/// ```
#[derive(Default)]
pub struct Rules<'r> {
    renames: Vec<Rename<'r>>,
    pub(crate) transposes: Vec<(String, Vec<usize>)>,
    pub(crate) only: Vec<String>,
    pub(crate) except: Vec<String>,
    any_number: bool,
    single: bool,
    pub(crate) squeezed: bool,
}

enum Rename<'r> {
    /// The first beginning that a name has becomes another one.
    Beginnings(Vec<(String, String)>),
    Function(Box<dyn Fn(&str) -> String + 'r>),
}

impl Rename<'_> {
    fn apply(&self, name: &str) -> String {
        let table = match self {
            Rename::Function(function) => return function(name),
            Rename::Beginnings(table) => table,
        };
        let other = table.iter().find_map(|(from, to)| Some(joined(to, behind(from, name)?)));
        other.unwrap_or_else(|| name.to_owned())
    }
}

impl<'r> Rules<'r> {
    /// No rules: each tensor has the name, the shape and the order of axes that it has in the network.
    ///
    /// ```
    /// assert_eq!(nn_weights::Rules::new().renamed("fc.weight"), "fc.weight");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names that begin with the path `from` begin with `to` instead. Of nothing, `to` stands in front of all names.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.rename("fc", "head");
    /// rules.rename("", "net");
    /// assert_eq!(["fc.bias", "fc1.bias"].map(|name| rules.renamed(name)), ["net.head.bias", "net.fc1.bias"]);
    /// ```
    pub fn rename(&mut self, from: &str, to: &str) {
        self.rename_table([(from, to)]);
    }

    /// The same for several beginnings at once, of which the first that fits is meant: two can be exchanged.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.rename_table([("a", "b"), ("b", "a")]);
    /// assert_eq!(["a.bias", "b.bias"].map(|name| rules.renamed(name)), ["b.bias", "a.bias"]);
    /// ```
    pub fn rename_table<'t>(&mut self, table: impl IntoIterator<Item = (&'t str, &'t str)>) {
        let path = |text: &str| text.trim_end_matches('.').to_owned();
        let table = table.into_iter().map(|(from, to)| (path(from), path(to)));
        self.renames.push(Rename::Beginnings(table.collect()));
    }

    /// The name in the network is a function of that in the file.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.rename_with(|name| name.replace("gamma", "weight"));
    /// assert_eq!(rules.renamed("norm.gamma"), "norm.weight");
    /// ```
    pub fn rename_with(&mut self, function: impl Fn(&str) -> String + 'r) {
        self.renames.push(Rename::Function(Box::new(function)));
    }

    /// The tensors of the network that fit a pattern have their axes in another order in the file: axis `i` of the
    /// network is axis `axes[i]` of the file, as in NumPy's `transpose`.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.transpose("conv*.weight", &[3, 2, 0, 1]); // Keras: height, width, input channels, output channels
    /// rules.transpose("fc*.weight", &[1, 0]);
    /// ```
    pub fn transpose(&mut self, pattern: &str, axes: &[usize]) {
        self.transposes.push((pattern.to_owned(), axes.to_vec()));
    }

    /// Only tensors whose names in the network fit this pattern, or another one given so, are read.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.only("body");
    /// assert!(!rules.wants("head.bias"));
    /// ```
    pub fn only(&mut self, pattern: &str) {
        self.only.push(pattern.to_owned());
    }

    /// Tensors whose names in the network fit this pattern are not read.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.except("head");
    /// assert!(rules.wants("body.bias") && !rules.wants("head.bias"));
    /// ```
    pub fn except(&mut self, pattern: &str) {
        self.except.push(pattern.to_owned());
    }

    /// Numbers that are infinite or NaN are read like others.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.any_number();
    /// ```
    pub fn any_number(&mut self) {
        self.any_number = true;
    }

    /// The numbers are read into an `f32`: those that are infinite there are refused.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.single();
    /// ```
    pub fn single(&mut self) {
        self.single = true;
    }

    /// Shapes may differ in axes of size 1, as those of a `Conv1d` and a `Conv2d` with a kernel of one row.
    ///
    /// ```
    /// let mut rules = nn_weights::Rules::new();
    /// rules.squeezed();
    /// ```
    pub fn squeezed(&mut self) {
        self.squeezed = true;
    }

    /// Whether a number may be read.
    #[allow(clippy::cast_possible_truncation)] // what becomes infinite is what is looked for
    pub(crate) fn allows(&self, number: f64) -> bool {
        self.any_number || if self.single { (number as f32).is_finite() } else { number.is_finite() }
    }

    /// The name that a tensor of the file has in the network.
    ///
    /// ```
    /// assert_eq!(nn_weights::Rules::new().renamed("fc.bias"), "fc.bias");
    /// ```
    #[must_use]
    pub fn renamed(&self, name: &str) -> String {
        self.renames.iter().fold(name.to_owned(), |name, rename| rename.apply(&name))
    }

    /// The order of the axes in the file of a tensor of the network, if it is another one.
    pub(crate) fn axes(&self, name: &str) -> Option<&Vec<usize>> {
        self.transposes.iter().rev().find(|(pattern, _)| fits(pattern, name)).map(|(_, axes)| axes)
    }

    /// Whether a tensor of this name in the network is to be read.
    ///
    /// ```
    /// assert!(nn_weights::Rules::new().wants("fc.bias"));
    /// ```
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, name));
        (self.only.is_empty() || any(&self.only)) && !any(&self.except)
    }

    /// The beginnings that no name in the file has when its turn comes.
    pub(crate) fn idle_beginnings<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<&str> {
        let mut idle = Vec::new();
        let mut now: Vec<String> = names.map(ToOwned::to_owned).collect();
        for rename in &self.renames {
            if let Rename::Beginnings(table) = rename {
                let unused = |from: &&str| !now.iter().any(|name| behind(from, name).is_some());
                idle.extend(table.iter().map(|(from, _)| from.as_str()).filter(unused));
            }
            now = now.iter().map(|name| rename.apply(name)).collect();
        }
        idle
    }
}

/// Two paths, one behind the other.
fn joined(first: &str, rest: &str) -> String {
    let dot = if first.is_empty() || rest.is_empty() { "" } else { "." };
    [first, dot, rest].concat()
}

impl fmt::Debug for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rules { renames, transposes, only, except, any_number, single, squeezed } = self;
        f.debug_struct("Rules")
            .field("renames", &renames.len())
            .field("transposes", transposes)
            .field("only", only)
            .field("except", except)
            .field("any_number", any_number)
            .field("single", single)
            .field("squeezed", squeezed)
            .finish()
    }
}
