//! `.xls`: forged records, and the container around them.

use super::{BROKEN, check, read, refused};
use crate::support::WorkDir;
use crate::support::workbooks::{compound, xls_number, xls_record, xls_stream, xls_text};

/// The records of a header and one user.
fn list() -> Vec<u8> {
    [
        xls_text(0, 0, "user_phone"),
        xls_text(0, 1, "order_no"),
        xls_text(1, 0, "6281210000000"),
        xls_text(1, 1, "O1"),
    ]
    .concat()
}

fn file(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    compound(&[("Workbook", &xls_stream(globals, sheet))])
}

fn dimensions(first: u32, end: u32, columns: u16) -> Vec<u8> {
    let rows = [first.to_le_bytes(), end.to_le_bytes()].concat();
    xls_record(0x0200, &[&rows[..], &[0, 0], &columns.to_le_bytes(), &[0, 0]].concat())
}

#[test]
fn a_list_made_by_hand_is_read() {
    let work = WorkDir::with("list.xls", file(&[], &[dimensions(0, 2, 2), list()].concat()));
    read(&work, "list.xls", 1, 1, &[]);
}

#[test]
fn sizes_that_a_sheet_only_claims_are_not_believed() {
    let work = WorkDir::new();
    for (first, end, columns) in
        [(0, u32::MAX, 2), (0, 2, u16::MAX), (0, u32::MAX, u16::MAX), (7, 3, 2), (0, 65_537, 2)]
    {
        work.write("list.xls", file(&[], &[dimensions(first, end, columns), list()].concat()));
        refused(&work, "list.xls", "claims a size that no sheet can have", "save it as a new .xlsx");
    }
    work.write("short.xls", file(&[], &[xls_record(0x0200, &[0; 3]), list()].concat()));
    refused(&work, "short.xls", BROKEN, "save it as a new .xlsx");
    // As large as a sheet can be is no lie, and costs nothing.
    work.write("full.xls", file(&[], &[dimensions(0, 65_536, 256), list()].concat()));
    read(&work, "full.xls", 1, 1, &[]);
    // A cell in each corner: room for 16 million cells, but not for more.
    work.write("corners.xls", file(&[], &[list(), xls_number(65_535, 255, 1.0)].concat()));
    let checked = check(&work, "corners.xls");
    assert!(checked.code == 2 || checked.json["tasks"] == 1, "{}", checked.json);
    for place in [(0, 256), (1, 9999)] {
        work.write("beyond.xls", file(&[], &[list(), xls_number(place.0, place.1, 1.0)].concat()));
        refused(&work, "beyond.xls", "beyond the last column", "save it as a new .xlsx");
    }
}

#[test]
fn records_that_lie_about_their_length_or_content() {
    let work = WorkDir::new();
    let cut = |kind: u16| xls_record(kind, &[0, 0, 0]);
    for kind in [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x00D6] {
        work.write("list.xls", file(&[], &[list(), cut(kind)].concat()));
        let checked = check(&work, "list.xls");
        assert_eq!(checked.code, 2, "{kind:04X}: {}", checked.json);
    }
    // Strings: more of them, and longer ones, than there are.
    for strings in [
        [&u32::MAX.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &[1, 0, 0, b'a']].concat(),
        [&[0; 8][..], &[0xFF, 0xFF, 1, b'a']].concat(),
        [&[0; 8][..], &[1, 0, 0x0C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, b'a']].concat(),
        [&[0; 8][..], &[1, 0, 4, 0xFF, 0xFF, 0xFF, 0x7F, b'a']].concat(),
        vec![0; 3],
    ] {
        work.write("list.xls", file(&xls_record(0x00FC, &strings), &list()));
        let checked = check(&work, "list.xls");
        assert!(checked.code == 2 || checked.json["tasks"] == 1, "{strings:?}: {}", checked.json);
    }
    // A record that reaches beyond the stream, and a sheet that begins there.
    let mut stream = xls_stream(&[], &list());
    let last = stream.len() - 2;
    stream[last..].copy_from_slice(&[0xFF, 0xFF]);
    work.write("long.xls", compound(&[("Workbook", &stream)]));
    let checked = check(&work, "long.xls");
    assert!(checked.code == 2 || checked.json["tasks"] == 1, "{}", checked.json);
    let mut stream = xls_stream(&[], &list());
    stream[24..28].copy_from_slice(&[0xFF; 4]);
    work.write("place.xls", compound(&[("Workbook", &stream)]));
    refused(&work, "place.xls", "a sheet lies beyond its end", "save it as a new .xlsx");
    for merged in [
        [0xFF; 2].as_slice(),
        &[0xFF, 0xFF, 0, 0, 1, 0, 0, 0, 1, 0],
        &[1, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0],
    ] {
        work.write("list.xls", file(&[], &[list(), xls_record(0x00E5, merged)].concat()));
        let checked = check(&work, "list.xls");
        assert!(checked.code == 2 || checked.json["tasks"] == 1, "{merged:?}: {}", checked.json);
    }
}

