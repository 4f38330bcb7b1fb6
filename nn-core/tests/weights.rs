//! Files of weights: what is written is read, and what does not fit is refused with all that is wrong.

use nn_core::prelude::*;
use nn_core::weights::WeightsError;
use nn_weights::{Dtype, Written, safetensors};

network! {
    /// Parameters and running statistics.
    #[folded(Deployed)]
    struct Net { body: Linear(2 => 3, bias = false), norm: BatchNorm1d(3), head: Linear(3 => 1) }
    fn forward(x: [2]) -> [1] { head(norm(body(x)).relu()) }
    loss = mse;
}

network! {
    /// The body of `Net` under another head.
    struct Other { body: Linear(2 => 3, bias = false), norm: BatchNorm1d(3), classes: Linear(3 => 4) }
    fn forward(x: [2]) -> [4] { classes(norm(body(x)).relu()) }
}

network! {
    /// Convolutions, whose axes Keras has in another order.
    struct Image { conv: Conv2d(2 => 3, kernel = (2, 4)), fc: Linear(3 => 5) }
    fn forward(x: [2, 2, 4]) -> [5] { fc(conv(x).flatten()) }
}

/// A tensor of a file.
type Entry = (String, Vec<usize>, Vec<f64>);

/// The tensors of a trained network, with running statistics that are none of the first ones.
fn trained() -> Box<Net> {
    let draw = Draw::new(3, 0);
    let data: Dataset<_, _> = (0..40)
        .map(|at| {
            let [x, y] = [0, 1].map(|axis| draw.uniform::<f32>(0, at, axis));
            (Tensor::from([x, y]), Tensor::from([x - y]))
        })
        .collect();
    let mut session = Net::session(5);
    Trainer::new(Adam::new(0.01)).epochs(2).quiet().fit(&mut session, &data, None).unwrap();
    session.network
}

fn entries() -> Vec<Entry> {
    let net = trained();
    let entry = |tensor: &nn_core::Parameter, flat: &[f32]| {
        (
            tensor.name.to_owned(),
            tensor.shape.to_vec(),
            flat[tensor.range()].iter().map(|number| f64::from(*number)).collect(),
        )
    };
    let params = Net::PARAMETERS.iter().map(|tensor| entry(tensor, net.flat_params()));
    params.chain(Net::STATES.iter().map(|tensor| entry(tensor, net.flat_state()))).collect()
}

fn file(entries: &[Entry]) -> Vec<u8> {
    let written =
        entries.iter().map(|(name, shape, numbers)| Written::new(name, Dtype::F32, shape, numbers.iter().copied()));
    safetensors::write(&[], written.collect())
}

/// The error of a file with some changes, which changes nothing.
fn refused(change: impl FnOnce(&mut Vec<Entry>)) -> String {
    let mut entries = entries();
    change(&mut entries);
    refused_bytes(&file(&entries))
}

fn refused_bytes(bytes: &[u8]) -> String {
    refused_load(Load::bytes(bytes))
}

fn refused_load(load: Load<'_>) -> String {
    let mut net = Net::init(8);
    let error = net.load_from(load).unwrap_err();
    assert_eq!((net.flat_params(), net.flat_state()), (Net::init(8).flat_params(), Net::init(8).flat_state()));
    error.to_string()
}

fn entry<'e>(entries: &'e mut [Entry], name: &str) -> &'e mut Entry {
    entries.iter_mut().find(|(other, _, _)| other == name).unwrap()
}

#[test]
fn a_saved_network_predicts_the_same_bits() {
    let folder = std::env::temp_dir();
    let net = trained();
    let input = Tensor::from([0.3, -0.7]);
    let expected = Session::new(net.to_box()).forward(&input)[0];
    for name in [
        "nn-core-saved.safetensors",
        #[cfg(feature = "npz")]
        "nn-core-saved.npz",
    ] {
        let path = folder.join(name);
        net.save(&path).unwrap();
        let loaded = Net::load(&path).unwrap();
        assert_eq!((loaded.flat_params(), loaded.flat_state()), (net.flat_params(), net.flat_state()));
        assert_eq!(Session::new(loaded).forward(&input)[0].to_bits(), expected.to_bits());
        let double = Net::<f64>::load_as(&path).unwrap();
        assert!(double.flat_params().iter().zip(net.flat_params()).all(|(a, b)| *a == f64::from(*b)));
    }
    assert_eq!(net.to_bytes(), Net::load(&net.to_bytes()).unwrap().to_bytes());
}

