//! Recognising the header: which row it is, and which column holds which field.

mod names;
mod phoneless;
mod phones;
#[cfg(test)]
mod properties;

use std::collections::HashMap;

use crate::domain::cell::{Row, Value, column_of_letters};
use crate::domain::field::Field;
use crate::domain::place::PROBLEM;
use names::{Strength, closest, field_of, normalise};
pub use phoneless::Phoneless;
use phones::{bare_phone_is_the_users, yield_to_stronger};

/// The header is looked for in so many rows.
pub const LEADING_ROWS: usize = 20;

/// A column as the user names it in a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName(pub String);

impl ColumnName {
    /// Whether this names a column: its header text, its letters, or `#3`. Header texts win; letters and numbers have to
    /// name one of the `width` columns of the table, since a word such as `Tel` is the letters of some column too.
    /// In a sheet of a fix workbook they count without its first column, so that a flag means there what it means in the
    /// list it came from.
    fn find(&self, headers: &[String], width: usize) -> Option<u16> {
        let by_text = self.by_text(headers).next();
        by_text
            .and_then(|column| u16::try_from(column).ok())
            .or_else(|| self.position(headers).filter(|column| usize::from(*column) < width))
    }

    /// The columns with this header text; only if there is none, those with a text that is written a little otherwise.
    fn by_text(&self, headers: &[String]) -> impl Iterator<Item = usize> {
        let matching = |matches: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let columns = headers.iter().enumerate().filter(|(_, header)| matches(header));
            columns.map(|(column, _)| column).collect()
        };
        let exact = matching(&|header| header.trim() == self.0.trim());
        let normal = normalise(&self.0);
        let found = if exact.is_empty() && !normal.is_empty() {
            matching(&|header| normalise(header) == normal)
        } else {
            exact
        };
        found.into_iter()
    }

    /// The column that letters or `#3` name, whatever the header says.
    fn position(&self, headers: &[String]) -> Option<u16> {
        let typed = match self.0.strip_prefix('#') {
            Some(number) => number.parse::<u16>().ok()?.checked_sub(1),
            None => column_of_letters(&self.0),
        };
        typed?.checked_add(u16::from(begins_with_problems(headers)))
    }
}

/// What the user has settled about headers.
#[derive(Debug, Clone, Default)]
pub struct HeaderRules {
    /// `--header-row`, counted from 1.
    pub row: Option<u32>,
    /// `--map`.
    pub map: Vec<(Field, ColumnName)>,
    /// `--ignore`.
    pub ignore: Vec<ColumnName>,
    /// Fields that need no column, since a flag, the config or a default gives them.
    pub given: Vec<Field>,
}

/// The field that people call so: its own name or another one for it, in whatever dress.
pub fn field_called(name: &str) -> Option<Field> {
    field_of(name).map(|(field, _)| field)
}

/// Whether these are the headers of a sheet of a fix workbook: its first column holds the reasons.
pub fn begins_with_problems(headers: &[String]) -> bool {
    headers.first().is_some_and(|first| is_own_column(first))
}

/// Whether a header is the name of a field itself, in whatever dress, and not another one for it.
pub fn is_exactly(header: &str, field: Field) -> bool {
    normalise(header) == field.as_str()
}

/// A column that is no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownColumn {
    /// Counted from 0.
    pub column: u16,
    /// As it stands there.
    pub header: String,
    /// The fields without a column that it is close to, the likeliest first.
    pub likes: Vec<Field>,
}

