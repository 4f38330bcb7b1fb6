//! Files that are replaced as a whole: whoever reads one finds the old contents or the new ones, whatever happens.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{format, process};

/// What is done to replace a file, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A file is made beside the one to be replaced.
    Create,
    /// A part of the contents is written to it.
    Write,
    /// The operating system is asked to have it on the disk.
    Synchronise,
    /// It takes the place of the other.
    Rename,
    /// The operating system is asked to have the folder on the disk.
    SynchroniseFolder,
}

/// Replaces a file, or makes it. The contents are written to a new file beside it, which takes its place once it is on
/// the disk: a process that is killed, or a computer that stops, leaves the old file or the new one. A symbolic link stays,
/// and the file it leads to is replaced. The permissions of a file stay as they are; one that is read-only is not replaced.
///
/// What a process that was killed has left unfinished beside the file is removed by the next call.
///
/// # Errors
/// Those of the operating system. The file is then as it was.
///
/// ```
/// let path = std::env::temp_dir().join("nn-weights-replaced");
/// nn_weights::files::replace(&path, b"old")?;
/// nn_weights::files::replace(&path, b"new")?;
/// assert_eq!(std::fs::read(&path)?, b"new");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn replace(path: impl AsRef<Path>, contents: &[u8]) -> io::Result<()> {
    replace_watched(path.as_ref(), contents, contents.len().max(1), &mut |_| Ok(()))
}

/// The same, in parts of so many bytes. A function is called behind each operation, to let it fail.
///
/// # Errors
/// Those of the operating system, and of the function.
#[doc(hidden)]
pub fn replace_watched(
    path: &Path,
    contents: &[u8],
    part: usize,
    after: &mut dyn FnMut(Operation) -> io::Result<()>,
) -> io::Result<()> {
    // the file itself, if `path` is a link to it
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"));
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = fs::metadata(&path).ok().map(|old| old.permissions());
    if old.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file may not be written"));
    }
    remove_unfinished(folder, name);
    let unfinished = Unfinished::create(folder, name)?;
    after(Operation::Create)?;
    let mut file = &unfinished.file;
    for part in contents.chunks(part) {
        file.write_all(part)?;
        after(Operation::Write)?;
    }
    if let Some(permissions) = old {
        file.set_permissions(permissions)?;
    }
    file.sync_all()?;
    after(Operation::Synchronise)?;
    unfinished.rename(&path)?;
    after(Operation::Rename)?;
    // where folders can be opened
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    after(Operation::SynchroniseFolder)
}

/// A file that is not complete yet. It is locked, so that others see that somebody writes it, and is removed unless it is
/// renamed.
struct Unfinished {
    file: File,
    path: Option<PathBuf>,
}

impl Unfinished {
    fn create(folder: &Path, name: &OsStr) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut own = beginning(name);
        own.push(format!("{}-{}{END}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        let path = folder.join(own);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let unfinished = Unfinished { file, path: Some(path) };
        // Where a file cannot be locked, none is removed either.
        _ = unfinished.file.lock();
        Ok(unfinished)
    }

    fn rename(mut self, to: &Path) -> io::Result<()> {
        if let Some(path) = &self.path {
            fs::rename(path, to)?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            _ = fs::remove_file(path);
        }
    }
}

/// The end of the names of unfinished files.
const END: &str = ".unfinished";

/// The beginning of the names of unfinished files for a file.
fn beginning(name: &OsStr) -> OsString {
    let mut beginning = OsString::from(".");
    beginning.push(name);
    beginning.push(".");
    beginning
}

/// Removes the unfinished files for a file whose writers are gone. What goes wrong here can wait until the next time.
fn remove_unfinished(folder: &Path, name: &OsStr) {
    let beginning = beginning(name);
    let left = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        name.starts_with(beginning.as_encoded_bytes()) && name.ends_with(END.as_bytes())
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(left) {
        if File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            _ = fs::remove_file(entry.path());
        }
    }
}
