//! Why the program does not begin: bad usage, a bad setting, a file that is not there.

use std::fmt;

/// What is wrong, where, and how to mend it. Shown as style asks: `error: PLACE: MESSAGE`, then `  fix: HINT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Something to type or to change.
    pub hint: Option<String>,
    /// The flag, the variable, or file and line (`incs-import.toml:3`) it is about.
    pub place: Option<String>,
}

impl Refusal {
    /// A refusal that has neither a place nor a hint yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, place: None }
    }

    /// Place and message: `incs-import.toml:3: unknown key`.
    pub fn line(&self) -> String {
        match &self.place {
            Some(place) => format!("{place}: {}", self.message),
            None => self.message.clone(),
        }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds where it is.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(place.to_string());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error: ")?;
        if let Some(place) = &self.place {
            write!(f, "{}: ", Plain(place))?;
        }
        write!(f, "{}", Plain(&self.message))?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  fix: {}", Plain(hint))?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// Text with its control characters escaped: names of files and keys are other people's, and a terminal obeys them.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_debug())?;
            } else {
                fmt::Write::write_char(f, character)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_message_and_fix_on_two_lines() {
        assert_eq!(Refusal::new("no input").to_string(), "error: no input");
        let refusal = Refusal::new("bad \u{1b}[31m").at("a\nb.toml:3").hint("mend it");
        assert_eq!(refusal.to_string(), "error: a\\nb.toml:3: bad \\u{1b}[31m\n  fix: mend it");
    }
}
