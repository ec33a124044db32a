//! Texts on their way into the page: what came from outside must stay text, whatever it is.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::quote::visible;

/// JSON that may stand in a `<script>` element: no `<`, `>` or `&`, so that neither an end tag nor a comment can begin in
/// it, and no line separator. These characters stand nowhere in JSON but in strings, where an escape means the same.
pub(super) fn for_script(json: &str, out: &mut String) {
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
}

/// A name as it may be shown: marks that hide or turn text are made visible, but joiners stay, which names are written with.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
    match visible(text) {
        Cow::Owned(_) if text.contains(JOINERS) => {
            let pieces = text.split_inclusive(JOINERS).map(|piece| {
                let end = piece.trim_end_matches(JOINERS);
                format!("{}{}", visible(end), &piece[end.len()..])
            });
            Cow::Owned(pieces.collect())
        }
        shown => shown,
    }
}

/// A stretch of a hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Words(String),
    /// A command to type.
    Command(String),
}

/// Takes a hint apart into words and the commands of this program that stand in it.
///
/// A command goes on until a mark that ends it in the sentence, in any of the languages; what is quoted for a shell is
/// part of it.
pub(super) fn pieces(hint: &str) -> Vec<Piece> {
    const NAME: &str = "incs-import ";
    let mut pieces = Vec::new();
    let mut rest = hint;
    while let Some(begin) = rest.find(NAME) {
        let (before, from) = rest.split_at(begin);
        let (command, after) = from.split_at(end_of_command(from));
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Command(command.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

fn end_of_command(text: &str) -> usize {
    let mut is_quoted = false;
    let mut marks = text.char_indices().peekable();
    while let Some((at, c)) = marks.next() {
        match c {
            '\'' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '，' | '；' | '。' | '、' | '（' | '）' | '：' | '\n' => {
                return text[..at].trim_end().len();
            }
            ',' | ';' | '.' | ')' | ':' if marks.peek().is_none_or(|(_, next)| *next == ' ') => return at,
            _ => {}
        }
    }
    text.trim_end().len()
}

/// `0.2 s`, `45 s`, `3 min 20 s`, `2 h 5 min`: the units are written alike in all our languages.
pub(super) fn duration(millis: i64) -> String {
    let seconds = millis / 1_000;
    match seconds {
        ..=0 => format!("0.{} s", (millis / 100).clamp(0, 9)),
        1..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

/// `08:30:00`: the clock of this machine.
pub(super) fn local_clock(millis: i64) -> String {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::system());
    at.strftime("%H:%M:%S").to_string()
}

/// Seconds since 1970 on the clock of this machine: what a browser shows when it takes them for UTC.
pub(super) fn local_seconds(millis: i64, zone: &TimeZone) -> Option<i64> {
    let at = Timestamp::from_millisecond(millis).ok()?;
    Some(at.as_second() + i64::from(zone.to_offset(at).seconds()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script_ends_nothing_and_means_the_same() {
        let hostile = "</script><!--<img onerror=x>&amp;]]>\u{2028}\u{2029}\"'\\";
        let json = serde_json::to_string(hostile).unwrap();
        let mut safe = String::new();
        for_script(&json, &mut safe);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
    }

    #[test]
    fn names_keep_their_joiners_and_hide_nothing_else() {
        for (text, want) in [
            ("Wati", "Wati"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a\u{202e}b\u{200d}c", "a\\u{202e}b\u{200d}c"),
            ("a\u{200d}\u{202e}", "a\u{200d}\\u{202e}"),
            ("\u{200d}", "\u{200d}"),
        ] {
            assert_eq!(shown(text), want, "{text:?}");
        }
    }

    #[test]
    fn commands_are_found_in_hints() {
        let words = |text: &str| Piece::Words(text.to_owned());
        let command = |text: &str| Piece::Command(text.to_owned());
        for (hint, want) in [
            ("nothing to do", vec![words("nothing to do")]),
            (
                "it is sent by: incs-import resume R",
                vec![words("it is sent by: "), command("incs-import resume R")],
            ),
            (
                "ask with: incs-import resume R; or look, then: incs-import resolve R --phone 62 --task-id 7; or if not: incs-import resolve R --phone 62 --absent",
                vec![
                    words("ask with: "),
                    command("incs-import resume R"),
                    words("; or look, then: "),
                    command("incs-import resolve R --phone 62 --task-id 7"),
                    words("; or if not: "),
                    command("incs-import resolve R --phone 62 --absent"),
                ],
            ),
            (
                "运行：incs-import resume R。",
                vec![words("运行："), command("incs-import resume R"), words("。")],
            ),
            ("incs-import check 'a, b.csv' x.csv", vec![command("incs-import check 'a, b.csv' x.csv")]),
            ("", vec![]),
        ] {
            assert_eq!(pieces(hint), want);
        }
    }

    #[test]
    fn durations_for_people() {
        for (millis, want) in [
            (-5, "0.0 s"),
            (250, "0.2 s"),
            (45_999, "45 s"),
            (200_000, "3 min 20 s"),
            (7_500_000, "2 h 5 min"),
        ] {
            assert_eq!(duration(millis), want);
        }
    }

    #[test]
    fn clocks_are_those_of_the_zone() {
        let zone = TimeZone::get("Asia/Jakarta").unwrap();
        assert_eq!(local_seconds(1_000, &zone), Some(1 + 7 * 3_600));
        assert_eq!(local_seconds(i64::MAX, &zone), None);
    }
}
