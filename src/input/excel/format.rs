//! What a number format code says about the number under it.
//!
//! calamine takes any unquoted `d`, `m`, `h`, `y` or `s` for a date, so money under `S/ #,##0.00` or `USD 0.00` comes
//! out as a date. Here a code is a date only if its letters are date tokens and nothing in it places the digits of
//! a number. Source of the grammar: ECMA-376 part 1, section 18.8.31.

use crate::domain::cell::Format;
use crate::domain::unread;

/// How a style shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// As a date, a time or a length of time.
    pub(super) date: bool,
    /// Why what is meant cannot be known.
    pub(super) flaw: Option<Flaw>,
    pub(super) format: Format,
}

/// Why a number cannot be taken for what it is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is shown with digits that it does not have, as under `"+62"0`.
    AddedDigits,
    /// Its style is not among those of the workbook.
    NoStyle,
}

impl Flaw {
    /// What stands in the cell instead.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::AddedDigits => unread::ADDED_DIGITS,
            Self::NoStyle => unread::NO_STYLE,
        }
    }
}

impl Shown {
    /// As a number, with nothing that matters here.
    pub(super) const PLAIN: Self = Self::number(Format::Plain);
    /// As a date, a time or a length of time.
    pub(super) const DATE: Self = Self { date: true, flaw: None, format: Format::Plain };

    /// As a number under a format.
    pub(super) const fn number(format: Format) -> Self {
        Self { date: false, flaw: None, format }
    }

    /// As one of the styles of a workbook says; a workbook without any is one of a program that knows of none.
    pub(super) fn in_palette(palette: &[Self], style: usize) -> Self {
        let missing = Self { flaw: Some(Flaw::NoStyle), ..Self::PLAIN };
        palette.get(style).copied().unwrap_or(if palette.is_empty() { Self::PLAIN } else { missing })
    }

    /// Reads a format code and the id it stands under. The ids of formats that differ by language have no code of
    /// their own and come with `General`.
    pub(super) fn of(code: &str, id: Option<u32>) -> Self {
        match id {
            Some(id) if code == "General" => Self::of_id(id),
            _ => Self::of_code(code),
        }
    }

    /// Reads an id that has no code in the file: a built-in format, or one that shows like `General`.
    ///
    /// Among them are those of East Asian and Thai programs. Source: ECMA-376 part 1, section 18.8.30.
    pub(super) const fn of_id(id: u32) -> Self {
        match id {
            9 | 10 | 67 | 68 => Self::number(Format::Percent),
            14..=22 | 27..=36 | 45..=47 | 50..=58 | 71..=81 => Self::DATE,
            _ => Self::PLAIN,
        }
    }

    fn of_code(code: &str) -> Self {
        let section = Section::of(code);
        if section.is_date() {
            return Self::DATE;
        }
        let format = if section.bare.contains('%') {
            Format::Percent
        } else {
            section.zeros().map_or(Format::Plain, Format::Zeros)
        };
        let flaw = section.literal_digits.then_some(Flaw::AddedDigits);
        Self { date: false, flaw, format }
    }
}

/// The first section of a code (for positive numbers) without its literals.
struct Section {
    /// What is left when quoted, escaped and bracketed text is taken out; a literal leaves a `\u{0}` behind, so that
    /// the letters around it are not read as one word.
    bare: String,
    /// `[h]`, `[mm]`, `[ss]`: a length of time.
    elapsed: bool,
    /// A literal that is shown holds a digit.
    literal_digits: bool,
}

impl Section {
    fn of(code: &str) -> Self {
        let mut bare = String::with_capacity(code.len());
        let mut elapsed = false;
        let mut literal_digits = false;
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                ';' => break,
                '"' => {
                    let literal: String = characters.by_ref().take_while(|&next| next != '"').collect();
                    literal_digits |= literal.bytes().any(|byte| byte.is_ascii_digit());
                    bare.push('\0');
                }
                '\\' => {
                    let escaped = characters.next().unwrap_or('\0');
                    literal_digits |= escaped.is_ascii_digit();
                    // Written with a backslash or without, a separator is one.
                    bare.push(if is_separator(escaped) { escaped } else { '\0' });
                }
                // A gap as wide as the next character, a filler.
                '_' | '*' => {
                    characters.next();
                    bare.push('\0');
                }
                // Digits but 0 are literals too, unless they are the denominator of a fraction.
                '1'..='9' => {
                    let denominator = bare.ends_with(|last: char| matches!(last, '/' | '1'..='9'));
                    literal_digits |= !denominator;
                    bare.push(if denominator { character } else { '\0' });
                }
                '[' => {
                    let inside: String = characters.by_ref().take_while(|&next| next != ']').collect();
                    let inside = inside.to_ascii_lowercase();
                    let mut letters = inside.chars();
                    if let Some(first @ ('h' | 'm' | 's')) = letters.next() {
                        elapsed |= letters.all(|letter| letter == first);
                    }
                    bare.push('\0');
                }
                _ => bare.push(character.to_ascii_lowercase()),
            }
        }
        Self { bare, elapsed, literal_digits }
    }

    /// How many digits are shown at least: two zeros or more and nothing else but the separators of a phone.
    fn zeros(&self) -> Option<u8> {
        let zeros = self.bare.bytes().filter(|&byte| byte == b'0').count();
        let only = self.bare.chars().all(|character| character == '0' || is_separator(character));
        (only && zeros > 1).then(|| u8::try_from(zeros).unwrap_or(u8::MAX))
    }

    fn is_date(&self) -> bool {
        let tokens = self.words().any(has_token);
        (tokens || self.elapsed) && self.words().all(is_made_of_tokens) && !self.places_digits()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.bare.split(|character: char| !character.is_ascii_alphabetic()).filter(|word| !word.is_empty())
    }

    /// Whether the digits of a number are placed; the zeros of `ss.000` are fractions of a second and do not count.
    fn places_digits(&self) -> bool {
        if self.bare.contains(['#', '?', '%', '@']) {
            return true;
        }
        let mut before = [' ', ' '];
        for character in self.bare.chars() {
            if character == '0' {
                let of_second = matches!(before[1], '.' | ',') && (matches!(before[0], 's' | '\0'));
                if !of_second && before[1] != '0' {
                    return true;
                }
            }
            before = [before[1], character];
        }
        false
    }
}

