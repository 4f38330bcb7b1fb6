//! What is said of a file whose names are others.

use nn_weights::{Archive, Dtype, Expected, Problem, Rules, Written, plan, safetensors};

type Tensors<'t> = &'t [(&'t str, &'t [usize])];

/// All that does not fit.
fn problems(network: Tensors<'_>, file: Tensors<'_>) -> Vec<Problem> {
    let written = file.iter().map(|(name, shape)| {
        let len: usize = shape.iter().product();
        Written::new(*name, Dtype::F32, shape, std::iter::repeat_n(0.5, len))
    });
    let bytes = safetensors::write(&[], written.collect());
    let expected: Vec<Expected<'_>> = network.iter().map(|(name, shape)| Expected { name, shape }).collect();
    plan(&expected, &Archive::read(&bytes).unwrap(), &Rules::new()).unwrap_err()
}

/// The renamings that are proposed.
fn proposed(network: Tensors<'_>, file: Tensors<'_>) -> Vec<(String, String)> {
    let renamed = problems(network, file).into_iter().filter_map(|problem| match problem {
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

/// What is said of parts that one side alone has.
fn parts(network: Tensors<'_>, file: Tensors<'_>) -> Vec<String> {
    let is_part = |problem: &Problem| matches!(problem, Problem::OtherPart { .. });
    problems(network, file).iter().filter(|problem| is_part(problem)).map(ToString::to_string).collect()
}

#[test]
fn parts_of_one_side_can_be_left_out() {
    let (body, both): (Tensors<'_>, Tensors<'_>) =
        (&[("fc.weight", &[4, 3])], &[("fc.weight", &[4, 3]), ("head.weight", &[2, 4])]);
    let file: Tensors<'_> = &[("fc.weight", &[4, 3]), ("adam.fc.weight", &[4, 3]), ("adam.step", &[1])];
    assert_eq!(parts(body, file), ["`.except(\"adam\")` leaves out those 2 tensors of the file"]);
    assert_eq!(parts(both, body), ["`.except(\"head\")` leaves that part of the network as it is"]);
    // one may stand for the other
    assert_eq!(parts(both, file), [""; 0]);
    // what both sides have is misspelt, and where nothing fits it is another file
    assert_eq!(parts(&[("fc.weight", &[4, 3]), ("fc.bias", &[4])], &[("fc.weight", &[4, 3])]), [""; 0]);
    assert_eq!(parts(both, &[("adam.step", &[1]), ("lr.step", &[1])]), [""; 0]);
}

#[test]
fn a_part_is_named_as_the_rules_call_it() {
    let bytes = safetensors::write(
        &[],
        ["module.fc.weight", "module.head.weight"].map(|name| Written::new(name, Dtype::F32, &[2], [0.5, 0.5])).into(),
    );
    let mut rules = Rules::new();
    rules.rename("module", "");
    let expected = [Expected { name: "fc.weight", shape: &[2] }];
    let problems = plan(&expected, &Archive::read(&bytes).unwrap(), &rules).unwrap_err();
    assert!(problems.iter().any(|problem| problem.to_string().contains("`.except(\"head\")`")), "{problems:?}");
}

#[test]
fn parts_that_are_named_otherwise_are_renamed() {
    let network: Tensors<'_> = &[("blocks.0.fc", &[4, 4]), ("blocks.1.fc", &[4, 4]), ("head.weight", &[2, 4])];
    let file: Tensors<'_> = &[("layers.0.fc", &[4, 4]), ("layers.1.fc", &[4, 4]), ("head.weight", &[2, 4])];
    assert_eq!(proposed(network, file), [pair("layers", "blocks")]);
    let network: Tensors<'_> = &[("body.w", &[4]), ("head.fc.weight", &[2, 4]), ("head.aux.weight", &[3, 3])];
    let file: Tensors<'_> = &[("body.w", &[4]), ("dense.weight", &[2, 4])];
    assert_eq!(proposed(network, file), [pair("dense", "head.fc")]);
    assert_eq!(parts(network, file), [""; 0]);
    // what fits keeps its name
    let network: Tensors<'_> = &[("a.fc1.weight", &[4, 4]), ("b.fc2.weight", &[2, 2])];
    let file: Tensors<'_> = &[("a.fc1.weight", &[4, 4]), ("a.fc2.weight", &[2, 2])];
    assert_eq!(proposed(network, file), [pair("a.fc2", "b.fc2")]);
}
