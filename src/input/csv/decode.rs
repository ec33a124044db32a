//! From the bytes of a text file to UTF-8, as a stream. The one place that knows encodings.
//!
//! A byte order mark decides; without one, text that is UTF-8 throughout is UTF-8. What is left is GB18030 or
//! Windows-1252, as a detector finds, or whatever the user says. Nothing is ever replaced: bytes that do not fit are an
//! error with their line.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, EUC_JP, EUC_KR, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::super::Unreadable;
use crate::domain::detail::Detail;

/// How much is read at a time.
const CHUNK: usize = 32 * 1024;

/// So many chunks with other than ASCII bytes tell the detector enough.
const TELLING_CHUNKS: usize = 32;

/// Fewer bytes that are not ASCII are a few names.
const SCANTY: usize = 64;

/// An encoding, and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Encoding {
    name: &'static encoding_rs::Encoding,
    /// Bytes of the byte order mark at the front of the file.
    pub(super) mark: usize,
    /// Neither a mark nor the user said so.
    pub(super) guessed: bool,
}

impl Encoding {
    /// Decides by the name the user gave, the byte order mark, or the content of the file.
    ///
    /// # Errors
    /// The name is unknown or contradicts the mark, the file cannot be read, or its text is likely in an encoding that is
    /// not guessed.
    pub(super) fn of(file: &mut File, named: Option<&str>) -> Result<Self, Unreadable> {
        file.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        file.take(3).read_to_end(&mut head)?;
        let marked = encoding_rs::Encoding::for_bom(&head);
        match (named, marked) {
            (Some(name), _) => Self::named(name, marked),
            (None, Some((name, mark))) => Ok(Self { name, mark, guessed: false }),
            (None, None) => {
                file.seek(SeekFrom::Start(0))?;
                Self::found_in(file)
            }
        }
    }

    fn named(
        label: &str,
        marked: Option<(&'static encoding_rs::Encoding, usize)>,
    ) -> Result<Self, Unreadable> {
        let name =
            known(label, marked).ok_or_else(|| Unreadable::UnknownEncoding { name: label.to_owned() })?;
        let mark = match marked {
            Some((found, _)) if found != name => {
                let detail =
                    Detail::OtherMark { found: title(found).to_owned(), named: title(name).to_owned() };
                return Err(Unreadable::Undecodable { line: 1, detail });
            }
            Some((_, mark)) => mark,
            None => 0,
        };
        Ok(Self { name, mark, guessed: false })
    }

    /// Looks for the first bytes that are not UTF-8, and asks the detector only if there are any.
    fn found_in(file: &mut File) -> Result<Self, Unreadable> {
        let plain = Self { name: UTF_8, mark: 0, guessed: false };
        if is_utf8(file)? {
            return Ok(plain);
        }
        file.seek(SeekFrom::Start(0))?;
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let mut chunk = vec![0_u8; CHUNK];
        let (mut telling, mut evidence) = (0, 0);
        while telling < TELLING_CHUNKS {
            let count = file.read(&mut chunk)?;
            let bytes = chunk.get(..count).unwrap_or_default();
            telling += usize::from(!bytes.is_ascii());
            evidence += bytes.iter().filter(|byte| !byte.is_ascii()).count();
            if bytes.is_empty() {
                break;
            }
            detector.feed(bytes, false);
        }
        detector.feed(&[], true);
        // Of the encodings for Latin letters, Indonesia's and most of the world's is Windows-1252.
        let found = detector.guess(Some(b"id"), Utf8Detection::Deny);
        // Their characters lie where the commonest Chinese ones do, so that a few names do not tell them apart.
        let neighbour = (found == EUC_JP || found == EUC_KR) && evidence < SCANTY;
        if found == GBK || found == GB18030 || neighbour {
            Ok(Self { name: GB18030, guessed: true, ..plain })
        } else if found == WINDOWS_1252 {
            Ok(Self { name: WINDOWS_1252, guessed: true, ..plain })
        } else {
            let likely = found.name().to_ascii_lowercase();
            if !fits(file, GB18030)? {
                return Err(Unreadable::UnclearEncoding { likely, or: None });
            }
            // Few bytes, and whole pairs of them, tell less than which lists are usual. Many that a detector takes for
            // another encoding of pairs tell more.
            let chinese = "gb18030".to_owned();
            let (likely, other) = if found.is_single_byte() || evidence < SCANTY {
                (chinese, likely)
            } else {
                (likely, chinese)
            };
            Err(Unreadable::UnclearEncoding { likely, or: Some(other) })
        }
    }

    /// The name, where it is worth telling.
    pub(super) fn told(self) -> Option<&'static str> {
        (self.name != UTF_8).then(|| title(self.name))
    }
}

