//! `.ods`: repeats, damage, passwords.

use super::{BROKEN, check, read, refused};
use crate::support::WorkDir;
use crate::support::workbooks::{ods, zipped};

fn content(table: &str) -> String {
    let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
    format!(
        "<office:document-content {names}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
}

fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

/// One user, and what follows.
fn list(more: &str) -> String {
    let header = row(&(cell("user_phone") + &cell("order_no")));
    let user = row(&(cell("6281210000000") + &cell("O1")));
    content(&format!("<table:table table:name=\"Data\">{header}{user}{more}</table:table>"))
}

#[test]
fn a_list_made_by_hand_is_read_with_its_endless_empty_rows() {
    let tail = "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let work = WorkDir::with("list.ods", ods(list(tail).as_bytes()));
    read(&work, "list.ods", 1, 1, &[]);
}

#[test]
fn repeats_that_unfold_to_more_than_memory_are_refused() {
    let work = WorkDir::new();
    let empty = |count: u64| format!("<table:table-cell table:number-columns-repeated=\"{count}\"/>");
    let repeated = |count: u64, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{count}\">{cells}</table:table-row>")
    };
    let many = cell("x").replacen("table-cell", "table-cell table:number-columns-repeated=\"16384\"", 1);
    for (file, more) in [
        ("rows.ods", repeated(1_000_000, &many)),
        ("endless.ods", repeated(u64::MAX, &many)),
        ("far.ods", repeated(1_048_570, &empty(16_384)) + &row(&(empty(16_383) + &cell("x")))),
        ("spaces.ods", row(&cell("<text:s text:c=\"99999999999\"/>"))),
        ("both.ods", repeated(100_000, &cell("<text:s text:c=\"100000\"/>"))),
        ("long.ods", repeated(1_000_000, &cell(&"x".repeat(30_000)))),
        ("formulas.ods", repeated(1_000_000, &many.replacen(" ", " table:formula=\"of:=1\" ", 1))),
        (
            "value.ods",
            repeated(
                1_000_000,
                &many.replace("string\"", &format!("string\" office:string-value=\"{}\"", "x".repeat(9000))),
            ),
        ),
    ] {
        work.write(file, ods(list(&more).as_bytes()));
        refused(&work, file, "the file is too big", "copy the rows that matter");
    }
    // Repeats of the row after row, table after table: none is too much by itself.
    let tables = format!("<table:table>{}</table:table>", repeated(1000, &many)).repeat(100);
    work.write("tables.ods", ods(content(&tables).as_bytes()));
    refused(&work, "tables.ods", "the file is too big", "copy the rows that matter");
}

#[test]
fn forged_repeats_are_read_or_refused_and_never_waited_for() {
    let work = WorkDir::new();
    for count in ["0", "-1", "x", "", "99999999999999999999999", "4294967296"] {
        let cell = cell("O2").replacen(' ', &format!(" table:number-columns-repeated=\"{count}\" "), 1);
        work.write("list.ods", ods(list(&row(&cell)).as_bytes()));
        let checked = check(&work, "list.ods");
        assert!(checked.code == 2 || checked.json["rows"].as_u64() >= Some(1), "{count}: {}", checked.json);
        let rows =
            format!("<table:table-row table:number-rows-repeated=\"{count}\">{}</table:table-row>", "");
        work.write("list.ods", ods(list(&rows).as_bytes()));
        let checked = check(&work, "list.ods");
        assert!(checked.code == 2 || checked.json["tasks"] == 1, "{count}: {}", checked.json);
    }
}

#[test]
fn content_that_is_cut_off_is_broken() {
    let work = WorkDir::new();
    let whole =
        list("<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell/></table:table-row>");
    for length in (0..whole.len() - 1).step_by(83) {
        work.write("cut.ods", ods(&whole.as_bytes()[..length]));
        refused(&work, "cut.ods", BROKEN, "save it as a new .xlsx");
    }
    // Between two rows, with the document closed behind it: calamine alone waits for the table for ever.
    let end = whole.find("</table:table>").unwrap();
    for closed in [
        format!("{}</office:spreadsheet></office:body></office:document-content>", &whole[..end]),
        format!("{}</office:document-content>", &whole[..end]),
        whole.replacen("</table:table-row>", "", 1),
        whole.replacen("</table:table-cell>", "", 1),
        whole.replace("</table:table>", "</table:tabel>"),
    ] {
        work.write("open.ods", ods(closed.as_bytes()));
        let checked = check(&work, "open.ods");
        assert_eq!(checked.code, 2, "{closed}: {}", checked.json);
    }
}

#[test]
fn elements_nested_without_end() {
    let work = WorkDir::new();
    for name in [
        "a",
        "text:span",
        "text:p",
        "table:table-cell",
        "office:annotation",
        "table:table-row",
        "table:table",
    ] {
        let deep = format!("{}{}", format!("<{name}>").repeat(100_000), format!("</{name}>").repeat(100_000));
        for (place, content) in [
            ("row", list(&deep)),
            ("cell", list(&row(&deep))),
            ("text", list(&row(&cell(&deep)))),
            ("file", content(&deep)),
        ] {
            work.write("deep.ods", ods(content.as_bytes()));
            let checked = check(&work, "deep.ods");
            let read = checked.json["rows"].as_u64() <= Some(2);
            assert!(checked.code == 2 || read, "{name} in {place}: {}", checked.json);
        }
    }
}

#[test]
fn workbooks_with_a_password_and_other_documents() {
    let work = WorkDir::new();
    let mime = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    work.write(
        "locked.ods",
        zipped(&[
            ("mimetype", mime.as_bytes()),
            ("META-INF/manifest.xml", manifest.as_bytes()),
            ("content.xml", &[0x5A; 3000]),
        ]),
    );
    refused(&work, "locked.ods", "protected by a password", "remove the password");
    work.write("text.ods", zipped(&[("mimetype", mime.replace("spreadsheet", "text").as_bytes())]));
    refused(&work, "text.ods", "not a spreadsheet", "name the list itself");
    work.write("hollow.ods", zipped(&[("mimetype", mime.as_bytes())]));
    refused(&work, "hollow.ods", BROKEN, "save it as a new .xlsx");
    work.write("noise.ods", ods(&[0x5A; 3000]));
    refused(&work, "noise.ods", BROKEN, "save it as a new .xlsx");
}
