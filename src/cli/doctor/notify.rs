//! Whoever is told how runs end: whether he can be, and on request whether he is.

use super::Check;
use crate::cli::notify::{Found, examine, trial};
use crate::cli::settings::Settings;
use crate::cli::upload::Environment;
use crate::lang::say;

const CHECK: &str = "notify";

/// What a notification needs.
pub(super) fn settings(settings: &Settings, environment: Environment<'_>) -> Vec<Check> {
    if settings.notify.is_silent() {
        return vec![Check::ok(CHECK, say!("notify-silent"))];
    }
    let check = |found| match found {
        Found::Ready(words) => Check::ok(CHECK, words),
        Found::Open(refusal) => Check::warned(CHECK, &refusal),
        Found::Unusable(refusal) => Check::refused(CHECK, &refusal),
    };
    examine(&settings.notify, environment).into_iter().map(check).collect()
}

/// Sends a test to everybody.
pub(super) fn test(settings: &Settings, environment: Environment<'_>) -> Vec<Check> {
    if settings.notify.is_silent() {
        return vec![Check::fail(CHECK, say!("notify-nobody-to-tell"), say!("notify-mend-nobody-to-tell"))];
    }
    let check = |told: Result<String, _>| match told {
        Ok(words) => Check::ok(CHECK, words),
        Err(refusal) => Check::refused(CHECK, &refusal),
    };
    trial(settings, environment).into_iter().map(check).collect()
}
