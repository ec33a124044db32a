//! What calamine does not tell of the cells of an `.ods` workbook: percentages and leading zeros, merged areas, and
//! cells of whose content it gives less, or more, than the sheet shows.
//!
//! Source of the names: OpenDocument 1.3, part 3, sections 9 and 19.

use super::super::{MAX_COLUMNS, MAX_ROWS, MergedArea, Unreadable};
use super::format::Shown;
use super::marks::{Mark, Marks, Reason, Run};
use super::ods_styles::Styles;
use super::xml::{Form, Tag};
use crate::domain::cell::{Epoch, Format};
use crate::domain::detail::Detail;

/// What is known of a workbook beside its values.
#[derive(Debug)]
pub(super) struct Scanned {
    /// In the order of the workbook.
    pub(super) sheets: Vec<Sheet>,
    pub(super) epoch: Epoch,
    /// The workbook once more, without the white space that calamine stumbles over.
    pub(super) tidied: Option<Vec<u8>>,
}

/// What is known of a sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) marks: Marks,
    pub(super) merges: Vec<MergedArea>,
}

/// Takes the tags of `content.xml` one by one.
pub(super) struct Scan<'a> {
    content: &'a [u8],
    styles: Styles,
    scanned: Scanned,
    /// The first day of the workbook is none that is known.
    odd_epoch: bool,
    /// Whether a table is open, which then is the last one in `scanned`.
    in_table: bool,
    /// How each column shows a number where its cells do not say: its last column, counted from 0.
    columns: Vec<(u32, Shown)>,
    /// Rows of the table so far, and how often the open one is repeated.
    rows: u32,
    row_repeats: u32,
    row_style: Option<Shown>,
    /// Columns of the row so far, and its marks.
    column: u32,
    runs: Vec<Run>,
    cell: Option<Cell>,
}

/// The cell that is open.
#[derive(Debug)]
struct Cell {
    repeats: u32,
    kind: Kind,
    /// Its value stands in an attribute.
    stored: bool,
    formula: bool,
    failed: bool,
    /// The result of a formula that is 1 or 0, which LibreOffice also stores for a boolean.
    truth: Option<bool>,
    style: Option<Shown>,
    rows_spanned: u32,
    columns_spanned: u32,
    /// Where the text after the last tag begins.
    text_from: usize,
    has_paragraph: bool,
    has_text: bool,
    /// Nothing but letters are shown.
    only_letters: bool,
    /// How deep the place is inside a note, and inside a drawing or a pronunciation.
    note_depth: u32,
    foreign_depth: u32,
    has_foreign_text: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Number,
    Percent,
    Text,
    /// A date, a time, a boolean: no format changes it.
    Other,
}

impl<'a> Scan<'a> {
    pub(super) fn new(content: &'a [u8], common_styles: &[u8]) -> Self {
        let mut styles = Styles::default();
        styles.read_common(common_styles);
        Self {
            content,
            styles,
            scanned: Scanned { sheets: Vec::new(), epoch: Epoch::Y1900, tidied: None },
            odd_epoch: false,
            in_table: false,
            columns: Vec::new(),
            rows: 0,
            row_repeats: 0,
            row_style: None,
            column: 0,
            runs: Vec::new(),
            cell: None,
        }
    }

    pub(super) fn finish(self) -> Result<Scanned, Unreadable> {
        if self.odd_epoch {
            return Err(Unreadable::broken(Detail::DayZero));
        }
        Ok(self.scanned)
    }

    pub(super) fn tag(&mut self, tag: &Tag<'_>) {
        if let Some(cell) = &mut self.cell {
            cell.inside(tag, self.content);
        }
        match tag.name {
            b"table:table" => self.table(tag),
            _ if !self.in_table => {
                if tag.name == b"table:null-date" && tag.form != Form::Close {
                    self.first_day(tag.attribute(b"table:date-value"));
                }
                self.styles.tag(tag, self.content);
            }
            b"table:table-column" if tag.form != Form::Close => self.column(tag),
            b"table:table-row" => self.row(tag),
            b"table:table-cell" | b"table:covered-table-cell" => self.cell(tag),
            _ => {}
        }
    }

    fn first_day(&mut self, day: Option<&[u8]>) {
        match day {
            None | Some(b"1899-12-30") => {}
            Some(b"1904-01-01") => self.scanned.epoch = Epoch::Y1904,
            Some(_) => self.odd_epoch = true,
        }
    }

