//! The shared strings of an `.xls` workbook, measured: a cell holds a copy of its string, and a few bytes can point at
//! a long one. Source of the layout: MS-XLS, SST and XLUnicodeRichExtendedString.

use super::super::Unreadable;
use super::package::mib;
use crate::domain::detail::Detail;

/// What a text takes besides its characters.
const TEXT: u64 = 32;

/// What each string takes as UTF-8 at most. `first` is the record, `pieces` what continues it, `limit` what they may
/// take together.
pub(super) fn sizes<'a>(
    first: &'a [u8],
    pieces: impl Iterator<Item = &'a [u8]>,
    limit: u64,
) -> Result<Vec<u32>, Unreadable> {
    let mut text = Pieces { data: first.get(8..).ok_or_else(cut_off)?, pieces };
    let mut sizes = Vec::new();
    let mut total = 0;
    while !text.data.is_empty() || text.turn() {
        let size = text.string()?;
        total += u64::from(size) + TEXT;
        if total > limit {
            let detail = Detail::TextTableSize { mib: mib(limit) };
            return Err(Unreadable::TooBig { detail });
        }
        sizes.push(size);
    }
    Ok(sizes)
}

/// A record and what continues it.
struct Pieces<'a, I> {
    data: &'a [u8],
    pieces: I,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Pieces<'a, I> {
    /// Goes on to the next piece.
    fn turn(&mut self) -> bool {
        let next = self.pieces.next();
        self.data = next.unwrap_or_default();
        next.is_some()
    }

    /// Bytes that lie in one piece.
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (bytes, rest) = self.data.split_first_chunk().ok_or_else(cut_off)?;
        self.data = rest;
        Ok(*bytes)
    }

    fn skip(&mut self, mut count: usize) -> Result<(), Unreadable> {
        while count > 0 {
            if self.data.is_empty() && !self.turn() {
                return Err(cut_off());
            }
            let taken = count.min(self.data.len());
            self.data = self.data.get(taken..).unwrap_or_default();
            count -= taken;
        }
        Ok(())
    }

    /// Passes one string and gives what it takes.
    fn string(&mut self) -> Result<u32, Unreadable> {
        if self.data.is_empty() {
            return Ok(0);
        }
        let mut left = usize::from(u16::from_le_bytes(self.bytes()?));
        let [flags] = self.bytes()?;
        let runs = if flags & 0x8 == 0 { 0 } else { usize::from(u16::from_le_bytes(self.bytes()?)) };
        let extra = if flags & 0x4 == 0 { 0 } else { u32::from_le_bytes(self.bytes()?) };
        let mut wide = flags & 0x1 != 0;
        let mut size = 0_u32;
        loop {
            let width = if wide { 2 } else { 1 };
            let count = left.min(self.data.len() / width);
            self.data = self.data.get(count * width..).unwrap_or_default();
            // At most 65,535 characters.
            size += u32::try_from(count).unwrap_or_default() * if wide { 3 } else { 2 };
            left -= count;
            if left == 0 {
                break;
            }
            if !self.turn() {
                return Err(cut_off());
            }
            let [flags] = self.bytes()?;
            wide = flags & 0x1 != 0;
        }
        self.skip(runs * 4)?;
        self.skip(usize::try_from(extra).unwrap_or(usize::MAX))?;
        Ok(size)
    }
}

fn cut_off() -> Unreadable {
    Unreadable::broken(Detail::TextTableCutOff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_measured_across_their_pieces() {
        let head = |strings: &[u8]| [&[0; 8][..], strings].concat();
        let found = |first: &[u8], more: &[&[u8]]| sizes(&head(first), more.iter().copied(), 1000);
        assert_eq!(found(b"\x01\0\0a\x02\0\x01a\0b\0", &[]), Ok(vec![2, 6]));
        assert_eq!(found(b"\x04\0\0ab", &[b"\x01c\0d\0", b"\x01\0\0e"]), Ok(vec![10, 2]));
        assert_eq!(found(b"\x01\0\x0C\x01\0\x03\0\0\0a1234", &[b"xyz\0\0\0"]), Ok(vec![2, 0]));
        assert_eq!(found(b"", &[]), Ok(vec![]));
        for cut in [&b"\x04\0"[..], b"\x04\0\0abc", b"\x01\0\x0Ca", b"\x01\0\x04\xFF\xFF\xFF\xFFa"] {
            assert_eq!(found(cut, &[]), Err(cut_off()), "{cut:?}");
        }
        let many = vec![0; 3 * 100];
        assert!(matches!(found(&many, &[]), Err(Unreadable::TooBig { .. })));
    }
}
