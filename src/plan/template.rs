//! Templates for names and descriptions: `{date} {user_name}`, `{{` for a brace. Cells are never templates.

use std::fmt::{self, Write as _};

use crate::lang::say;

/// A placeholder of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Date,
    UserName,
    UserPhone,
    File,
    Orders,
    TotalAmount,
}

const SLOTS: [(&str, Slot); 6] = [
    ("date", Slot::Date),
    ("user_name", Slot::UserName),
    ("user_phone", Slot::UserPhone),
    ("file", Slot::File),
    ("orders", Slot::Orders),
    ("total_amount", Slot::TotalAmount),
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Slot(Slot),
}

/// What the placeholders stand for in one task.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// Today, ISO.
    pub date: &'a str,
    /// The user's name; may be blank.
    pub user_name: &'a str,
    /// The normalised phone.
    pub user_phone: &'a str,
    /// The file's name without folder and extension.
    pub file: &'a str,
    /// How many orders.
    pub orders: usize,
    /// The total as sent.
    pub total_amount: &'a str,
}

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    parts: Vec<Part>,
}

/// A template that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// No such placeholder.
    Unknown(String),
    /// A brace that is not closed.
    Open(String),
}

impl TemplateError {
    /// How to mend it.
    pub fn hint(&self) -> String {
        let names: Vec<_> = SLOTS.iter().map(|(name, _)| format!("{{{name}}}")).collect();
        say!("problem-template-hint", names = names.join(" "))
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Unknown(name) => say!("problem-template-unknown", name = name),
            Self::Open(rest) => say!("problem-template-open", rest = rest),
        })
    }
}

impl std::error::Error for TemplateError {}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// An unknown placeholder or an open brace.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}']) {
            text.push_str(&rest[..at]);
            let from = &rest[at..];
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                text.push_str(&from[..1]);
                rest = after;
            } else if let Some(after) = from.strip_prefix('}') {
                text.push('}');
                rest = after;
            } else {
                let inside = &from[1..];
                let end = inside.find('}').ok_or_else(|| TemplateError::Open(from.to_owned()))?;
                let name = inside[..end].trim();
                let slot = SLOTS.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot);
                let slot = slot.ok_or_else(|| TemplateError::Unknown(name.to_owned()))?;
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Slot(slot));
                rest = &inside[end + 1..];
            }
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Self { source: source.to_owned(), parts })
    }

    /// The text as it was given: what the identity of a task counts.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it has placeholders, so that what it becomes may differ from day to day.
    pub fn is_dynamic(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Slot(_)))
    }

    /// Fills the placeholders.
    pub fn render(&self, values: &Values<'_>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Slot(Slot::Date) => text.push_str(values.date),
                Part::Slot(Slot::UserName) => text.push_str(values.user_name),
                Part::Slot(Slot::UserPhone) => text.push_str(values.user_phone),
                Part::Slot(Slot::File) => text.push_str(values.file),
                // Writing into a string cannot fail.
                Part::Slot(Slot::Orders) => drop(write!(text, "{}", values.orders)),
                Part::Slot(Slot::TotalAmount) => text.push_str(values.total_amount),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, speaking};

    #[test]
    fn rendering() {
        let values = Values {
            date: "2026-11-22",
            user_name: "Sari {date}",
            user_phone: "6281234567890",
            file: "list",
            orders: 2,
            total_amount: "300.00",
        };
        for (source, want) in [
            ("plain", "plain"),
            ("{date}", "2026-11-22"),
            ("催收 {date} {user_name}", "催收 2026-11-22 Sari {date}"),
            ("{{date}}", "{date}"),
            ("{{", "{"),
            ("a } b", "a } b"),
            ("{ orders }x{total_amount}/{file}/{user_phone}", "2x300.00/list/6281234567890"),
            ("", ""),
        ] {
            assert_eq!(Template::parse(source).unwrap().render(&values), want, "{source:?}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        assert_eq!(Template::parse("{day}"), Err(TemplateError::Unknown("day".into())));
        assert_eq!(Template::parse("{}"), Err(TemplateError::Unknown(String::new())));
        assert_eq!(Template::parse("a {date"), Err(TemplateError::Open("{date".into())));
        assert!(Template::parse("{date}").unwrap().is_dynamic());
        assert!(!Template::parse("{{date}}").unwrap().is_dynamic());
        for (template, want) in [("{day}", "没有占位符 {day}"), ("a {date", "“{date”处的花括号没有闭合")]
        {
            let error = Template::parse(template).unwrap_err();
            let said = speaking(Language::Chinese, || (error.to_string(), error.hint()));
            assert_eq!(said.0, want);
            assert!(said.1.starts_with("可用 {date} ") && said.1.ends_with("{{"), "{}", said.1);
        }
    }
}
