//! What was created, written down before anybody is told: one JSON line a task.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write as _};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

/// The open audit file. Lines are written whole and without a buffer of ours, so that a killed sandbox keeps them.
pub(super) struct Audit {
    file: File,
}

#[derive(Serialize)]
struct Line<'a> {
    at: Timestamp,
    id: u64,
    body: &'a RawValue,
}

impl Audit {
    pub(super) fn new(file: File) -> Self {
        Self { file }
    }

    /// Appends the line of one task; `body` is the JSON text of the request.
    pub(super) fn record(&mut self, at: Timestamp, id: u64, body: &[u8]) -> io::Result<()> {
        self.file.write_all(&line(at, id, body)?)
    }
}

/// The bytes of the body are kept as they came. Only line breaks between its tokens become spaces (inside a string
/// JSON has none), and white space around it goes, or a pretty-printed body would not be one line.
fn line(at: Timestamp, id: u64, body: &[u8]) -> io::Result<Vec<u8>> {
    let body = std::str::from_utf8(body).map_err(io::Error::other)?;
    let body = if body.contains(['\n', '\r']) {
        Cow::Owned(body.replace(['\n', '\r'], " "))
    } else {
        Cow::Borrowed(body)
    };
    let body: &RawValue = serde_json::from_str(&body)?;
    let mut line = serde_json::to_vec(&Line { at, id, body })?;
    line.push(b'\n');
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_stands_in_its_line_as_it_came() {
        let at: Timestamp = "2026-04-16T10:00:00Z".parse().unwrap();
        for (body, kept) in [
            (r#"{"b" : "é\u00e9\n","a":1.50}"#, r#"{"b" : "é\u00e9\n","a":1.50}"#),
            ("\n{\r\n\t\"a\":1\n}\n", "{  \t\"a\":1 }"),
        ] {
            let line = String::from_utf8(line(at, 7, body.as_bytes()).unwrap()).unwrap();
            assert_eq!(line, format!("{{\"at\":\"2026-04-16T10:00:00Z\",\"id\":7,\"body\":{kept}}}\n"));
        }
    }
}
