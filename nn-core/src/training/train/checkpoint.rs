//! The file of a training that is to go on later.

use std::path::Path;

use nn_weights::{Archive, Dtype, Expected, Rules, Written, safetensors, signature};

use crate::error::{Difference, Error, WeightsError};
use crate::networks::Train;
use crate::tensors::{Plain, Scalar, plain};
use crate::training::optim::State;
use crate::weights::{CHECKPOINT, MODEL, check, copy, dtype, expected, fill, open, tensors, write};

/// The beginnings of the names of tensors: the best network so far, and the slots of the optimiser.
const BEST: &str = "best";
const OPTIMIZER: &str = "optimizer";
/// The name of the table of epochs.
const HISTORY: &str = "history";
/// The beginning of the names of settings.
const SETTING: &str = "training: ";

/// What is kept of an epoch: the losses and the metric, the learning rate, the seconds, and the steps by then.
pub(super) type Row = [f64; 6];
const COLUMNS: usize = size_of::<Row>() / size_of::<f64>();

/// A setting of a training by its name. All have to be the same when it goes on.
pub(super) type Setting = (&'static str, String);

/// All that a training is at the end of an epoch.
pub(super) struct Checkpoint<'c, N: Train> {
    pub(super) network: &'c N,
    /// The best network so far, and the number of its epoch.
    pub(super) best: Option<(&'c N, usize)>,
    pub(super) state: &'c State<Box<[N::Params]>>,
    pub(super) epochs: &'c [Row],
}

/// The same, read from a file.
pub(super) struct Restored<N: Train> {
    pub(super) network: Box<N>,
    pub(super) best: Option<(Box<N>, usize)>,
    pub(super) state: State<Box<[N::Params]>>,
    pub(super) epochs: Vec<Row>,
}

impl<N: Train> Checkpoint<'_, N> {
    pub(super) fn save(&self, path: &Path, settings: &[Setting]) -> Result<(), Error> {
        write(path, &self.to_bytes(settings))
    }

    fn to_bytes(&self, settings: &[Setting]) -> Vec<u8> {
        let signature = signature(&expected::<N>());
        let steps = self.state.steps().to_string();
        let best = self.best.map_or(0, |(_, epoch)| epoch).to_string();
        let named = [CHECKPOINT, "network", "signature", "version", "step", "best_epoch"].map(String::from);
        let texts = ["1", N::NAME, &signature, env!("CARGO_PKG_VERSION"), &steps, &best];
        let settings_named: Vec<_> = settings.iter().map(|(name, text)| (format!("{SETTING}{name}"), text)).collect();
        let own = named.iter().map(String::as_str).zip(texts);
        let metadata: Vec<_> =
            own.chain(settings_named.iter().map(|(name, text)| (name.as_str(), text.as_str()))).collect();

        let shape = [self.epochs.len(), COLUMNS];
        // the widest numbers first, so that all are aligned
        let mut written = vec![Written::new(HISTORY, Dtype::F64, &shape, self.epochs.iter().flatten().copied())];
        written.extend(tensors(self.network, &format!("{MODEL}.")));
        if let Some((best, _)) = self.best {
            written.extend(tensors(best, &format!("{BEST}.")));
        }
        for (slot, moments) in self.state.moments().iter().enumerate() {
            for tensor in N::PARAMETERS {
                let name = format!("{OPTIMIZER}.{slot}.{}", tensor.name);
                let numbers = moments.flat()[tensor.range()].iter().map(|number| number.to_f64());
                written.push(Written::new(name, dtype::<N::Scalar>(), tensor.shape, numbers));
            }
        }
        safetensors::write(&metadata, written)
    }
}

