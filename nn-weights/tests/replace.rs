//! A file that is replaced is the old one or the new one, wherever writing stops.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use nn_weights::files::{Operation, replace, replace_watched};

/// A folder of this test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("nn-weights-{name}-{}", std::process::id()));
    _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_fault_after_every_operation_leaves_the_old_file_or_the_new_one() {
    let folder = folder("fault");
    let path = folder.join("file");
    let (old, new) = (vec![1; 1000], vec![2; 1500]);
    // of the new file 15 parts, and the four other operations
    for at in 0..20 {
        replace(&path, &old).unwrap();
        let (mut count, mut last) = (0, None);
        let result = replace_watched(&path, &new, 100, &mut |operation| {
            last = Some(operation);
            count += 1;
            if count > at { Err(io::Error::other("a fault")) } else { Ok(()) }
        });
        let found = fs::read(&path).unwrap();
        let renamed = matches!(last, Some(Operation::Rename | Operation::SynchroniseFolder));
        assert_eq!(result.is_err(), at < 19, "{at}");
        assert_eq!(found, if renamed { &new[..] } else { &old[..] }, "{at}, {last:?}");
        assert_eq!(names(&folder), ["file"], "{at}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_operations_come_in_their_order() {
    let folder = folder("order");
    let mut seen = Vec::new();
    replace_watched(&folder.join("file"), &[0; 250], 100, &mut |operation| {
        seen.push(operation);
        Ok(())
    })
    .unwrap();
    use Operation::{Create, Rename, Synchronise, SynchroniseFolder, Write};
    assert_eq!(seen, [Create, Write, Write, Write, Synchronise, Rename, SynchroniseFolder]);
    fs::remove_dir_all(folder).unwrap();
}

/// What a process leaves that ends between two operations is removed by the next one that writes, and not before that
/// process has ended.
#[test]
fn unfinished_files_are_removed_once_their_writer_is_gone() {
    let folder = folder("unfinished");
    let path = folder.join("file");
    if std::env::var_os("NN_WEIGHTS_ABORT").is_some() {
        let path = PathBuf::from(std::env::var_os("NN_WEIGHTS_ABORT").unwrap());
        _ = replace_watched(&path, b"new", 1, &mut |operation| match operation {
            Operation::Write => std::process::abort(),
            _ => Ok(()),
        });
    }
    replace(&path, b"old").unwrap();
    let own = ["--exact", "unfinished_files_are_removed_once_their_writer_is_gone"];
    let status =
        Command::new(std::env::current_exe().unwrap()).args(own).env("NN_WEIGHTS_ABORT", &path).output().unwrap();
    assert!(!status.status.success());
    assert_eq!(names(&folder).len(), 2);
    assert_eq!(fs::read(&path).unwrap(), b"old");

    // two at once: the first is not finished while the second runs
    replace_watched(&path, b"slow", 4, &mut |operation| {
        if operation == Operation::Write {
            assert_eq!(names(&folder).len(), 2);
            replace(&path, b"fast")?;
            assert_eq!(names(&folder).len(), 2);
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"slow");
    assert_eq!(names(&folder), ["file"]);
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("link");
    let (file, link) = (folder.join("file"), folder.join("link"));
    replace(&file, b"old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, &link).unwrap();
    replace(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"new");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    assert_eq!(replace(&file, b"newer").unwrap_err().to_string(), "the file may not be written");
    assert_eq!(fs::read(&file).unwrap(), b"new");
    fs::remove_dir_all(folder).unwrap();
}
