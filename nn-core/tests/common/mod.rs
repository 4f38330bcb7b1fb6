//! What several tests use.

use std::path::{Path, PathBuf};

/// A file or folder of the shared test data, or `None` (said on standard error) where there is none.
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data").join(name))
        .find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no shared data");
    }
    found
}
