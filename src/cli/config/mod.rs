//! The file `incs-import.toml`: where it is looked for, and how far a file that was merely found is trusted.
//!
//! What stands in the file is read into [`Contents`]; how it is laid under flags and environment is the business of
//! [`settings`](super::settings).

mod contents;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

pub use contents::Contents;

use super::refusal::Refusal;
use crate::lang::say;
use crate::platform::{Objection, objection};

/// The name of the file, in the working folder and in the user's config folder.
pub const FILE_NAME: &str = "incs-import.toml";

/// The folders that belong to the user and to the moment. A struct, so that tests can have their own.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// The working folder; empty for the process's own, so that its files are shown as the user knows them.
    pub working: PathBuf,
    /// The user's config folder (`~/.config` on Linux).
    pub config: Option<PathBuf>,
    /// The user's state folder (`~/.local/state` on Linux; the local data folder where the system has none).
    pub state: Option<PathBuf>,
    /// The user's own folder.
    pub home: Option<PathBuf>,
}

impl Folders {
    /// Those of this process.
    pub fn of_this_process() -> Self {
        Self {
            working: PathBuf::new(),
            config: dirs::config_dir(),
            state: dirs::state_dir().or_else(dirs::data_local_dir),
            home: dirs::home_dir(),
        }
    }

    /// The config file of the user.
    pub fn user_file(&self) -> Option<PathBuf> {
        Some(self.config.as_ref()?.join("incs-import").join(FILE_NAME))
    }
}

/// How a config file came to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It was named, by `--config` or `INCS_IMPORT_CONFIG`, or it is the user's own: all of it counts.
    Chosen,
    /// It lay in the working folder: it must not say where tasks and token go.
    Nearby,
}

/// A config file that was read.
#[derive(Debug)]
pub struct Config {
    /// The file, as it is shown.
    pub path: PathBuf,
    /// How it came to be read.
    pub found: Found,
    /// What it says.
    pub contents: Contents,
}

/// Something of a config file that was found and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ignored {
    /// A file in the working folder that others own or can write.
    File {
        /// The file, as it is shown.
        file: PathBuf,
        /// Why it is not trusted.
        why: String,
    },
    /// A key that counts from some places only.
    Key {
        /// Where it stands: `[profile.night] of incs-import.toml, base_url`.
        place: String,
        /// The file, as it is shown.
        file: PathBuf,
        /// What to use in its stead.
        flag: &'static str,
        /// The same from the environment.
        variable: &'static str,
        /// The user's own file, where there can be one.
        own: Option<PathBuf>,
    },
    /// The section `[notify]`, which counts from some files only.
    Notify {
        /// Where it stands: `incs-import.toml, [notify]`.
        place: String,
        /// The file, as it is shown.
        file: PathBuf,
        /// The user's own file, where there can be one.
        own: Option<PathBuf>,
    },
}

impl Ignored {
    /// What is ignored: a file, or a key in its place.
    pub fn what(&self) -> String {
        match self {
            Self::File { file, .. } => file.display().to_string(),
            Self::Key { place, .. } | Self::Notify { place, .. } => place.clone(),
        }
    }

    /// Why it is.
    pub fn why(&self) -> String {
        match self {
            Self::File { why, .. } => why.clone(),
            Self::Key { .. } => say!("config-key-not-trusted"),
            Self::Notify { .. } => say!("notify-not-trusted"),
        }
    }

    /// How to make it count.
    pub fn mend(&self) -> String {
        match self {
            Self::File { file, .. } => say!("config-mend-ignored-file", file = file.display().to_string()),
            Self::Key { file, flag, variable, own, .. } => {
                let file = file.display().to_string();
                let (instead, own) = (instead_of(flag, variable), moved_to(own.as_deref()));
                say!("config-mend-ignored-key", flag = instead, own = own, file = file)
            }
            Self::Notify { file, own, .. } => {
                let file = file.display().to_string();
                match own {
                    Some(own) => say!("notify-mend-ignored", own = own.display().to_string(), file = file),
                    None => say!("notify-mend-ignored-homeless", file = file),
                }
            }
        }
    }

