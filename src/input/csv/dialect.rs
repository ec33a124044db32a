//! How a delimited text is written: what stands between its fields, and how its lines end.

use ::csv::{ByteRecord, ReaderBuilder};

/// What may stand between fields, the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many records are enough to see a pattern.
const RECORDS: usize = 50;

/// What the head of a text tells about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Bytes of a `sep=;` line at the top, which is no record; 0 without one.
    pub(super) skip: usize,
    /// Lines end with a carriage return alone.
    pub(super) cr_only: bool,
}

impl Dialect {
    /// Reads the dialect from the first bytes of the decoded text; `whole` if there are no more.
    pub(super) fn of(head: &[u8], whole: bool, settled: Option<u8>) -> Self {
        let cr_only = !head.contains(&b'\n') && head.contains(&b'\r');
        let declared = separator_line(head);
        let skip = declared.map_or(0, |(_, length)| length);
        let delimiter = settled
            .or(declared.map(|(delimiter, _)| delimiter))
            .unwrap_or_else(|| likeliest(head.get(skip..).unwrap_or_default(), whole));
        Self { delimiter, skip, cr_only }
    }
}

/// The delimiter and the length of a first line such as `sep=;`, which Excel writes and honours.
fn separator_line(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
    let (line, rest) = head.split_at_checked(end)?;
    let bare = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (key, mark) = bare.split_at_checked(4)?;
    if !key.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let &[delimiter] = mark else { return None };
    let ending = if rest.starts_with(b"\r\n") { 2 } else { 1 };
    (delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() && delimiter != b'"')
        .then_some((delimiter, end + ending))
}

/// The candidate under which most records have the same number of fields; more fields win a tie.
fn likeliest(head: &[u8], whole: bool) -> u8 {
    let mut best = (0, 0, b',');
    for delimiter in CANDIDATES {
        let (share, fields) = agreement(head, whole, delimiter);
        if (share, fields) > (best.0, best.1) {
            best = (share, fields, delimiter);
        }
    }
    best.2
}

/// The share of records (in thousandths) that have the commonest number of fields above one, and that number.
fn agreement(head: &[u8], whole: bool, delimiter: u8) -> (usize, usize) {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head);
    let mut record = ByteRecord::new();
    let mut counts = Vec::with_capacity(RECORDS);
    while counts.len() < RECORDS && matches!(reader.read_byte_record(&mut record), Ok(true)) {
        counts.push(record.len());
    }
    // The last record is cut off where the head ends.
    if !whole && counts.len() > 1 && counts.len() < RECORDS {
        counts.pop();
    }
    let times = |fields: usize| counts.iter().filter(|&&count| count == fields).count();
    let (count, fields) = counts
        .iter()
        .filter(|&&fields| fields > 1)
        .map(|&fields| (times(fields), fields))
        .max()
        .unwrap_or((0, 0));
    // One record of many says nothing: any remark may hold a semicolon.
    if count < 2 && counts.len() > 2 {
        return (0, 0);
    }
    (count * 1000 / counts.len().max(1), fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        for (text, want) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b\n628120000001;1,50\n628120000002;2,50\n", b';'),
            ("a\tb\n1,5\t2;0\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("list of May, second try\n\na;b;c\n1;2;3\n4;5;6\n", b';'),
            ("user_phone\n628120000001\n628120000002, call after 5\n", b','),
            ("user_phone\n628120000001\n628120000002|x\n", b','),
            ("a;b;c", b';'),
            ("user_phone", b','),
            ("", b','),
            ("a;b\n\"x,y,z\nu,v\";1\n\"x,y,z\";2\n", b';'),
            ("name,amount\nA,\"1;5\"\nB,\"2;5\"\n", b','),
        ] {
            assert_eq!(Dialect::of(text.as_bytes(), true, None).delimiter, want, "{text:?}");
        }
    }

    #[test]
    fn a_separator_line_is_honoured_and_skipped() {
        for (text, want) in [
            ("sep=;\na,b;c\n", Some((b';', 6))),
            ("SEP=|\r\na\n", Some((b'|', 7))),
            ("\"sep=\t\"\na\n", Some((b'\t', 8))),
            ("sep=a\n", None),
            ("sep=;;\n", None),
            ("separate;b\n", None),
            ("sep=;", None),
        ] {
            assert_eq!(separator_line(text.as_bytes()), want, "{text:?}");
        }
        let settled = Dialect::of(b"sep=;\na|b\n", true, Some(b'|'));
        assert_eq!(settled, Dialect { delimiter: b'|', skip: 6, cr_only: false });
    }

    #[test]
    fn lines_that_end_with_a_carriage_return_alone() {
        assert!(Dialect::of(b"a,b\r1,2\r", true, None).cr_only);
        assert!(!Dialect::of(b"a,b\r\n1,2\r\n", true, None).cr_only);
        assert!(!Dialect::of(b"a,b", true, None).cr_only);
    }
}
