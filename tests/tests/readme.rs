//! What the README and the list of features say of what is not in their programs.

/// The README shows what rustc says, but for the name of the file and the width of the margin.
#[test]
fn the_readme_shows_a_message_as_it_is() {
    let lines = |path: &str| -> Vec<String> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().map(|line| line.trim_start().into()).filter(|line: &String| !line.starts_with("-->")).collect()
    };
    let message = lines("messages/linear_is_given_another_size.stderr");
    assert!(lines("../README.md").windows(message.len()).any(|shown| shown == message), "{message:#?}");
}

#[test]
fn every_example_is_listed() {
    let list = std::fs::read_to_string("../docs/features.md").unwrap();
    let mut listed = 0;
    for entry in std::fs::read_dir("../examples/examples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(list.contains(&format!("| `{name}` |")), "{name} is missing");
        listed += 1;
    }
    let rows = list.lines().skip_while(|line| !line.starts_with("| example |")).take_while(|line| !line.is_empty());
    assert_eq!(rows.count(), listed + 2, "an example is listed that is no more"); // below a heading and a line
}
