//! The body that a webhook gets, as the user writes it: JSON, in whose texts `{placeholders}` stand.
//!
//! The JSON is parsed first and its texts are filled afterwards, so that nothing that is filled in, whatever a file is called,
//! can end a text or add a key: it is escaped when the whole is written.

use serde_json::Value;

use super::message::{Message, PLACEHOLDERS, Placeholder};
use crate::cli::parse::{FromText, did_you_mean, nearest, text_values};
use crate::lang::say;

/// A body with placeholders.
#[derive(Debug, Clone)]
pub struct Template {
    source: String,
    body: Value,
}

/// A template, or a blank text, which says that there is none.
#[derive(Debug, Clone)]
pub struct BodyText(pub Option<Template>);

text_values! { [] BodyText, }

impl FromText for BodyText {
    fn wanted() -> String {
        say!("notify-wants-body")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let is_blank = text.trim().is_empty();
        Ok(Self(if is_blank { None } else { Some(Template::parse(text)?) }))
    }
}

/// A stretch of a text.
enum Part<'t> {
    Plain(&'t str),
    Filled(Placeholder),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// It is not JSON, or a text of it has a placeholder that there is not, or a brace that is not closed.
    pub fn parse(source: &str) -> Result<Self, String> {
        let body: Value = serde_json::from_str(source).map_err(|error| {
            let (line, column) = (error.line().to_string(), error.column().to_string());
            say!("notify-body-not-json", line = line, column = column)
        })?;
        check(&body)?;
        Ok(Self { source: source.to_owned(), body })
    }

    /// As it was given.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The body of a message.
    pub(super) fn fill(&self, message: &Message) -> Value {
        filled(&self.body, message)
    }
}

fn check(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) => parts(text).map(drop),
        Value::Array(list) => list.iter().try_for_each(check),
        Value::Object(map) => map.values().try_for_each(check),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn filled(value: &Value, message: &Message) -> Value {
    match value {
        // Checked when it was read.
        Value::String(text) => Value::String(parts(text).map_or_else(
            |_| text.clone(),
            |parts| {
                let said = parts.into_iter().map(|part| match part {
                    Part::Plain(text) => text.to_owned(),
                    Part::Filled(placeholder) => placeholder(message),
                });
                said.collect()
            },
        )),
        Value::Array(list) => list.iter().map(|value| filled(value, message)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), filled(value, message))).collect(),
        other => other.clone(),
    }
}

/// Takes a text apart: `{name}` is filled, `{{` and `}}` are braces, and so is a `}` alone.
fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        parts.push(Part::Plain(before));
        if from.starts_with("{{") || from.starts_with("}}") {
            parts.push(Part::Plain(&from[..1]));
            rest = &from[2..];
        } else if let Some(after) = from.strip_prefix('}') {
            parts.push(Part::Plain(&from[..1]));
            rest = after;
        } else {
            let end = from.find('}').ok_or_else(|| say!("notify-body-open"))?;
            let name = from[1..end].trim();
            let known = PLACEHOLDERS.iter().find_map(|(known, fill)| (*known == name).then_some(*fill));
            parts.push(Part::Filled(known.ok_or_else(|| unknown(name))?));
            rest = &from[end + 1..];
        }
    }
    parts.push(Part::Plain(rest));
    Ok(parts)
}

fn unknown(name: &str) -> String {
    let names = || PLACEHOLDERS.iter().map(|(name, _)| *name);
    let all: Vec<&str> = names().collect();
    let meant = did_you_mean(nearest(name, names()));
    say!("notify-body-unknown", name = name, meant = meant, names = all.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fill(template: &str, message: &Message) -> Value {
        Template::parse(template).unwrap().fill(message)
    }

    #[test]
    fn texts_are_filled_wherever_they_stand() {
        let message = Message { files: vec!["a.csv".to_owned()], exit_code: 3, ..Message::example() };
        for (template, want) in [
            (r#"{"a":"{exit_code}"}"#, json!({"a": "3"})),
            (r#""{ files } ended with {exit_code}.""#, json!("a.csv ended with 3.")),
            (r#"{"a":[1,null,true,{"b":"{files}"}]}"#, json!({"a": [1, null, true, {"b": "a.csv"}]})),
            (r#"["{{files}}", "}", "{{", "}}"]"#, json!(["{files}", "}", "{", "}"])),
            (r#"{"{files}":"keys are left as they are"}"#, json!({"{files}": "keys are left as they are"})),
            (r#""\u007bfiles\u007d""#, json!("a.csv")),
        ] {
            assert_eq!(fill(template, &message), want, "{template}");
        }
    }

    #[test]
    fn what_is_filled_in_stays_within_its_text() {
        let hostile = r#"x","admin":true,"y":"{exit_code}\"#;
        let message = Message { files: vec![hostile.to_owned()], ..Message::example() };
        let body = fill(r#"{"text":"{files}"}"#, &message);
        assert_eq!(body, json!({"text": hostile}), "nothing is added, and nothing is filled twice");
        let again: Value = serde_json::from_str(&body.to_string()).unwrap();
        assert_eq!(again, body);
    }

    #[test]
    fn what_makes_no_sense_is_told_when_it_is_read() {
        for (template, want) in [
            (r#"{"text": {text}}"#, "is not JSON in its line 1, column 11"),
            ("{\n\"text\": \"a\",\n}", "is not JSON in its line 3, column 1"),
            (r#"{"a":["{txt}"]}"#, "has no placeholder {txt}; did you mean text?"),
            (r#""{}""#, "has no placeholder {}"),
            (r#""{text""#, "has a { that is not closed"),
        ] {
            let complaint = Template::parse(template).unwrap_err();
            assert!(complaint.starts_with(want), "{template}: {complaint}");
        }
        assert!(BodyText::from_text(" \n").unwrap().0.is_none(), "a blank text takes one back");
        assert!(BodyText::from_text("{}").unwrap().0.is_some());
    }

    #[test]
    fn every_placeholder_has_a_value() {
        let message = Message::example();
        for (name, _) in PLACEHOLDERS {
            let said = fill(&format!("\"{{{name}}}\""), &message);
            assert!(said.as_str().is_some_and(|said| !said.contains('{')), "{name}: {said}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_template_and_no_name_breaks_it(template in r#"[\[\]{}":,a-z\\ ]{0,30}"#, name in r"\PC{0,20}") {
            let message = Message { files: vec![name], ..Message::example() };
            if let Ok(template) = Template::parse(&template) {
                let body = template.fill(&message).to_string();
                proptest::prop_assert!(serde_json::from_str::<Value>(&body).is_ok());
            }
        }
    }
}
