//! Zip archives: bombs, damage, encryption, and what else may be in one.

use std::io::Read as _;

use super::{BROKEN, read, refused};
use crate::support::WorkDir;
use crate::support::workbooks::{XLSX, Xlsx, zipped};

/// A sheet with a header and one user.
pub(super) const SHEET: &str = concat!(
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>user_phone</t></is></c>",
    "<c r=\"B1\" t=\"inlineStr\"><is><t>order_no</t></is></c></row>",
    "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>6281210000000</t></is></c>",
    "<c r=\"B2\" t=\"inlineStr\"><is><t>O1</t></is></c></row></sheetData></worksheet>"
);

/// The workbook of [`SHEET`].
fn sound() -> Xlsx<'static> {
    Xlsx { sheet: SHEET.as_bytes(), ..XLSX }
}

/// An entry of an archive whose every number can be a lie.
struct Entry<'a> {
    name: &'a str,
    /// As it lies in the archive: deflated where `method` is 8.
    content: Vec<u8>,
    method: u16,
    /// The size that the directory claims, and the checksum.
    size: u64,
    crc: u32,
    flags: u16,
}

impl<'a> Entry<'a> {
    /// An honest entry, deflated by the library.
    fn new(name: &'a str, mut content: impl std::io::Read) -> Self {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("x", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut content, &mut zip).unwrap();
        let mut zip = zip.finish_into_readable().unwrap();
        let size = zip.by_index(0).unwrap().size();
        let crc = zip.by_index(0).unwrap().crc32();
        let mut content = Vec::new();
        std::io::copy(&mut zip.by_index_raw(0).unwrap(), &mut content).unwrap();
        Self { name, content, method: 8, size, crc, flags: 0 }
    }

    /// The fields that the local header and the directory share.
    fn fields(&self, name: &str) -> Vec<u8> {
        let length = u32::try_from(self.content.len()).unwrap();
        let mut fields = [45_u16, self.flags, self.method, 0, 0].map(u16::to_le_bytes).concat();
        fields.extend(
            [self.crc, length, u32::try_from(self.size).unwrap_or(u32::MAX)].map(u32::to_le_bytes).concat(),
        );
        fields.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        // Sizes that 32 bits do not hold stand in a field of their own.
        fields.extend(u16::to_le_bytes(if self.is_large() { 12 } else { 0 }));
        fields
    }

    fn is_large(&self) -> bool {
        self.size >= u64::from(u32::MAX)
    }

    fn large_field(&self) -> Vec<u8> {
        if self.is_large() { [&[1, 0, 8, 0][..], &self.size.to_le_bytes()].concat() } else { Vec::new() }
    }
}

