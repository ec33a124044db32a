//! What lies in the drop folder, and which of it has stood still.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::cli::console::Console;
use crate::domain::quote::visible;
use crate::lang::say;
use crate::platform::{FileId, file_id};

/// Extensions of lists.
const TABLES: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// Extensions that programs give to what they have not finished writing.
const UNFINISHED: [&str; 4] = ["tmp", "part", "crdownload", "filepart"];

/// What tells one state of a file from another, as far as the system tells without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) modified: SystemTime,
    size: u64,
    file: FileId,
}

impl Stamp {
    /// Of a file that was asked about.
    pub(super) fn of(file: &Metadata) -> Self {
        Self {
            modified: file.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            size: file.len(),
            file: file_id(file),
        }
    }

    /// Of the regular file of this name, which no link is; `None` where there is none.
    pub(super) fn at(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|file| Self::of(&file))
    }
}

/// A list in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: String,
    /// The folder, as the user typed it, and the name.
    pub(super) path: PathBuf,
    pub(super) stamp: Stamp,
}

/// Why something is not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoList {
    /// Nobody has to be told: hidden, being written, a folder.
    Silent,
    /// Some other file.
    Extension,
    /// A link, which may lead anywhere.
    Link,
    /// A pipe or a device, which may never end.
    Special,
    /// Its name is no text, and would not come back from the ledger as it was.
    Name,
}

/// What a name alone says.
fn named(name: &str) -> Result<(), NoList> {
    let lower = name.to_lowercase();
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    if lower.starts_with('.') || lower.starts_with("~$") || UNFINISHED.contains(&extension) {
        return Err(NoList::Silent);
    }
    if TABLES.contains(&extension) { Ok(()) } else { Err(NoList::Extension) }
}

/// Whether a file of this name is worth a look.
pub(super) fn is_list(name: &str) -> bool {
    named(name).is_ok()
}

/// The folder, and what was seen of it. Of what is not there any more nothing is remembered.
#[derive(Debug)]
pub(super) struct Lookout {
    folder: PathBuf,
    /// How long a file has to stand still.
    rest: Duration,
    /// The heartbeat, if it is written into the folder.
    own: Option<String>,
    /// Since when each list is as it is.
    seen: BTreeMap<String, (Stamp, Instant)>,
    /// What was named as ignored.
    told: BTreeSet<String>,
}

impl Lookout {
    pub(super) fn new(folder: &Path, rest: Duration, heartbeat: Option<&Path>) -> Self {
        let own = heartbeat.and_then(|path| {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let parent = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?;
            let is_here = fs::canonicalize(folder).is_ok_and(|folder| folder == parent);
            path.file_name().filter(|_| is_here).map(|name| name.to_string_lossy().into_owned())
        });
        Self { folder: folder.to_owned(), rest, own, seen: BTreeMap::new(), told: BTreeSet::new() }
    }

    /// The name of what the program itself writes into the folder again and again.
    pub(super) fn own(&self) -> Option<&str> {
        self.own.as_deref()
    }

    /// Looks at the folder once; gives all lists, oldest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn look(&mut self, console: &Console) -> io::Result<Vec<Found>> {
        let mut lists = Vec::new();
        let mut ignored = BTreeSet::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let shown = entry.file_name().to_string_lossy().into_owned();
            if self.own.as_ref() == Some(&shown) {
                continue;
            }
            match found(&entry, &self.folder) {
                Ok(Some(list)) => lists.push(list),
                Ok(None) | Err(NoList::Silent) => {}
                Err(why) => {
                    if !self.told.contains(&shown) {
                        tell(&shown, why, console);
                    }
                    ignored.insert(shown);
                }
            }
        }
        self.told = ignored;
        let now = Instant::now();
        let mut before = std::mem::take(&mut self.seen);
        for list in &lists {
            let as_before = before.remove(&list.name).filter(|(stamp, _)| *stamp == list.stamp);
            self.seen.insert(list.name.clone(), as_before.unwrap_or((list.stamp, now)));
        }
        lists.sort_by(|one, other| (one.stamp.modified, &one.name).cmp(&(other.stamp.modified, &other.name)));
        Ok(lists)
    }

    /// Whether a list has stood still for as long as it has to.
    pub(super) fn has_rested(&self, list: &Found) -> bool {
        self.seen
            .get(&list.name)
            .is_some_and(|(stamp, since)| *stamp == list.stamp && since.elapsed() >= self.rest)
    }

    /// How long to wait until every list that stands still from now on has rested; `None` when all have.
    pub(super) fn until_rested(&self) -> Option<Duration> {
        let since = self.seen.values().map(|(_, since)| since.elapsed()).min()?;
        self.rest.checked_sub(since).filter(|left| !left.is_zero())
    }
}

/// `None`: it went away meanwhile.
fn found(entry: &fs::DirEntry, folder: &Path) -> Result<Option<Found>, NoList> {
    let name = entry.file_name();
    let name = match name.to_str() {
        Some(name) => name.to_owned(),
        None => {
            named(&name.to_string_lossy())?;
            return Err(NoList::Name);
        }
    };
    // Not followed: this is about the link itself.
    let path = folder.join(&name);
    let Ok(metadata) = fs::symlink_metadata(&path) else { return Ok(None) };
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(NoList::Silent);
    }
    named(&name)?;
    if kind.is_symlink() {
        return Err(NoList::Link);
    }
    if !kind.is_file() {
        return Err(NoList::Special);
    }
    Ok(Some(Found { name, path, stamp: Stamp::of(&metadata) }))
}

fn tell(name: &str, why: NoList, console: &Console) {
    let file = visible(name);
    console.warn(match why {
        NoList::Link => say!("inbox-ignored-link", file = file),
        NoList::Special => say!("inbox-ignored-special", file = file),
        NoList::Name => say!("inbox-ignored-name", file = file),
        NoList::Extension | NoList::Silent => {
            say!(
                "inbox-ignored-extension",
                file = file,
                known = TABLES.map(|name| format!(".{name}")).join(" ")
            )
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_says() {
        for (name, want) in [
            ("list.csv", Ok(())),
            ("名单.XLSX", Ok(())),
            ("a.b.ods", Ok(())),
            (".list.csv", Err(NoList::Silent)),
            (".~lock.list.ods#", Err(NoList::Silent)),
            ("~$list.xlsx", Err(NoList::Silent)),
            ("list.csv.part", Err(NoList::Silent)),
            ("list.CrDownload", Err(NoList::Silent)),
            ("list.csv.filepart", Err(NoList::Silent)),
            ("list.tmp", Err(NoList::Silent)),
            ("list", Err(NoList::Extension)),
            ("list.pdf", Err(NoList::Extension)),
            ("csv", Err(NoList::Extension)),
            ("list.csv~", Err(NoList::Extension)),
        ] {
            assert_eq!(named(name), want, "{name}");
        }
    }
}
