//! Moving a file of the folder to where it is kept: nothing is overwritten, and nothing is moved but what was uploaded.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::look::Stamp;
use crate::platform::sync_folder;
use crate::report::files::{copy_hashed, sha256};

/// The longest name that file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moved {
    /// It is kept here.
    To(PathBuf),
    /// There is no such file any more.
    Gone,
    /// There is another one of its name, which stays.
    Replaced,
}

/// Moves the file `name` of `from` with this content into `to`, as `RUN_ID-NAME`. When it returns, that is durable; when it
/// was interrupted anywhere, it can be called again.
///
/// # Errors
/// The file cannot be read or moved. It is still there then.
pub(super) fn bring_home(
    from: &Path,
    to: &Path,
    run_id: &str,
    name: &str,
    content: &str,
) -> io::Result<Moved> {
    let source = from.join(name);
    let stamp = match Stamp::at(&source) {
        Some(stamp) => stamp,
        None if fs::symlink_metadata(&source).is_ok() => return Ok(Moved::Replaced),
        None => return Ok(Moved::Gone),
    };
    match File::open(&source).and_then(sha256) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Moved::Gone),
        Err(error) => return Err(error),
        Ok(found) if found != content => return Ok(Moved::Replaced),
        Ok(_) => {}
    }
    for number in 1.. {
        let target = to.join(home_name(run_id, name, number));
        if !reserve(&target, run_id)? {
            if Stamp::at(&target).is_some() && File::open(&target).and_then(sha256)? == content {
                // Copied before, and interrupted before the original was removed.
                remove(&source, stamp)?;
                return Ok(Moved::To(target));
            }
            continue;
        }
        let moved = match fs::rename(&source, &target) {
            // Where files have no lasting number, their content tells.
            Ok(())
                if Stamp::at(&target) == Some(stamp) || File::open(&target).and_then(sha256)? == content =>
            {
                sync_folder(to)?;
                sync_folder(from)?;
                Ok(Moved::To(target.clone()))
            }
            // Somebody put another file there at this very moment: that one goes back.
            Ok(()) => put_back(&target, &source).map(|()| Moved::Replaced),
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                copy(&source, &target, run_id, stamp, content)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Moved::Gone),
            Err(error) => Err(error),
        };
        if !matches!(moved, Ok(Moved::To(_))) {
            unreserve(&target, run_id);
        }
        return moved;
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// `RUN_ID-NAME`, or `RUN_ID-2-NAME` where that is taken; a name that becomes too long loses the end of its stem.
fn home_name(run_id: &str, name: &str, number: usize) -> String {
    let before = if number == 1 { format!("{run_id}-") } else { format!("{run_id}-{number}-") };
    let too_long = (before.len() + name.len()).saturating_sub(LONGEST_NAME);
    if too_long == 0 {
        return before + name;
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut end = stem.len().saturating_sub(too_long);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{before}{}.{extension}", &stem[..end])
}

/// What stands in a name that is reserved: nobody else writes that.
fn mark(run_id: &str) -> String {
    format!("incs-import {run_id}\n")
}

/// Takes a name that is free, or that an interrupted move of the same run has taken; gives whether it is ours. Renaming
/// alone would overwrite what is there.
fn reserve(path: &Path, run_id: &str) -> io::Result<bool> {
    // Marked before it has the name: a kill between the two would leave what nobody knows to be ours.
    let mut file = temporary(path.parent().unwrap_or(Path::new(".")), run_id)?;
    file.write_all(mark(run_id).as_bytes())?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(is_reserved(path, run_id)),
        Err(failed) => Err(failed.error),
    }
}

/// A file for its owner only, in the folder of the run where there is one: what a kill leaves of it is out of the way there.
fn temporary(folder: &Path, run_id: &str) -> io::Result<NamedTempFile> {
    let of_run = folder.join(run_id);
    NamedTempFile::new_in(if of_run.is_dir() { &of_run } else { folder })
}

fn is_reserved(path: &Path, run_id: &str) -> bool {
    let mut text = Vec::new();
    Stamp::at(path).is_some()
        && File::open(path).and_then(|file| file.take(100).read_to_end(&mut text)).is_ok()
        && text == mark(run_id).as_bytes()
}

fn unreserve(path: &Path, run_id: &str) {
    if is_reserved(path, run_id) {
        // An empty name is all that stays otherwise.
        drop(fs::remove_file(path));
    }
}

