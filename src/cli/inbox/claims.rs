//! Which run belongs to which file of the folder, written down before the run is recorded, and forgotten once the file is
//! moved: what a crash leaves between the two is found again by it.
//!
//! A claim is a file of its own in `DIR/.incs-import`, named by the name that it claims, so that two programs cannot claim
//! the same one. What became of the run only the ledger knows.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::platform::sync_folder;
use crate::report::files::{ensure_private_folder, sha256};

/// The folder of the claims; hidden, so that nobody takes it for a list.
const FOLDER: &str = ".incs-import";

/// A file is being uploaded by a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// The file in the folder.
    pub(super) name: String,
    /// Of the bytes that are uploaded, in hexadecimal.
    pub(super) sha256: String,
    /// The run, which may not have been recorded.
    pub(super) run_id: String,
    /// Tells the ledger of the run from others.
    pub(super) ledger: String,
}

/// The claims of a folder.
#[derive(Debug)]
pub(super) struct Claims(PathBuf);

impl Claims {
    /// Of a drop folder.
    pub(super) fn of(folder: &Path) -> Self {
        Self(folder.join(FOLDER))
    }

    /// Where the claim of a name is.
    fn path(&self, name: &str) -> PathBuf {
        // Reading from memory cannot fail.
        let hash = sha256(name.as_bytes()).unwrap_or_default();
        self.0.join(format!("{}.json", hash.get(..32).unwrap_or_default()))
    }

    /// Where the claim of a name is, for a person.
    pub(super) fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Whether somebody claims this name.
    pub(super) fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path(name)).is_ok()
    }

    /// All claims, those of the oldest runs first; and files that should be claims and are not.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn all(&self) -> io::Result<(Vec<Claim>, Vec<PathBuf>)> {
        let (mut claims, mut unreadable) = (Vec::new(), Vec::new());
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((claims, unreadable)),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            // Others are being written.
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let text = match fs::read(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                text => text?,
            };
            match serde_json::from_slice::<Claim>(&text) {
                Ok(claim) if self.path(&claim.name) == path => claims.push(claim),
                _ => unreadable.push(path),
            }
        }
        claims.sort_by(|one, other| (&one.run_id, &one.name).cmp(&(&other.run_id, &other.name)));
        unreadable.sort();
        Ok((claims, unreadable))
    }

    /// Writes a claim, durably.
    ///
    /// # Errors
    /// The name is claimed already ([`io::ErrorKind::AlreadyExists`]), or the claim cannot be written.
    pub(super) fn put(&self, claim: &Claim) -> io::Result<()> {
        if !self.0.is_dir() {
            ensure_private_folder(&self.0)?;
            sync_folder(self.0.parent().unwrap_or(Path::new(".")))?;
        }
        let text = serde_json::to_vec(claim)?;
        // Temporary files are for their owner only, and keep that.
        let mut file = NamedTempFile::new_in(&self.0)?;
        file.write_all(&text)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(self.path(&claim.name)).map_err(|error| error.error)?;
        sync_folder(&self.0)
    }

    /// Forgets the claim of a run; one that another run has made since stays.
    ///
    /// # Errors
    /// It cannot be removed.
    pub(super) fn remove(&self, name: &str, run_id: &str) -> io::Result<()> {
        let path = self.path(name);
        let is_its = fs::read(&path).is_ok_and(|text| {
            serde_json::from_slice::<Claim>(&text).is_ok_and(|claim| claim.run_id == run_id)
        });
        if is_its {
            fs::remove_file(&path)?;
            sync_folder(&self.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_claimed_once_and_given_back_by_its_own_run_only() {
        let folder = tempfile::tempdir().unwrap();
        let claims = Claims::of(folder.path());
        assert_eq!(claims.all().unwrap(), (vec![], vec![]), "there is no folder yet");
        let claim = |name: &str, run: &str| Claim {
            name: name.to_owned(),
            sha256: "00".to_owned(),
            run_id: run.to_owned(),
            ledger: "ff".to_owned(),
        };
        claims.put(&claim("名单.csv", "b")).unwrap();
        claims.put(&claim("a.csv", "a")).unwrap();
        let again = claims.put(&claim("a.csv", "c")).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        fs::write(folder.path().join(".incs-import/x.json"), "{").unwrap();
        let (all, unreadable) = claims.all().unwrap();
        assert_eq!(all.iter().map(|claim| claim.run_id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(unreadable, [folder.path().join(".incs-import/x.json")]);
        claims.remove("a.csv", "c").unwrap();
        assert!(claims.has("a.csv"), "it is of another run");
        claims.remove("a.csv", "a").unwrap();
        assert!(!claims.has("a.csv") && claims.has("名单.csv"));
    }
}
