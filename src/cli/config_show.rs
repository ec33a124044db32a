//! `config`: every setting as it counts, and where it comes from.

use std::path::Path;

use clap::ValueEnum;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr as _;

use super::config::FILE_NAME;
use super::console::{Console, Tone};
use super::exit;
use super::keys::Keys;
use super::language_of_locale;
use super::notify::Template;
use super::parse::{Period, TablePath};
use super::settings::{CONFIG_VARIABLE, HookPlace, Origin, SecretPlace, Settings, Surroundings, Verbosity};
use super::token::{self, Source, load_token};
use crate::domain::quote::visible;
use crate::lang::say;
use crate::report::Privacy;

/// Runs the command; gives the exit code.
pub(super) fn run(settings: &Settings, around: &Surroundings<'_>, console: &Console) -> u8 {
    if console.is_human() {
        console.result(screen(settings, around, console));
    } else {
        console.json(&object(settings, around));
    }
    exit::ALL_DONE
}

/// The value of a key as it counts, in the form in which the file has it; `Null` where nobody says anything and that means
/// more than a value could. `None` if there is no such key.
pub(super) fn value_of(settings: &Settings, key: &str) -> Option<Value> {
    let Settings { global, reading, task, upload, notify, .. } = settings;
    let period = |time| json!(Period::<0>(time).to_string());
    let path = |path: &Path| json!(path.display().to_string());
    let table = |table: &TablePath| match &table.sheet {
        Some(sheet) => json!(format!("{}#{sheet}", table.path.display())),
        None => path(&table.path),
    };
    Some(match key {
        "profile" => json!(global.profile),
        "ledger" => json!(global.ledger.as_deref().map(path)),
        "verbose" => json!(global.verbosity == Verbosity::Verbose),
        "quiet" => json!(global.verbosity == Verbosity::Quiet),
        "color" => word(&global.color),
        "log_format" => word(&global.log_format),
        "format" => word(&global.format),
        "lang" => json!(global.lang.unwrap_or_else(language_of_locale).as_str()),

        "users" => json!(reading.users.as_ref().map(table)),
        "orders" => json!(reading.orders.as_ref().map(table)),
        "sheet" => json!(reading.sheets),
        "all_sheets" => json!(reading.all_sheets),
        "header_row" => json!(reading.header_row),
        "map" => {
            let columns = reading.map.iter();
            columns.map(|(field, column)| (field.as_str().to_owned(), json!(column))).collect()
        }
        "ignore" => json!(reading.ignore),
        "require" => reading.require.iter().map(|field| json!(field.as_str())).collect(),
        "encoding" => json!(reading.encoding),
        "delimiter" => json!(reading.delimiter.map(|byte| match byte {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        })),
        "country_code" => json!(reading.phones.country_code),
        "bare_numbers" => json!(reading.phones.bare.as_ref().map(word)),
        "date_order" => json!(reading.dates.order.as_ref().map(word)),
        "decimal_separator" => json!(reading.decimal_separator.as_ref().map(word)),
        "time_zone" => json!(reading.dates.zone.as_ref().and_then(|zone| zone.iana_name())),
        "fill_down" => json!(reading.fill_down),
        "hidden_rows" => json!(reading.hidden_rows.as_ref().map(word)),

        "auth_id" => json!(task.auth_id),
        "module_id" => json!(task.module_id),
        "name" => json!(task.name),
        "description" => json!(task.description),
        "assignee" => json!(task.assignees),
        "total_amount" => json!(task.total_amount.as_ref().map(word)),
        "strict" => json!(task.strict),
        "max_invalid" => {
            let percent = task.max_invalid.to_string();
            serde_json::from_str(&percent).unwrap_or(Value::String(percent))
        }
        "expect_rows" => json!(task.expect_rows.map(|rows| rows.to_string())),
        "limit" => json!(task.limit),

        // A user or a password in it is refused before anybody gets here.
        "base_url" => json!(upload.base_url.as_str()),
        "token_file" => json!(upload.token_file.as_deref().map(path)),
        "rate" => json!(upload.rate.to_string()),
        "burst" => json!(upload.burst),
        "concurrency" => json!(upload.concurrency),
        "timeout" => period(upload.timeout),
        "settle" => period(upload.settle()),
        "max_attempts" => json!(upload.max_attempts),
        "dedupe_window" => period(upload.dedupe_window),
        "changed" => json!(upload.changed.as_ref().map(word)),
        "skip_busy" => json!(upload.skip_busy),
        "preflight" => json!(upload.preflight),
        "accept" => upload.accept.iter().map(|outcome| json!(outcome.as_str())).collect(),
        "allow_empty" => json!(upload.allow_empty),
        "lock_wait" => period(upload.lock_wait),
        "deadline" => json!(upload.deadline.map(|deadline| deadline.to_string())),
        "resume_first" => json!(upload.resume_first),
        "retention" => upload.retention.map_or(Value::Null, period),
        "report_dir" => path(&upload.report_dir),
        "metrics_file" => json!(upload.metrics_file.as_deref().map(path)),
        "redact" => json!(upload.privacy == Privacy::Redacted),
        "dry_run" => json!(upload.dry_run),
        "yes" => json!(upload.yes),
        "sandbox" => json!(upload.sandbox),

        "on" => word(&notify.on),
        "webhook" => match &notify.webhook {
            // Shown by its host: the rest is a secret.
            Some(HookPlace::Here(url)) => json!(url.to_string()),
            _ => Value::Null,
        },
        "webhook_file" => match &notify.webhook {
            Some(HookPlace::Elsewhere(place)) => secret_file(Some(place)),
            _ => Value::Null,
        },
        "webhook_env" => match &notify.webhook {
            Some(HookPlace::Elsewhere(place)) => secret_variable(Some(place)),
            _ => Value::Null,
        },
        "authorization_file" => secret_file(notify.authorization.as_ref()),
        "authorization_env" => secret_variable(notify.authorization.as_ref()),
        "body" => json!(notify.body.as_ref().map(Template::source)),
        "command" => json!(notify.command),
        _ => return None,
    })
}

