//! Windows: files have the rights of their folders, and the console asks to stop.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::task::{Context, Poll};

use tokio::signal::windows::{self, CtrlBreak, CtrlC, CtrlClose, CtrlShutdown};

use super::Objection;

pub(super) fn private_file(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

pub(super) fn shared_temporary<'b, 'p, 's>(
    builder: &'b mut tempfile::Builder<'p, 's>,
) -> &'b mut tempfile::Builder<'p, 's> {
    builder
}

pub(super) fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
}

pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir(path)
}

/// A folder cannot be opened as a file here.
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// std does not hand out the numbers of files yet.
pub(super) fn file_id(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

pub(super) fn has_several_names(_: &Metadata) -> bool {
    false
}

pub(super) fn free_space(_: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}

pub(super) fn objection(_: &Path, _: &File) -> Option<Objection> {
    None
}

pub(super) fn others_can_read(_: &File) -> bool {
    false
}

pub(super) fn can_be_started(path: &Path) -> bool {
    path.is_file()
}

#[derive(Debug)]
pub(super) struct StopSignals {
    ctrl_c: Option<CtrlC>,
    ctrl_break: Option<CtrlBreak>,
    close: Option<CtrlClose>,
    shutdown: Option<CtrlShutdown>,
}

impl StopSignals {
    pub(super) fn listen() -> Self {
        Self {
            ctrl_c: windows::ctrl_c().ok(),
            ctrl_break: windows::ctrl_break().ok(),
            close: windows::ctrl_close().ok(),
            shutdown: windows::ctrl_shutdown().ok(),
        }
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let came = self.ctrl_c.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready())
            || self.ctrl_break.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready())
            || self.close.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready())
            || self.shutdown.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready());
        if came { Poll::Ready(()) } else { Poll::Pending }
    }
}
