//! The lines of a run as the page's script reads them: one short JSON array each.
//!
//! What repeats from line to line (an agent, a hint) is written once, in a table behind the lines, and stands in them as its
//! number there. The table is bounded, so that memory is; what does not fit in is written out.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::text::{for_script, local_seconds, shown};
use crate::domain::outcome::Outcome;
use crate::domain::quote::visible;
use crate::ledger::read::ResultRow;
use crate::report::Failure;
use crate::report::overview::Overview;
use crate::report::redact::Lines;

/// So many texts of a column are taken into the table.
const TABLED: usize = 2_000;

/// Longer texts are not.
const TABLED_BYTES: usize = 2_000;

/// The longest message, in characters, as in `results.csv`.
const MESSAGE: usize = 500;

/// The longest list of rows, in characters: a user of a thousand orders has a long one.
const ROWS: usize = 200;

/// The largest whole number that JavaScript keeps exactly.
const EXACT: u64 = (1 << 53) - 1;

/// Columns whose texts repeat.
#[derive(Debug, Clone, Copy)]
enum Repeating {
    Source,
    Assignee,
    Name,
    Code,
    Message,
    Hint,
}

/// The table of texts that repeat.
#[derive(Debug, Default)]
struct Table {
    texts: Vec<String>,
    known: HashMap<String, usize>,
    taken: [usize; 6],
}

impl Table {
    /// The number of a text; `None` where it is to be written out.
    fn number(&mut self, column: Repeating, text: &str) -> Option<usize> {
        if let Some(number) = self.known.get(text) {
            return Some(*number);
        }
        let taken = &mut self.taken[column as usize];
        if *taken >= TABLED || text.len() > TABLED_BYTES {
            return None;
        }
        *taken += 1;
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), self.texts.len() - 1);
        Some(self.texts.len() - 1)
    }
}

/// One line on its way.
struct Line<'t> {
    json: String,
    table: &'t mut Table,
}

impl Line<'_> {
    fn plain(&mut self, value: &impl Serialize) {
        self.json.push(if self.json.is_empty() { '[' } else { ',' });
        // Texts and numbers can always be written.
        self.json.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
    }

    fn repeating(&mut self, column: Repeating, text: &str) {
        match self.table.number(column, text) {
            Some(number) => self.plain(&number),
            None => self.plain(&text),
        }
    }

    /// An id: a number as long as that is exact in a browser.
    fn id(&mut self, id: Option<i64>) {
        match id {
            Some(id) if id.unsigned_abs() > EXACT => self.plain(&id.to_string()),
            id => self.plain(&id),
        }
    }
}

/// Writes all lines, then the table of what repeats in them.
pub(super) fn write(
    out: &mut (dyn Write + Send),
    lines: &Lines<'_>,
    overview: &Overview,
) -> Result<(), Failure> {
    let names = lines.reader.names(lines.run.number)?;
    let zone = TimeZone::system();
    let base = local_seconds(lines.run.started_at, &zone).unwrap_or_default();
    let clock = |millis: Option<i64>| Some(local_seconds(millis?, &zone)? - base);
    let mut table = Table::default();
    let mut safe = String::new();
    write!(out, "{{\"base\":{base},\"rows\":[").map_err(Failure::Write)?;
    let mut is_first = true;
    lines.each(|row| {
        let mut line = Line { json: std::mem::take(&mut safe), table: &mut table };
        line.json.clear();
        cells(&mut line, row, overview, &names, clock);
        line.json.push(']');
        let mut text = String::with_capacity(line.json.len() + 16);
        text.push_str(if is_first { "\n" } else { ",\n" });
        for_script(&line.json, &mut text);
        safe = line.json;
        is_first = false;
        out.write_all(text.as_bytes()).map_err(Failure::Write)
    })?;
    out.write_all(b"],\n\"strings\":[").map_err(Failure::Write)?;
    for (number, text) in table.texts.iter().enumerate() {
        safe.clear();
        if number > 0 {
            safe.push(',');
        }
        for_script(&serde_json::to_string(text).unwrap_or_default(), &mut safe);
        out.write_all(safe.as_bytes()).map_err(Failure::Write)?;
    }
    out.write_all(b"]}").map_err(Failure::Write)
}