/// The usual name; the standard's is in small letters for some.
fn title(name: &'static encoding_rs::Encoding) -> &'static str {
    match name.name() {
        "gb18030" => "GB18030",
        "windows-1252" => "Windows-1252",
        other => other,
    }
}

/// The encoding of a label. Source: the labels of the WHATWG Encoding Standard, and what spreadsheet programs say.
fn known(
    label: &str,
    marked: Option<(&'static encoding_rs::Encoding, usize)>,
) -> Option<&'static encoding_rs::Encoding> {
    let lower = label.trim().to_ascii_lowercase();
    let name = match lower.as_str() {
        // Which of the two the mark says; without one, what Windows writes.
        "utf-16" | "utf16" => {
            marked.map(|(name, _)| name).filter(|name| *name == UTF_16BE).unwrap_or(UTF_16LE)
        }
        "utf16le" => UTF_16LE,
        "utf16be" => UTF_16BE,
        "cp936" | "936" | "ms936" => GB18030,
        "cp1252" | "1252" | "ansi" => WINDOWS_1252,
        other => encoding_rs::Encoding::for_label(other.as_bytes())?,
    };
    // Every GBK text is GB18030 text, and that is the name the user is told.
    let name = if name == GBK { GB18030 } else { name };
    (name != REPLACEMENT && name != encoding_rs::X_USER_DEFINED).then_some(name)
}

/// Whether a file, from where it stands to its end, is UTF-8.
fn is_utf8(file: &mut File) -> io::Result<bool> {
    let mut chunk = vec![0_u8; 4 * CHUNK];
    let mut kept = 0;
    loop {
        let count = file.read(chunk.get_mut(kept..).unwrap_or_default())?;
        let filled = kept + count;
        if count == 0 {
            return Ok(kept == 0);
        }
        match str::from_utf8(chunk.get(..filled).unwrap_or_default()) {
            Ok(_) => kept = 0,
            // A character that the chunk cuts off is judged with what follows.
            Err(error) if error.error_len().is_none() => {
                chunk.copy_within(error.valid_up_to()..filled, 0);
                kept = filled - error.valid_up_to();
            }
            Err(_) => return Ok(false),
        }
    }
}

/// Whether a file, from its beginning to its end, is text of an encoding without a byte order mark.
fn fits(file: &mut File, name: &'static encoding_rs::Encoding) -> Result<bool, Unreadable> {
    file.seek(SeekFrom::Start(0))?;
    let mut decoder = Decoder::new(file, Encoding { name, mark: 0, guessed: true });
    match io::copy(&mut decoder, &mut io::sink()) {
        Ok(_) => Ok(true),
        // What does not fit comes as an error that holds ours; all else is the disk's.
        Err(error) => match error.downcast::<Unreadable>() {
            Ok(_) => Ok(false),
            Err(error) => Err(error.into()),
        },
    }
}

/// Gives the text of `inner` as UTF-8.
///
/// What does not fit the encoding is an [`io::Error`] that holds an [`Unreadable::Undecodable`]; only for UTF-8 that is
/// left to whoever takes the records apart, who knows their fields.
pub(super) struct Decoder<R> {
    inner: R,
    name: &'static encoding_rs::Encoding,
    /// `None` for UTF-8, whose bytes are passed on.
    decoder: Option<encoding_rs::Decoder>,
    bytes: Vec<u8>,
    /// How many of `bytes` are decoded.
    used: usize,
    ended: bool,
    text: String,
    given: usize,
    line: u32,
}

impl<R: Read> Decoder<R> {
    /// `inner` stands behind the byte order mark.
    pub(super) fn new(inner: R, encoding: Encoding) -> Self {
        let decoder = (encoding.name != UTF_8).then(|| encoding.name.new_decoder_without_bom_handling());
        Self {
            inner,
            name: encoding.name,
            decoder,
            bytes: Vec::new(),
            used: 0,
            ended: false,
            text: String::new(),
            given: 0,
            line: 1,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        while self.text.is_empty() && !self.ended {
            if self.used == self.bytes.len() {
                self.bytes.resize(CHUNK, 0);
                let count = self.inner.read(&mut self.bytes)?;
                self.bytes.truncate(count);
                self.used = 0;
            }
            let last = self.bytes.is_empty();
            // Whatever the bytes, so much room lets the decoder go on.
            self.text.reserve(2 * CHUNK);
            let rest = self.bytes.get(self.used..).unwrap_or_default();
            let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut self.text, last);
            self.used += read;
            let undefined = self.name == WINDOWS_1252 && self.text.contains(is_control_of_latin1);
            let lines = |text: &str| {
                u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
            };
            if undefined {
                let before = self.text.split(is_control_of_latin1).next().unwrap_or_default();
                let line = self.line.saturating_add(lines(before));
                return Err(undecodable(line, Detail::ForeignByte { encoding: title(self.name).to_owned() }));
            }
            self.line = self.line.saturating_add(lines(&self.text));
            match result {
                DecoderResult::Malformed(..) if last => {
                    return Err(undecodable(self.line, Detail::HalfCharacter));
                }
                DecoderResult::Malformed(length, after) => {
                    let to = self.used.saturating_sub(usize::from(after));
                    let from = to.saturating_sub(usize::from(length));
                    let bytes: String = self.bytes.get(from..to).unwrap_or_default().iter().fold(
                        String::from("0x"),
                        |mut text, byte| {
                            use std::fmt::Write as _;
                            // Writing into a string cannot fail.
                            let _ = write!(text, "{byte:02X}");
                            text
                        },
                    );
                    let detail = Detail::ForeignBytes { bytes, encoding: title(self.name).to_owned() };
                    return Err(undecodable(self.line, detail));
                }
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
            }
        }
        Ok(())
    }
}

/// What the decoder makes of the five bytes that Windows-1252 leaves undefined; no honest text holds them.
fn is_control_of_latin1(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9F}')
}

