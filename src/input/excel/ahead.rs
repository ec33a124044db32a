//! Inflating a part on a thread of its own, a little ahead of who reads it: a large sheet is inflated twice, once for
//! calamine and once for what calamine does not tell.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::super::Unreadable;
use super::package::Package;
use crate::domain::detail::Detail;

/// How much is inflated at a time.
const CHUNK: usize = 64 * 1024;

/// How many chunks may wait: a reader that stops early has not made much work.
const WAITING: usize = 8;

/// A smaller part is not worth a thread.
pub(super) const WORTHWHILE: u64 = 1024 * 1024;

/// A part of a package that is being inflated.
pub(super) struct Ahead {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Ahead {
    /// Begins to inflate a part of the package at `path`. What goes wrong shows when it is read.
    pub(super) fn of(path: &Path, part: &str) -> Self {
        let (sender, chunks) = sync_channel(WAITING);
        let (path, part) = (PathBuf::from(path), part.to_owned());
        std::thread::spawn(move || {
            if let Err(error) = inflate(&path, &part, &sender) {
                // Nobody may be listening any more.
                drop(sender.send(Err(error)));
            }
        });
        Self { chunks, chunk: Vec::new(), at: 0 }
    }
}

fn inflate(path: &Path, part: &str, sender: &SyncSender<io::Result<Vec<u8>>>) -> io::Result<()> {
    let mut package = Package::open(File::open(path)?).map_err(io::Error::other)?;
    let missing = || io::Error::other(Unreadable::broken(Detail::PartMissing));
    let mut part = package.part(part).map_err(io::Error::other)?.ok_or_else(missing)?;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        (&mut part).take(CHUNK as u64).read_to_end(&mut chunk)?;
        if chunk.is_empty() || sender.send(Ok(chunk)).is_err() {
            return Ok(());
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            match self.chunks.recv() {
                Ok(chunk) => (self.chunk, self.at) = (chunk?, 0),
                // The other side has ended, and has said so if that was too early.
                Err(_) => return Ok(0),
            }
        }
        let count = self.chunk.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += count;
        Ok(count)
    }
}
