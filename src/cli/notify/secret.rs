//! Secrets of notifications: one line in a file of their own, or a variable of the environment.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::cli::refusal::Refusal;
use crate::cli::settings::SecretPlace;
use crate::cli::upload::Environment;
use crate::lang::say;
use crate::platform::others_can_read;

/// Takes a secret from its place. A file that others can read is noted as open.
///
/// # Errors
/// There is no such file or variable, or it does not hold one line of visible ASCII.
pub(super) fn read(
    place: &SecretPlace,
    environment: Environment<'_>,
    open: &mut Vec<PathBuf>,
) -> Result<SecretString, Refusal> {
    match place {
        SecretPlace::Variable(name) => {
            let value = environment(name).unwrap_or_default();
            let hint = say!("notify-mend-variable", name = name);
            check(value.as_encoded_bytes()).map_err(|why| Refusal::new(why).at(name).hint(hint))
        }
        SecretPlace::File(path) => {
            let hint = say!("notify-mend-file", file = path.display().to_string());
            from_file(path, open).map_err(|why| Refusal::new(why).at(path.display()).hint(hint))
        }
    }
}

fn from_file(path: &Path, open: &mut Vec<PathBuf>) -> Result<SecretString, String> {
    const LONGEST: u64 = 1 << 16;
    let unreadable = |error: std::io::Error| say!("token-unreadable", error = error.to_string());
    let file = File::open(path).map_err(unreadable)?;
    if others_can_read(&file) {
        open.push(path.to_owned());
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    check(&bytes)
}

/// Editors leave spaces and an end of line; anything else that neither an address nor a header can hold is a mistake.
fn check(bytes: &[u8]) -> Result<SecretString, String> {
    const LONGEST: usize = 4096;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    match std::str::from_utf8(bytes) {
        Ok("") => Err(say!("notify-secret-empty")),
        Ok(text) if text.len() > LONGEST => Err(say!("notify-secret-too-long")),
        Ok(text) if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') => {
            Ok(SecretString::from(text))
        }
        _ => Err(say!("notify-secret-odd")),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn one_line_from_a_file_or_a_variable() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        for (text, want) in [
            ("Bearer s3cret\n", Ok("Bearer s3cret")),
            ("\u{feff}https://a.test/s3cret\r\n", Ok("https://a.test/s3cret")),
            (" \n", Err("holds nothing")),
            ("s3cret\ns3cret", Err("holds something else than one line of plain letters")),
            ("s3crét", Err("holds something else than one line of plain letters")),
        ] {
            std::fs::write(&path, text).unwrap();
            let variable = |_: &str| Some(text.into());
            for place in [SecretPlace::File(path.clone()), SecretPlace::Variable("HOOK".to_owned())] {
                let read = read(&place, &variable, &mut Vec::new());
                let read =
                    read.as_ref().map(|secret| secret.expose_secret()).map_err(|why| why.message.as_str());
                assert_eq!(read, want, "{place}");
            }
        }
        let nothing = |_: &str| None;
        let refusal = read(&SecretPlace::Variable("HOOK".to_owned()), &nothing, &mut Vec::new()).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "error: HOOK: holds nothing\n  fix: put the secret into the variable HOOK"
        );
        let gone =
            read(&SecretPlace::File(folder.path().join("gone")), &nothing, &mut Vec::new()).unwrap_err();
        assert!(gone.message.starts_with("cannot be read: "), "{gone}");
    }
}
