//! From the bytes of a text file to UTF-8, as a stream. The one place that knows encodings.

use std::io::{self, Read};

use super::super::Unreadable;

/// An encoding that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Passed on as it is; whether it is valid is checked record by record.
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// Decides by the named encoding, or else by the byte order mark at the `head` of the file. Gives the encoding
    /// and how many bytes its mark takes.
    pub(super) fn of(head: &[u8], named: Option<&str>) -> Result<(Self, usize), Unreadable> {
        let marked = if head.starts_with(b"\xEF\xBB\xBF") {
            Some((Self::Utf8, 3))
        } else if head.starts_with(b"\xFF\xFE") {
            Some((Self::Utf16Le, 2))
        } else if head.starts_with(b"\xFE\xFF") {
            Some((Self::Utf16Be, 2))
        } else {
            None
        };
        let Some(name) = named else { return Ok(marked.unwrap_or((Self::Utf8, 0))) };
        let encoding = match name.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "utf-16" | "utf16" => marked.map_or(Self::Utf16Le, |(encoding, _)| encoding),
            "utf-16le" | "utf16le" => Self::Utf16Le,
            "utf-16be" | "utf16be" => Self::Utf16Be,
            _ => return Err(Unreadable::UnknownEncoding { name: name.to_owned() }),
        };
        Ok((encoding, marked.filter(|&(found, _)| found == encoding).map_or(0, |(_, length)| length)))
    }

    /// The name, where it is worth telling.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some("UTF-16LE"),
            Self::Utf16Be => Some("UTF-16BE"),
        }
    }
}

/// Gives the text of `inner` as UTF-8.
///
/// What does not fit the encoding is an [`io::Error`] that holds an [`Unreadable::Undecodable`].
pub(super) struct Decoder<R> {
    inner: R,
    encoding: Encoding,
    /// Read and not yet decoded; at most one incomplete unit remains.
    bytes: Vec<u8>,
    /// The first half of a surrogate pair whose second half is still to come.
    half: Option<u16>,
    text: String,
    given: usize,
    line: u32,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(inner: R, encoding: Encoding) -> Self {
        Self { inner, encoding, bytes: Vec::new(), half: None, text: String::new(), given: 0, line: 1 }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        let mut chunk = [0_u8; 32 * 1024];
        while self.text.is_empty() {
            let count = self.inner.read(&mut chunk)?;
            if count == 0 {
                return if self.bytes.is_empty() && self.half.is_none() {
                    Ok(())
                } else {
                    Err(self.error("the file ends in the middle of a character".into()))
                };
            }
            self.bytes.extend_from_slice(&chunk[..count]);
            self.decode()?;
        }
        Ok(())
    }

    fn decode(&mut self) -> io::Result<()> {
        let (pairs, rest) = self.bytes.as_chunks::<2>();
        let big = self.encoding == Encoding::Utf16Be;
        let read = |pair: &[u8; 2]| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
        let mut units = self.half.take().into_iter().chain(pairs.iter().map(read)).peekable();
        let mut lone = None;
        while let Some(unit) = units.next() {
            let whole = match unit {
                0xD800..=0xDBFF => match units.next_if(|next| (0xDC00..=0xDFFF).contains(next)) {
                    Some(low) => 0x1_0000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00),
                    None if units.peek().is_none() => {
                        self.half = Some(unit);
                        break;
                    }
                    None => u32::from(unit),
                },
                _ => u32::from(unit),
            };
            let Some(character) = char::from_u32(whole) else {
                lone = Some(unit);
                break;
            };
            self.line = self.line.saturating_add(u32::from(character == '\n'));
            self.text.push(character);
        }
        let rest = rest.to_vec();
        self.bytes = rest;
        match lone {
            Some(unit) => Err(self.error(format!("unit 0x{unit:04X} is half a character of UTF-16"))),
            None => Ok(()),
        }
    }

    fn error(&self, detail: String) -> io::Error {
        io::Error::other(Unreadable::Undecodable { line: self.line, detail })
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.inner.read(buffer);
        }
        if self.given == self.text.len() {
            self.fill()?;
        }
        let mut left = &self.text.as_bytes()[self.given..];
        let count = left.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
        let mut text = String::new();
        Decoder::new(bytes, encoding)
            .read_to_string(&mut text)
            .map(|_| text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn marks_and_names_decide() {
        for (head, named, want) in [
            (&b"a,b"[..], None, Some((Encoding::Utf8, 0))),
            (b"\xEF\xBB\xBFa", None, Some((Encoding::Utf8, 3))),
            (b"\xFF\xFEa\0", None, Some((Encoding::Utf16Le, 2))),
            (b"\xFE\xFF\0a", None, Some((Encoding::Utf16Be, 2))),
            (b"a\0", Some("UTF-16LE"), Some((Encoding::Utf16Le, 0))),
            (b"\xFE\xFF\0a", Some("utf-16"), Some((Encoding::Utf16Be, 2))),
            (b"\xFE\xFF\0a", Some("utf-8"), Some((Encoding::Utf8, 0))),
            (b"a", Some("klingon"), None),
        ] {
            assert_eq!(Encoding::of(head, named).ok(), want, "{head:?} {named:?}");
        }
    }

    #[test]
    fn utf16_is_decoded_across_chunks_and_strictly() {
        let long: String = "n\u{e9}\u{4e2d}\u{1F600}\n".repeat(9_000);
        let little: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = long.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&little, Encoding::Utf16Le).as_deref(), Ok(long.as_str()));
        assert_eq!(decoded(&big, Encoding::Utf16Be).as_deref(), Ok(long.as_str()));
        for bytes in [&b"a\0\n\0\x00\xD8b\0"[..], b"a\0\n\0\x00\xDC", b"a\0\n\0b", b"a\0\n\0\x00\xD8"] {
            let error = decoded(bytes, Encoding::Utf16Le).unwrap_err();
            assert!(error.starts_with("line 2"), "{bytes:?}: {error}");
        }
    }
}
