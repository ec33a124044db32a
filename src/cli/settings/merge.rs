//! How layers become settings. Every default stands here.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{
    CONFIG_VARIABLE, DEFAULT_BASE_URL, DEFAULT_MODULE_ID, Global, Notify, Origin, Reading, Settings,
    TaskDefaults, Upload, VARIABLES, Verbosity, variable,
};
use crate::cli::config::{self, Config, Folders, Found, Ignored};
use crate::cli::keys::{GlobalKeys, Group as _, Keys, NotifyKeys, ReadingKeys, TaskKeys, UploadKeys};
use crate::cli::parse::{
    BaseUrl, Color, Commas, InputPath, LogFormat, OutputFormat, Percent, Rate, TablePath, Text, did_you_mean,
    nearest,
};
use crate::cli::refusal::Refusal;
use crate::domain::field::Field;
use crate::domain::rules::{DateRules, PhoneRules};
use crate::lang::say;
use crate::report::Privacy;

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// The `INPUT` arguments. If there are any, tables that a lower layer names are left aside.
    pub inputs: Vec<InputPath>,
    /// All flags that have a key.
    pub keys: Keys,
}

/// What is around the process, passed in so that tests can have their own.
pub struct Surroundings<'a> {
    /// Gives the value of a variable of the environment.
    pub environment: &'a dyn Fn(&str) -> Option<OsString>,
    /// The folders of the user.
    pub folders: Folders,
}

struct Layer {
    origin: Origin,
    keys: Keys,
}

/// The layers, the highest first.
struct Layers(Vec<Layer>);

pub(super) fn load(flags: Flags, around: &Surroundings<'_>) -> Result<Settings, Refusal> {
    let mut ignored = Vec::new();
    let named = match (flags.config, variable(around.environment, CONFIG_VARIABLE)) {
        (Some(path), _) => Some((path, "--config")),
        (None, Some(path)) => Some((PathBuf::from(path), CONFIG_VARIABLE)),
        (None, None) => None,
    };
    let config_named_by = named.as_ref().map(|(_, place)| *place);
    let mut layers = vec![Layer { origin: Origin::Flag, keys: flags.keys }];
    layers.extend(environment(around.environment)?);
    let config = config::load(named, &around.folders, &mut ignored)?;
    let path = config.as_ref().map(|config| config.path.clone());
    let profile = files(&mut layers, config, &around.folders, &mut ignored)?;
    if !flags.inputs.is_empty() {
        for layer in layers.iter_mut().filter(|layer| layer.origin != Origin::Flag) {
            (layer.keys.reading.users, layer.keys.reading.orders) = (None, None);
        }
    }
    let layers = Layers(layers);
    let sources = layers.sources();
    let map = layers.map()?;
    let keys = layers.merged()?;
    // Of two that contradict each other, the one that lost says nothing.
    let left: Vec<&str> = keys.given();
    let sources: BTreeMap<_, _> = sources.into_iter().filter(|(key, _)| left.contains(key)).collect();
    let place = |key: &str| sources.get(key).unwrap_or(&Origin::Default).place(key);
    let Keys { global, reading, task, upload, notify } = keys;
    Ok(Settings {
        global: fill_global(global, path, profile, &around.folders),
        reading: fill_reading(reading, flags.inputs, map),
        task: fill_task(task),
        upload: fill_upload(upload, &place)?,
        notify: Notify::fill(notify, &place)?,
        warnings: ignored.iter().map(Ignored::warning).collect(),
        config_named_by,
        ignored,
        sources,
    })
}

/// One layer a variable: each names itself as the origin.
fn environment(environment: &dyn Fn(&str) -> Option<OsString>) -> Result<Vec<Layer>, Refusal> {
    let mut layers = Vec::new();
    for (key, name) in VARIABLES {
        let Some(value) = variable(environment, name) else { continue };
        let text = || match value.to_str() {
            Some(text) => Ok(Some(Text(text.to_owned()))),
            None => Err(Refusal::new(say!("config-not-utf8")).at(name)),
        };
        let mut keys = Keys::default();
        match key {
            "base_url" => keys.upload.base_url = text()?,
            "profile" => keys.global.profile = text()?,
            "ledger" => keys.global.ledger = Some(PathBuf::from(&value)),
            _ => keys.global.color = Some(Color::Never), // whatever NO_COLOR holds: https://no-color.org
        }
        layers.push(Layer { origin: Origin::Environment(name), keys });
    }
    Ok(layers)
}