#[test]
fn one_text_in_very_many_cells() {
    // A string of 60,000 characters and 40,000 cells that point at it: 600 KB worth 2.4 GB.
    let work = WorkDir::new();
    let mut strings = [&[0; 8][..], &60_000_u16.to_le_bytes(), &[0], &[b'x'; 8000]].concat();
    let mut globals = xls_record(0x00FC, &strings);
    for _ in 0..7 {
        strings = [&[0][..], &[b'x'; 8000]].concat();
        globals.extend(xls_record(0x003C, &strings[..if globals.len() > 56_000 { 4001 } else { 8001 }]));
    }
    let cells = (2..40_000_u16)
        .map(|row| xls_record(0x00FD, &[&row.to_le_bytes()[..], &[1, 0, 0, 0], &[0; 4]].concat()));
    let sheet = [list(), cells.collect::<Vec<_>>().concat()].concat();
    work.write("list.xls", file(&globals, &sheet));
    refused(&work, "list.xls", "the file is too big", "copy the rows that matter");
}

#[test]
fn one_sheet_under_very_many_names() {
    let work = WorkDir::new();
    let rows = (2..20_000).map(|row| xls_number(row, 3, 1.0)).collect::<Vec<_>>().concat();
    let mut stream = xls_stream(&[], &[list(), rows].concat());
    // The record that names the sheet, again and again.
    let named = stream[20..36].to_vec();
    let added = u32::try_from(named.len() * 2000).unwrap();
    let place = u32::from_le_bytes(named[4..8].try_into().unwrap()) + added;
    let named = [&named[..4], &place.to_le_bytes(), &named[8..]].concat();
    stream.splice(20..36, named.repeat(2001));
    work.write("list.xls", compound(&[("Workbook", &stream)]));
    refused(&work, "list.xls", "two sheets lie in the same place", "save it as a new .xlsx");
}

#[test]
fn workbooks_with_a_password() {
    let work = WorkDir::new();
    work.write("xls.xls", file(&xls_record(0x002F, &[1, 0, 1, 0, 1, 0]), &list()));
    work.write("ooxml.xlsx", compound(&[("EncryptionInfo", &[4; 200]), ("EncryptedPackage", &[7; 9000])]));
    for file in ["xls.xls", "ooxml.xlsx"] {
        refused(&work, file, "protected by a password", "remove the password");
    }
}

#[test]
fn other_office_files_and_old_ones() {
    let work = WorkDir::new();
    for (name, bytes, message) in [
        ("text.xls", compound(&[("WordDocument", b"x")]), "a Word document"),
        ("show.xls", compound(&[("PowerPoint Document", b"x")]), "a PowerPoint presentation"),
        ("mail.xls", compound(&[("__properties_version1.0", b"x")]), "an Office file without a workbook"),
        ("old.xls", b"\x09\x08\x08\0\0\x05\x10\0".to_vec(), "an Excel before 97"),
    ] {
        work.write(name, bytes);
        refused(&work, name, message, "");
    }
}

#[test]
fn containers_that_lead_nowhere_or_in_circles() {
    let work = WorkDir::new();
    let sound = file(&[], &list());
    let with = |at: usize, value: u32| {
        let mut bytes = sound.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    // Sector 0 is the table, 1 the directory, 2 to 9 are the workbook.
    let table = |sector: usize| 512 + sector * 4;
    for (case, bytes) in [
        ("the directory is its own next sector", with(table(1), 1)),
        ("the workbook leads back to its start", with(table(9), 2)),
        ("the workbook leads into the void", with(table(5), 0x7777)),
        ("a sector is free, and used", with(table(5), 0xFFFF_FFFF)),
        ("the list of tables is its own next list", {
            let mut bytes = with(68, 0);
            bytes[table(127)..table(127) + 4].fill(0);
            bytes
        }),
        ("the list of tables is far away", with(68, 0x00FF_FFFF)),
        ("tables beyond the end", with(76, 0x00FF_FFFF)),
        ("a directory beyond the end", with(48, 0x00FF_FFFF)),
        ("a mini stream in circles", {
            let mut bytes = with(64, 1);
            bytes[60..64].copy_from_slice(&1_u32.to_le_bytes());
            bytes[table(1)..table(1) + 4].copy_from_slice(&1_u32.to_le_bytes());
            bytes
        }),
        ("sectors of 2^60 bytes", {
            let mut bytes = sound.clone();
            bytes[30] = 60;
            bytes
        }),
        ("sectors of 2^255 bytes", {
            let mut bytes = sound.clone();
            bytes[30..32].fill(0xFF);
            bytes
        }),
        ("sectors of a byte", {
            let mut bytes = sound.clone();
            bytes[30] = 0;
            bytes
        }),
    ] {
        work.write("list.xls", bytes);
        let checked = check(&work, "list.xls");
        let (message, hint) = checked.words();
        assert_eq!(checked.code, 2, "{case}: {}", checked.json);
        assert!(
            message.contains(BROKEN) && hint.contains("save it as a new .xlsx"),
            "{case}: {}",
            checked.json
        );
    }
    // A stream that claims to be far longer than its chain is as long as its chain.
    let mut bytes = sound.clone();
    let length = 1024 + 128 + 120;
    bytes[length..length + 4].fill(0xFF);
    work.write("list.xls", bytes);
    read(&work, "list.xls", 1, 1, &[]);
    for length in [8, 100, 511, 512, 600, 1024, 1100, sound.len() / 2, sound.len() - 4000] {
        work.write("cut.xls", &sound[..length]);
        let checked = check(&work, "cut.xls");
        assert_eq!(checked.code, 2, "{length}: {}", checked.json);
    }
}

#[test]
fn a_container_of_nothing_but_holes() {
    let work = WorkDir::with("list.xls", file(&[], &list()));
    let open = std::fs::OpenOptions::new().write(true).open(work.path().join("list.xls"));
    open.unwrap().set_len(300 << 20).unwrap();
    refused(&work, "list.xls", "the file is too big", "copy the rows that matter");
}