/// The cells of a line, in the order in which the script names them.
fn cells(
    line: &mut Line<'_>,
    row: &ResultRow<'_>,
    overview: &Overview,
    names: &crate::domain::place::Names,
    clock: impl Fn(Option<i64>) -> Option<i64>,
) {
    let note = row.note.as_ref();
    let outcome = Outcome::ALL.into_iter().position(|outcome| outcome == row.outcome);
    line.plain(&outcome);
    line.plain(&overview.reason_of(row));
    line.repeating(Repeating::Source, &visible(row.source));
    line.plain(&shortened(row.rows, ROWS));
    line.plain(&shown(row.user_phone.unwrap_or_default()));
    line.plain(&shown(row.user_name.unwrap_or_default()));
    line.repeating(Repeating::Assignee, &shown(row.assignee_username.unwrap_or_default()));
    line.repeating(Repeating::Name, &shown(row.name.unwrap_or_default()));
    line.plain(&row.orders);
    line.plain(&row.total_amount.unwrap_or_default());
    line.id(row.task_id);
    line.id(row.creation_id);
    line.id(row.conversation_id);
    line.repeating(Repeating::Code, &note.map(|note| note.code()).unwrap_or_default());
    let message = note.map(|note| shortened(&visible(&note.message(names)), MESSAGE)).unwrap_or_default();
    line.repeating(Repeating::Message, &message);
    line.repeating(Repeating::Hint, &visible(&row.remedy(names)));
    line.plain(&row.attempts);
    line.plain(&row.http_status);
    line.plain(&clock(row.sent_at));
    line.plain(&clock(row.finished_at));
    line.plain(&row.latency_ms);
}

/// The text, cut where it is longer than a line can bear.
pub(super) fn shortened(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => {
            let mut cut = text[..end].to_owned();
            cut.push('…');
            cut
        }
        None => text.to_owned(),
    }
}

/// The place of a line in the input, for a person: file and sheet, then its rows.
pub(super) fn place(source: &str, rows: &str) -> String {
    let mut place = visible(source).into_owned();
    if !rows.is_empty() {
        if !place.is_empty() {
            place.push(':');
        }
        // Writing into a string cannot fail.
        let _ = write!(place, "{}", shortened(rows, ROWS));
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_is_written_once_and_the_table_is_bounded() {
        let mut table = Table::default();
        assert_eq!(table.number(Repeating::Assignee, "incs_1"), Some(0));
        assert_eq!(table.number(Repeating::Hint, "mend it"), Some(1));
        assert_eq!(table.number(Repeating::Assignee, "incs_1"), Some(0));
        for number in 0..2 * TABLED {
            let _ = table.number(Repeating::Name, &format!("name {number}"));
        }
        assert_eq!(table.texts.len(), 2 + TABLED);
        assert_eq!(table.number(Repeating::Name, "one more"), None);
        assert_eq!(table.number(Repeating::Message, &"x".repeat(TABLED_BYTES + 1)), None);
        assert!(table.number(Repeating::Hint, "another hint").is_some(), "each column has its own share");
    }

    #[test]
    fn ids_stay_exact_in_a_browser() {
        let mut line = Line { json: String::new(), table: &mut Table::default() };
        for id in [None, Some(239), Some(9_007_199_254_740_991), Some(9_007_199_254_740_993), Some(i64::MIN)]
        {
            line.id(id);
        }
        assert_eq!(line.json, r#"[null,239,9007199254740991,"9007199254740993","-9223372036854775808""#);
    }

    #[test]
    fn long_lists_of_rows_are_cut() {
        assert_eq!(place("a.csv", "17..19;25"), "a.csv:17..19;25");
        assert_eq!(place("", "3"), "3");
        assert_eq!(place("a\u{202e}.csv", ""), "a\\u{202e}.csv");
        assert_eq!(place("", &"1;".repeat(500)).chars().count(), ROWS + 1);
    }
}