/// Adds the layers of the config file, the chosen profile first, whose name is returned.
fn files(
    layers: &mut Vec<Layer>,
    config: Option<Config>,
    folders: &Folders,
    ignored: &mut Vec<Ignored>,
) -> Result<Option<String>, Refusal> {
    let in_file = config.as_ref().and_then(|config| {
        Some((Origin::File(config.path.clone()), config.contents.keys.global.profile.as_ref()?))
    });
    let above =
        layers.iter().find_map(|layer| Some((layer.origin.clone(), layer.keys.global.profile.as_ref()?)));
    let chosen =
        above.or(in_file).map(|(origin, name)| (origin, name.0.clone())).filter(|(_, name)| !name.is_empty());
    let Some(config) = config else {
        return match chosen {
            None => Ok(None),
            Some((origin, name)) => Err(Refusal::new(say!("settings-no-profile-no-file", name = &name))
                .at(origin.place("profile"))
                .hint(say!("settings-name-profile-file", name = &name))),
        };
    };
    let Config { path, found, mut contents } = config;
    let mut add = |origin: Origin, mut keys: Keys| {
        if found == Found::Nearby {
            ignored.extend(disarm(&mut keys, &origin, &path, folders));
        }
        layers.push(Layer { origin, keys });
    };
    if let Some((origin, name)) = &chosen {
        let Some(keys) = contents.profiles.remove(name) else {
            let names: Vec<&str> = contents.profiles.keys().map(String::as_str).collect();
            let meant = did_you_mean(nearest(name, names.iter().copied()));
            let file = path.display().to_string();
            return Err(Refusal::new(say!("settings-no-profile", name = name, file = file, meant = meant))
                .at(origin.place("profile"))
                .hint(match names.as_slice() {
                    [] => say!("settings-write-profile", name = name),
                    names => say!("settings-profiles-are", names = names.join(", ")),
                }));
        };
        add(Origin::Profile { name: name.clone(), file: path.clone() }, keys);
    }
    add(Origin::File(path.clone()), contents.keys);
    Ok(chosen.map(|(_, name)| name))
}

/// Takes out of a file that was merely found what could send tasks, or the token, to a stranger, or run what he likes.
/// Returns what to tell.
fn disarm(keys: &mut Keys, origin: &Origin, path: &Path, folders: &Folders) -> Vec<Ignored> {
    let url = keys.upload.base_url.take().map(|_| ("base_url", "--base-url", "INCS_BASE_URL"));
    let token = keys.upload.token_file.take().map(|_| ("token_file", "--token-file", "INCS_TOKEN"));
    let tell = |(key, flag, variable)| Ignored::Key {
        place: origin.place(key),
        file: path.to_owned(),
        flag,
        variable,
        own: folders.user_file(),
    };
    let mut ignored: Vec<Ignored> = [url, token].into_iter().flatten().map(tell).collect();
    if !std::mem::take(&mut keys.notify).given().is_empty() {
        let place = origin.place("[notify]");
        ignored.push(Ignored::Notify { place, file: path.to_owned(), own: folders.user_file() });
    }
    ignored
}