fn undecodable(line: u32, detail: Detail) -> io::Error {
    io::Error::other(Unreadable::Undecodable { line, detail })
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.inner.read(buffer);
        }
        if self.given == self.text.len() {
            self.fill()?;
        }
        let mut left = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let count = left.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn found(bytes: &[u8], named: Option<&str>) -> Result<(&'static str, usize, bool), String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let encoding = Encoding::of(&mut file, named).map_err(|error| error.to_string())?;
        Ok((encoding.name.name(), encoding.mark, encoding.guessed))
    }

    fn decoded(bytes: &[u8], label: &str) -> Result<String, String> {
        let encoding = Encoding::named(label, None).unwrap();
        let mut text = String::new();
        let read = Decoder::new(bytes, encoding).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| error.to_string())
    }

    fn written(label: &str, text: &str) -> Vec<u8> {
        let (bytes, _, unmappable) = known(label, None).unwrap().encode(text);
        assert!(!unmappable, "{label} has no {text}");
        bytes.into_owned()
    }

    #[test]
    fn marks_and_names_decide() {
        for (head, named, want) in [
            (&b"a,b"[..], None, Ok(("UTF-8", 0, false))),
            (b"\xEF\xBB\xBFa", None, Ok(("UTF-8", 3, false))),
            (b"\xFF\xFEa\0", None, Ok(("UTF-16LE", 2, false))),
            (b"\xFE\xFF\0a", None, Ok(("UTF-16BE", 2, false))),
            (b"a\0", Some("UTF-16LE"), Ok(("UTF-16LE", 0, false))),
            (b"\xFE\xFF\0a", Some("utf-16"), Ok(("UTF-16BE", 2, false))),
            (b"\xFF\xFEa\0", Some("utf16"), Ok(("UTF-16LE", 2, false))),
            (b"\xEF\xBB\xBFa", Some("utf-8"), Ok(("UTF-8", 3, false))),
            (b"a", Some("gbk"), Ok(("gb18030", 0, false))),
            (b"a", Some(" GB18030 "), Ok(("gb18030", 0, false))),
            (b"a", Some("gb2312"), Ok(("gb18030", 0, false))),
            (b"a", Some("cp936"), Ok(("gb18030", 0, false))),
            (b"a", Some("latin1"), Ok(("windows-1252", 0, false))),
            (b"a", Some("CP1252"), Ok(("windows-1252", 0, false))),
            (b"a", Some("big5"), Ok(("Big5", 0, false))),
            (b"a", Some("klingon"), Err("the encoding \"klingon\" is not known")),
            (b"a", Some("hz-gb-2312"), Err("the encoding \"hz-gb-2312\" is not known")),
            (
                b"\xEF\xBB\xBFa",
                Some("gbk"),
                Err("line 1 is not valid text: the file begins with the mark of UTF-8, not GB18030"),
            ),
        ] {
            assert_eq!(found(head, named), want.map_err(str::to_owned), "{head:?} {named:?}");
        }
    }

    #[test]
    fn other_text_than_utf8_is_found_out() {
        let far = format!("user_phone,user_name\n{}", "6281200000001,Ani\n".repeat(20_000));
        for (label, text, want) in [
            ("gbk", "手机号,姓名,催收员\n6281200000001,张三,incs_1\n", Ok("gb18030")),
            ("gbk", "user_phone,user_name\n6281200000001,张三\n", Ok("gb18030")),
            ("gb18030", "姓名\n𠮷野 㐀\n", Ok("gb18030")),
            ("gbk", "user_phone,user_name\n8613800138001,王伟\n8613800138002,李娜\n", Ok("gb18030")),
            ("windows-1252", "user_phone,user_name\n6281200000001,José\n", Ok("windows-1252")),
            ("windows-1252", "name\nPeña\nMüller\n", Ok("windows-1252")),
            ("windows-1252", "a,b\n1,€ 500\n", Ok("windows-1252")),
            ("windows-1252", "a,b\n1,it’s\n", Ok("windows-1252")),
            ("windows-1252", "a;b\n1;Rp\u{a0}3.000\n", Ok("windows-1252")),
            ("gbk", &format!("{far}6281200000002,欧阳娜娜\n"), Ok("gb18030")),
            ("windows-1252", &format!("{far}6281200000002,José\n"), Ok("windows-1252")),
            ("gbk", "user_phone,user_name\nP,王五\n", Err("gb18030 or windows-1256")),
            ("big5", "手機號,姓名\n1,張三\n", Err("gb18030 or big5")),
            ("big5", &"手機號,姓名\n1,張三\n".repeat(9), Err("big5 or gb18030")),
            ("shift_jis", "電話番号,氏名\n田中さん\n", Err("shift_jis")),
            ("windows-1251", "Иван Петров\n", Err("windows-1251")),
            ("euc-kr", &"전화번호,이름\n홍길동,김철수\n".repeat(4), Err("euc-kr")),
        ] {
            let got = found(&written(label, text), None);
            match want {
                Ok(name) => assert_eq!(got, Ok((name, 0, true)), "{label}"),
                Err(name) => assert!(got.as_ref().is_err_and(|text| text.contains(name)), "{label}: {got:?}"),
            }
        }
        // Cut between two chunks of the check, and at the end.
        let long = format!("{}é", "x".repeat(4 * CHUNK - 1));
        assert_eq!(found(long.as_bytes(), None), Ok(("UTF-8", 0, false)));
        assert!(found(&long.as_bytes()[..long.len() - 1], None).is_ok_and(|(name, ..)| name != "UTF-8"));
    }

    #[test]
    fn text_is_decoded_across_chunks_and_strictly() {
        let long: String = "n\u{e9}\u{4e2d}\u{1F600}\n".repeat(9_000);
        let little: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = long.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&little, "utf-16le").as_deref(), Ok(long.as_str()));
        assert_eq!(decoded(&big, "utf-16be").as_deref(), Ok(long.as_str()));
        assert_eq!(decoded(&written("gb18030", &long), "gbk").as_deref(), Ok(long.as_str()));
        let latin = "Jos\u{e9} \u{20ac}5 \u{201c}x\u{201d}\n".repeat(9_000);
        assert_eq!(decoded(&written("windows-1252", &latin), "latin1").as_deref(), Ok(latin.as_str()));
        assert_eq!(decoded(b"", "gbk").as_deref(), Ok(""));
        for (label, bytes) in [
            ("utf-16le", &b"a\0\n\0\x00\xD8b\0"[..]),
            ("utf-16le", b"a\0\n\0\x00\xDC"),
            ("utf-16le", b"a\0\n\0b"),
            ("utf-16le", b"a\0\n\0\x00\xD8"),
            ("gb18030", b"a\n\xFF,b\n"),
            ("gb18030", b"a\n\xD5"),
            ("windows-1252", b"a\nx\x81y\n"),
            ("big5", b"a\n\x80\n"),
        ] {
            let error = decoded(bytes, label).unwrap_err();
            assert!(error.starts_with("line 2 "), "{label} {bytes:?}: {error}");
        }
    }
}
