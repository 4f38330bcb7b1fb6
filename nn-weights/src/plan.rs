//! Which tensor of a file goes where: all that is to be known before a number is changed.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::hints;
use crate::names::{beginnings, behind, fits, nearest};
use crate::{Archive, Nearest, Problem, Rules, Shape, Taken};

/// Of more names than these, none is sought that is near to another.
const MOST_NAMES: usize = 1024;

/// A tensor that a network has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'e> {
    /// Its name.
    pub name: &'e str,
    /// Its shape, outermost size first; a size may be [`ANY_SIZE`](crate::ANY_SIZE).
    pub shape: &'e [usize],
}

/// A file that fits: where each tensor comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The tensors that are read, in the order of the network.
    pub taken: Vec<Taken>,
    /// The tensors of the file that are not read.
    pub skipped: Vec<Skipped>,
    /// The names of the tensors of the network that the file does not change.
    pub kept: Vec<String>,
}

/// A tensor of the file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its name in the file.
    pub name: String,
    /// The reason, in a few words.
    pub reason: &'static str,
}

/// Finds the tensors of a network in a file.
///
/// # Errors
/// All that does not fit.
///
/// ```
/// use nn_weights::{Archive, Dtype, Expected, Rules, Written, plan};
/// let bytes = nn_weights::safetensors::write(&[], vec![Written::new("fc.bais", Dtype::F32, &[1], [0.5])]);
/// let expected = [Expected { name: "fc.bias", shape: &[1] }];
/// let problems = plan(&expected, &Archive::read(&bytes)?, &Rules::new()).unwrap_err();
/// assert_eq!(problems[0].to_string(), "`fc.bias` [1] is missing; the file has `fc.bais` [1]");
/// # Ok::<(), nn_weights::FormatError>(())
/// ```
pub fn plan(expected: &[Expected<'_>], archive: &Archive<'_>, rules: &Rules<'_>) -> Result<Plan, Vec<Problem>> {
    let mut search = Search::new(expected, archive, rules);
    let mut plan = Plan::default();
    search.check_rules();
    for (at, tensor) in expected.iter().enumerate() {
        if !rules.wants(tensor.name) {
            plan.kept.push(tensor.name.to_owned());
        } else if let Some(taken) = search.take(at, *tensor) {
            plan.taken.push(taken);
        }
    }
    search.left_over(&mut plan.skipped);
    search.add_hints(!plan.taken.is_empty());
    if search.problems.is_empty() { Ok(plan) } else { Err(search.problems) }
}

struct Search<'s> {
    expected: &'s [Expected<'s>],
    archive: &'s Archive<'s>,
    rules: &'s Rules<'s>,
    /// The name in the network of each tensor in the file.
    names: Vec<String>,
    /// The first tensor of the file under each name.
    places: BTreeMap<String, usize>,
    /// The place of each name among those that are expected.
    known: BTreeMap<&'s str, usize>,
    /// The tensors of the file that the network has not, by the names that the rules make.
    extra: Vec<(String, Shape)>,
    problems: Vec<Problem>,
}

