//! The shapes in which people write a day, and which of their readings is taken.

use super::cursor::{Cursor, Number};
use super::flaw::DateFlaw;
use super::moment::Day;
use crate::domain::rules::DateOrder;

/// A day as it stands in the text, before it is settled what its numbers mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The year, the month and the day are known.
    Known { year: u32, month: u32, day: u32 },
    /// `04/05/2026`: the day and the month may stand in either order.
    YearLast { first: u32, second: u32, year: u32 },
    /// `26/04/05`: any part may be the year.
    Short { parts: [Number; 3] },
    /// `5 Apr 26`: the month is known, the century is not, and the year may be first.
    ShortNamed { first: Number, month: u32, last: Number },
    /// `Apr 5, 26` or `26年4月5日`: only the century is not known.
    ShortYear { year: Number, month: u32, day: u32 },
}

/// Reads the part of the text that names a day.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Shape, DateFlaw> {
    let Some(first) = cursor.number() else { return month_first(cursor) };
    if first.width == 8 {
        let Number { value, .. } = first;
        return Ok(Shape::Known { year: value / 10_000, month: value / 100 % 100, day: value % 100 });
    }
    if cursor.at_end() {
        return Err(DateFlaw::BareNumber);
    }
    let mut probe = *cursor;
    probe.spaces();
    if probe.take("年") {
        *cursor = probe;
        return chinese(cursor, first);
    }
    if let Some(mark) = probe.take_any(&['/', '-', '.']) {
        probe.spaces();
        if let Some(second) = probe.number() {
            *cursor = probe;
            return numeric(cursor, first, mark, second);
        }
    }
    named(cursor, first)
}

/// `2026年4月5日`, the last sign often left out.
fn chinese(cursor: &mut Cursor<'_>, year: Number) -> Result<Shape, DateFlaw> {
    let mut part = |signs: &[char], needed: bool| {
        cursor.spaces();
        let number = cursor.number().filter(|number| number.width <= 2).ok_or(DateFlaw::NotADate)?;
        let mut probe = *cursor;
        probe.spaces();
        if probe.take_any(signs).is_some() {
            *cursor = probe;
        } else if needed {
            return Err(DateFlaw::NotADate);
        }
        Ok(number.value)
    };
    let (month, day) = (part(&['月'], true)?, part(&['日', '号', '號'], false)?);
    with_year(year, month, day)
}

fn with_year(year: Number, month: u32, day: u32) -> Result<Shape, DateFlaw> {
    match year.width {
        4 => Ok(Shape::Known { year: year.value, month, day }),
        2 => Ok(Shape::ShortYear { year, month, day }),
        _ => Err(DateFlaw::NotADate),
    }
}

/// `2026-4-5`, `04/05/2026`, `26.4.5`: the same mark twice.
fn numeric(cursor: &mut Cursor<'_>, first: Number, mark: char, second: Number) -> Result<Shape, DateFlaw> {
    cursor.spaces();
    if cursor.take_any(&[mark]).is_none() {
        return Err(DateFlaw::NotADate);
    }
    cursor.spaces();
    let third = cursor.number().ok_or(DateFlaw::NotADate)?;
    match (first.width, second.width, third.width) {
        (4, 1..=2, 1..=2) => Ok(Shape::Known { year: first.value, month: second.value, day: third.value }),
        (1..=2, 1..=2, 4) => {
            Ok(Shape::YearLast { first: first.value, second: second.value, year: third.value })
        }
        (1..=2, 1..=2, 1..=2) => Ok(Shape::Short { parts: [first, second, third] }),
        _ => Err(DateFlaw::NotADate),
    }
}

/// `5 Apr 2026`, `5th of April 2026`, `05-Apr-26`, `2026-Apr-05`.
fn named(cursor: &mut Cursor<'_>, first: Number) -> Result<Shape, DateFlaw> {
    ordinal(cursor);
    between(cursor);
    let mut probe = *cursor;
    if probe.word() == Some("of") {
        probe.spaces();
        *cursor = probe;
    }
    let month = month_name(cursor)?;
    between(cursor);
    let last = cursor.number().ok_or(DateFlaw::NotADate)?;
    match (first.width, last.width) {
        (1..=2, 4) => Ok(Shape::Known { year: last.value, month, day: first.value }),
        (4, 1..=2) => Ok(Shape::Known { year: first.value, month, day: last.value }),
        (1..=2, 1..=2) => Ok(Shape::ShortNamed { first, month, last }),
        _ => Err(DateFlaw::NotADate),
    }
}

