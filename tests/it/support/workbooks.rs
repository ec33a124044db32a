//! Workbooks by hand, down to their bytes, so that they can be wrong in every way. The fuzz targets use them too.

use std::io::{Cursor, Write as _};

/// Wraps its content in an archive, each part stored under its name.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of an `.xlsx` workbook with one sheet `Data`.
pub(crate) struct Xlsx<'a> {
    /// `xl/worksheets/sheet1.xml`, whole.
    pub(crate) sheet: &'a [u8],
    /// `xl/sharedStrings.xml`, whole.
    pub(crate) strings: &'a [u8],
    /// `xl/styles.xml`, whole.
    pub(crate) styles: &'a [u8],
    /// `xl/workbook.xml`, whole.
    pub(crate) workbook: &'a [u8],
}

/// A workbook that is in order, with an empty sheet.
pub(crate) const XLSX: Xlsx<'_> = Xlsx {
    sheet: b"<worksheet><sheetData/></worksheet>",
    strings: b"<sst/>",
    styles: b"<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>",
    workbook: b"<workbook><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
};

impl<'a> Xlsx<'a> {
    /// The names and contents of all its parts.
    pub(crate) fn parts(&self) -> [(&'static str, &'a [u8]); 7] {
        [
            ("[Content_Types].xml", b"<Types/>"),
            (
                "_rels/.rels",
                b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
            ("xl/workbook.xml", self.workbook),
            (
                "xl/_rels/workbook.xml.rels",
                b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", self.sheet),
            ("xl/sharedStrings.xml", self.strings),
            ("xl/styles.xml", self.styles),
        ]
    }
}

/// An `.ods` workbook around its `content.xml`.
pub(crate) fn ods(content: &[u8]) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content),
    ])
}

/// An `.xlsb` workbook with one sheet `Data`, around the records of its sheet and of its shared strings.
pub(crate) fn xlsb(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let workbook = [
        xlsb_record(0x0083, &[]),
        xlsb_record(0x009C, &[&[0; 4][..], &[1, 0, 0, 0], &wide("rId1"), &wide("Data")].concat()),
        xlsb_record(0x0090, &[]),
        xlsb_record(0x009D, &[]),
    ]
    .concat();
    xlsb_of(&workbook, sheet, strings)
}

/// An `.xlsb` workbook around the records of its three parts.
pub(crate) fn xlsb_of(workbook: &[u8], sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.bin", workbook),
        (
            "xl/_rels/workbook.bin.rels",
            b"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", strings),
    ])
}

/// One record of an `.xlsb` part.
pub(crate) fn xlsb_record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let low = u8::try_from(kind & 0x7F).unwrap();
    match u8::try_from(kind >> 7).unwrap() {
        0 => bytes.push(low),
        high => bytes.extend([low | 0x80, high]),
    }
    let mut length = content.len();
    loop {
        let seven = u8::try_from(length & 0x7F).unwrap();
        length >>= 7;
        bytes.push(if length > 0 { seven | 0x80 } else { seven });
        if length == 0 {
            break;
        }
    }
    bytes.extend(content);
    bytes
}

/// A text as `.xlsb` writes it: its length, then UTF-16.
pub(crate) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// One record of an `.xls` workbook.
pub(crate) fn xls_record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// The stream of an `.xls` workbook with one sheet `Data`, around records of its own and of its sheet.
pub(crate) fn xls_stream(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    let begin = xls_record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut stream = [&begin, globals].concat();
    let place = u32::try_from(stream.len() + 4 + 12 + 4).unwrap();
    stream.extend(xls_record(0x0085, &[&place.to_le_bytes()[..], &[0, 0, 4, 0], b"Data"].concat()));
    stream.extend(xls_record(0x000A, &[]));
    stream.extend(begin);
    stream.extend(sheet);
    stream.extend(xls_record(0x000A, &[]));
    stream
}

/// A number in a cell of an `.xls` sheet.
pub(crate) fn xls_number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    xls_record(0x0203, &[place, value.to_le_bytes().to_vec()].concat())
}

/// A short text in a cell of an `.xls` sheet.
pub(crate) fn xls_text(row: u16, column: u16, text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_le_bytes();
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0], length].concat();
    xls_record(0x0204, &[&place[..], &[0], text.as_bytes()].concat())
}

const FREE: u32 = 0xFFFF_FFFF;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const TABLE_SECTOR: u32 = 0xFFFF_FFFD;

/// A compound file of 512-byte sectors: its table, its directory, and then each stream, filled up to the 4,096 bytes
/// from which on a stream has sectors of its own.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let sectors = |bytes: usize| bytes.max(4096).div_ceil(512);
    let data: usize = streams.iter().map(|(_, content)| sectors(content.len())).sum();
    let directory_sectors = (streams.len() + 1).div_ceil(4);
    let tables = (data + directory_sectors).div_ceil(127);
    assert!(tables <= 109, "the list of tables fits into the header");
    let number = |at: usize| u32::try_from(at).unwrap();
    let chain = |fat: &mut Vec<u32>, count: usize| {
        let start = fat.len();
        fat.extend((start + 1..start + count).map(number));
        fat.push(END_OF_CHAIN);
        number(start)
    };
    let mut fat = vec![TABLE_SECTOR; tables];
    let directory_start = chain(&mut fat, directory_sectors);
    let mut directory = entry("Root", END_OF_CHAIN, 0);
    let mut body = Vec::new();
    for (name, content) in streams {
        let count = sectors(content.len());
        directory.extend(entry(name, chain(&mut fat, count), number(count * 512)));
        body.extend_from_slice(content);
        body.resize(body.len() + count * 512 - content.len(), 0);
    }
    fat.resize(tables * 128, FREE);
    directory.resize(directory_sectors * 512, 0);

    let mut file = vec![0_u8; 76];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, value: u32| file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(24, 0x0003_003E);
    put(28, 0x0009_FFFE);
    put(32, 6);
    put(44, number(tables));
    put(48, directory_start);
    put(56, 4096);
    put(60, END_OF_CHAIN);
    put(68, END_OF_CHAIN);
    let list = (0..109).map(|at| if at < tables { number(at) } else { FREE });
    file.extend(list.chain(fat).flat_map(u32::to_le_bytes));
    file.extend(directory);
    file.extend(body);
    file
}

fn entry(name: &str, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}