/// The file that a secret lies in, if it lies in one.
fn secret_file(place: Option<&SecretPlace>) -> Value {
    match place {
        Some(SecretPlace::File(path)) => json!(path.display().to_string()),
        _ => Value::Null,
    }
}

/// The variable that holds a secret, if one does.
fn secret_variable(place: Option<&SecretPlace>) -> Value {
    match place {
        Some(SecretPlace::Variable(name)) => json!(name),
        _ => Value::Null,
    }
}

/// The word that a flag takes for this.
fn word(value: &impl ValueEnum) -> Value {
    json!(value.to_possible_value().map(|value| value.get_name().to_owned()))
}

/// A setting in words.
fn text(value: &Value) -> String {
    match value {
        Value::Null => say!("setup-not-set"),
        Value::String(text) => visible(text).into_owned(),
        Value::Array(list) if list.is_empty() => say!("setup-not-set"),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(map) if map.is_empty() => say!("setup-not-set"),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key}={}", text(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn origin_words(origin: &Origin) -> String {
    match origin {
        Origin::Flag => say!("setup-from-flag"),
        Origin::Environment(variable) => say!("setup-from-environment", variable = *variable),
        Origin::Profile { .. } | Origin::File(_) => origin.to_string(),
        Origin::Default => say!("setup-from-default"),
    }
}

/// That there is a token and where, never the token.
pub(super) fn token_words(source: Option<&Source>) -> String {
    match source {
        Some(Source::Variable) => say!("setup-token-set", place = token::VARIABLE),
        Some(Source::File(file)) => say!("setup-token-set", place = file.display().to_string()),
        None => say!("setup-not-set"),
    }
}

/// What is shown of the token, and where it comes from. One that is there and none is not shown as set.
fn token_shown(settings: &Settings, around: &Surroundings<'_>) -> (String, String) {
    let source = token::source(settings, around.environment);
    let origin = origin_words(match &source {
        Some(Source::Variable) => &Origin::Environment(token::VARIABLE),
        Some(Source::File(_)) => settings.origin_of("token_file"),
        None => &Origin::Default,
    });
    let shown = match load_token(settings, around.environment, &mut Vec::new()) {
        Ok(_) => token_words(source.as_ref()),
        Err(refusal) => {
            let place = refusal.place.unwrap_or_default();
            say!("setup-token-unusable", place = place, why = refusal.message)
        }
    };
    (shown, origin)
}

/// How the config file came to be read.
pub(super) fn config_origin(settings: &Settings, around: &Surroundings<'_>) -> String {
    match (settings.config_named_by, &settings.global.config) {
        (Some(CONFIG_VARIABLE), _) => say!("setup-from-environment", variable = CONFIG_VARIABLE),
        (Some(_), _) => say!("setup-from-flag"),
        (None, Some(path)) if *path == around.folders.working.join(FILE_NAME) => {
            say!("setup-from-working-folder")
        }
        (None, Some(_)) => say!("setup-from-config-folder"),
        (None, None) => say!("setup-from-default"),
    }
}