/// A recognised header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The row it stands in; `None` when the columns are all named by position and the data begins at once.
    pub row: u32,
    /// How many cells the row has, those without a text included.
    pub cells: u16,
    /// The header texts by column.
    pub texts: Vec<String>,
    /// The field of each column.
    pub fields: Vec<Option<Field>>,
    /// Columns that are no field and not ignored by wish.
    pub unknown: Vec<UnknownColumn>,
    /// Two columns for one field: field, first, later.
    pub duplicates: Vec<(Field, u16, u16)>,
    /// How many columns were left out by wish, although they are known.
    pub ignored: usize,
    /// One column mapped to two fields: the column, the field that lost it, the one that has it.
    pub contested: Vec<(u16, Field, Field)>,
    /// Columns named by `--map` that are not here.
    pub missing: Vec<(Field, ColumnName)>,
    /// The columns that letters may name, `_problem` among them; rows below may have more than the header.
    pub width: u16,
    /// The columns that `--ignore` names, in no order.
    pub left_out: Vec<u16>,
    /// Those of `--ignore` that name no column here, by their place in the rules.
    pub idle_ignores: Vec<usize>,
}

impl Header {
    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<u16> {
        let at = self.fields.iter().position(|found| *found == Some(field))?;
        u16::try_from(at).ok()
    }

    /// Whether somebody has spoken about a column: by its header, or by a flag that names it. Nobody has about columns
    /// beyond the header.
    pub fn is_spoken_for(&self, column: u16) -> bool {
        let at = usize::from(column);
        self.texts.get(at).is_some_and(|text| !text.is_empty())
            || self.fields.get(at).is_some_and(Option::is_some)
            || self.left_out.contains(&column)
    }

    /// The texts of the columns that are not read: no field, or left out by wish. The column of a fix file is none.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().chain(std::iter::repeat(&None));
        let unread = self.texts.iter().zip(fields).filter(|(_, field)| field.is_none());
        unread.map(|(text, _)| text.as_str()).filter(|text| !text.is_empty() && !is_own_column(text))
    }

    /// Whether it is that of a sheet of a fix workbook.
    pub fn is_fix(&self) -> bool {
        begins_with_problems(&self.texts)
    }

    /// Whether a field has a column.
    pub fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }
}

/// Why no header was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoHeader {
    /// No row has a phone column, nor several other known ones.
    NoPhone,
    /// No row has a phone column; this one would do if it had.
    Phoneless(Phoneless),
    /// This row has it, and no other column that is known.
    PhoneOnly(u32),
    /// No row has a phone column, and none has the one that `--map` names for it.
    Unmapped(Unmapped),
    /// `--header-row` names a row that is not there.
    NoSuchRow(u32),
}

/// A `--map` for the phone that names no column of any row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// The column that was named.
    pub name: ColumnName,
    /// The row that is likeliest the header, counted from 1.
    pub row: u32,
    /// The texts in it.
    pub columns: Vec<String>,
}

/// Finds the header among the leading rows of a table.
///
/// It is the first row with the phone column (or the key `user_id`) and one more known column; only if there is none,
/// the phone column alone in its row. With `--header-row` it is that row, whatever stands there. `least_width` is known
/// of a sheet of a fix workbook, which has only some of the rows of its list: letters may name so many columns.
///
/// # Errors
/// There is none.
pub fn recognise(leading: &[Row], rules: &HeaderRules, least_width: u16) -> Result<Header, NoHeader> {
    let columns = |row: &Row| row.cells().next_back().map_or(0, |cell| usize::from(cell.column) + 1);
    let width = leading.iter().map(columns).max().unwrap_or(0).max(usize::from(least_width));
    if let Some(number) = rules.row {
        let row = leading.iter().find(|row| row.number == number).ok_or(NoHeader::NoSuchRow(number))?;
        return Ok(read(row, width, rules));
    }
    let mut alone = Err(NoHeader::NoPhone);
    let mut phoneless: Option<Phoneless> = None;
    for row in leading.iter().take(LEADING_ROWS) {
        let header = read(row, width, rules);
        let known = header.fields.iter().flatten().count();
        let by_text = by_text(&header, width, rules);
        let has_key = header.has(Field::UserPhone) || header.has(Field::UserId);
        // An ignored column is known too: leaving it out does not make the row another one.
        if has_key && known + header.ignored > 1 && by_text > 0 {
            return Ok(header);
        }
        if by_text > phoneless.as_ref().map_or(1, |best| best.known) {
            phoneless = Some(Phoneless::of(&header, by_text));
        }
        let filled = header.texts.iter().filter(|text| !text.is_empty()).count();
        let filled = filled - usize::from(header.is_fix());
        if header.has(Field::UserPhone) && by_text == 1 && alone.is_err() {
            if filled == 1 {
                alone = Ok(header);
            } else if alone == Err(NoHeader::NoPhone) {
                alone = Err(NoHeader::PhoneOnly(row.number));
            }
        }
    }
    if !matches!(alone, Err(NoHeader::NoPhone)) {
        return alone;
    }
    let likeliest = phoneless.as_ref().map(|row| row.row);
    if let Some(unmapped) = unmapped(leading, width, rules, likeliest) {
        return Err(NoHeader::Unmapped(unmapped));
    }
    phoneless.map_or(alone, |row| Err(NoHeader::Phoneless(row)))
}