impl<'s> Search<'s> {
    fn new(expected: &'s [Expected<'s>], archive: &'s Archive<'s>, rules: &'s Rules<'s>) -> Self {
        let names: Vec<String> = archive.tensors.iter().map(|stored| rules.renamed(&stored.name)).collect();
        let (mut places, mut problems) = (BTreeMap::new(), Vec::new());
        for (at, name) in names.iter().enumerate() {
            let first = *places.entry(name.clone()).or_insert(at);
            if first != at && rules.wants(name) {
                let sources = [first, at].map(|at| archive.tensors[at].name.clone());
                problems.push(Problem::Twice { name: name.clone(), sources });
            }
        }
        let known = expected.iter().enumerate().map(|(at, tensor)| (tensor.name, at)).collect();
        Search { expected, archive, rules, names, places, known, extra: Vec::new(), problems }
    }

    /// Patterns and renamings have to fit something: else a slip of the pen would go unnoticed.
    fn check_rules(&mut self) {
        let Search { expected, archive, rules, .. } = *self;
        let sources = || archive.tensors.iter().map(|stored| stored.name.as_str());
        for beginning in rules.idle_beginnings(sources()) {
            let nearest = near(beginning, sources().flat_map(beginnings)).map(ToOwned::to_owned);
            self.problems.push(Problem::IdleRename { beginning: beginning.to_owned(), nearest });
        }
        let known = || expected.iter().map(|tensor| tensor.name);
        let transposes = rules.transposes.iter().map(|(pattern, _)| (pattern, false));
        let selections = rules.only.iter().chain(&rules.except).map(|pattern| (pattern, true));
        for (pattern, of_file) in transposes.chain(selections) {
            let in_file = || of_file && self.names.iter().any(|name| fits(pattern, name));
            if !known().any(|name| fits(pattern, name)) && !in_file() {
                let nearest = near(pattern, known().flat_map(beginnings)).map(ToOwned::to_owned);
                self.problems.push(Problem::IdlePattern { pattern: pattern.clone(), nearest });
            }
        }
    }

    /// The tensor of the file for one of the network.
    fn take(&mut self, at: usize, Expected { name, shape }: Expected<'_>) -> Option<Taken> {
        let Some(&place) = self.places.get(name) else {
            let missing = Problem::Missing {
                name: name.to_owned(),
                shape: Shape(shape.to_vec()),
                nearest: self.nearest_in_file(name),
            };
            self.problems.push(missing);
            return None;
        };
        let stored = &self.archive.tensors[place];
        let mut taken = Taken {
            name: name.to_owned(),
            source: stored.name.clone(),
            shape: Shape(shape.to_vec()),
            dtype: stored.dtype.clone(),
            axes: self.rules.axes(name).cloned(),
            at,
            stored: place,
        };
        let problems = taken.problems(self.archive, self.rules);
        let fits = problems.is_empty();
        self.problems.extend(problems);
        fits.then_some(taken)
    }

    /// The tensor of the file, needed by none, whose name is nearest to one of the network.
    fn nearest_in_file(&self, name: &str) -> Option<Nearest> {
        let free = |other: &&str| !self.known.contains_key(other);
        let names = || self.names.iter().take(MOST_NAMES).map(String::as_str).filter(free);
        let found = names().find(|other| is_behind(name, other)).or_else(|| nearest(name, names()))?;
        let stored = &self.archive.tensors[*self.places.get(found)?];
        Some(Nearest { name: stored.name.clone(), shape: stored.shape.clone() })
    }

    /// Adds what would make more of the file fit. Where nothing fits, it is another file, of which no part is left out.
    fn add_hints(&mut self, anything_fits: bool) {
        let Search { known, names, problems, extra, .. } = self;
        let has_part = |part: &str, of_network: bool| {
            let is_in_it = |name: &str| behind(part, name).is_some();
            if of_network { known.keys().any(|name| is_in_it(name)) } else { names.iter().any(|name| is_in_it(name)) }
        };
        if hints::common_beginning(problems) {
            return;
        }
        let both = hints::Both { extra, has_part };
        let renamed = both.renamed_layers(problems);
        if anything_fits {
            both.other_parts(problems, &renamed);
        }
    }

    /// The tensors of the file that the network has not.
    fn left_over(&mut self, skipped: &mut Vec<Skipped>) {
        for (stored, name) in self.archive.tensors.iter().zip(&self.names) {
            let reason = if !self.rules.wants(name) {
                "not asked for"
            } else if self.known.contains_key(name.as_str()) {
                continue;
            } else if is_count_of_batches(name) {
                "PyTorch counts batches there, which changes no prediction"
            } else {
                let nearest = self.nearest_in_network(name);
                self.extra.push((name.clone(), stored.shape.clone()));
                self.problems.push(Problem::Extra { name: stored.name.clone(), shape: stored.shape.clone(), nearest });
                continue;
            };
            skipped.push(Skipped { name: stored.name.clone(), reason });
        }
    }

    /// The tensor of the network, missing in the file, whose name is nearest to one of the file.
    fn nearest_in_network(&self, name: &str) -> Option<Nearest> {
        if self.names.len() > MOST_NAMES {
            return None;
        }
        let missing = |tensor: &&str| !self.places.contains_key(*tensor);
        let names = || self.known.keys().copied().take(MOST_NAMES).filter(missing);
        let found = names().find(|other| is_behind(other, name)).or_else(|| nearest(name, names()))?;
        let shape = self.expected[self.known[found]].shape;
        Some(Nearest { name: found.to_owned(), shape: Shape(shape.to_vec()) })
    }
}

/// Whether a tensor is one that PyTorch's batch norms count with.
pub(crate) fn is_count_of_batches(name: &str) -> bool {
    name.rsplit('.').next() == Some("num_batches_tracked")
}

fn near<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    nearest(name, names.take(MOST_NAMES))
}

/// Whether one of two paths is the other with something in front.
fn is_behind(a: &str, b: &str) -> bool {
    let longer = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|front| front.ends_with('.'));
    longer(a, b) || longer(b, a)
}

/// A number that names and shapes of tensors determine: FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P. Vo), as 16
/// hexadecimal digits.
///
/// ```
/// use nn_weights::{Expected, signature};
/// let of = |shape| signature(&[Expected { name: "fc.weight", shape }]);
/// assert_eq!(of(&[2, 3]), of(&[2, 3]));
/// assert_ne!(of(&[2, 3]), of(&[3, 2]));
/// ```
#[must_use]
pub fn signature(tensors: &[Expected<'_>]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for Expected { name, shape } in tensors {
        alloc::format!("{name}{shape:?}").bytes().for_each(&mut add);
    }
    alloc::format!("{hash:016x}")
}