/// `April 5, 2026`.
fn month_first(cursor: &mut Cursor<'_>) -> Result<Shape, DateFlaw> {
    let month = month_name(cursor)?;
    between(cursor);
    let day = cursor.number().filter(|day| day.width <= 2).ok_or(DateFlaw::NotADate)?;
    ordinal(cursor);
    // Two numbers need something between them.
    if !between(cursor) {
        return Err(DateFlaw::NotADate);
    }
    with_year(cursor.number().ok_or(DateFlaw::NotADate)?, month, day.value)
}

/// Passes over what stands between a number and a month name: spaces around at most one mark.
fn between(cursor: &mut Cursor<'_>) -> bool {
    let spaces = cursor.spaces();
    let mark = cursor.take_any(&['-', '/', '.', ',']).is_some();
    cursor.spaces();
    spaces || mark
}

fn ordinal(cursor: &mut Cursor<'_>) {
    let mut probe = *cursor;
    if probe
        .word()
        .is_some_and(|word| ["st", "nd", "rd", "th"].iter().any(|end| word.eq_ignore_ascii_case(end)))
    {
        *cursor = probe;
    }
}

fn month_name(cursor: &mut Cursor<'_>) -> Result<u32, DateFlaw> {
    let word = cursor.word().ok_or(DateFlaw::NotADate)?;
    let month =
        MONTHS.iter().zip(1..).find(|(names, _)| names.iter().any(|name| word.eq_ignore_ascii_case(name)));
    let (_, month) = month.ok_or(DateFlaw::NotADate)?;
    cursor.take("."); // `Apr.`
    Ok(month)
}

/// English and Indonesian, full and short.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januari"],
    &["feb", "february", "februari", "pebruari", "peb"],
    &["mar", "march", "maret", "mrt"],
    &["apr", "april"],
    &["may", "mei"],
    &["jun", "june", "juni"],
    &["jul", "july", "juli"],
    &["aug", "august", "agustus", "agu", "agt", "ags", "agust"],
    &["sep", "sept", "september"],
    &["oct", "october", "oktober", "okt"],
    &["nov", "november", "nopember", "nop"],
    &["dec", "december", "desember", "des"],
];

/// The century of a two-digit year: 1970 to 2069. A year of one digit is none.
fn full_year(short: Number) -> Option<u32> {
    (short.width == 2).then_some(if short.value < 70 { 2000 + short.value } else { 1900 + short.value })
}

impl Shape {
    /// The day that is meant.
    ///
    /// # Errors
    /// An ambiguity that `order` would settle, or that no reading (or not the one of `order`) is in the calendar.
    pub(super) fn settle(self, order: Option<DateOrder>) -> Result<Day, DateFlaw> {
        match self {
            Self::Known { year, month, day } => Day::new(year, month, day).ok_or(DateFlaw::Impossible),
            Self::YearLast { first, second, year } => {
                let day_first = Day::new(year, second, first);
                let month_first = Day::new(year, first, second);
                match (order, day_first, month_first) {
                    (Some(DateOrder::Dmy), Some(day), _) | (Some(DateOrder::Mdy), _, Some(day)) => Ok(day),
                    (None, Some(one), Some(other)) if one == other => Ok(one),
                    (None, Some(_), Some(_)) => Err(DateFlaw::Ambiguous),
                    (None, Some(day), None) | (None, None, Some(day)) => Ok(day),
                    (_, None, None) => Err(DateFlaw::Impossible),
                    (Some(_), _, _) => Err(DateFlaw::OtherOrder),
                }
            }
            Self::Short { parts } => {
                let read = |order| {
                    let [a, b, c] = parts;
                    let (year, month, day) = match order {
                        DateOrder::Ymd => (a, b, c),
                        DateOrder::Dmy => (c, b, a),
                        DateOrder::Mdy => (c, a, b),
                    };
                    Day::new(full_year(year)?, month.value, day.value)
                };
                settle_short(order, read)
            }
            Self::ShortNamed { first, month, last } => settle_short(order, |order| match order {
                DateOrder::Ymd => Day::new(full_year(first)?, month, last.value),
                DateOrder::Dmy | DateOrder::Mdy => Day::new(full_year(last)?, month, first.value),
            }),
            Self::ShortYear { year, month, day } => {
                settle_short(order, |_| Day::new(full_year(year)?, month, day))
            }
        }
    }
}

/// A two-digit year is read only in a given order: without one, even the century is a guess.
fn settle_short(order: Option<DateOrder>, read: impl Fn(DateOrder) -> Option<Day>) -> Result<Day, DateFlaw> {
    let possible =
        [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy].into_iter().any(|order| read(order).is_some());
    match order {
        _ if !possible => Err(DateFlaw::Impossible),
        None => Err(DateFlaw::ShortYear),
        Some(order) => read(order).ok_or(DateFlaw::OtherOrder),
    }
}
