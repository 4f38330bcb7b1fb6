//! Mistakes and what rustc says of them: one error for one mistake, in words a user knows.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("messages/*.rs");
}

/// The cases with more than one error: that many mistakes, and a name given twice, of which rustc has a word too.
const SEVERAL: [(&str, usize); 2] = [("several_mistakes_at_once.stderr", 5), ("two_networks_of_one_name.stderr", 2)];

#[test]
fn one_mistake_is_one_error_without_towers_of_types() {
    let mut cases = 0;
    for entry in std::fs::read_dir("messages").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let (name, text) = (path.file_name().unwrap().to_str().unwrap(), std::fs::read_to_string(&path).unwrap());
        let headlines: Vec<&str> = text.lines().filter(|line| line.starts_with("error")).collect();
        let expected = SEVERAL.iter().find(|(several, _)| name == *several).map_or(1, |(_, count)| *count);
        assert_eq!(headlines.len(), expected, "{name}: {headlines:?}");
        // what rustc shows first, and beside the code
        let labels = text.lines().filter(|line| line.trim_start().starts_with('|') && line.contains('^'));
        let warnings = text.lines().filter(|line| line.starts_with("warning"));
        for line in headlines.into_iter().chain(warnings).chain(labels) {
            // this one implements a hidden trait by hand
            if name == "plain_data_is_a_promise.stderr" {
                continue;
            }
            let towers = ["UInt<", "`B0`", "`B1`", "GenericArray", "private::", "_::"];
            assert!(!towers.iter().any(|tower| line.contains(tower)), "{name}: {line}");
        }
        cases += 1;
    }
    assert!(cases >= 40, "{cases} cases");
}
