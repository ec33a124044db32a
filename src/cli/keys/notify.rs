//! Keys that say who is told how runs ended.

use std::path::PathBuf;

use super::group;
use crate::cli::notify::BodyText;
use crate::cli::parse::{NotifyOn, Text, one_or_many, path};

group! {
    "notify"
    /// Who is told how runs ended. Addresses of webhooks are secrets, and so are the values of headers: each can lie in a
    /// file or in a variable of the environment.
    pub struct NotifyKeys {
        /// Which ends are told.
        pub on: Option<NotifyOn>,
        /// Where a webhook is. Text until it is merged: a refusal must not repeat it.
        pub webhook: Option<Text>,
        /// The file that holds the address.
        #[serde(deserialize_with = "path")]
        pub webhook_file: Option<PathBuf>,
        /// The variable that holds the address.
        pub webhook_env: Option<Text>,
        /// The file that holds the value of the header `Authorization`.
        #[serde(deserialize_with = "path")]
        pub authorization_file: Option<PathBuf>,
        /// The variable that holds it.
        pub authorization_env: Option<Text>,
        /// What is POSTed to the webhook.
        pub body: Option<BodyText>,
        /// A program and its arguments.
        #[serde(deserialize_with = "one_or_many")]
        pub command: Option<Vec<Text>>,
    }
}

impl NotifyKeys {
    /// Keys that are several places for one thing, of which a layer can name one.
    pub const EITHER: [&'static [&'static str]; 2] =
        [&["webhook", "webhook_file", "webhook_env"], &["authorization_file", "authorization_env"]];

    /// Takes back what a higher layer gives from another place.
    pub fn give_way(&mut self, higher: &Self) {
        let Self { webhook, webhook_file, webhook_env, authorization_file, authorization_env, .. } = higher;
        if webhook.is_some() || webhook_file.is_some() || webhook_env.is_some() {
            (self.webhook, self.webhook_file, self.webhook_env) = (None, None, None);
        }
        if authorization_file.is_some() || authorization_env.is_some() {
            (self.authorization_file, self.authorization_env) = (None, None);
        }
    }
}
