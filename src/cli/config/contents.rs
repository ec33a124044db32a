//! From the text of a config file to keys: which key stands where, and what to say when it is not one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::cli::keys::Keys;
use crate::cli::parse::{did_you_mean, nearest};
use crate::cli::refusal::Refusal;
use crate::lang::say;

/// The table that holds the profiles; as a text it is the key that chooses one.
const PROFILE: &str = "profile";

/// What a config file says.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its keys outside of profiles.
    pub keys: Keys,
    /// Its profiles by name.
    pub profiles: BTreeMap<String, Keys>,
}

impl Contents {
    /// Reads the text of a file; `path` is only for messages.
    ///
    /// # Errors
    /// The first thing, from the top, that is not TOML, not a key, in the wrong section, there twice, or of the wrong form;
    /// with its line. Values of a wrong form are repeated, but for those that may hold a secret.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Refusal> {
        let source = Source { path, text };
        let table = DeTable::parse(text).map_err(|error| {
            source.refuse(
                &error.span().unwrap_or(0..0),
                say!("config-not-toml", error = first_line(error.message())),
            )
        })?;
        let mut contents = Self::default();
        let mut top = Level { source, profile: None, lines: BTreeMap::new(), keys: Keys::default() };
        for (key, value) in in_file_order(table.into_inner()) {
            match value.get_ref() {
                DeValue::Table(_) if key.get_ref() == PROFILE => {
                    contents.profiles = source.profiles(value)?
                }
                _ => top.entry(key, value)?,
            }
        }
        contents.keys = top.keys;
        Ok(contents)
    }

    /// Makes all paths count from the folder of the file; see [`Keys::anchor`].
    pub fn anchor(&mut self, folder: &Path, home: Option<&Path>) {
        self.keys.anchor(folder, home);
        self.profiles.values_mut().for_each(|keys| keys.anchor(folder, home));
    }
}