impl Layers {
    fn sources(&self) -> BTreeMap<&'static str, Origin> {
        let all = self
            .0
            .iter()
            .rev()
            .flat_map(|layer| layer.keys.given().into_iter().map(|key| (key, layer.origin.clone())));
        all.collect() // of several, the last and so the highest stays
    }

    /// The columns of the fields, field by field from the highest layer that names it.
    fn map(&self) -> Result<Vec<(Field, String)>, Refusal> {
        let mut map = BTreeMap::new();
        for layer in &self.0 {
            let mut here = BTreeMap::new();
            for mapping in layer.keys.reading.map.iter().flatten() {
                if here
                    .insert(mapping.field, mapping.column.clone())
                    .is_some_and(|other| other != mapping.column)
                {
                    return Err(Refusal::new(say!("settings-two-columns", field = mapping.field.as_str()))
                        .at(layer.origin.place("map"))
                        .hint(say!("settings-keep-one")));
                }
            }
            for (field, column) in here {
                map.entry(field).or_insert(column);
            }
        }
        Ok(map.into_iter().collect())
    }

    /// The keys as the layers leave them; of two that contradict each other the higher one counts.
    fn merged(self) -> Result<Keys, Refusal> {
        let sheets = self.stronger("sheet", "all_sheets");
        let telling = self.stronger("verbose", "quiet");
        let origins = self.sources();
        let contradiction = |one: &str, other: &str| {
            let place = origins.get(one).unwrap_or(&Origin::Default).place(one);
            Refusal::new(say!("settings-contradiction", one = one, other = other))
                .at(place)
                .hint(say!("screens-leave-one-out"))
        };
        for layer in &self.0 {
            let given = layer.keys.notify.given();
            for either in NotifyKeys::EITHER {
                let mut named = given.iter().filter(|key| either.contains(key));
                if let (Some(one), Some(other)) = (named.next(), named.next()) {
                    return Err(contradiction(one, other));
                }
            }
        }
        let fold = |mut lower: Keys, layer: Layer| {
            lower.notify.give_way(&layer.keys.notify);
            layer.keys.over(lower)
        };
        let mut keys = self.0.into_iter().rev().fold(Keys::default(), fold);
        if keys.reading.all_sheets == Some(true)
            && keys.reading.sheet.as_ref().is_some_and(|sheets| !sheets.is_empty())
        {
            match sheets {
                Ordering::Less => keys.reading.all_sheets = None,
                Ordering::Greater => keys.reading.sheet = None,
                Ordering::Equal => return Err(contradiction("sheet", "all_sheets")),
            }
        }
        if keys.global.verbose == Some(true) && keys.global.quiet == Some(true) {
            match telling {
                Ordering::Less => keys.global.quiet = None,
                Ordering::Greater => keys.global.verbose = None,
                Ordering::Equal => return Err(contradiction("verbose", "quiet")),
            }
        }
        Ok(keys)
    }

    /// `Less` if `one` comes from a higher layer than `other`.
    fn stronger(&self, one: &str, other: &str) -> Ordering {
        let depth = |key: &str| {
            self.0.iter().position(|layer| layer.keys.given().contains(&key)).unwrap_or(usize::MAX)
        };
        depth(one).cmp(&depth(other))
    }
}

