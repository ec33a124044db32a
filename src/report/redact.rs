//! Reports to be passed on: phones and names masked, everything else as it is.
//!
//! What is masked is the line of the results before any report sees it, so that no format can forget it. A mask keeps enough to
//! find the line again in the reports that are not masked: the first four and the last two digits of a phone, the first letter
//! of each part of a name.

use std::borrow::Cow;

use crate::domain::code::Code;
use crate::domain::field::Field;
use crate::domain::money::AmountFlaw;
use crate::domain::note::{Lookup, Note, ServerWords};
use crate::domain::problem::Reason;
use crate::domain::unread;
use crate::ledger::LedgerError;
use crate::ledger::read::{Reader, ResultRow, Run};

/// Whether a report shows people as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Privacy {
    /// For those who work with it.
    #[default]
    Full,
    /// For passing on.
    Redacted,
}

/// The lines of a run as its reports may show them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'a> {
    /// The ledger.
    pub(super) reader: &'a Reader,
    /// The run.
    pub(super) run: &'a Run,
    /// Whether people are masked.
    pub(super) privacy: Privacy,
}

impl Lines<'_> {
    /// Calls `each` for every line of the results in upload order, without holding them all.
    ///
    /// # Errors
    /// The store failed, or `each` did.
    pub(super) fn each<E: From<LedgerError>>(
        &self,
        mut each: impl FnMut(&ResultRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.reader.results(self.run.number, |row| match self.privacy {
            Privacy::Full => each(row),
            Privacy::Redacted => masked(row, &mut each),
        })
    }
}

/// Lends out a line with its people masked.
fn masked<T>(row: &ResultRow<'_>, each: impl FnOnce(&ResultRow<'_>) -> T) -> T {
    let person = Person::new(row.user_phone, row.user_name);
    let phone = row.user_phone.map(phone);
    let user_name = row.user_name.map(name);
    let task_name = row.name.map(|text| person.without(text));
    each(&ResultRow {
        user_phone: phone.as_deref(),
        user_name: user_name.as_deref(),
        name: task_name.as_deref(),
        note: row.note.as_ref().map(|note| person.note(note)),
        ..row.clone()
    })
}

/// Phone and name of somebody, to be found in other texts.
pub(super) struct Person<'a> {
    phone: Option<&'a str>,
    name: Option<&'a str>,
}

impl<'a> Person<'a> {
    pub(super) fn new(phone: Option<&'a str>, name: Option<&'a str>) -> Self {
        // One letter stands in too many words to be looked for.
        Self {
            phone: phone.filter(|text| !text.is_empty()),
            name: name.filter(|text| text.chars().count() > 1),
        }
    }

    /// A text without them.
    pub(super) fn without(&self, text: &str) -> String {
        let mut text = Cow::Borrowed(text);
        if let Some(secret) = self.phone.filter(|secret| text.contains(secret)) {
            text = text.replace(secret, &phone(secret)).into();
        }
        if let Some(secret) = self.name.filter(|secret| text.contains(secret)) {
            text = text.replace(secret, &name(secret)).into();
        }
        text.into_owned()
    }

    /// The same reason without anybody in it.
    fn note(&self, note: &Note) -> Note {
        let mut note = note.clone();
        match &mut note {
            Note::Problem { reason, field, value, .. } => {
                let is_ours = |value: &str| reason.code() == Code::CellError && unread::stands_in(value);
                if let Some(value) = value.as_mut().filter(|value| !is_ours(value)) {
                    *value = self.cell(*field, value);
                }
                match reason {
                    Reason::Conflict { value, .. } => *value = self.cell(*field, value).into(),
                    Reason::Amount(AmountFlaw::Unknown { text }) => *text = self.cell(*field, text).into(),
                    _ => {}
                }
            }
            Note::Server(ServerWords { message, error, .. }) => {
                for words in [message, error] {
                    *words = without_numbers(&self.without(words));
                }
            }
            Note::Doubt { detail, lookup, .. } => {
                *detail = without_numbers(&self.without(detail));
                if let Some(Lookup::Unreadable { detail }) = lookup {
                    *detail = without_numbers(&self.without(detail));
                }
            }
            Note::NotSent { detail } | Note::Absent { detail, .. } => {
                *detail = without_numbers(&self.without(detail));
            }
            Note::AlreadyCreated { .. }
            | Note::ChangedSinceCreated { .. }
            | Note::InDoubtElsewhere { .. }
            | Note::CreatedLater { .. }
            | Note::InDoubtLater { .. }
            | Note::Busy { .. }
            | Note::AtServer { .. } => {}
        }
        note
    }

