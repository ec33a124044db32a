//! Showing text that came from outside: file names, cells, server messages. None of it may move the cursor, hide
//! itself or look like ours.

use std::borrow::Cow;

/// The longest stretch of a cell that a message quotes, in characters.
const QUOTED: usize = 60;

/// The text with control characters, line breaks and direction marks made visible: `\n`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same, cut to a length that a line can bear.
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => Cow::Owned(format!("{}…", visible(&text[..end]))),
        None => visible(text),
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hides() {
        for (text, want) in [
            ("plain 张三", "plain 张三"),
            ("a\x1b[31mb", r"a\u{1b}[31mb"),
            ("a\nb", r"a\nb"),
            ("a\u{202e}b", r"a\u{202e}b"),
            ("a\u{200b}b", r"a\u{200b}b"),
        ] {
            assert_eq!(visible(text), want);
        }
        assert_eq!(shortened(&"长".repeat(61)), format!("{}…", "长".repeat(60)));
        assert_eq!(shortened(&"长".repeat(60)), "长".repeat(60));
    }
}
