//! Whose a file is. The only place that knows how a system keeps owners and modes; where there are none (Windows), every
//! file counts as the user's own.

use std::fs::File;
use std::path::Path;

#[cfg(unix)]
use crate::lang::say;

/// Why a file that was found, not named, must not steer the program: others own it or can write it. `None`: it may.
#[cfg(unix)]
pub(super) fn objection(path: &Path, file: &File) -> Option<String> {
    use std::os::unix::fs::MetadataExt;

    const OTHERS_WRITE: u32 = 0o022;
    // The file behind the handle, so that nobody can change it between the question and the reading; and the link to it.
    let metadata = [file.metadata(), path.symlink_metadata()];
    let Some(ours) = our_user() else { return Some(say!("config-owner-unknown")) };
    for metadata in metadata {
        let Ok(metadata) = metadata else { return Some(say!("config-owner-unknown")) };
        if metadata.uid() != ours {
            return Some(say!("config-other-owner", id = metadata.uid().to_string()));
        }
        // The mode of a symbolic link means nothing; the system shows it as 777.
        if !metadata.is_symlink() && metadata.mode() & OTHERS_WRITE != 0 {
            let mode = format!("{:03o}", metadata.mode() & 0o777);
            return Some(say!("config-others-can-write", mode = mode));
        }
    }
    None
}

#[cfg(not(unix))]
pub(super) fn objection(_: &Path, _: &File) -> Option<String> {
    None
}

/// Whether others can read a file that holds a secret.
#[cfg(unix)]
pub(super) fn others_can_read(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt;

    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o044 != 0)
}

#[cfg(not(unix))]
pub(super) fn others_can_read(_: &File) -> bool {
    false
}

/// Whether a file is there that can be started.
#[cfg(unix)]
pub(super) fn can_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub(super) fn can_run(path: &Path) -> bool {
    path.is_file()
}

/// The user we run as: the owner of a file we have just made.
#[cfg(unix)]
fn our_user() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;

    tempfile::tempfile()
        .and_then(|file| file.metadata())
        .or_else(|_| std::fs::metadata("/proc/self"))
        .ok()
        .map(|own| own.uid())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn file_with_mode(mode: u32) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    #[test]
    fn a_file_that_others_can_write_is_not_trusted() {
        for (mode, trusted) in [(0o600, true), (0o644, true), (0o664, false), (0o602, false), (0o777, false)]
        {
            let file = file_with_mode(mode);
            assert_eq!(objection(file.path(), file.as_file()).is_none(), trusted, "{mode:o}");
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
            assert_eq!(objection(&link, &open).as_deref(), Some("it belongs to another user (id 12345)"));
            std::os::unix::fs::lchown(&file, Some(12_345), None).unwrap();
            assert_eq!(objection(&file, &open).as_deref(), Some("it belongs to another user (id 12345)"));
        }
    }

    #[test]
    fn a_secret_that_others_can_read_is_seen() {
        for (mode, read) in [(0o600, false), (0o640, true), (0o604, true), (0o400, false)] {
            assert_eq!(others_can_read(file_with_mode(mode).as_file()), read, "{mode:o}");
        }
    }
}
