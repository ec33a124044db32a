//! The address of a webhook. Who knows it can write into the chat, so it is a secret.

use std::fmt;

use reqwest::Url;

use super::target::is_here;
use crate::lang::say;

/// An address that is never shown but for its host.
#[derive(Clone, PartialEq, Eq)]
pub struct HookUrl(Url);

impl HookUrl {
    /// Checks an address.
    ///
    /// # Errors
    /// What is wrong with it. The address is not repeated.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|error| match error {
            error if error.to_string().contains("relative URL") => say!("notify-url-scheme"),
            error => say!("value-url-unreadable", error = error.to_string()),
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(say!("notify-url-scheme"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(say!("notify-url-user"));
        }
        Ok(Self(url))
    }

    /// The host, and the port where it is not the usual one: all that may be shown.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether nobody on the way can read what is sent there.
    pub fn is_private(&self) -> bool {
        self.0.scheme() == "https" || is_here(&self.0)
    }

    /// The address itself.
    pub(crate) fn expose(&self) -> &Url {
        &self.0
    }
}

/// As it is shown: `https://hooks.slack.com/…`.
impl fmt::Display for HookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/…", self.0.scheme(), self.host())
    }
}

impl fmt::Debug for HookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_by_their_host() {
        for (text, shown, is_private) in [
            (" https://hooks.test/s3cret?key=s3cret \n", "https://hooks.test/…", true),
            ("https://hooks.test:8443/s3cret", "https://hooks.test:8443/…", true),
            ("http://robot.test/s3cret", "http://robot.test/…", false),
            ("http://127.0.0.1:9/s3cret", "http://127.0.0.1:9/…", true),
        ] {
            let url = HookUrl::parse(text).unwrap();
            assert_eq!((url.to_string().as_str(), url.is_private()), (shown, is_private));
            assert!(!format!("{url:?}").contains("s3cret"));
            assert!(url.expose().as_str().contains("s3cret"));
        }
    }

    #[test]
    fn what_is_no_address_is_not_repeated() {
        for (text, want) in [
            ("", "must begin with https:// or http://"),
            ("hooks.test/s3cret", "must begin with https:// or http://"),
            ("ftp://hooks.test/s3cret", "must begin with https:// or http://"),
            ("https://me:s3cret@hooks.test", "must not hold a user"),
            ("https:// /s3cret", "cannot be read"),
        ] {
            let message = HookUrl::parse(text).unwrap_err();
            assert!(message.starts_with(want) && !message.contains("s3cret"), "{text:?}: {message}");
        }
    }
}
