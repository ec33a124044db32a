//! A place in a text, moving forward over what is recognised.

/// What is left to read. Copying it is a bookmark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

/// A run of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    /// How many digits were typed.
    pub(super) width: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) const fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Passes over spaces and line breaks; says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches([' ', '\n']);
        self.rest.len() < before
    }

    /// Passes over this text, if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over one of these characters, if one is next.
    pub(super) fn take_any(&mut self, characters: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|first| characters.contains(first))?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    /// Passes over a run of one to nine digits, if one is next.
    pub(super) fn number(&mut self) -> Option<Number> {
        let width = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=9).contains(&width) {
            return None;
        }
        let (digits, rest) = self.rest.split_at(width);
        self.rest = rest;
        Some(Number { value: digits.parse().ok()?, width })
    }

    /// Passes over a run of ASCII letters, if one is next.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let width = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.rest.split_at(width);
        self.rest = rest;
        (width > 0).then_some(word)
    }
}
