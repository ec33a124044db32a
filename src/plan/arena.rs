//! All final strings of a plan in one place: a long list must not cost an allocation a cell.

use std::ops::Range;

/// So much text is no list any more.
const MAX_TEXT: usize = 1024 * 1024 * 1024;

/// From a few of these on the arena grows by one at a time, and not by doubling.
const STEP: usize = 128 * 1024 * 1024;

/// A piece of the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    at: u32,
    length: u32,
}

impl Span {
    /// Whether it is the empty text.
    pub(super) fn is_empty(self) -> bool {
        self.length == 0
    }

    /// A piece that begins at a place and has a length, in bytes.
    pub(super) const fn new(at: u32, length: u32) -> Self {
        Self { at, length }
    }

    /// Where it begins.
    pub(super) const fn at(self) -> u32 {
        self.at
    }

    fn range(self) -> Range<usize> {
        let at = self.at as usize;
        at..at + self.length as usize
    }
}

/// A text that only grows.
#[derive(Debug, Default)]
pub(super) struct Arena {
    text: String,
    full: bool,
}

impl Arena {
    /// The text of a span.
    pub(super) fn get(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Keeps what `write` appends.
    ///
    /// # Errors
    /// Those of `write`; nothing is kept then.
    pub(super) fn keep<E>(&mut self, write: impl FnOnce(&mut String) -> Result<(), E>) -> Result<Span, E> {
        let from = self.text.len();
        if from > 2 * STEP && self.text.capacity() - from < STEP / 8 {
            self.text.reserve_exact(STEP);
        }
        if let Err(error) = write(&mut self.text) {
            self.text.truncate(from);
            return Err(error);
        }
        let fits = (u32::try_from(from), u32::try_from(self.text.len() - from));
        let (Ok(at), Ok(length), true) = (fits.0, fits.1, self.text.len() <= MAX_TEXT) else {
            self.text.truncate(from);
            self.full = true;
            return Ok(Span::default());
        };
        Ok(Span { at, length })
    }

    /// Keeps a text.
    pub(super) fn push(&mut self, text: &str) -> Span {
        let kept: Result<Span, std::convert::Infallible> = self.keep(|out| {
            out.push_str(text);
            Ok(())
        });
        match kept {
            Ok(span) => span,
            Err(never) => match never {},
        }
    }

    /// Forgets all that was kept after this span, which must be the last one kept.
    pub(super) fn undo(&mut self, span: Span) {
        if span.range().end == self.text.len() {
            self.text.truncate(span.range().start);
        }
    }

    /// Whether something did not fit: 1 GiB of text is more than any list holds.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_undoes_and_forgets_what_failed() {
        let mut arena = Arena::default();
        let one = arena.push("one");
        let failed: Result<Span, ()> = arena.keep(|out| {
            out.push_str("half");
            Err(())
        });
        assert!(failed.is_err());
        let two = arena.push("two");
        assert_eq!((arena.get(one), arena.get(two)), ("one", "two"));
        arena.undo(two);
        let three = arena.push("3");
        assert_eq!((arena.get(one), arena.get(three)), ("one", "3"));
        assert!(!arena.is_full());
    }
}
