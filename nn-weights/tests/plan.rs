//! What is said of a file whose names are others.

use nn_weights::{Archive, Dtype, Expected, Problem, Rules, Written, plan, safetensors};

type Tensors<'t> = &'t [(&'t str, &'t [usize])];

/// The renamings that are proposed.
fn proposed(network: Tensors<'_>, file: Tensors<'_>) -> Vec<(String, String)> {
    let written = file.iter().map(|(name, shape)| {
        let len: usize = shape.iter().product();
        Written::new(*name, Dtype::F32, shape, std::iter::repeat_n(0.5, len))
    });
    let bytes = safetensors::write(&[], written.collect());
    let expected: Vec<Expected<'_>> = network.iter().map(|(name, shape)| Expected { name, shape }).collect();
    let problems = plan(&expected, &Archive::read(&bytes).unwrap(), &Rules::new()).unwrap_err();
    let renamed = problems.into_iter().filter_map(|problem| match problem {
        Problem::Beginning { from, to } => Some((from, to)),
        _ => None,
    });
    renamed.collect()
}

fn pair(from: &str, to: &str) -> (String, String) {
    (from.to_string(), to.to_string())
}

#[test]
fn layers_that_are_named_otherwise_are_renamed() {
    let network: Tensors<'_> =
        &[("fc1.weight", &[4, 3]), ("fc1.bias", &[4]), ("fc2.weight", &[2, 4]), ("fc2.bias", &[2])];
    let file: Tensors<'_> =
        &[("dense1.weight", &[4, 3]), ("dense1.bias", &[4]), ("head.fc.weight", &[2, 4]), ("head.fc.bias", &[2])];
    assert_eq!(proposed(network, file), [pair("dense1", "fc1"), pair("head.fc", "fc2")]);
}

#[test]
fn nothing_is_proposed_where_there_is_a_choice() {
    let network: Tensors<'_> = &[("fc1.weight", &[3, 3]), ("fc2.weight", &[3, 3]), ("fc3.weight", &[2, 3])];
    assert_eq!(proposed(network, &[("a.weight", &[3, 3]), ("b.weight", &[3, 3]), ("c.weight", &[3, 2])]), []);
    assert_eq!(proposed(network, &[("a.weight", &[3, 3]), ("c.weight", &[2, 3]), ("c.bias", &[2])]), []);
}

#[test]
fn one_beginning_of_all_names_is_proposed_alone() {
    let network: Tensors<'_> = &[("fc1.weight", &[4, 3]), ("fc2.weight", &[2, 4])];
    assert_eq!(proposed(network, &[("net.fc1.weight", &[4, 3]), ("net.fc2.weight", &[2, 4])]), [pair("net", "")]);
}