#[test]
fn folded_networks_have_files_too() {
    let folded = trained().fold();
    let loaded = Deployed::load(&folded.to_bytes()).unwrap();
    assert_eq!(loaded.flat_params(), folded.flat_params());
}

#[test]
fn narrower_numbers_are_read_exactly_and_wider_ones_rounded() {
    let mut entries = entries();
    let weight = entry(&mut entries, "body.weight");
    weight.2 = vec![0.1, 1.0 / 3.0, -2.5, 1e-3, 0.0, 65504.0];
    let written =
        entries.iter().map(|(name, shape, numbers)| Written::new(name, Dtype::F64, shape, numbers.iter().copied()));
    let bytes = safetensors::write(&[], written.collect());
    let single = Net::load(&bytes).unwrap();
    assert_eq!(single.params.body.weight.as_slice(), [0.1, 1.0 / 3.0, -2.5, 1e-3, 0.0, 65504.0]);
    assert_eq!(Net::<f64>::load_as(&bytes).unwrap().params.body.weight.as_slice()[1], 1.0 / 3.0);
}

#[test]
fn missing_and_renamed() {
    assert_eq!(
        refused(|entries| {
            entries.retain(|(name, _, _)| name != "norm.running_var");
            entry(entries, "head.weight").0 = "head.wieght".into();
            entries.push(("optimizer.lr".into(), vec![1], vec![0.1]));
        }),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `head.weight` [1, 3] is missing; the file has `head.wieght` [1, 3]
  `norm.running_var` [3] is missing
  `head.wieght` [1, 3] is no tensor of the network; it has `head.weight` [1, 3]
  `optimizer.lr` [1] is no tensor of the network
  `.except(\"optimizer\")` leaves out that tensor of the file"
    );
}

#[test]
fn transposed_and_misshapen() {
    assert_eq!(
        refused(|entries| {
            entry(entries, "body.weight").1 = vec![2, 3];
            entry(entries, "head.weight").1 = vec![3];
            *entry(entries, "head.bias") = ("head.bias".into(), vec![2], vec![0.0; 2]);
        }),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `body.weight` is [2, 3] in the file and [3, 2] in the network: it is transposed, which `.transpose(\"body.weight\", &[1, 0])` undoes
  `head.weight` is [3] in the file and [1, 3] in the network: only axes of size 1 differ, which `.squeezed()` allows
  `head.bias` is [2] in the file and [1] in the network"
    );
}

#[test]
fn of_another_network() {
    let error = refused_bytes(&Other::init(1).to_bytes());
    assert_eq!(
        error,
        "the file in memory holds `Other` and does not fit `Net`, of which nothing has changed:
  `head.weight` [1, 3] is missing
  `head.bias` [1] is missing
  `classes.weight` [4, 3] is no tensor of the network
  `classes.bias` [4] is no tensor of the network"
    );
}

#[test]
fn not_finite() {
    assert_eq!(
        refused(|entries| {
            entry(entries, "body.weight").2[3] = f64::NAN;
            entry(entries, "norm.running_mean").2 = vec![f64::INFINITY, 0.0, f64::NEG_INFINITY];
        }),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `body.weight` [3, 2] holds NaN at [1, 1]
  `norm.running_mean` [3] holds inf at [0], the first of 2 numbers that are not finite"
    );
    let shapes = entries();
    let written = shapes.iter().map(|(name, shape, numbers)| {
        let numbers = numbers.iter().map(move |number| if name == "head.bias" { 1e300 } else { *number });
        Written::new(name, Dtype::F64, shape, numbers)
    });
    let bytes = safetensors::write(&[], written.collect());
    assert_eq!(
        refused_bytes(&bytes),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `head.bias` [1] holds 1e300, too large for f32, at [0]"
    );
    assert_eq!(Net::<f64>::load_as(&bytes).unwrap().params.head.bias[0], 1e300);
}

/// A file with this header and so many bytes of numbers.
fn with_header(header: &str, data: usize) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.resize(bytes.len() + data, 0);
    bytes
}

