//! The server that tasks are created at.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::lang::say;

/// The address of a server, checked: https unless it is this machine, a path prefix at most, no slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Checks an address.
    ///
    /// # Errors
    /// What is wrong with it. The address is not repeated: what people put there by mistake is often a secret.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut url = Url::parse(text.trim()).map_err(|error| match error {
            url if url.to_string().contains("relative URL") => say!("value-url-without-scheme"),
            other => say!("value-url-unreadable", error = other.to_string()),
        })?;
        match url.scheme() {
            "https" => {}
            "http" if is_here(&url) => {}
            "http" => return Err(say!("value-url-not-https")),
            _ => return Err(say!("value-url-other-scheme")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(say!("value-url-with-user"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(say!("value-url-with-query"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The address, without a slash at its end: `https://api.incsapp.com`. Equal servers have equal texts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether an address is of this machine, so that nothing that is sent there can be overheard.
pub(super) fn is_here(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_made_equal() {
        for (text, want) in [
            ("https://api.incsapp.com", "https://api.incsapp.com"),
            (" https://API.incsapp.com:443/ ", "https://api.incsapp.com"),
            ("https://example.test/prefix/v1//", "https://example.test/prefix/v1"),
            ("https://example.test:8443", "https://example.test:8443"),
            ("http://localhost:8787", "http://localhost:8787"),
            ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
            ("http://127.8.8.8", "http://127.8.8.8"),
            ("http://[::1]:8787", "http://[::1]:8787"),
        ] {
            assert_eq!(BaseUrl::parse(text).map(|url| url.0), Ok(want.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn addresses_that_would_leak_or_mislead() {
        for (text, want) in [
            ("", "must begin with https://"),
            ("api.incsapp.com", "must begin with https://"),
            ("localhost:8787", "must begin with https:// (or"),
            ("ftp://localhost", "must begin with https:// (or"),
            ("file:///etc", "must begin with https:// (or"),
            ("http://api.incsapp.com", "must be https"),
            ("http://128.0.0.1", "must be https"),
            ("http://localhost.example.test", "must be https"),
            ("http://[::2]", "must be https"),
            ("https://", "cannot be read (empty host)"),
            ("https://a b", "cannot be read (invalid"),
            ("https://api.incsapp.com:99999", "cannot be read (invalid port number)"),
            ("https://me@example.test", "must not hold a user"),
            ("https://:secret@example.test", "must not hold a user"),
            ("https://example.test/?token=secret", "must not hold `?`"),
            ("https://example.test/?", "must not hold `?`"),
            ("https://example.test/#", "must not hold `?`"),
        ] {
            let message = BaseUrl::parse(text).unwrap_err();
            assert!(message.starts_with(want) && !message.contains("secret"), "{text:?}: {message}");
        }
    }
}
