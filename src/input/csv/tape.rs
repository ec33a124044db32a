//! Keeps the raw bytes of the record that is being read, so that its quotation marks can be judged, and stops a
//! record that grows beyond all reason.

use std::io::{self, Read};

use super::dialect::Dialect;

/// How much is read at a time.
pub(super) const CHUNK: usize = 64 * 1024;

/// The longest record, in bytes. The text of a cell ends at 32,767 characters in every spreadsheet program.
pub(super) const MAX_RECORD: usize = 1024 * 1024;

/// How much may be passed before the kept bytes are moved to the front.
const SLACK: usize = 4 * CHUNK;

/// Passes on the bytes of `inner` and keeps those since a place that moves forward.
pub(super) struct Tape<R> {
    inner: R,
    held: Vec<u8>,
    /// The place of the first held byte, counted from the first byte that was passed on.
    held_from: u64,
    keep_from: u64,
    record_from: u64,
    cr_only: bool,
    overran: bool,
}

impl<R: Read> Tape<R> {
    pub(super) fn new(inner: R, dialect: Dialect) -> Self {
        let held = Vec::with_capacity(SLACK + 2 * CHUNK);
        let cr_only = dialect.cr_only;
        Self { inner, held, held_from: 0, keep_from: 0, record_from: 0, cr_only, overran: false }
    }

    /// Drops the first bytes of the text.
    pub(super) fn skip(&mut self, count: usize) -> io::Result<()> {
        io::copy(&mut (&mut self.inner).take(count as u64), &mut io::sink()).map(drop)
    }

    /// A record begins here; the bytes since `keep_from` are still needed.
    pub(super) fn start_record(&mut self, place: u64, keep_from: u64) {
        self.record_from = place;
        self.keep_from = keep_from;
    }

    /// Whether reading ended because the record is too long.
    pub(super) fn overran(&self) -> bool {
        self.overran
    }

    /// The bytes between two places that are still kept.
    pub(super) fn between(&self, from: u64, to: u64) -> &[u8] {
        self.held.get(self.index(from)..self.index(to)).unwrap_or_default()
    }

    fn index(&self, place: u64) -> usize {
        usize::try_from(place.saturating_sub(self.held_from)).unwrap_or(usize::MAX).min(self.held.len())
    }

    /// Counts the line ends between two places, those of a record and the blank lines before it. A line ends with a
    /// line feed, a carriage return, or both; `after_return` is carried from one record to the next.
    pub(super) fn lines(&self, from: u64, to: u64, after_return: &mut bool) -> Lines {
        let raw = self.between(from, to);
        let first = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(raw.len());
        let mut lines = Lines { before: 0, within: 0 };
        // The byte before the first one is a carriage return, or it does not matter.
        let mut last_return = after_return.then_some(0);
        for at in memchr::memchr2_iter(b'\r', b'\n', raw) {
            let is_return = raw.get(at) == Some(&b'\r');
            if is_return || last_return != Some(at) {
                *(if at < first { &mut lines.before } else { &mut lines.within }) += 1;
            }
            last_return = is_return.then_some(at + 1);
        }
        if !raw.is_empty() {
            *after_return = raw.last() == Some(&b'\r');
        }
        lines
    }
}

/// The line ends of a record.
pub(super) struct Lines {
    /// Before its first byte.
    pub(super) before: u64,
    /// In its fields and at its end.
    pub(super) within: u64,
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let passed = self.index(self.keep_from);
        if self.held.len() - self.index(self.record_from) > MAX_RECORD {
            self.overran = true;
            return Err(io::Error::other("record too long"));
        }
        if passed > SLACK {
            self.held.drain(..passed);
            self.held_from += passed as u64;
        }
        let count = self.inner.read(buffer)?;
        let fresh = buffer.get_mut(..count).unwrap_or_default();
        if self.cr_only {
            for byte in fresh.iter_mut().filter(|byte| **byte == b'\r') {
                *byte = b'\n';
            }
        }
        self.held.extend_from_slice(fresh);
        Ok(count)
    }
}

/// How the quotation marks of a record stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Every quoted field is closed and followed by a delimiter or the end of the line.
    Paired,
    /// The last quoted field is not closed.
    Open,
    /// A quoted field is closed in front of other text: the mark was probably meant for another field.
    Stray,
}

/// Judges the quotation marks of the raw bytes of one record. A stray mark counts only where it may have joined
/// lines, that is in a field with a line break.
pub(super) fn quotes(raw: &[u8], delimiter: u8) -> Quotes {
    let mut rest = raw.trim_ascii_start();
    // Blanks at the start may be delimiters (tabs) or part of the first field: only line ends are none of its own.
    if rest.len() != raw.len() {
        let lead = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        rest = raw.get(lead..).unwrap_or_default();
    }
    while let Some((&first, after)) = rest.split_first() {
        if first != b'"' {
            match rest.iter().position(|&byte| byte == delimiter || matches!(byte, b'\r' | b'\n')) {
                Some(at) => rest = rest.get(at + 1..).unwrap_or_default(),
                None => return Quotes::Paired,
            }
            continue;
        }
        let Some(close) = closing(after) else { return Quotes::Open };
        let (field, tail) = after.split_at_checked(close).unwrap_or((after, &[]));
        let next = tail.iter().skip(1).copied().find(|&byte| byte != b' ');
        let ends = next.is_none_or(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'));
        if !ends && memchr::memchr2(b'\n', b'\r', field).is_some() {
            return Quotes::Stray;
        }
        let tail = tail.get(1..).unwrap_or_default();
        let end = tail.iter().position(|&byte| byte == delimiter || matches!(byte, b'\r' | b'\n'));
        rest = end.and_then(|at| tail.get(at + 1..)).unwrap_or_default();
    }
    Quotes::Paired
}

/// Where the quotation mark stands that closes a field; doubled ones are part of the text.
fn closing(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'"', text.get(from..)?)?;
        if text.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_pair_up_or_not() {
        for (raw, want) in [
            ("a,b\n", Quotes::Paired),
            ("\"a\nb\",c\r\n", Quotes::Paired),
            ("\"a\"\"\nb\",c", Quotes::Paired),
            ("\r\n\n\"a\nb\",c", Quotes::Paired),
            ("x,5\" pipe,y", Quotes::Paired),
            ("\"a\"b,c", Quotes::Paired),
            ("a,\"b", Quotes::Open),
            ("a,\"b\"\"", Quotes::Open),
            ("\"", Quotes::Open),
            ("a,\"b,c\nd,\"e\",f\n", Quotes::Stray),
            ("\"\",\"\"", Quotes::Paired),
            ("", Quotes::Paired),
        ] {
            assert_eq!(quotes(raw.as_bytes(), b','), want, "{raw:?}");
        }
        assert_eq!(quotes(b"\t\"a\nb\"\n", b'\t'), Quotes::Paired);
    }
}
