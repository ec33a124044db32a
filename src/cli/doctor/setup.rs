//! What stands in settings and environment.

use std::ffi::OsString;

use secrecy::SecretString;

use super::Check;
use crate::cli::config_show::token_words;
use crate::cli::settings::Settings;
use crate::cli::token::{self, Source, load_token};
use crate::lang::say;

/// Which config file counts, and what of those that were found does not.
pub(super) fn config(settings: &Settings) -> Vec<Check> {
    let read = match &settings.global.config {
        Some(file) => say!("doctor-config", file = file.display().to_string()),
        None => say!("setup-no-config-file"),
    };
    let ignored = settings.ignored.iter().map(|ignored| {
        let found = say!("setup-ignored", what = ignored.what(), why = ignored.why());
        Check::warn("config", found, ignored.mend())
    });
    std::iter::once(Check::ok("config", read)).chain(ignored).collect()
}

/// The token, and whether it is there and for its owner only.
pub(super) fn token(
    settings: &Settings,
    environment: &dyn Fn(&str) -> Option<OsString>,
) -> (Option<SecretString>, Check) {
    let source = token::source(settings, environment);
    let mut warnings = Vec::new();
    let found = match load_token(settings, environment, &mut warnings) {
        Err(refusal) => return (None, Check::refused("token", &refusal)),
        Ok(None) => return (None, Check::fail("token", say!("token-none"), token::hint())),
        Ok(Some(token)) => token,
    };
    let check = match &source {
        Some(Source::File(file)) if !warnings.is_empty() => {
            let file = file.display().to_string();
            Check::warn(
                "token",
                say!("doctor-token-others", file = &file),
                say!("doctor-token-chmod", file = &file),
            )
        }
        _ => Check::ok("token", token_words(source.as_ref())),
    };
    (Some(found), check)
}

/// The server's address; what is not https or this machine was refused before.
pub(super) fn base_url(settings: &Settings) -> Check {
    Check::ok("base_url", settings.upload.base_url.as_str())
}

/// The country of phones that name none.
pub(super) fn country_code(settings: &Settings) -> Check {
    match &settings.reading.phones.country_code {
        Some(code) => Check::ok("country_code", code),
        None => Check::warn("country_code", say!("doctor-no-country"), say!("doctor-mend-country")),
    }
}

/// Whether the settings send everything to the stand-in.
pub(super) fn sandbox(settings: &Settings) -> Option<Check> {
    let place = settings.origin_of("sandbox").place("sandbox");
    settings.upload.sandbox.then(|| {
        Check::warn("sandbox", say!("doctor-sandbox-on", place = place), say!("doctor-mend-sandbox-on"))
    })
}
