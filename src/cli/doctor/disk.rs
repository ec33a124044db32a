//! How much room a disk has. The only call here that std does not have.

use std::io;
use std::path::Path;

/// Bytes that this user can still write where `path` lies; the path must be there. `None` where this system has no such
/// call, or does not say.
#[cfg(unix)]
pub(super) fn free(path: &Path) -> io::Result<Option<u64>> {
    let disk = rustix::fs::statvfs(path)?;
    // Some network disks count nothing.
    Ok((disk.f_blocks > 0).then(|| disk.f_bavail.saturating_mul(disk.f_frsize)))
}

#[cfg(not(unix))]
pub(super) fn free(_: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}