fn fill_global(
    keys: GlobalKeys,
    config: Option<PathBuf>,
    profile: Option<String>,
    folders: &Folders,
) -> Global {
    let verbosity = match (keys.quiet, keys.verbose) {
        (Some(true), _) => Verbosity::Quiet,
        (_, Some(true)) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let usual_ledger = || Some(folders.state.as_ref()?.join("incs-import").join("ledger.db"));
    Global {
        config,
        profile,
        ledger: keys.ledger.or_else(usual_ledger),
        verbosity,
        color: keys.color.unwrap_or(Color::Auto),
        log_format: keys.log_format.unwrap_or(LogFormat::Text),
        format: keys.format.unwrap_or(OutputFormat::Human),
        lang: keys.lang,
    }
}

fn fill_reading(keys: ReadingKeys, inputs: Vec<InputPath>, map: Vec<(Field, String)>) -> Reading {
    let table = |path: PathBuf| TablePath::split(&path, &|path| path.exists());
    Reading {
        inputs,
        users: keys.users.map(table),
        orders: keys.orders.map(table),
        sheets: texts(keys.sheet),
        all_sheets: keys.all_sheets.unwrap_or(false),
        header_row: keys.header_row.map(|row| row.0),
        map,
        ignore: texts(keys.ignore),
        require: commas(keys.require).map(|field| field.0).collect(),
        encoding: keys.encoding.map(|name| name.0),
        delimiter: keys.delimiter.map(|delimiter| delimiter.0),
        phones: PhoneRules { country_code: keys.country_code.map(|code| code.0), bare: keys.bare_numbers },
        dates: DateRules { order: keys.date_order, zone: keys.time_zone.map(|zone| zone.0) },
        decimal_separator: keys.decimal_separator,
        fill_down: keys.fill_down.unwrap_or(false),
        hidden_rows: keys.hidden_rows,
    }
}

fn fill_task(keys: TaskKeys) -> TaskDefaults {
    TaskDefaults {
        auth_id: keys.auth_id.map(|id| id.0),
        module_id: keys.module_id.map_or_else(|| DEFAULT_MODULE_ID.to_owned(), |id| id.0),
        name: keys.name.and_then(filled),
        description: keys.description.and_then(filled),
        assignees: commas(keys.assignee).map(|name| name.0).collect(),
        total_amount: keys.total_amount,
        strict: keys.strict.unwrap_or(false),
        max_invalid: keys.max_invalid.unwrap_or(Percent::whole(20)),
        expect_rows: keys.expect_rows,
        limit: keys.limit.map(|limit| limit.0),
    }
}

fn fill_upload(keys: UploadKeys, place: &dyn Fn(&str) -> String) -> Result<Upload, Refusal> {
    let base_url = keys.base_url.map_or_else(|| DEFAULT_BASE_URL.to_owned(), |url| url.0);
    // The stand-in takes the place of whatever is configured, of nonsense too.
    let own_stand_in = keys.sandbox == Some(true) && BaseUrl::parse(&base_url).is_err();
    let base_url = if own_stand_in { DEFAULT_BASE_URL.to_owned() } else { base_url };
    let base_url = BaseUrl::parse(&base_url).map_err(|why| {
        Refusal::new(say!("settings-bad-base-url", why = why))
            .at(place("base_url"))
            .hint(say!("settings-mend-base-url"))
    })?;
    Ok(Upload {
        base_url,
        token_file: keys.token_file,
        rate: keys.rate.unwrap_or(Rate::TEN_PER_SECOND),
        burst: keys.burst.map_or(1, |burst| burst.0),
        concurrency: keys.concurrency.map_or(16, |concurrency| concurrency.0),
        timeout: keys.timeout.map_or(Duration::from_secs(60), |timeout| timeout.0),
        settle: keys.settle.map(|settle| settle.0),
        max_attempts: keys.max_attempts.map_or(5, |attempts| attempts.0),
        dedupe_window: keys.dedupe_window.map_or(Duration::from_hours(20), |window| window.0),
        changed: keys.changed,
        skip_busy: keys.skip_busy.unwrap_or(false),
        preflight: keys.preflight.unwrap_or(false),
        accept: commas(keys.accept).map(|outcome| outcome.0).collect(),
        allow_empty: keys.allow_empty.unwrap_or(false),
        lock_wait: keys.lock_wait.map_or(Duration::ZERO, |wait| wait.0),
        deadline: keys.deadline,
        resume_first: keys.resume_first.unwrap_or(false),
        retention: keys.retention.map(|age| age.0),
        report_dir: keys.report_dir.unwrap_or_else(|| PathBuf::from("reports")),
        metrics_file: keys.metrics_file,
        privacy: if keys.redact.unwrap_or(false) { Privacy::Redacted } else { Privacy::Full },
        dry_run: keys.dry_run.unwrap_or(false),
        yes: keys.yes.unwrap_or(false),
        sandbox: keys.sandbox.unwrap_or(false),
    })
}

/// A blank text says nothing, and so can undo that of a lower layer.
pub(super) fn filled(Text(text): Text) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

fn texts(list: Option<Vec<Text>>) -> Vec<String> {
    list.into_iter().flatten().filter_map(filled).collect()
}

fn commas<T>(lists: Option<Vec<Commas<T>>>) -> impl Iterator<Item = T> {
    lists.into_iter().flatten().flat_map(|list| list.0)
}