/// What stands between the digits of a phone.
const fn is_separator(character: char) -> bool {
    matches!(character, '-' | ' ' | '(' | ')')
}

fn has_token(word: &str) -> bool {
    word.contains(['y', 'm', 'd', 'h', 's'])
}

/// `am/pm` and `a/p` are split at the slash, `e`, `g`, `b` are years of other calendars, `t` and `z` stand in ISO codes.
fn is_made_of_tokens(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a" | "p")
        || word
            .chars()
            .all(|letter| matches!(letter, 'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'b' | 't' | 'z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_number_is() {
        let date = Shown::DATE;
        let number = Shown::number;
        let odd = Shown { flaw: Some(Flaw::AddedDigits), ..Shown::PLAIN };
        for (code, want) in [
            ("General", number(Format::Plain)),
            ("@", number(Format::Plain)),
            ("0", number(Format::Plain)),
            ("#,##0.00", number(Format::Plain)),
            ("00000", number(Format::Zeros(5))),
            ("000-0000", number(Format::Zeros(7))),
            ("\\(0000\\)\\ 0000\\-0000", number(Format::Zeros(12))),
            ("0-0", number(Format::Zeros(2))),
            ("0.00", number(Format::Plain)),
            ("0,000", number(Format::Plain)),
            ("# ??/16", number(Format::Plain)),
            ("0.5", odd),
            ("\"+62\"0", odd),
            ("\\0#", odd),
            ("0\"000\"", odd),
            ("[$Rp-421]#,##0_1", number(Format::Plain)),
            ("\"+\"00000", number(Format::Plain)),
            ("0%", number(Format::Percent)),
            ("0.00%;[Red]-0.00%", number(Format::Percent)),
            ("0\"%\"", number(Format::Plain)),
            // money that calamine takes for a date
            ("S/ #,##0.00", number(Format::Plain)),
            ("Rp #,##0", number(Format::Plain)),
            ("Rs. #,##0.00", number(Format::Plain)),
            ("USD 0.00", number(Format::Plain)),
            ("#,##0 MDL", number(Format::Plain)),
            ("0 d", number(Format::Plain)),
            ("0.00 HUF", number(Format::Plain)),
            ("[$Rp-421] #,##0", number(Format::Plain)),
            ("_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)", number(Format::Plain)),
            ("#,##0*y", number(Format::Plain)),
            ("\"dmy\"", number(Format::Plain)),
            ("[Red][>=100]0.0", number(Format::Plain)),
            // dates and times
            ("yyyy-mm-dd", date),
            ("DD/MM/YYYY", date),
            ("d mmm yyyy hh:mm:ss.000", date),
            ("mm:ss.0", date),
            ("mmss.0", date),
            ("[h]:mm:ss", date),
            ("[ss].00", date),
            ("h:mm AM/PM", date),
            ("h:mm A/P", date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", date),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", date),
            ("yyyy年m月d日", date),
            ("yyyymmdd", date),
            ("yyyy-mm-ddThh:mm:ss", date),
            ("m/d/yy h:mm", date),
            ("ggge\"年\"m\"月\"", date),
        ] {
            assert_eq!(Shown::of(code, Some(164)), want, "{code:?}");
        }
        for (id, want) in [
            (31, date),
            (75, date),
            (9, number(Format::Percent)),
            (68, number(Format::Percent)),
            (44, number(Format::Plain)),
            (164, number(Format::Plain)),
        ] {
            assert_eq!(Shown::of("General", Some(id)), want, "{id}");
        }
        assert_eq!(Shown::of("General", Some(0)), number(Format::Plain));
        for broken in ["\"", "[", "\\", "_", "*", "[h", "", ";", "é\\"] {
            Shown::of(broken, None);
        }
    }
}
