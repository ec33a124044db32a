//! A first look at the tables of a file: what they are called, and the rows among which the header is.

use super::layout::Candidate;
use super::read::InputFile;
use crate::domain::cell::Row;
use crate::domain::detail::Detail;
use crate::domain::file::Unreadable;
use crate::domain::place::{Place, TableName};
use crate::domain::problem::{Problem, Reason};
use crate::domain::words::SHEET_MARK;
use crate::input::Flow;
use crate::input::fixbook::{self, FixBook};
use crate::input::header::LEADING_ROWS;

/// A header is no longer than this; the leading rows are kept for no other reason.
const LEADING_TEXT: usize = 4 * 1024;

/// What the leading rows of all sheets of a file may take.
const LEADING_BYTES: usize = 256 * 1024 * 1024;

/// Where a candidate's rows come from.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) file: usize,
    pub(super) table: usize,
}

/// A file that cannot be read, at the line where that shows.
pub(super) fn of_file(flaw: Unreadable, table: u16) -> Problem {
    let at = flaw.row().map_or(Place::table(table), |row| Place::row(table, row));
    Problem::at(Reason::File(Box::new(flaw)), at)
}

/// Adds the tables of a file, with their leading rows: the first ones, or those `from` the row where the user says that the
/// header is. Gives what a fix workbook says of itself.
pub(super) fn look_at(
    number: usize,
    file: &mut InputFile,
    from: u32,
    candidates: &mut Vec<Candidate>,
    origins: &mut Vec<Origin>,
    problems: &mut Vec<Problem>,
) -> Option<FixBook> {
    let mut add = |sheet: Option<String>, hidden, (leading, last), chosen, table, fix| {
        let name = TableName { file: file.name.clone(), sheet, headers: Vec::new() };
        let file_number = u16::try_from(number).unwrap_or(u16::MAX);
        candidates.push(Candidate {
            file: file_number,
            name,
            hidden,
            leading,
            last,
            role: file.role,
            chosen,
            fix,
        });
        origins.push(Origin { file: number, table });
        Place::table(u16::try_from(candidates.len() - 1).unwrap_or(u16::MAX))
    };
    let source = match &mut file.source {
        Ok(source) => source,
        Err(flaw) => {
            let at = add(None, false, (Vec::new(), 0), false, 0, None);
            problems.push(of_file(flaw.clone(), at.table));
            return None;
        }
    };
    let tables = source.tables().to_vec();
    let fix_book = FixBook::read(source.as_mut());
    let sheets = tables.iter().filter_map(|table| table.sheet.clone());
    let sheets = sheets.filter(|sheet| fix_book.is_none() || sheet != fixbook::SHEET).collect();
    let mut found = false;
    let mut held = 0;
    for (index, table) in tables.into_iter().enumerate() {
        if fix_book.is_some() && table.sheet.as_deref() == Some(fixbook::SHEET) {
            continue;
        }
        let chosen = file.sheet.is_some() && file.sheet == table.sheet;
        if file.sheet.is_some() && !chosen {
            continue;
        }
        found = true;
        let mut leading: Vec<Row> = Vec::new();
        let mut last = 0;
        let mut read = source.read(index, &mut |row| {
            last = row.number;
            // However many stand above the header, none of them is kept.
            if row.number < from {
                return Flow::Continue;
            }
            leading.push(row.shortened(LEADING_TEXT));
            if leading.len() < LEADING_ROWS { Flow::Continue } else { Flow::Stop }
        });
        held += leading.iter().map(Row::text_bytes).sum::<usize>();
        if held > LEADING_BYTES {
            let detail = Detail::LeadingRows { mib: 256 };
            read = Err(Unreadable::TooBig { detail });
        }
        let fix = table.sheet.as_deref().and_then(|name| fix_book.as_ref()?.sheet(name).cloned());
        let at = add(table.sheet, table.hidden, (leading, last), chosen, index, fix);
        if let Err(flaw) = read {
            problems.push(of_file(flaw, at.table));
        }
        if held > LEADING_BYTES {
            break;
        }
    }
    if !found {
        let at = add(None, false, (Vec::new(), 0), false, 0, None);
        let reason = match &file.sheet {
            Some(_) => Reason::not_there(SHEET_MARK, sheets),
            None => Reason::File(Box::new(Unreadable::Empty)),
        };
        let value = file.sheet.as_deref().map(Into::into);
        problems.push(Problem { value, ..Problem::at(reason, at) });
    }
    fix_book
}