/// The line, counted from 1, on which a byte stands.
pub(super) fn line_of(text: &[u8], at: usize) -> usize {
    text.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

type Entry<'a> = (Spanned<DeString<'a>>, Spanned<DeValue<'a>>);

/// The parser sorts by name; people read from the top.
fn in_file_order(table: DeTable<'_>) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[derive(Clone, Copy)]
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl<'a> Source<'a> {
    fn line(self, span: &Range<usize>) -> usize {
        line_of(self.text.as_bytes(), span.start)
    }

    fn refuse(self, span: &Range<usize>, message: impl Into<String>) -> Refusal {
        Refusal::new(message).at(format_args!("{}:{}", self.path.display(), self.line(span)))
    }

    fn profiles(self, value: Spanned<DeValue<'a>>) -> Result<BTreeMap<String, Keys>, Refusal> {
        let mut profiles = BTreeMap::new();
        let DeValue::Table(table) = value.into_inner() else { return Ok(profiles) };
        for (name, value) in in_file_order(table) {
            let span = name.span();
            let name = name.into_inner().into_owned();
            let DeValue::Table(table) = value.into_inner() else {
                return Err(self
                    .refuse(&span, say!("config-no-profile-here", name = &name))
                    .hint(say!("config-mend-profile", name = &name)));
            };
            let mut level = Level {
                source: self,
                profile: Some(name.clone()),
                lines: BTreeMap::new(),
                keys: Keys::default(),
            };
            for (key, value) in in_file_order(table) {
                level.entry(key, value)?;
            }
            profiles.insert(name, level.keys);
        }
        Ok(profiles)
    }
}

/// The top of the file, or one profile: keys, and sections with keys.
struct Level<'a> {
    source: Source<'a>,
    profile: Option<String>,
    /// The line of each key that was read.
    lines: BTreeMap<&'static str, usize>,
    keys: Keys,
}

impl<'a> Level<'a> {
    fn entry(&mut self, key: Spanned<DeString<'a>>, value: Spanned<DeValue<'a>>) -> Result<(), Refusal> {
        let Some(section) =
            Keys::SECTIONS.into_iter().find_map(|(section, _)| (section == key.get_ref()).then_some(section))
        else {
            return self.key(None, key, value);
        };
        let DeValue::Table(table) = value.into_inner() else {
            return Err(self
                .source
                .refuse(&key.span(), say!("config-section-not-key", section = section))
                .hint(say!("config-mend-section", heading = self.heading(section))));
        };
        in_file_order(table).into_iter().try_for_each(|(key, value)| self.key(Some(section), key, value))
    }

    fn key(
        &mut self,
        section: Option<&'static str>,
        key: Spanned<DeString<'a>>,
        value: Spanned<DeValue<'a>>,
    ) -> Result<(), Refusal> {
        let span = key.span();
        let known = Keys::names().find(|known| known == key.get_ref());
        let (Some(name), Some(owner)) = (known, Keys::section_of(key.get_ref())) else {
            return Err(self.unknown(section, key.get_ref(), &span, value.get_ref().is_table()));
        };
        if let Some(section) = section.filter(|section| *section != owner) {
            return Err(self
                .source
                .refuse(&span, say!("config-wrong-section", key = name, heading = self.heading(section)))
                .hint(say!("config-move-key", heading = self.heading(owner))));
        }
        if section.is_none() && !Keys::have_flags(owner) {
            return Err(self
                .source
                .refuse(&span, say!("notify-key-outside", key = name))
                .hint(say!("config-move-key", heading = self.heading(owner))));
        }
        if name == PROFILE && self.profile.is_some() {
            return Err(self
                .source
                .refuse(&span, say!("config-profile-in-profile"))
                .hint(say!("config-remove-line")));
        }
        if let Some(line) = self.lines.insert(name, self.source.line(&span)) {
            return Err(self
                .source
                .refuse(&span, say!("config-key-twice", key = name, line = line.to_string()))
                .hint(say!("config-remove-one")));
        }
        // The value is told as it stands in the file, but for tables, which stand below their heading.
        let value_span = value.span();
        let found = if value.get_ref().is_table() {
            String::new()
        } else {
            shown(self.source.text, name, &value_span)
        };
        let table = Spanned::new(value_span.clone(), DeTable::from_iter([(key, value)]));
        let read = Keys::read(owner, table).map_err(|error| {
            let at = error.span().unwrap_or(value_span);
            self.source.refuse(&at, format!("{name}{found}: {}", first_line(error.message())))
        })?;
        self.keys = read.over(std::mem::take(&mut self.keys));
        Ok(())
    }

    fn unknown(&self, section: Option<&str>, key: &str, span: &Range<usize>, is_table: bool) -> Refusal {
        if matches!(key, "token" | "incs_token") {
            return self
                .source
                .refuse(span, say!("config-token-in-file"))
                .hint(say!("config-mend-token-in-file"));
        }
        let sections = || Keys::SECTIONS.into_iter().map(|(section, _)| section).chain([PROFILE]);
        let meant = match section {
            None if is_table => nearest(key, sections()).or_else(|| nearest(key, Keys::names())),
            None => nearest(key, Keys::names().chain(sections())),
            // The near key of this section before one of another.
            Some(section) => {
                let own = Keys::names().filter(|name| Keys::section_of(name) == Some(section));
                nearest(key, own).or_else(|| nearest(key, Keys::names()))
            }
        };
        let words = match section {
            None if is_table => say!("config-unknown-section", name = key, meant = did_you_mean(meant)),
            _ => say!("config-unknown-key", name = key, meant = did_you_mean(meant)),
        };
        self.source.refuse(span, words).hint(match meant {
            Some(meant) => say!("config-write-or-remove", name = meant),
            None if section.is_some_and(|section| !Keys::have_flags(section)) => {
                let own = Keys::names().filter(|name| Keys::section_of(name) == section);
                say!("notify-its-keys", names = own.collect::<Vec<_>>().join(", "))
            }
            None => say!("config-remove-unknown"),
        })
    }

    /// How a section is headed at this level: `[reading]`, or `[profile.night.reading]`.
    fn heading(&self, section: &str) -> String {
        match &self.profile {
            Some(profile) => format!("[profile.{profile}.{section}]"),
            None => format!("[{section}]"),
        }
    }
}

/// The value as it stands in the file, to go behind its key; nothing where it is long or may hold a secret.
fn shown(text: &str, key: &str, span: &Range<usize>) -> String {
    const LONGEST: usize = 60;
    const SECRET: [&str; 2] = ["base_url", "webhook"];
    match text.get(span.clone()) {
        Some(value) if value.len() <= LONGEST && !value.contains('\n') && !SECRET.contains(&key) => {
            format!(" = {value}")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
