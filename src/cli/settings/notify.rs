//! Who is told how runs ended.

use std::fmt;
use std::path::PathBuf;

use super::merge::filled;
use crate::cli::keys::NotifyKeys;
use crate::cli::notify::Template;
use crate::cli::parse::{HookUrl, NotifyOn, Text};
use crate::cli::refusal::Refusal;
use crate::lang::say;

/// Who is told, when, and in which form.
#[derive(Debug, Clone)]
pub struct Notify {
    /// Which ends are told.
    pub on: NotifyOn,
    /// Where the address of the webhook is. `None`: there is no webhook.
    pub webhook: Option<HookPlace>,
    /// Where the value of the header `Authorization` is that goes to the webhook.
    pub authorization: Option<SecretPlace>,
    /// What is POSTed. `None`: the object that `docs/notifications.md` describes.
    pub body: Option<Template>,
    /// A program and its arguments; empty: none.
    pub command: Vec<String>,
}

/// Where a secret is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    /// A file that holds nothing else.
    File(PathBuf),
    /// A variable of the environment.
    Variable(String),
}

impl fmt::Display for SecretPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// Where the address of a webhook is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookPlace {
    /// In the config file itself.
    Here(HookUrl),
    /// Elsewhere.
    Elsewhere(SecretPlace),
}

impl Notify {
    /// Whether nobody is told anything.
    pub fn is_silent(&self) -> bool {
        self.webhook.is_none() && self.command.is_empty()
    }

    pub(super) fn fill(keys: NotifyKeys, place: &dyn Fn(&str) -> String) -> Result<Self, Refusal> {
        let url = |text: String| {
            HookUrl::parse(&text).map_err(|why| {
                Refusal::new(say!("notify-bad-url", why = why))
                    .at(place("webhook"))
                    .hint(say!("notify-mend-url"))
            })
        };
        let here = keys.webhook.and_then(filled).map(url).transpose()?.map(HookPlace::Here);
        let elsewhere = secret(keys.webhook_file, keys.webhook_env.and_then(filled));
        Ok(Self {
            on: keys.on.unwrap_or(NotifyOn::Change),
            webhook: here.or(elsewhere.map(HookPlace::Elsewhere)),
            authorization: secret(keys.authorization_file, keys.authorization_env.and_then(filled)),
            body: keys.body.and_then(|body| body.0),
            command: command(keys.command.unwrap_or_default()),
        })
    }
}

/// A blank program is none, and takes back that of a lower layer; a blank argument is one.
fn command(words: Vec<Text>) -> Vec<String> {
    let words: Vec<String> = words.into_iter().map(|word| word.0).collect();
    if words.first().is_some_and(|program| !program.trim().is_empty()) { words } else { Vec::new() }
}

fn secret(file: Option<PathBuf>, variable: Option<String>) -> Option<SecretPlace> {
    file.map(SecretPlace::File).or(variable.map(SecretPlace::Variable))
}