    /// What stood in a cell.
    fn cell(&self, field: Option<Field>, value: &str) -> String {
        match field {
            Some(Field::UserPhone | Field::PhoneNumber | Field::UserId) => phone(value),
            Some(Field::UserName | Field::Username) => name(value),
            _ => without_numbers(&self.without(value)),
        }
    }
}

/// A phone by its first four and its last two characters; a shorter text by none.
pub(crate) fn phone(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let Some(hidden) = characters.len().checked_sub(6).filter(|hidden| *hidden >= 3) else {
        return "*".repeat(characters.len());
    };
    let (first, last) = (&characters[..4], &characters[characters.len() - 2..]);
    first.iter().chain(std::iter::repeat_n(&'*', hidden)).chain(last).collect()
}

/// A name by the first letter of each of its parts. How long they are is nobody's business either.
pub(crate) fn name(text: &str) -> String {
    let parts = text.split_whitespace().filter_map(|part| Some(format!("{}***", part.chars().next()?)));
    parts.collect::<Vec<_>>().join(" ")
}

/// A text whose long numbers, which may be phones of others, are masked: eight digits and more, whatever stands between them.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        masked.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')')))
            .unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = number.chars().filter(char::is_ascii_digit).count();
        if digits >= 8 {
            masked.push_str(&phone(number))
        } else {
            masked.push_str(number)
        }
        rest = &rest[number.len()..];
    }
    masked + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::{Names, Place};

    #[test]
    fn phones_and_names() {
        for (text, want) in [
            ("6281260822465", "6281*******65"),
            ("+6281260822465", "+628********65"),
            ("123456789", "1234***89"),
            ("12345678", "********"),
            ("", ""),
        ] {
            assert_eq!(phone(text), want);
        }
        for (text, want) in [("Wati Nugroho", "W*** N***"), ("张三", "张***"), ("", ""), ("  a ", "a***")]
        {
            assert_eq!(name(text), want);
        }
    }

    #[test]
    fn numbers_of_others() {
        for (text, want) in [
            ("call 0812-3456-7890 now", "call 0812********90 now"),
            ("code 422, 3 left", "code 422, 3 left"),
            ("6281234567890", "6281*******90"),
            ("2026-11-22 08:30", "2026*******08:30"),
            ("", ""),
        ] {
            assert_eq!(without_numbers(text), want);
        }
    }

    #[test]
    fn nobody_is_left_in_a_reason() {
        let (phone, name) = ("6281260822465", "Wati Nugroho");
        let person = Person::new(Some(phone), Some(name));
        let server = |message: &str| {
            Note::Server(ServerWords {
                code: Some(422),
                message: message.to_owned(),
                error: format!("{{\"p\":\"{phone}\"}}"),
            })
        };
        let problem = |field, value: &str| Note::Problem {
            reason: Reason::Conflict { first: Place::row(0, 2), value: value.into() },
            at: Place::row(0, 3),
            field: Some(field),
            value: Some(value.to_owned()),
        };
        for note in [
            server("Wati Nugroho (6281260822465) is unknown"),
            server("6281 2608 22465 belongs to another"),
            problem(Field::UserName, "Wati Nugroho"),
            problem(Field::UserPhone, "0812 6082 2465"),
            problem(Field::Name, "Reminder for Wati Nugroho"),
            problem(Field::Description, "call 081260822465"),
            Note::NotSent { detail: format!("no way to {phone}") },
            Note::Doubt {
                doubt: crate::domain::note::Doubt::UnreadableAnswer,
                detail: format!("{phone}?"),
                lookup: Some(Lookup::Unreadable { detail: format!("{name}?") }),
            },
        ] {
            let shown = person.note(&note);
            let text = format!("{} {shown:?}", shown.message(&Names::default()));
            for secret in [phone, name, "60822465", "6082 2465", "Nugroho"] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }
}
