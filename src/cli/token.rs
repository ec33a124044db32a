//! The token: from where it is taken, and what must hold for it. It is never a flag, a key of the file, or part of a message.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::refusal::Refusal;
use super::settings::{Origin, Settings};
use crate::lang::say;
use crate::platform::others_can_read;

/// The variable that holds the token.
pub const VARIABLE: &str = "INCS_TOKEN";

/// The variable that names the folder into which systemd puts the credentials of a service. Nobody else can enter it, but the
/// mode of its files (0440) shows the service's own right, an entry of an access list, as one of a group.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// What can be done about a missing or wrong token.
pub fn hint() -> String {
    say!("token-hint")
}

/// Where the token is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The variable `INCS_TOKEN`.
    Variable,
    /// A file, named by the flag or by a config file.
    File(PathBuf),
}

/// Where the token is: in the file of `--token-file`, else in `INCS_TOKEN`, else in the `token_file` of a profile or config
/// file. `None` if none is named.
pub fn source(settings: &Settings, environment: &dyn Fn(&str) -> Option<OsString>) -> Option<Source> {
    let file = settings.upload.token_file.clone().map(Source::File);
    let is_by_flag = *settings.origin_of("token_file") == Origin::Flag;
    let variable = environment(VARIABLE).filter(|text| !text.is_empty()).map(|_| Source::Variable);
    if is_by_flag { file.or(variable) } else { variable.or(file) }
}

/// Takes the token from its [`source`]; `None` if none is named: whether one is needed is the caller's question. A token file
/// that others can read is a warning, unless it is a credential of systemd.
///
/// # Errors
/// The file cannot be read, or what stands in it (or in the variable) is not one line of visible ASCII.
pub fn load_token(
    settings: &Settings,
    environment: &dyn Fn(&str) -> Option<OsString>,
    warnings: &mut Vec<String>,
) -> Result<Option<SecretString>, Refusal> {
    match source(settings, environment) {
        None => Ok(None),
        Some(Source::File(path)) => {
            let folder = environment(CREDENTIALS).filter(|folder| !folder.is_empty());
            let is_credential = folder.is_some_and(|folder| path.starts_with(folder));
            from_file(&path, is_credential, warnings).map(Some)
        }
        Some(Source::Variable) => {
            let text = environment(VARIABLE).unwrap_or_default();
            check(text.as_encoded_bytes()).map(Some).map_err(|refusal| refusal.at(VARIABLE))
        }
    }
}

fn from_file(path: &Path, is_credential: bool, warnings: &mut Vec<String>) -> Result<SecretString, Refusal> {
    const LONGEST: u64 = 1 << 16;
    let place = say!("token-file", file = path.display().to_string());
    let unreadable = |error: std::io::Error| {
        Refusal::new(say!("token-unreadable", error = error.to_string())).at(&place).hint(hint())
    };
    let file = File::open(path).map_err(unreadable)?;
    if !is_credential && others_can_read(&file) {
        warnings.push(say!("token-others-can-read", file = path.display().to_string()));
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    check(&bytes).map_err(|refusal| refusal.at(&place))
}

/// Editors leave spaces and an end of line; anything else that a header cannot carry is a mistake.
fn check(bytes: &[u8]) -> Result<SecretString, Refusal> {
    const LONGEST: usize = 4096; // servers refuse longer headers, with less helpful words
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    let refuse = |message: String| Err(Refusal::new(message).hint(hint()));
    match std::str::from_utf8(bytes) {
        Ok("") => refuse(say!("token-empty")),
        Ok(text) if text.len() > LONGEST => refuse(say!("token-too-long")),
        Ok(text) if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(SecretString::from(text)),
        Ok(text) if text.lines().count() > 1 => refuse(say!("token-several-lines")),
        Ok(text) if text.starts_with("Bearer ") => refuse(say!("token-with-bearer")),
        _ => refuse(say!("token-not-ascii")),
    }
}
