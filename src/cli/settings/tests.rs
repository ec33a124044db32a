use std::collections::BTreeSet;
use std::path::Path;

use clap::CommandFactory;
use secrecy::ExposeSecret;

use super::*;
use crate::cli::args::Cli;
use crate::cli::config::Folders;
use crate::cli::keys::Keys;
use crate::cli::token::load_token;

mod commands;
mod layers;
mod sources;

/// A user with folders of his own and an environment that is only this.
struct Trial {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Trial {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        // Whatever the umask of the machine: the tests that want another mode set it.
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.environment.push((variable, value.to_owned()));
        self
    }

    fn variable(&self, name: &str) -> Option<OsString> {
        self.environment.iter().find(|(variable, _)| *variable == name).map(|(_, value)| value.into())
    }

    fn load(&self, arguments: &[&str]) -> Result<Settings, Refusal> {
        let arguments = std::iter::once("incs-import").chain(arguments.iter().copied()).map(OsString::from);
        let folders = Folders {
            working: self.path("work"),
            config: Some(self.path("config")),
            state: Some(self.path("state")),
            home: Some(self.path("home")),
        };
        let environment = |name: &str| self.variable(name);
        Settings::load(
            Cli::read(arguments).unwrap().flags(),
            &Surroundings { environment: &environment, folders },
        )
    }

    fn complaint(&self, arguments: &[&str]) -> String {
        // The folder has another name each time.
        let root = format!("{}/", self.folder.path().display());
        self.load(arguments).expect_err("refused").to_string().replace(&root, "")
    }

    fn token(&self, arguments: &[&str]) -> (Result<Option<String>, String>, Vec<String>) {
        let mut warnings = Vec::new();
        let settings = self.load(arguments).unwrap();
        let token = load_token(&settings, &|name| self.variable(name), &mut warnings);
        (
            token
                .map(|token| token.map(|token| token.expose_secret().to_owned()))
                .map_err(|refusal| refusal.to_string()),
            warnings,
        )
    }
}