/// An archive of these entries. The first of them stands in the directory `again` times more, under other names.
fn archive(entries: &[Entry<'_>], again: usize) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    let mut list = |name: &str, entry: &Entry<'_>, at: usize| {
        directory.extend(b"PK\x01\x02\x2D\x00");
        directory.extend(entry.fields(name));
        directory.extend([0; 10]);
        directory.extend(u32::try_from(at).unwrap().to_le_bytes());
        directory.extend(name.as_bytes());
        directory.extend(entry.large_field());
    };
    for entry in entries {
        list(entry.name, entry, file.len());
        file.extend(b"PK\x03\x04");
        file.extend(entry.fields(entry.name));
        file.extend(entry.name.as_bytes());
        file.extend(entry.large_field());
        file.extend(&entry.content);
    }
    for number in 0..again {
        list(&format!("again{number}"), &entries[0], 0);
    }
    let count = u16::try_from(entries.len() + again).unwrap().to_le_bytes();
    let (from, length) = (u32::try_from(file.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count, count].concat());
    file.extend([length, from].map(u32::to_le_bytes).concat());
    file.extend([0, 0]);
    file
}

/// The entries of a workbook, the sheet last.
fn entries(book: &Xlsx<'static>) -> Vec<Entry<'static>> {
    let mut entries: Vec<_> = book.parts().map(|(name, content)| Entry::new(name, content)).into();
    entries.sort_by_key(|entry| entry.name.contains("sheet1"));
    entries
}

#[test]
fn an_archive_made_by_hand_is_read() {
    let work = WorkDir::with("list.xlsx", archive(&entries(&sound()), 0));
    read(&work, "list.xlsx", 1, 1, &[]);
}

#[test]
fn bombs_are_refused_by_their_directory() {
    let work = WorkDir::new();
    let mut one = entries(&sound());
    one.last_mut().unwrap().size = 10 << 30;
    work.write("one.xlsx", archive(&one, 0));
    // The same zeros again and again, as bombs of a few KiB do it.
    let kernel = [Entry::new("kernel", std::io::repeat(0).take(16 << 20))];
    work.write("overlapping.xlsx", archive(&kernel, 300));
    for file in ["one.xlsx", "overlapping.xlsx"] {
        refused(&work, file, "unpacked it would take more than 4 GiB", "copy the rows that matter");
    }
}

#[test]
fn a_part_that_is_larger_than_it_says_is_never_unfolded() {
    let work = WorkDir::new();
    for (file, part) in
        [("sheet.xlsx", "sheet1.xml"), ("strings.xlsx", "sharedStrings.xml"), ("styles.xlsx", "styles.xml")]
    {
        let mut parts = entries(&sound());
        let part = parts.iter_mut().find(|entry| entry.name.ends_with(part)).unwrap();
        let spaces = std::io::repeat(b' ').take(64 << 20);
        *part = Entry { size: 1000, ..Entry::new(part.name, spaces) };
        work.write(file, archive(&parts, 0));
        refused(&work, file, BROKEN, "save it as a new .xlsx");
    }
}

#[test]
fn archives_within_archives_and_other_content() {
    let work = WorkDir::new();
    let inner = archive(&[Entry::new("bomb", std::io::repeat(0).take(16 << 20))], 0);
    work.write("nested.xlsx", zipped(&[("inner.zip", &inner)]));
    refused(&work, "nested.xlsx", "a zip archive without a workbook", "unpack it");
    work.write("empty.xlsx", zipped(&[]));
    refused(&work, "empty.xlsx", "a zip archive without a workbook", "unpack it");
    work.write("text.docx", zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]));
    refused(&work, "text.docx", "a Word document", "name the list itself");
}

#[test]
fn very_many_entries_cost_little() {
    let work = WorkDir::new();
    let mut parts = entries(&sound());
    parts.rotate_right(1);
    work.write("many.xlsx", archive(&parts, 65_000));
    // 65,000 times the little sheet, none of them a part of the workbook.
    read(&work, "many.xlsx", 1, 1, &[]);
}

#[test]
fn damaged_archives_are_broken_and_never_short() {
    let work = WorkDir::new();
    let whole = archive(&entries(&sound()), 0);
    for length in [4, 30, 200, whole.len() / 2, whole.len() - 200, whole.len() - 23, whole.len() - 1] {
        work.write("cut.xlsx", &whole[..length]);
        refused(&work, "cut.xlsx", BROKEN, "save it as a new .xlsx");
    }
    let damaged = |damage: &dyn Fn(&mut Vec<Entry<'_>>)| {
        let mut parts = entries(&sound());
        damage(&mut parts);
        archive(&parts, 0)
    };
    let patched = |from_end: usize, bytes: &[u8]| {
        let mut file = whole.clone();
        let at = file.len() - from_end;
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    for (file, bytes, message) in [
        ("crc.xlsx", damaged(&|parts| parts.last_mut().unwrap().crc ^= 1), BROKEN),
        ("method.xlsx", damaged(&|parts| parts.last_mut().unwrap().method = 98), BROKEN),
        ("noise.xlsx", damaged(&|parts| parts.last_mut().unwrap().content.fill(0xAA)), BROKEN),
        // The end of the directory: how many entries there are, and where it begins.
        ("count.xlsx", patched(14, &[200, 0, 200, 0]), BROKEN),
        ("place.xlsx", patched(6, &[7, 0, 0, 0]), BROKEN),
    ] {
        work.write(file, bytes);
        refused(&work, file, message, "save it as a new .xlsx");
    }
}

#[test]
fn encrypted_entries_need_a_password() {
    let work = WorkDir::new();
    let mut parts = entries(&sound());
    for entry in &mut parts {
        entry.flags = 1;
    }
    work.write("locked.xlsx", archive(&parts, 0));
    refused(&work, "locked.xlsx", "protected by a password", "remove the password");
    // Some programs lock only what matters.
    let mut parts = entries(&sound());
    parts.last_mut().unwrap().flags = 1;
    work.write("half.xlsx", archive(&parts, 0));
    refused(&work, "half.xlsx", "protected by a password", "remove the password");
}
