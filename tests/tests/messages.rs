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
        for headline in headlines {
            assert!(!headline.contains("UInt<") && !headline.contains("GenericArray"), "{name}: {headline}");
        }
        cases += 1;
    }
    assert!(cases >= 40, "{cases} cases");
}