/// Files and keys that do not count, each with the reason.
fn ignored(settings: &Settings, around: &Surroundings<'_>) -> Vec<(String, String)> {
    let mut ignored: Vec<_> =
        settings.ignored.iter().map(|ignored| (ignored.what(), ignored.why())).collect();
    let nearby = around.folders.working.join(FILE_NAME);
    let others = [Some(nearby), around.folders.user_file()];
    for file in others.into_iter().flatten().filter(|file| file.is_file()) {
        let name = file.display().to_string();
        let is_read =
            |read: &Path| matches!((read.canonicalize(), file.canonicalize()), (Ok(a), Ok(b)) if a == b);
        let is_named = ignored.iter().any(|(what, _)| *what == name);
        if let Some(read) = settings.global.config.as_deref().filter(|read| !is_read(read) && !is_named) {
            ignored.push((name, say!("setup-other-file-first", file = read.display().to_string())));
        }
    }
    ignored
}

fn object(settings: &Settings, around: &Surroundings<'_>) -> Value {
    let mut object = Map::new();
    let (token, token_origin) = token_shown(settings, around);
    let ignored: Vec<Value> =
        ignored(settings, around).into_iter().map(|(what, why)| json!({"what": what, "why": why})).collect();
    let file = settings.global.config.as_ref().map(|file| file.display().to_string());
    let config = json!({"value": file, "origin": config_origin(settings, around), "ignored": ignored});
    object.insert("config".to_owned(), config);
    object.insert("token".to_owned(), json!({"value": token, "origin": token_origin}));
    for (section, keys) in Keys::SECTIONS {
        for key in keys {
            let value = value_of(settings, key).unwrap_or_default();
            let origin = origin_words(settings.origin_of(key));
            let name = if Keys::have_flags(section) { (*key).to_owned() } else { format!("{section}.{key}") };
            object.insert(name, json!({"value": value, "origin": origin}));
        }
    }
    Value::Object(object)
}

/// A line of the screen.
struct Row {
    /// The section that begins with it.
    section: Option<&'static str>,
    key: &'static str,
    value: String,
    origin: String,
}

/// Longer texts do not push all origins away.
const WIDEST: usize = 44;

fn screen(settings: &Settings, around: &Surroundings<'_>, console: &Console) -> String {
    let mut lines = Vec::new();
    lines.push(match &settings.global.config {
        Some(file) => {
            let file = visible(&file.display().to_string()).into_owned();
            say!("setup-config-file", file = file, origin = config_origin(settings, around))
        }
        None => say!("setup-no-config-file"),
    });
    for (what, why) in ignored(settings, around) {
        let line = say!("setup-ignored", what = visible(&what), why = visible(&why));
        lines.push(console.tone(Tone::Care, line));
    }
    let (value, origin) = token_shown(settings, around);
    let mut rows = vec![Row { section: None, key: "token", value, origin }];
    for (section, keys) in Keys::SECTIONS {
        rows.extend(keys.iter().enumerate().map(|(at, key)| Row {
            section: (at == 0).then_some(section),
            key,
            value: text(&value_of(settings, key).unwrap_or_default()),
            origin: origin_words(settings.origin_of(key)),
        }));
    }
    let widest = |of: fn(&Row) -> usize| {
        rows.iter().map(of).filter(|width| *width <= WIDEST).max().unwrap_or_default()
    };
    let (first, second) = (widest(|row| row.key.width()), widest(|row| row.value.width()));
    for Row { section, key, value, origin } in &rows {
        if let Some(section) = section {
            lines.push(format!("\n{}", console.tone(Tone::Bold, format_args!("[{section}]"))));
        }
        let gap = second.saturating_sub(value.width());
        lines.push(format!("{key:first$}  {value}{:gap$}  {}", "", visible(origin)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::Folders;
    use crate::cli::settings::Flags;

    #[test]
    fn every_key_has_its_value() {
        let around = Surroundings { environment: &|_| None, folders: Folders::default() };
        let settings = Settings::load(Flags::default(), &around).unwrap();
        for key in Keys::names() {
            assert!(value_of(&settings, key).is_some(), "{key}");
        }
        assert_eq!(value_of(&settings, "token"), None);
    }
}