fn put_back(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Copies to another file system: durable there before the original is removed.
fn copy(source: &Path, target: &Path, run_id: &str, stamp: Stamp, content: &str) -> io::Result<Moved> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut copy = temporary(folder, run_id)?;
    if copy_hashed(File::open(source)?, copy.as_file_mut())? != content {
        return Ok(Moved::Replaced);
    }
    copy.as_file().sync_all()?;
    copy.persist(target).map_err(|error| error.error)?;
    sync_folder(folder)?;
    remove(source, stamp)?;
    Ok(Moved::To(target.to_owned()))
}

/// Removes a file of which there is a copy, unless it has been replaced.
fn remove(source: &Path, stamp: Stamp) -> io::Result<()> {
    if Stamp::at(source) == Some(stamp) {
        fs::remove_file(source)?;
    }
    sync_folder(source.parent().unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = "20261122-013000-k7f3";

    struct Place {
        _folder: tempfile::TempDir,
        from: PathBuf,
        to: PathBuf,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("in"), folder.path().join("done"));
        fs::create_dir(&from).unwrap();
        fs::create_dir(&to).unwrap();
        fs::write(from.join("a.csv"), "one").unwrap();
        Place { _folder: folder, from, to }
    }

    fn hash(text: &str) -> String {
        sha256(text.as_bytes()).unwrap()
    }

    fn bring(place: &Place, content: &str) -> Moved {
        bring_home(&place.from, &place.to, RUN, "a.csv", &hash(content)).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_is_moved_and_then_gone() {
        let place = place();
        let home = place.to.join(format!("{RUN}-a.csv"));
        assert_eq!(bring(&place, "one"), Moved::To(home.clone()));
        assert_eq!(fs::read_to_string(home).unwrap(), "one");
        assert_eq!(bring(&place, "one"), Moved::Gone);
        assert_eq!(names(&place.to).len(), 1);
    }

    #[test]
    fn what_is_there_is_never_overwritten() {
        for there in ["other", ""] {
            let place = place();
            fs::write(place.to.join(format!("{RUN}-a.csv")), there).unwrap();
            assert_eq!(bring(&place, "one"), Moved::To(place.to.join(format!("{RUN}-2-a.csv"))));
            assert_eq!(fs::read_to_string(place.to.join(format!("{RUN}-a.csv"))).unwrap(), there);
        }
    }

    #[test]
    fn another_file_of_its_name_stays() {
        let place = place();
        assert_eq!(bring(&place, "two"), Moved::Replaced);
        assert_eq!(names(&place.from), ["a.csv"]);
        assert!(names(&place.to).is_empty());
    }

    #[test]
    fn an_interrupted_move_is_finished() {
        let home = format!("{RUN}-a.csv");
        // The name was reserved; the copy was made and the original not removed.
        for there in [mark(RUN), "one".to_owned()] {
            let place = place();
            fs::write(place.to.join(&home), there).unwrap();
            assert_eq!(bring(&place, "one"), Moved::To(place.to.join(&home)));
            assert_eq!(fs::read_to_string(place.to.join(&home)).unwrap(), "one");
            assert!(names(&place.from).is_empty());
            assert_eq!(names(&place.to), [home.as_str()]);
        }
    }

    #[test]
    fn copied_to_another_file_system_it_is_whole_before_the_original_goes() {
        let place = place();
        let (source, target) = (place.from.join("a.csv"), place.to.join("b.csv"));
        let stamp = Stamp::at(&source).unwrap();
        assert_eq!(copy(&source, &target, RUN, stamp, &hash("two")).unwrap(), Moved::Replaced);
        assert!(names(&place.to).is_empty() && source.exists());
        assert_eq!(copy(&source, &target, RUN, stamp, &hash("one")).unwrap(), Moved::To(target.clone()));
        assert_eq!(fs::read_to_string(target).unwrap(), "one");
        assert!(!source.exists());
    }

    #[test]
    fn a_long_name_loses_the_end_of_its_stem() {
        let name = format!("{}.csv", "名".repeat(83));
        let home = home_name(RUN, &name, 1);
        assert!(home.len() <= LONGEST_NAME && home.len() > LONGEST_NAME - 3, "{}", home.len());
        assert!(home.starts_with(&format!("{RUN}-名")) && home.ends_with("名.csv"));
        assert_eq!(home_name(RUN, "a.csv", 2), format!("{RUN}-2-a.csv"));
    }
}
