//! What people type, made plain: the step before a phone, an amount or a date is read from text.

use std::borrow::Cow;

/// Characters that are not seen and carry no meaning of their own: direction marks, zero-width spaces, soft hyphens,
/// blank letters. The joiners U+200C and U+200D and the variation selectors are not among them, since names and emoji need them.
pub(crate) const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}')
}

/// The joiners and variation selectors: they only do something to their neighbours.
pub(crate) const fn is_attachment(character: char) -> bool {
    matches!(character,
        '\u{200C}' | '\u{200D}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whatever ends a line, the vertical tab of word processors and the Unicode separators included.
pub(crate) const fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text trimmed, without invisible marks and control characters, every space a plain one, full-width characters,
/// dashes and apostrophes as their ASCII kin.
///
/// A line break stays (as LF), so that two values in one cell are not run together. Other letters and digits stay as
/// they are: what is not understood has to be refused by the reader, not translated here.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        // The only white space that can be there.
        return Cow::Borrowed(text.trim_ascii());
    }
    let folded: String = text.chars().filter_map(plain_char).collect();
    Cow::Owned(folded.trim().to_owned())
}

fn plain_char(character: char) -> Option<char> {
    Some(match character {
        '`' => '\'',
        ' '..='~' => character,
        _ if is_line_break(character) => '\n',
        _ if character.is_whitespace() => ' ',
        _ if character.is_control() || is_invisible(character) || is_attachment(character) => return None,
        // The full-width block repeats ASCII from `!` on, and a few signs after it.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0)?,
        '\u{FFE5}' => '¥',
        '\u{FFE1}' => '£',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{2032}' | '\u{B4}' => '\'',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_characters_become_plain_ones() {
        for (text, want) in [
            ("  12 ", "12"),
            ("１２．５０", "12.50"),
            ("\u{FEFF}12\u{200B}\u{202C}", "12"),
            ("1\u{A0}234\u{202F}567\u{3000}", "1 234 567"),
            ("−5", "-5"),
            ("1’000", "1'000"),
            ("08\t12", "08 12"),
            ("a\r\nb", "a\n\nb"),
            ("\n12\n", "12"),
            ("￥５", "¥5"),
            // other digits are not translated: readers refuse them
            ("٣", "٣"),
            ("10²", "10²"),
        ] {
            assert_eq!(plain(text), want, "{text:?}");
        }
    }
}
