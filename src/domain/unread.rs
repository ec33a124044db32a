//! What stands in a cell whose value could not be read, in place of that value.
//!
//! It goes the way of values, into problems and the ledger (JSON has null for it), and so it is the same in every language; [`words`] says it
//! in the language of a sentence.

use std::borrow::Cow;

use super::cell::is_narrow;
use crate::lang::say;

/// There is no room for the text in its row.
pub const TOO_LONG: &str = "a text that is too long";
/// A formula without a stored result.
pub const HOLLOW: &str = "formula without a stored value";
/// A formula whose result is an error without a name.
pub const FORMULA_ERROR: &str = "formula error";
/// A value that does not fit its type.
pub const LOST_VALUE: &str = "a value that is not stored as what it is; type it again";
/// A text that is not marked as one.
pub const LOST_TEXT: &str = "a text that is not stored as one; type it again";
/// A text longer than what calamine reads of an `.xls`.
pub const LONG_TEXT: &str = "a text that is too long for .xls; save the workbook as .xlsx";
/// A text that cannot be told from that of a drawing.
pub const FOREIGN_TEXT: &str =
    "a text mixed with that of a drawing or a pronunciation; type it again without these";
/// A text that is not in the workbook's table of texts.
pub const MISSING_TEXT: &str = "a text that cannot be found; type it again";
/// A text whose end is not there.
pub const CUT_TEXT: &str = "a text that is cut off";
/// A number whose end is not there.
pub const CUT_NUMBER: &str = "a number that is cut off";
/// Two values for one place.
pub const TWICE: &str = "two values for one cell; save the workbook as a new .xlsx";
/// Shown with digits that it does not have.
pub const ADDED_DIGITS: &str =
    "a number format with digits of its own; give the cell a plain one and type what is meant";
/// Its style is not among those of the workbook.
pub const NO_STYLE: &str = "a number whose format is missing; save the workbook as a new .xlsx";
/// Infinite, or no number at all.
pub const NO_NUMBER: &str = "not a number";
/// A length of time that is none.
pub const NO_TIME: &str = "a time that cannot be read";
/// Anything else.
pub const UNREADABLE: &str = "unreadable cell";

/// The text for a cell of which a library says why it cannot be read: [`UNREADABLE`] with its words, cut to a sane length.
pub fn because(error: &impl std::fmt::Display) -> String {
    format!("{UNREADABLE} ({error})").chars().take(120).collect()
}

/// The text of such a cell in the language that is spoken; any other text, `#N/A` for one, as it is.
pub fn words(text: &str) -> Cow<'_, str> {
    let words = match text {
        TOO_LONG => say!("problem-cell-too-long"),
        HOLLOW => say!("problem-cell-hollow"),
        FORMULA_ERROR => say!("problem-cell-formula-error"),
        LOST_VALUE => say!("problem-cell-lost-value"),
        LOST_TEXT => say!("problem-cell-lost-text"),
        LONG_TEXT => say!("problem-cell-long-text"),
        FOREIGN_TEXT => say!("problem-cell-foreign-text"),
        MISSING_TEXT => say!("problem-cell-missing-text"),
        CUT_TEXT => say!("problem-cell-cut-text"),
        CUT_NUMBER => say!("problem-cell-cut-number"),
        TWICE => say!("problem-cell-twice"),
        ADDED_DIGITS => say!("problem-cell-added-digits"),
        NO_STYLE => say!("problem-cell-no-style"),
        NO_NUMBER => say!("problem-cell-no-number"),
        NO_TIME => say!("problem-cell-no-time"),
        UNREADABLE => say!("problem-cell-unreadable"),
        other => match other.strip_prefix(UNREADABLE).and_then(|rest| rest.strip_prefix(" (")) {
            Some(error) => {
                say!("problem-cell-unreadable-because", error = error.strip_suffix(')').unwrap_or(error))
            }
            None => return Cow::Borrowed(text),
        },
    };
    Cow::Owned(words)
}

/// Whether a text is one of ours, and nothing that stands in the cell.
pub fn stands_in(text: &str) -> bool {
    matches!(words(text), Cow::Owned(_))
}

/// A whole sentence about an error cell of which more is known than that it holds an error.
pub fn message(text: &str) -> Option<String> {
    match text {
        HOLLOW => Some(say!("problem-cell-hollow-message")),
        ADDED_DIGITS => Some(say!("problem-cell-added-digits-message")),
        text if is_narrow(text) => Some(say!("problem-cell-narrow-message")),
        _ => None,
    }
}

/// What to do about a cell that [`message`] has a sentence about.
pub fn hint(text: &str) -> Option<String> {
    match text {
        HOLLOW => Some(say!("problem-cell-hollow-hint")),
        ADDED_DIGITS => Some(say!("problem-cell-added-digits-hint")),
        text if is_narrow(text) => Some(say!("problem-cell-narrow-hint")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, speaking};

    #[test]
    fn what_stands_in_a_cell_is_said_in_every_language_and_stored_in_english() {
        let because = because(&"no such table");
        for text in [
            TOO_LONG,
            HOLLOW,
            FORMULA_ERROR,
            LOST_VALUE,
            LOST_TEXT,
            LONG_TEXT,
            FOREIGN_TEXT,
            MISSING_TEXT,
            CUT_TEXT,
            CUT_NUMBER,
            TWICE,
            ADDED_DIGITS,
            NO_STYLE,
            NO_NUMBER,
            NO_TIME,
            UNREADABLE,
            &because,
        ] {
            assert_eq!(words(text), text);
            for language in [Language::Chinese, Language::Indonesian] {
                speaking(language, || assert_ne!(words(text), text, "{language:?}"));
            }
            // A problem keeps so many characters of a value.
            assert!(text.chars().count() <= 120, "{text}");
        }
        speaking(Language::Chinese, || {
            assert_eq!(words(&because), "无法读取的单元格（no such table）");
            assert_eq!(words("#N/A"), "#N/A");
        });
    }
}
