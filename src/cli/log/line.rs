//! One line of the log.

use std::io::{self, Write as _};

use serde::ser::{Serialize, SerializeMap as _, Serializer};
pub(in crate::cli) use serde_json::Value;
use tracing::Level;

use crate::domain::quote::visible;

/// A line, before it has a form.
#[derive(Debug)]
pub(in crate::cli) struct Line<'l> {
    pub(in crate::cli) level: Level,
    /// The run that it is about.
    pub(in crate::cli) run: Option<String>,
    /// What happened, in a word that stays the same; `None` for sentences that only people read.
    pub(in crate::cli) event: Option<&'static str>,
    pub(in crate::cli) message: &'l str,
    /// What programs read of it, in this order; what is null is left out.
    pub(in crate::cli) fields: &'l [(&'static str, Value)],
}

impl Line<'_> {
    /// Writes it to standard error as a whole, so that lines of several threads do not mix.
    pub(in crate::cli) fn write(&self, as_json: bool) {
        let at = jiff::Timestamp::now();
        let mut text = if as_json { self.json(at) } else { self.text(at) };
        text.push('\n');
        // Nobody reading the log is no reason to stop.
        drop(io::stderr().lock().write_all(text.as_bytes()));
    }

    fn json(&self, at: jiff::Timestamp) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(&Object { line: self, at: moment(at) }).unwrap_or_default()
    }

    /// `2026-11-22T01:30:00.123Z DEBUG 20261122-013000-k7f3 task ended: task=3 outcome=created`
    fn text(&self, at: jiff::Timestamp) -> String {
        let run = self.run.as_deref().unwrap_or("-");
        let mut text = format!("{} {:<5} {run} {}", moment(at), self.level.as_str(), visible(self.message));
        let fields = self.fields.iter().filter(|(_, value)| !value.is_null());
        for (index, (name, value)) in fields.enumerate() {
            text.push_str(if index == 0 { ": " } else { " " });
            text.push_str(name);
            text.push('=');
            match value {
                Value::String(word) if is_plain(word) => text.push_str(word),
                Value::String(words) => text.push_str(&visible(&format!("{words:?}"))),
                other => text.push_str(&other.to_string()),
            }
        }
        text
    }
}

fn moment(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Whether a text needs no quotes to be told from what stands beside it.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/;*!".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

struct Object<'o> {
    line: &'o Line<'o>,
    at: String,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Line { level, run, event, message, fields } = self.line;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("at", &self.at)?;
        object.serialize_entry("level", &level.as_str().to_ascii_lowercase())?;
        if let Some(run) = run {
            object.serialize_entry("run", run)?;
        }
        if let Some(event) = event {
            object.serialize_entry("event", event)?;
        }
        object.serialize_entry("message", message)?;
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_in_both_forms() {
        let fields = [
            ("sheet", Value::Null),
            ("task", 3.into()),
            ("source", "名单.xlsx Orders".into()),
            ("why", "a\"b\nc\u{202e}".into()),
        ];
        let line = Line {
            level: Level::WARN,
            run: Some("20261122-013000-k7f3".to_owned()),
            event: Some("task-ended"),
            message: "task ended",
            fields: &fields,
        };
        let at = jiff::Timestamp::from_millisecond(1_795_311_000_120).unwrap();
        assert_eq!(
            line.json(at),
            "{\"at\":\"2026-11-22T01:30:00.120Z\",\"level\":\"warn\",\"run\":\"20261122-013000-k7f3\",\
             \"event\":\"task-ended\",\"message\":\"task ended\",\"task\":3,\"source\":\"名单.xlsx Orders\",\
             \"why\":\"a\\\"b\\nc\u{202e}\"}"
        );
        assert_eq!(
            line.text(at),
            "2026-11-22T01:30:00.120Z WARN  20261122-013000-k7f3 task ended: task=3 source=\"名单.xlsx Orders\" \
             why=\"a\\\"b\\nc\\u{202e}\""
        );
        let bare = Line { run: None, event: None, fields: &[], message: "x\u{1b}[2J", ..line };
        assert_eq!(bare.text(at), "2026-11-22T01:30:00.120Z WARN  - x\\u{1b}[2J");
        let object = r#"{"at":"2026-11-22T01:30:00.120Z","level":"warn","message":"x\u001b[2J"}"#;
        assert_eq!(bare.json(at), object);
    }
}