    fn table(&mut self, tag: &Tag<'_>) {
        self.in_table = tag.form == Form::Open;
        // calamine passes over a table without a name.
        if tag.form != Form::Close && tag.attribute(b"table:name").is_some() {
            self.scanned.sheets.push(Sheet::default());
        }
        (self.rows, self.row_repeats, self.column, self.row_style) = (0, 0, 0, None);
        self.columns.clear();
        self.runs.clear();
        self.cell = None;
    }

    fn column(&mut self, tag: &Tag<'_>) {
        let first = self.columns.last().map_or(0, |column| column.0.saturating_add(1));
        let repeats = repeats(tag, b"table:number-columns-repeated", u32::from(MAX_COLUMNS));
        let shown = self.default_of(tag).unwrap_or(Shown::PLAIN);
        if first < u32::from(MAX_COLUMNS) && repeats > 0 {
            self.columns.push((first.saturating_add(repeats - 1), shown));
        }
    }

    fn default_of(&self, tag: &Tag<'_>) -> Option<Shown> {
        self.styles.shown(tag.attribute(b"table:default-cell-style-name")?)
    }

    fn row(&mut self, tag: &Tag<'_>) {
        if tag.form != Form::Close {
            self.row_repeats = repeats(tag, b"table:number-rows-repeated", MAX_ROWS);
            self.row_style = self.default_of(tag);
            self.column = 0;
            self.runs.clear();
        }
        if tag.form != Form::Open {
            let after = self.rows.saturating_add(self.row_repeats).min(MAX_ROWS);
            if let Some(sheet) = self.scanned.sheets.last_mut().filter(|_| after > self.rows) {
                sheet.marks.push(self.rows, after - 1, &self.runs);
            }
            self.rows = after;
        }
    }

    fn cell(&mut self, tag: &Tag<'_>) {
        if tag.form != Form::Close {
            let style = tag.attribute(b"table:style-name").and_then(|name| self.styles.shown(name));
            self.cell = Some(Cell::of(tag, style));
        }
        if tag.form != Form::Open
            && let Some(cell) = self.cell.take()
        {
            self.merge(&cell);
            let first = self.column;
            self.column = first.saturating_add(cell.repeats).min(u32::from(MAX_COLUMNS));
            if self.column > first {
                self.mark(&cell, first, self.column - 1);
            }
        }
    }

    fn merge(&mut self, cell: &Cell) {
        if cell.rows_spanned <= 1 && cell.columns_spanned <= 1 {
            return;
        }
        let last_row = self.rows.saturating_add(cell.rows_spanned.max(1)).min(MAX_ROWS);
        let last_column = self.column.saturating_add(cell.columns_spanned.max(1)).min(u32::from(MAX_COLUMNS));
        let (Ok(first_column), Ok(last_column)) =
            (u16::try_from(self.column), u16::try_from(last_column.saturating_sub(1)))
        else {
            return;
        };
        if let Some(sheet) = self.scanned.sheets.last_mut() {
            let first_row = self.rows.saturating_add(1);
            sheet.merges.push(MergedArea { first_row, last_row, first_column, last_column });
        }
    }

    fn mark(&mut self, cell: &Cell, first: u32, last: u32) {
        let styled = match cell.mark() {
            Some(mark) => return self.runs.push(Run { first, last, mark }),
            None if !matches!(cell.kind, Kind::Number | Kind::Percent) => return,
            None => cell.style.or(self.row_style),
        };
        if let Some(shown) = styled {
            return self.shown(cell, first, last, shown);
        }
        let mut from = first;
        let at = self.columns.partition_point(|column| column.0 < first);
        for index in at..self.columns.len() {
            let Some(&(end, shown)) = self.columns.get(index).filter(|_| from <= last) else { break };
            self.shown(cell, from, end.min(last), shown);
            from = end.saturating_add(1);
        }
        if from <= last {
            self.shown(cell, from, last, Shown::PLAIN);
        }
    }

    fn shown(&mut self, cell: &Cell, first: u32, last: u32, shown: Shown) {
        let percent = cell.kind == Kind::Percent && !shown.date;
        let shown = if percent { Shown { format: Format::Percent, ..shown } } else { shown };
        if shown != Shown::PLAIN {
            self.runs.push(Run { first, last, mark: Mark::Shown(shown) });
        }
    }
}

