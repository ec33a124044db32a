//! What differs between operating systems: owners and modes of files, signals, the room on a disk.
//!
//! No other module asks for which system it is made. A function here means the same on every system, or says in its
//! comment what it means where a system has no such thing. Windows is such a system: there a file gets the rights of its
//! folder, and those of a user's own folders keep other users out.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

#[cfg(not(any(unix, windows)))]
compile_error!("platform/ has to be written for this system first");

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// What tells a file from another one that later has its name. On Windows all files have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId(u64, u64);

/// Why a file that was found, not named, must not steer the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// Nobody can tell whose it is.
    UnknownOwner,
    /// It belongs to the user of this number.
    OtherOwner(u32),
    /// Others can write it; its permission bits.
    OthersCanWrite(u32),
}

/// Options whose new files only their owner can read and write (0600); the mode of a file that is there stays. On Windows
/// they get the rights of their folder.
pub fn private_file(options: &mut OpenOptions) -> &mut OpenOptions {
    system::private_file(options)
}

/// A builder whose files others may read as far as the system's defaults let them. Without this, temporary files are for
/// their owner only; on Windows both get the rights of their folder.
pub fn shared_temporary<'b, 'p, 's>(
    builder: &'b mut tempfile::Builder<'p, 's>,
) -> &'b mut tempfile::Builder<'p, 's> {
    system::shared_temporary(builder)
}

/// Lets everybody read a file, whatever the system's defaults are (0644). On Windows it has the rights of its folder.
///
/// # Errors
/// The file cannot be changed.
pub fn open_to_all(file: &File) -> io::Result<()> {
    system::open_to_all(file)
}

/// Makes a folder that only its owner can enter (0700), in one that is there. On Windows it gets the rights of that one.
///
/// # Errors
/// Something of that name is there already, or the folder cannot be made.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    system::make_private_folder(path)
}

/// Makes durable what happened to the names in a folder; `""` is the working folder. On Windows nothing is done: it has no
/// such call, and its file system keeps a log of names by itself.
///
/// # Errors
/// The folder cannot be opened or synced.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    system::sync_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Makes the name of a file durable: syncs the folder that it is in.
///
/// # Errors
/// As [`sync_folder`].
pub fn sync_name(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), sync_folder)
}

/// The file that was asked about.
pub fn file_id(file: &Metadata) -> FileId {
    let (device, number) = system::file_id(file);
    FileId(device, number)
}

/// Whether a file has further names (hard links). On Windows nobody can tell: `false`.
pub fn has_several_names(file: &Metadata) -> bool {
    system::has_several_names(file)
}

/// Bytes that this user can still write where `path` lies; the path must be there. `None` where the disk does not say, and
/// on Windows.
///
/// # Errors
/// The system cannot tell of this path.
pub fn free_space(path: &Path) -> io::Result<Option<u64>> {
    system::free_space(path)
}

/// Why a file that was found, not named, must not steer the program: others own it or can write it. `None`: it may. The
/// handle is what is judged, so that nobody can change the file between the question and the reading; the path as well,
/// for it may be a link of somebody else. On Windows every file may.
pub fn objection(path: &Path, file: &File) -> Option<Objection> {
    system::objection(path, file)
}

/// Whether others can read a file that holds a secret. On Windows nobody can tell: `false`.
pub fn others_can_read(file: &File) -> bool {
    system::others_can_read(file)
}

/// Whether a file is there that can be started as a program. On Windows any file.
pub fn can_be_started(path: &Path) -> bool {
    system::can_be_started(path)
}

/// What asks the program to stop: SIGINT, SIGTERM and SIGHUP; on Windows Ctrl-C, Ctrl-Break, the closing of the console and
/// the end of the system, which both leave a few seconds.
#[derive(Debug)]
pub struct StopSignals(system::StopSignals);

impl StopSignals {
    /// Listens from now on, inside a tokio runtime. What cannot be listened to ends the process, as it does by itself.
    #[must_use]
    pub fn listen() -> Self {
        Self(system::StopSignals::listen())
    }

    /// Waits for the next one; those that came since they were listened to count. Waits for ever if none can be had.
    pub async fn next(&mut self) {
        std::future::poll_fn(|context| self.0.poll_next(context)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_system_can_do() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        make_private_folder(&inner).unwrap();
        assert_eq!(make_private_folder(&inner).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let path = inner.join("file");
        let mut options = OpenOptions::new();
        let file = private_file(options.write(true).create_new(true)).open(&path).unwrap();
        for synced in [&inner, Path::new("")] {
            sync_folder(synced).unwrap();
        }
        sync_name(&path).unwrap();
        sync_name(Path::new("Cargo.toml")).unwrap();
        assert_eq!(objection(&path, &file), None);
        assert!(!others_can_read(&file));
        let metadata = file.metadata().unwrap();
        assert!(!has_several_names(&metadata));
        assert_eq!(file_id(&metadata), file_id(&path.symlink_metadata().unwrap()));
        assert!(free_space(&inner).is_ok());
    }
}
