//! Linux, macOS and the other systems of that family.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::task::{Context, Poll};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Objection;

pub(super) fn private_file(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

pub(super) fn shared_temporary<'b, 'p, 's>(
    builder: &'b mut tempfile::Builder<'p, 's>,
) -> &'b mut tempfile::Builder<'p, 's> {
    builder.permissions(Permissions::from_mode(0o666))
}

pub(super) fn open_to_all(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o644))
}

pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn file_id(file: &Metadata) -> (u64, u64) {
    (file.dev(), file.ino())
}

pub(super) fn has_several_names(file: &Metadata) -> bool {
    file.nlink() > 1
}

pub(super) fn free_space(path: &Path) -> io::Result<Option<u64>> {
    let disk = rustix::fs::statvfs(path)?;
    // Some network disks count nothing.
    Ok((disk.f_blocks > 0).then(|| disk.f_bavail.saturating_mul(disk.f_frsize)))
}

pub(super) fn objection(path: &Path, file: &File) -> Option<Objection> {
    const OTHERS_WRITE: u32 = 0o022;
    let Some(ours) = our_user() else { return Some(Objection::UnknownOwner) };
    for metadata in [file.metadata(), path.symlink_metadata()] {
        let Ok(metadata) = metadata else { return Some(Objection::UnknownOwner) };
        if metadata.uid() != ours {
            return Some(Objection::OtherOwner(metadata.uid()));
        }
        // The mode of a symbolic link means nothing; the system shows it as 777.
        if !metadata.is_symlink() && metadata.mode() & OTHERS_WRITE != 0 {
            return Some(Objection::OthersCanWrite(metadata.mode() & 0o777));
        }
    }
    None
}

pub(super) fn others_can_read(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.mode() & 0o044 != 0)
}

pub(super) fn can_be_started(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.mode() & 0o111 != 0)
}

/// The user we run as: the owner of a file we have just made.
fn our_user() -> Option<u32> {
    tempfile::tempfile()
        .and_then(|file| file.metadata())
        .or_else(|_| std::fs::metadata("/proc/self"))
        .ok()
        .map(|own| own.uid())
}

#[derive(Debug)]
pub(super) struct StopSignals(Vec<Signal>);

impl StopSignals {
    pub(super) fn listen() -> Self {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        // A signal that cannot be listened to keeps its default: the process ends, which is safe.
        Self(kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect())
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let came = self.0.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
        if came { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_with_mode(mode: u32) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_permissions(Permissions::from_mode(mode)).unwrap();
        file
    }

    #[test]
    fn a_file_that_others_can_write_is_not_trusted() {
        for (mode, trusted) in [(0o600, true), (0o644, true), (0o664, false), (0o602, false), (0o777, false)]
        {
            let file = file_with_mode(mode);
            let want = (!trusted).then_some(Objection::OthersCanWrite(mode));
            assert_eq!(objection(file.path(), file.as_file()), want, "{mode:o}");
        }
    }

    #[test]
    fn a_file_or_a_link_of_somebody_else_is_not_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let open = File::open(&file).unwrap();
        assert_eq!(objection(&link, &open), None);
        // Giving a file away takes a privileged user; elsewhere there is nothing to test with.
        if std::os::unix::fs::lchown(&link, Some(12_345), None).is_ok() {
            assert_eq!(objection(&link, &open), Some(Objection::OtherOwner(12_345)));
            std::os::unix::fs::lchown(&file, Some(12_345), None).unwrap();
            assert_eq!(objection(&file, &open), Some(Objection::OtherOwner(12_345)));
        }
    }

    #[test]
    fn a_secret_that_others_can_read_is_seen() {
        for (mode, read) in [(0o600, false), (0o640, true), (0o604, true), (0o400, false)] {
            assert_eq!(others_can_read(file_with_mode(mode).as_file()), read, "{mode:o}");
        }
    }

    #[test]
    fn what_is_made_has_the_mode_that_is_promised() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
        let (inner, file) = (folder.path().join("inner"), folder.path().join("file"));
        make_private_folder(&inner).unwrap();
        private_file(OpenOptions::new().write(true).create(true).truncate(false)).open(&file).unwrap();
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        // Whatever the umask is, a plain file tells.
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "").unwrap();
        let mut builder = tempfile::Builder::new();
        let shared = shared_temporary(&mut builder).tempfile_in(folder.path()).unwrap();
        assert_eq!(mode(shared.path()), mode(&plain));
    }

    #[test]
    fn names_and_numbers_of_files() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        for path in [&one, &other] {
            std::fs::write(path, "").unwrap();
        }
        let of = |path: &Path| std::fs::metadata(path).unwrap();
        assert_ne!(file_id(&of(&one)), file_id(&of(&other)));
        std::fs::hard_link(&one, folder.path().join("again")).unwrap();
        assert!(has_several_names(&of(&one)) && !has_several_names(&of(&other)));
        assert!(free_space(Path::new("/no/such/folder")).is_err());
        assert!(sync_folder(Path::new("/no/such/folder")).is_err());
    }
}