/// What `--map` says of the phone, if it fits none of the rows. The header is `likeliest`, else the first of the rows with
/// the most texts.
fn unmapped(leading: &[Row], width: usize, rules: &HeaderRules, likeliest: Option<u32>) -> Option<Unmapped> {
    let (_, name) = rules.map.iter().find(|(field, _)| *field == Field::UserPhone)?;
    let rows: Vec<(u32, Vec<String>)> =
        leading.iter().take(LEADING_ROWS).map(|row| (row.number, texts(row))).collect();
    if rows.iter().any(|(_, texts)| name.find(texts, width).is_some()) {
        return None;
    }
    let filled = |texts: &[String]| texts.iter().filter(|text| !text.is_empty()).count();
    let (row, columns) = rows
        .into_iter()
        .rev()
        .max_by_key(|(row, texts)| (Some(*row) == likeliest, filled(texts)))
        .filter(|(_, texts)| filled(texts) > 0)?;
    let columns = columns.into_iter().filter(|text| !text.is_empty()).collect();
    Some(Unmapped { name: name.clone(), row, columns })
}

/// How many fields were recognised by what the row says, and not by position: only they make it a header.
fn by_text(header: &Header, width: usize, rules: &HeaderRules) -> usize {
    let by_position = rules.map.iter().filter(|(_, name)| {
        name.position(&header.texts).is_some_and(|column| {
            let text = header.texts.get(usize::from(column)).map(String::as_str).unwrap_or_default();
            name.find(&header.texts, width) == Some(column)
                && field_of(text).is_none()
                && normalise(text) != normalise(&name.0)
        })
    });
    header.fields.iter().flatten().count().saturating_sub(by_position.count())
}