/// Reads a checkpoint of a training with some settings and an optimiser of so many slots.
pub(super) fn read<N: Train>(path: &Path, settings: &[Setting], slots: usize) -> Result<Restored<N>, Error> {
    let file = path.display().to_string();
    let failed = |problem: String| WeightsError::File { file: file.clone(), problem };
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    let archive = open(&file, &bytes)?;
    compare::<N>(&file, &archive, settings)?;
    let [steps, best] = [number(&file, &archive, "step")?, number(&file, &archive, "best_epoch")?];

    let network = network::<N>(&file, &archive, MODEL)?;
    let best_epoch = usize::try_from(best).ok().filter(|epoch| *epoch > 0);
    let best = match best_epoch {
        Some(epoch) => Some((self::network::<N>(&file, &archive, BEST)?, epoch)),
        None => None,
    };
    let mut moments: Box<[N::Params]> = plain::zeroed_slice(slots);
    for (slot, moments) in moments.iter_mut().enumerate() {
        let part = archive.part(&format!("{OPTIMIZER}.{slot}"));
        let expected = &expected::<N>()[..N::PARAMETERS.len()];
        for taken in plan::<N>(&file, &part, expected)? {
            fill(&mut moments.flat_mut()[N::PARAMETERS[taken.at].range()], &taken, &part)?;
        }
    }
    let epochs = history::<N>(&file, &archive)?;
    Ok(Restored { network, best, state: State::new(steps, moments), epochs })
}

/// Refuses a file that is no checkpoint, or one of a training with another network or other settings.
fn compare<N: Train>(file: &str, archive: &Archive<'_>, settings: &[Setting]) -> Result<(), WeightsError> {
    if archive.text(CHECKPOINT).is_none() {
        let problem = "it is no checkpoint of a training; weights alone are read by `Net::load`".into();
        return Err(WeightsError::Format { file: file.into(), problem });
    }
    let network = ("network", "network".to_string(), N::NAME.to_string());
    let settings = settings.iter().map(|(name, here)| (*name, format!("{SETTING}{name}"), here.clone()));
    let differences = [network].into_iter().chain(settings).filter_map(|(what, name, here)| {
        let found = archive.text(&name).unwrap_or("none");
        (found != here).then(|| Difference { what: what.into(), file: found.into(), here })
    });
    match differences.collect::<Vec<_>>() {
        differences if differences.is_empty() => Ok(()),
        differences => Err(WeightsError::Training { file: file.into(), differences }),
    }
}

/// A whole number in the metadata.
fn number(file: &str, archive: &Archive<'_>, name: &str) -> Result<u64, WeightsError> {
    archive.text(name).and_then(|text| text.parse().ok()).ok_or_else(|| WeightsError::Format {
        file: file.into(),
        problem: format!("its metadata has no number under `{name}`"),
    })
}

/// One of the networks of a checkpoint.
fn network<N: Train>(file: &str, archive: &Archive<'_>, front: &str) -> Result<Box<N>, WeightsError> {
    let part = archive.part(front);
    let plan = check::<N>(&format!("{file}, {front}"), &part, Rules::new())?;
    let mut network = plain::zeroed_box::<N>();
    copy(&plan, &part, &mut *network)?;
    Ok(network)
}

/// Finds tensors that may hold any numbers: a mean of squares may be infinite.
fn plan<N: Train>(
    file: &str,
    part: &Archive<'_>,
    expected: &[Expected<'_>],
) -> Result<Vec<nn_weights::Taken>, WeightsError> {
    let mut rules = Rules::new();
    rules.any_number();
    let plan = nn_weights::plan(expected, part, &rules);
    plan.map(|plan| plan.taken).map_err(|problems| WeightsError::Mismatch {
        file: file.into(),
        network: N::NAME,
        other: None,
        problems,
    })
}

/// The table of epochs.
fn history<N: Train>(file: &str, archive: &Archive<'_>) -> Result<Vec<Row>, WeightsError> {
    let mut own = archive.part("");
    own.tensors.retain(|stored| stored.name == HISTORY);
    let epochs = own.tensors.first().and_then(|stored| stored.shape.0.first().copied()).unwrap_or(0);
    let taken = plan::<N>(file, &own, &[Expected { name: HISTORY, shape: &[epochs, COLUMNS] }])?;
    let mut rows = vec![[0.0; COLUMNS]; epochs];
    taken.iter().try_for_each(|taken| fill(rows.as_flattened_mut(), taken, &own))?;
    Ok(rows)
}
