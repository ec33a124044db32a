//! Says what a file is by its first bytes, before any parser sees it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::csv::Csv;
use super::{Lookalike, Options, Source, Unreadable, excel};

/// So much of a file is looked at.
const HEAD: u64 = 64 * 1024;

/// Extensions under which text is no list but a mistake.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// First bytes of files that are no tables.
const MAGIC: [(&[u8], Lookalike); 20] = [
    (b"\x89PNG\r\n\x1A\n", Lookalike::Picture),
    (b"\xFF\xD8\xFF", Lookalike::Picture),
    (b"GIF87a", Lookalike::Picture),
    (b"GIF89a", Lookalike::Picture),
    (b"II*\0", Lookalike::Picture),
    (b"MM\0*", Lookalike::Picture),
    (b"%PDF", Lookalike::Pdf),
    (b"{\\rtf", Lookalike::RichText),
    (b"\x1F\x8B", Lookalike::Archive),
    (b"7z\xBC\xAF\x27\x1C", Lookalike::Archive),
    (b"Rar!\x1A\x07", Lookalike::Archive),
    (b"BZh9", Lookalike::Archive),
    (b"\xFD7zXZ\0", Lookalike::Archive),
    (b"\x28\xB5\x2F\xFD", Lookalike::Archive),
    (b"\x09\0\x04\0", Lookalike::OldExcel),
    (b"\x09\x02\x06\0", Lookalike::OldExcel),
    (b"\x09\x04\x06\0", Lookalike::OldExcel),
    (b"\x09\x08\x08\0", Lookalike::OldExcel),
    (b"SQLite format 3\0", Lookalike::Binary),
    (b"\x7FELF", Lookalike::Binary),
];

pub(super) fn open(path: &Path, name: &str, options: &Options) -> Result<Box<dyn Source>, Unreadable> {
    // Asked before opening: opening a pipe waits for somebody to write into it.
    let kind = std::fs::metadata(path)?;
    if kind.is_dir() {
        return Err(Unreadable::IsFolder);
    }
    if !kind.is_file() {
        return Err(Unreadable::NotATable { looks_like: Lookalike::Device });
    }
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return excel::open_zip(path, file);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return excel::open_compound(file);
    }
    check_text(&head, kind.len(), options)?;
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    let extension = extension.unwrap_or_default().to_ascii_lowercase();
    if WORKBOOKS.contains(&extension.as_str()) {
        return Err(Unreadable::TextNamedWorkbook { extension });
    }
    Ok(Box::new(Csv::open(file, options)?))
}

/// Which of the two UTF-16 a text without a mark is in: the one in which it is text, and has ASCII letters or commas. Read the
/// other way round these are rare characters, and no letters.
fn utf16_of(head: &[u8]) -> Option<Lookalike> {
    let ascii = |unit: fn([u8; 2]) -> u16| {
        let units = head.as_chunks().0.iter().map(|bytes| unit(*bytes));
        let (mut ascii, mut all) = (0_usize, 0_usize);
        for character in char::decode_utf16(units) {
            all += 1;
            match character {
                Ok('\t' | '\n' | '\r' | ' '..='~') => ascii += 1,
                Ok(control) if control.is_control() => return 0,
                Ok(_) => {}
                // The head may end between the halves of a character.
                Err(_) if 2 * all + 2 > head.len() => {}
                Err(_) => return 0,
            }
        }
        // A list has a comma or a line end for every few letters.
        if 10 * ascii >= all { ascii } else { 0 }
    };
    match (ascii(u16::from_le_bytes), ascii(u16::from_be_bytes)) {
        (little, big) if little > big => Some(Lookalike::Utf16WithoutMark),
        (little, big) if little < big => Some(Lookalike::Utf16BigEndianWithoutMark),
        _ => None,
    }
}

/// Tells delimited text from everything that is not.
fn check_text(head: &[u8], length: u64, options: &Options) -> Result<(), Unreadable> {
    if let Some((_, looks_like)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Unreadable::NotATable { looks_like: *looks_like });
    }
    let named = options.encoding.as_deref().is_some_and(|name| name.contains("16"));
    let utf16 = named || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    if zeros > 0 && !utf16 {
        return Err(Unreadable::NotATable { looks_like: utf16_of(head).unwrap_or(Lookalike::Binary) });
    }
    // Without zeros, UTF-16 of plain text reads like any other for what follows.
    let plain: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let plain = plain.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&plain);
    let plain = plain.strip_prefix(b"\xFF\xFE").or_else(|| plain.strip_prefix(b"\xFE\xFF")).unwrap_or(plain);
    let plain = plain.trim_ascii_start();
    if plain.is_empty() && length <= HEAD {
        return Err(Unreadable::Empty);
    }
    match markup(plain) {
        Some(looks_like) => Err(Unreadable::NotATable { looks_like }),
        None => Ok(()),
    }
}

fn markup(text: &[u8]) -> Option<Lookalike> {
    let start = text.get(..text.len().min(4096)).unwrap_or_default().to_ascii_lowercase();
    let has = |wanted: &[u8]| memchr::memmem::find(&start, wanted).is_some();
    if start.starts_with(b"mime-version:") {
        return Some(Lookalike::Mhtml);
    }
    if start.starts_with(b"{\"")
        || start.starts_with(b"[{")
        || start.starts_with(b"[\n")
        || start.starts_with(b"{\n")
    {
        return Some(Lookalike::Json);
    }
    let tag = start.strip_prefix(b"<")?;
    if !tag.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?')) {
        return None;
    }
    // Its first element, or the line above that names the program; the schema may be left out or spelled otherwise.
    let of_excel: [&[u8]; 4] = [
        b"urn:schemas-microsoft-com:office:spreadsheet",
        b"progid=\"excel.sheet\"",
        b"<workbook",
        b"<ss:workbook",
    ];
    if of_excel.into_iter().any(has) {
        Some(Lookalike::SpreadsheetXml)
    } else if !tag.starts_with(b"?xml") || has(b"<html") || has(b"<!doctype html") {
        Some(Lookalike::Html)
    } else {
        Some(Lookalike::Xml)
    }
}
