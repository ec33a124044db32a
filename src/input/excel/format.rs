//! What a number format code says about the number under it.
//!
//! calamine takes any unquoted `d`, `m`, `h`, `y` or `s` for a date, so money under `S/ #,##0.00` or `USD 0.00` comes
//! out as a date. Here a code is a date only if its letters are date tokens and nothing in it places the digits of
//! a number. Source of the grammar: ECMA-376 part 1, section 18.8.31.

use crate::domain::cell::Format;

/// How a style shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// As a date, a time or a length of time.
    pub(super) date: bool,
    pub(super) format: Format,
}

impl Shown {
    /// Reads a format code and the id it stands under. The ids of formats that differ by language have no code of
    /// their own and come with `General`.
    pub(super) fn of(code: &str, id: Option<u32>) -> Self {
        if code == "General" && id.is_some_and(is_date_id) {
            return Self { date: true, format: Format::Plain };
        }
        Self::of_code(code)
    }

    fn of_code(code: &str) -> Self {
        let section = Section::of(code);
        if section.is_date() {
            return Self { date: true, format: Format::Plain };
        }
        let format = if section.bare.contains('%') {
            Format::Percent
        } else if section.only_zeros {
            Format::Zeros(u8::try_from(section.bare.len()).unwrap_or(u8::MAX))
        } else {
            Format::Plain
        };
        Self { date: false, format }
    }
}

/// Built-in dates and times, among them those of East Asian languages. Source: ECMA-376 part 1, section 18.8.30.
const fn is_date_id(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// The first section of a code (for positive numbers) without its literals.
struct Section {
    /// What is left when quoted, escaped and bracketed text is taken out; a literal leaves a `\u{0}` behind, so that
    /// the letters around it are not read as one word.
    bare: String,
    /// `[h]`, `[mm]`, `[ss]`: a length of time.
    elapsed: bool,
    /// Two zeros or more and nothing else, not even a literal.
    only_zeros: bool,
}

impl Section {
    fn of(code: &str) -> Self {
        let mut bare = String::with_capacity(code.len());
        let mut elapsed = false;
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                ';' => break,
                '"' => {
                    characters.by_ref().find(|&next| next == '"');
                    bare.push('\0');
                }
                // An escape, a gap as wide as the next character, a filler.
                '\\' | '_' | '*' => {
                    characters.next();
                    bare.push('\0');
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
        let only_zeros = bare.len() > 1 && bare.bytes().all(|byte| byte == b'0');
        Self { bare, elapsed, only_zeros }
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
        let date = Shown { date: true, format: Format::Plain };
        let number = |format| Shown { date: false, format };
        for (code, want) in [
            ("General", number(Format::Plain)),
            ("@", number(Format::Plain)),
            ("0", number(Format::Plain)),
            ("#,##0.00", number(Format::Plain)),
            ("00000", number(Format::Zeros(5))),
            ("000-0000", number(Format::Plain)),
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
        assert_eq!(Shown::of("General", Some(31)), date);
        assert_eq!(Shown::of("General", Some(0)), number(Format::Plain));
        for broken in ["\"", "[", "\\", "_", "*", "[h", "", ";", "é\\"] {
            Shown::of(broken, None);
        }
    }
}