    /// All of it in a sentence or two.
    pub fn warning(&self) -> String {
        match self {
            Self::File { file, why } => say!("config-ignored", file = file.display().to_string(), why = why),
            Self::Key { place, file, flag, variable, own } => say!(
                "settings-disarmed",
                place = place,
                flag = instead_of(flag, variable),
                own = moved_to(own.as_deref()),
                file = file.display().to_string()
            ),
            Self::Notify { place, .. } => {
                say!("notify-ignored", place = place, why = self.why(), mend = self.mend())
            }
        }
    }
}

fn instead_of(flag: &str, variable: &str) -> String {
    say!("settings-flag-or-variable", flag = flag, variable = variable)
}

fn moved_to(own: Option<&Path>) -> String {
    own.map(|own| say!("settings-move-to-own", file = own.display().to_string())).unwrap_or_default()
}

/// Finds and reads the config file: the one that is `named` (with where it was named: `--config`), else the one in the
/// working folder, else the user's. `None` if there is none. A file in the working folder that others own or can write is
/// passed over, and noted as ignored.
///
/// # Errors
/// The named file is not there, or the file found cannot be read, or says something that is not a setting.
pub fn load(
    named: Option<(PathBuf, &str)>,
    folders: &Folders,
    ignored: &mut Vec<Ignored>,
) -> Result<Option<Config>, Refusal> {
    let home = folders.home.as_deref();
    if let Some((path, place)) = named {
        let unreadable = |error| unreadable(&path, &error).at(place).hint(say!("config-name-file"));
        let file = File::open(&path).map_err(unreadable)?;
        return read(path, Found::Chosen, file, home).map(Some);
    }
    let user_file = folders.user_file();
    let nearby = folders.working.join(FILE_NAME);
    if let Some(file) = open_if_there(&nearby)? {
        // Started in the config folder itself, the user's own file is the one nearby.
        let is_users_own = user_file.as_ref().is_some_and(|own| same_file(own, &nearby));
        match objection(&nearby, &file) {
            _ if is_users_own => return read(nearby, Found::Chosen, file, home).map(Some),
            None => return read(nearby, Found::Nearby, file, home).map(Some),
            Some(why) => ignored.push(Ignored::File { file: nearby, why: words(why) }),
        }
    }
    match user_file {
        Some(path) => match open_if_there(&path)? {
            Some(file) => read(path, Found::Chosen, file, home).map(Some),
            None => Ok(None),
        },
        None => Ok(None),
    }
}

fn words(objection: Objection) -> String {
    match objection {
        Objection::UnknownOwner => say!("config-owner-unknown"),
        Objection::OtherOwner(id) => say!("config-other-owner", id = id.to_string()),
        Objection::OthersCanWrite(mode) => say!("config-others-can-write", mode = format!("{mode:03o}")),
    }
}

/// Opens what may not be there. Something else of that name (a folder, a pipe that would never end) is not a config file.
fn open_if_there(path: &Path) -> Result<Option<File>, Refusal> {
    let is_absent = |kind| matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => match File::open(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if is_absent(error.kind()) => Ok(None),
            Err(error) => Err(unreadable(path, &error).hint(say!("config-mend-unreadable"))),
        },
        Ok(_) => Ok(None),
        Err(error) if is_absent(error.kind()) => Ok(None),
        Err(error) => Err(unreadable(path, &error).hint(say!("config-mend-unreadable"))),
    }
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    let why = match error.kind() {
        ErrorKind::NotFound => say!("config-no-such-file"),
        _ => error.to_string(),
    };
    Refusal::new(say!("config-cannot-read", file = path.display().to_string(), why = why))
}

fn read(path: PathBuf, found: Found, file: File, home: Option<&Path>) -> Result<Config, Refusal> {
    const LONGEST: u64 = 1 << 20; // a config file is some lines; anything longer is another file
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&path, &error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
        return Err(Refusal::new(say!("config-too-long")).at(path.display()));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = contents::line_of(error.as_bytes(), valid);
        Refusal::new(say!("config-not-utf8"))
            .at(format_args!("{}:{line}", path.display()))
            .hint(say!("config-save-as-utf8"))
    })?;
    let mut contents = Contents::parse(&path, &text)?;
    contents.anchor(path.parent().unwrap_or(Path::new("")), home);
    Ok(Config { path, found, contents })
}