/// Reads a row as a header.
fn read(row: &Row, width: usize, rules: &HeaderRules) -> Header {
    let texts = texts(row);
    let mut found: Vec<Option<(Field, Strength)>> =
        texts.iter().map(|text| if text.is_empty() { None } else { field_of(text) }).collect();
    let (mut ignored, mut idle_ignores) = (Vec::new(), Vec::new());
    for (index, name) in rules.ignore.iter().enumerate() {
        match name.find(&texts, width) {
            Some(column) => ignored.push(column),
            None => idle_ignores.push(index),
        }
    }
    let mut left_out = 0;
    for &column in &ignored {
        if let Some(slot) = found.get_mut(usize::from(column)) {
            left_out += usize::from(slot.take().is_some());
        }
    }
    let (mut missing, mut contested) = (Vec::new(), Vec::new());
    for (field, name) in &rules.map {
        let Some(column) = name.find(&texts, width).map(usize::from) else {
            missing.push((*field, name.clone()));
            continue;
        };
        if column >= found.len() {
            found.resize(column + 1, None);
        }
        // The mapping wins: no other column is this field any more.
        for slot in &mut found {
            if slot.is_some_and(|(other, strength)| other == *field && strength < Strength::Mapped) {
                *slot = None;
            }
        }
        if let Some((other, Strength::Mapped)) = found[column] {
            contested.push((u16::try_from(column).unwrap_or(u16::MAX), other, *field));
        }
        found[column] = Some((*field, Strength::Mapped));
    }
    let mapped_away =
        |column: u16| rules.map.iter().any(|(_, name)| name.find(&texts, width) == Some(column));
    let lost: Vec<u16> = (0_u16..)
        .zip(&texts)
        .filter(|(column, text)| {
            found[usize::from(*column)].is_none()
                && field_of(text).is_some()
                && !ignored.contains(column)
                && !mapped_away(*column)
        })
        .map(|(column, _)| column)
        .collect();
    yield_to_stronger(&mut found);
    bare_phone_is_the_users(&mut found, &texts);

    let cells = row.cells().next_back().map_or(0, |cell| cell.column.saturating_add(1));
    let mut header =
        Header { row: row.number, cells, ignored: left_out, missing, contested, ..Header::default() };
    header.duplicates = ambiguous_mappings(&texts, rules);
    let mut first: HashMap<Field, (u16, Strength)> = HashMap::new();
    for (column, slot) in (0_u16..).zip(&found) {
        let Some((field, strength)) = *slot else {
            header.fields.push(None);
            continue;
        };
        match first.get(&field).copied() {
            // Of two columns the one with the better name is kept, so that the other is the one to be ignored.
            Some((earlier, weaker)) if weaker < strength => {
                header.duplicates.push((field, column, earlier));
                header.fields[usize::from(earlier)] = None;
                header.fields.push(Some(field));
                first.insert(field, (column, strength));
            }
            Some((earlier, _)) => {
                header.duplicates.push((field, earlier, column));
                header.fields.push(None);
            }
            None => {
                header.fields.push(Some(field));
                first.insert(field, (column, strength));
            }
        }
    }
    for (column, text) in (0_u16..).zip(&texts) {
        let known = found.get(usize::from(column)).is_some_and(Option::is_some);
        let known = known || header.duplicates.iter().any(|(_, _, later)| *later == column);
        if known
            || ignored.contains(&column)
            || lost.contains(&column)
            || text.is_empty()
            || is_own_column(text)
        {
            continue;
        }
        let likes = closest(text, |field| !first.contains_key(&field), &rules.given);
        header.unknown.push(UnknownColumn { column, header: text.clone(), likes });
    }
    header.texts = texts;
    header.width = u16::try_from(width).unwrap_or(u16::MAX);
    (header.left_out, header.idle_ignores) = (ignored, idle_ignores);
    header
}

/// Mappings to a text that two columns have: neither is the one that is meant.
fn ambiguous_mappings(texts: &[String], rules: &HeaderRules) -> Vec<(Field, u16, u16)> {
    let of = |(field, name): &(Field, ColumnName)| {
        let mut same = name.by_text(texts);
        let (first, second) = (same.next()?, same.next()?);
        Some((*field, u16::try_from(first).ok()?, u16::try_from(second).ok()?))
    };
    rules.map.iter().filter_map(of).collect()
}

/// The column that fix files carry in front.
fn is_own_column(text: &str) -> bool {
    text.trim() == PROBLEM
}

fn texts(row: &Row) -> Vec<String> {
    let mut texts = Vec::new();
    for cell in row.cells() {
        texts.resize(usize::from(cell.column), String::new());
        let text = match cell.value {
            Value::Text(text) | Value::DateText(text) | Value::Error(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Date { .. } | Value::Bool(_) => String::new(),
        };
        texts.push(text);
    }
    while texts.last().is_some_and(String::is_empty) {
        texts.pop();
    }
    texts
}

#[cfg(test)]
mod tests;