#[test]
fn wrong_types() {
    let written = with_header(r#"{"body.weight":{"dtype":"I64","shape":[3,2],"data_offsets":[0,48]}}"#, 48);
    assert_eq!(
        refused_load(Load::bytes(&written).only("body.weight")),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `body.weight` [3, 2] is of I64 in the file, and a network takes F16, BF16, F32 and F64"
    );
}

#[test]
fn names_that_are_there_twice() {
    assert_eq!(
        refused(|entries| {
            let again = entry(entries, "head.bias").clone();
            entries.push(again);
        }),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `head.bias` is there twice"
    );
    let bytes = file(&entries());
    assert_eq!(
        refused_load(Load::bytes(&bytes).rename("norm.bias", "head.bias")),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `head.bias` is there twice: as `norm.bias` and as `head.bias` in the file
  `norm.bias` [3] is missing
  `head.bias` is [3] in the file and [1] in the network"
    );
}

#[test]
fn damaged_files() {
    let whole = file(&entries());
    let cases: [(&[u8], &str); 3] = [
        (&[], "the file in memory: it ends after 0 bytes, before its header"),
        (
            &whole[..300],
            "the file in memory: its header should have 504 bytes, and 292 are left: it is cut off, or no safetensors file",
        ),
        (
            &whole[..whole.len() - 4],
            "the file in memory: `norm.running_var` ends at byte 88 of 84: the file is cut off",
        ),
    ];
    for (bytes, expected) in cases {
        assert_eq!(refused_bytes(bytes), expected);
    }
    let mut longer = whole.clone();
    longer.extend([0; 3]);
    assert_eq!(refused_bytes(&longer), "the file in memory: bytes 88 to 91 belong to no tensor");
}

#[test]
fn headers_that_claim_too_much() {
    let mut huge = file(&entries());
    huge[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    let left = huge.len() - 8;
    assert_eq!(
        refused_bytes(&huge),
        format!(
            "the file in memory: its header should have 18446744073709551615 bytes, and {left} are left: it is cut off, or no \
             safetensors file"
        )
    );
    let cases = [
        (
            r#"{"x":{"dtype":"F32","shape":[4294967296,4294967296,16],"data_offsets":[0,8]}}"#,
            "`x` has 8 bytes, which are not [4294967296, 4294967296, 16] numbers of F32",
        ),
        (
            r#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}"#,
            "`x` ends at byte 18446744073709551615 of 8: the file is cut off",
        ),
        (r#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "`x` ends at byte 0, before it begins at byte 8"),
        (r#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "bytes 0 to 4 belong to no tensor"),
        (
            r#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "`y` shares bytes with another tensor",
        ),
        (
            r#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#,
            "its header is not that of a safetensors file: whole number of 0 or more expected at byte 31",
        ),
        (
            r#"{"x":{"dtype":"F32","shape":[2]}}"#,
            "its header is not that of a safetensors file: a tensor without `data_offsets` at byte 32",
        ),
        ("weights", "its header is not that of a safetensors file: `{` expected at byte 0"),
    ];
    for (header, expected) in cases {
        assert_eq!(refused_bytes(&with_header(header, 8)), format!("the file in memory: {expected}"), "{header}");
    }
}

#[test]
fn names_behind_a_beginning() {
    let mut all = entries();
    all.iter_mut().for_each(|(name, _, _)| *name = format!("module.{name}"));
    all.push(("module.norm.num_batches_tracked".into(), vec![], vec![4.0]));
    let bytes = file(&all);
    let error = refused_bytes(&bytes);
    assert!(
        error.contains("\n  `body.weight` [3, 2] is missing; the file has `module.body.weight` [3, 2]\n"),
        "{error}"
    );
    let advice = "the names differ by what they begin with: `.rename(\"module\", \"\")` makes those of the file those of the network";
    assert_eq!(error.lines().last().unwrap().trim(), advice);

    let mut net = Net::init(0);
    let loaded = net.load_from(Load::bytes(&bytes).rename("module", "")).unwrap();
    assert_eq!(net.flat_params(), trained().flat_params());
    assert_eq!(loaded.skipped[0].name, "module.norm.num_batches_tracked");
    assert!(
        loaded
            .to_string()
            .starts_with("the file in memory: 7 tensors read\n  body.weight [3, 2] from module.body.weight\n")
    );
    let last = "\n  skipped module.norm.num_batches_tracked: PyTorch counts batches there, which changes no prediction";
    assert!(loaded.to_string().ends_with(last), "{loaded}");
}

#[test]
fn the_body_and_not_the_head() {
    let bytes = trained().to_bytes();
    for load in [Load::bytes(&bytes).only("body").only("norm"), Load::bytes(&bytes).except("head").except("classes")] {
        let mut other = Other::init(9);
        let loaded = other.load_from(load).unwrap();
        assert_eq!(other.params.body.weight, trained().params.body.weight);
        assert_eq!(other.flat_state(), trained().flat_state());
        assert_eq!(other.params.classes.weight, Other::init(9).params.classes.weight);
        assert_eq!(loaded.kept, ["classes.weight", "classes.bias"]);
    }
    let error = Other::load(Load::bytes(&bytes).only("body").only("norm")).unwrap_err();
    assert_eq!(error, Error::Weights(WeightsError::Partial { file: "the file in memory".into(), network: "Other" }));
    assert_eq!(
        error.to_string(),
        "the file in memory would give `Other` values for a part of its tensors only: make it with `init`, and call `load_from` on it"
    );
}

#[test]
fn rules_that_fit_nothing() {
    let bytes = file(&entries());
    assert_eq!(
        refused_load(Load::bytes(&bytes).rename("bodi", "body").transpose("heads.weight", &[1, 0]).except("nrom")),
        "the file in memory does not fit `Net`, of which nothing has changed:
  no tensor of the file begins with `bodi`, which is to be renamed: did you mean `body`?
  no tensor fits `heads.weight`: did you mean `head.weight`?
  no tensor fits `nrom`: did you mean `norm`?"
    );
    assert_eq!(
        refused_load(Load::bytes(&bytes).transpose("head.weight", &[1, 1])),
        "the file in memory does not fit `Net`, of which nothing has changed:
  `head.weight` [1, 3] cannot be transposed by [1, 1], which is no order of its axes"
    );
}

#[test]
fn layouts_of_keras() {
    // height, width, input channels, output channels; inputs, outputs
    let image = Image::init(4);
    let mut conv = vec![0.0; 48];
    let mut dense = vec![0.0; 15];
    for (at, weight) in image.params.conv.weight.as_slice().iter().enumerate() {
        let [out, input, y, x] = [at / 16, at / 8 % 2, at / 4 % 2, at % 4];
        conv[((y * 4 + x) * 2 + input) * 3 + out] = f64::from(*weight);
    }
    for (at, weight) in image.params.fc.weight.as_slice().iter().enumerate() {
        dense[at % 3 * 5 + at / 3] = f64::from(*weight);
    }
    let bias = |tensor: &[f32]| tensor.iter().map(|number| f64::from(*number)).collect::<Vec<_>>();
    let entries = [
        ("conv/kernel".to_owned(), vec![2, 4, 2, 3], conv),
        ("conv/bias".to_owned(), vec![3], bias(image.params.conv.bias.as_slice())),
        ("fc/kernel".to_owned(), vec![3, 5], dense),
        ("fc/bias".to_owned(), vec![5], bias(image.params.fc.bias.as_slice())),
    ];
    let bytes = file(&entries);
    let keras = || Load::bytes(&bytes).rename_with(|name| name.replace('/', ".").replace("kernel", "weight"));
    assert_eq!(
        Image::load(keras()).unwrap_err().to_string(),
        "the file in memory does not fit `Image`, of which nothing has changed:
  `conv.weight` is [2, 4, 2, 3] in the file and [3, 2, 2, 4] in the network: it is transposed, which `.transpose(\"conv.weight\", &[3, 2, 0, 1])` undoes
  `fc.weight` is [3, 5] in the file and [5, 3] in the network: it is transposed, which `.transpose(\"fc.weight\", &[1, 0])` undoes"
    );
    let loaded = Image::load(keras().transpose("conv.weight", &[3, 2, 0, 1]).transpose("fc.weight", &[1, 0])).unwrap();
    assert_eq!(loaded.flat_params(), image.flat_params());
}
