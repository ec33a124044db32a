//! Cleaning of text that is sent as it was typed.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::domain::fold::{is_attachment, is_invisible, is_line_break};

/// What becomes of line breaks inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineBreaks {
    /// They stay, each as one LF: `description`.
    Keep,
    /// A run of them becomes one space: all other fields.
    Space,
}

/// The text trimmed of all Unicode spaces, in NFC, without control characters and invisible marks; tabs are spaces.
///
/// The joiners U+200C and U+200D and the variation selectors stay, but a text of nothing else is blank.
pub fn clean(text: &str, breaks: LineBreaks) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        // The only white space that can be there.
        return Cow::Borrowed(text.trim_ascii());
    }
    let trimmed = text.trim();
    if trimmed.chars().all(|character| stays(character, breaks)) && is_composed(trimmed) {
        return Cow::Borrowed(if is_seen(trimmed) { trimmed } else { "" });
    }
    let composed: String = with_breaks(trimmed, breaks).nfc().collect();
    let trimmed = composed.trim();
    if !is_seen(trimmed) {
        return Cow::Borrowed("");
    }
    Cow::Owned(if trimmed.len() == composed.len() { composed } else { trimmed.to_owned() })
}

fn is_composed(text: &str) -> bool {
    // Latin letters below the combining marks and Chinese ones never combine: no need to look them up.
    text.chars().all(|character| matches!(character, ..'\u{300}' | '\u{4E00}'..='\u{9FFF}'))
        || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

fn stays(character: char, breaks: LineBreaks) -> bool {
    match character {
        '\n' => breaks == LineBreaks::Keep,
        _ => !(character.is_control() || is_invisible(character) || is_line_break(character)),
    }
}

fn is_seen(text: &str) -> bool {
    text.chars().any(|character| !character.is_whitespace() && !is_attachment(character))
}

/// Drops what must not stay, and puts LF or a space for every line break.
fn with_breaks(text: &str, breaks: LineBreaks) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut last_break = None;
    for character in text.chars() {
        if is_line_break(character) {
            match breaks {
                LineBreaks::Keep if character == '\n' && last_break == Some('\r') => {} // one CRLF
                LineBreaks::Keep => kept.push('\n'),
                LineBreaks::Space if last_break.is_none() => kept.push(' '),
                LineBreaks::Space => {}
            }
            last_break = Some(character);
        } else if character == '\t' {
            kept.push(' ');
            last_break = None;
        } else if !character.is_control() && !is_invisible(character) {
            kept.push(character);
            last_break = None;
        }
    }
    kept
}