impl Cell {
    fn of(tag: &Tag<'_>, style: Option<Shown>) -> Self {
        let has = |name: &[u8]| tag.attribute(name).is_some();
        let value_type = tag.attribute(b"office:value-type");
        let (kind, stored) = match value_type {
            None => (Kind::None, has(b"office:value")),
            Some(b"string") => (Kind::Text, has(b"office:string-value")),
            Some(b"percentage") => (Kind::Percent, has(b"office:value")),
            Some(b"float" | b"currency") => (Kind::Number, has(b"office:value")),
            Some(b"date") => (Kind::Other, has(b"office:date-value")),
            Some(b"time") => (Kind::Other, has(b"office:time-value")),
            Some(b"boolean") => (Kind::Other, has(b"office:boolean-value")),
            Some(_) => (Kind::Other, false),
        };
        let spanned = |name: &[u8]| {
            let count = tag.number(name).unwrap_or(1);
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        Self {
            repeats: repeats(tag, b"table:number-columns-repeated", u32::from(MAX_COLUMNS)),
            kind,
            stored,
            formula: has(b"table:formula"),
            truth: match tag.attribute(b"office:value") {
                Some(b"1") if has(b"table:formula") => Some(true),
                Some(b"0") if has(b"table:formula") => Some(false),
                _ => None,
            },
            failed: tag.attribute(b"calcext:value-type") == Some(b"error"),
            style,
            rows_spanned: spanned(b"table:number-rows-spanned"),
            columns_spanned: spanned(b"table:number-columns-spanned"),
            text_from: tag.to,
            has_paragraph: false,
            has_text: false,
            only_letters: true,
            note_depth: 0,
            foreign_depth: 0,
            has_foreign_text: false,
        }
    }

    /// Takes a tag inside the cell, or the one that closes it, and the text before it.
    fn inside(&mut self, tag: &Tag<'_>, content: &[u8]) {
        let text = content.get(self.text_from..tag.from).unwrap_or_default();
        if self.note_depth == 0 && !text.trim_ascii().is_empty() {
            if self.foreign_depth == 0 {
                self.has_text = true;
                // OpenOffice stores a failed formula as the number 0.
                self.failed |=
                    matches!(self.kind, Kind::Number | Kind::Percent) && is_error(text.trim_ascii());
                self.only_letters &= text.iter().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
            } else {
                self.has_foreign_text = true;
            }
        }
        self.text_from = tag.to;
        self.has_paragraph |= tag.name == b"text:p";
        let depth = match tag.name {
            b"office:annotation" => &mut self.note_depth,
            b"text:ruby-text" | b"text:note" => &mut self.foreign_depth,
            name if name.starts_with(b"draw:") => &mut self.foreign_depth,
            _ => return,
        };
        match tag.form {
            Form::Open => *depth = depth.saturating_add(1),
            Form::Close => *depth = depth.saturating_sub(1),
            Form::Empty => {}
        }
    }

    /// What is known without its style.
    fn mark(&self) -> Option<Mark> {
        match self.kind {
            _ if self.failed => Some(Mark::Failed),
            Kind::None if self.stored => Some(Mark::Error(Reason::LostValue)),
            Kind::None if self.has_text => Some(Mark::Error(Reason::LostText)),
            // An empty text is stored as an empty paragraph and nothing else.
            Kind::None if self.formula && !self.has_paragraph => Some(Mark::Error(Reason::Hollow)),
            Kind::None => None,
            Kind::Text if !self.stored && self.has_foreign_text => Some(Mark::Error(Reason::ForeignText)),
            Kind::Text => None,
            Kind::Number if self.has_text && self.only_letters && self.truth.is_some() => {
                self.truth.map(Mark::Bool)
            }
            _ if self.stored => None,
            _ if self.formula => Some(Mark::Error(Reason::Hollow)),
            _ => Some(Mark::Error(Reason::LostValue)),
        }
    }
}

/// Whether a number shows this because it could not be computed: `#DIV/0!`, `#N/A`, `Err:502`.
fn is_error(text: &[u8]) -> bool {
    let named = text.starts_with(b"#") && (text.ends_with(b"!") || text.ends_with(b"?") || text == b"#N/A");
    let numbered =
        text.strip_prefix(b"Err:").is_some_and(|code| code.len() == 3 && code.iter().all(u8::is_ascii_digit));
    named || numbered
}

fn repeats(tag: &Tag<'_>, name: &[u8], most: u32) -> u32 {
    tag.number(name).map_or(1, |count| u32::try_from(count).unwrap_or(most).min(most))
}
