//! Libraries of `tests/shim` that stand between the program and the system, and the clock that one of them is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds one of them. The machine needs a C compiler, which the program's own build needs too.
pub(crate) fn build(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim").join(format!("{name}.c"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = folder.join(format!("{name}-{}.so", std::process::id()));
    let place = folder.join(format!("{name}.so"));
    let compiler = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([&made, &source])
        .output()
        .unwrap();
    assert!(compiler.status.success(), "{}", String::from_utf8_lossy(&compiler.stderr));
    // Another test process may be doing the same; both find a whole file.
    fs::rename(&made, &place).unwrap();
    place
}

/// The time of day as the program and the stand-in see it; how fast it runs cannot be changed.
#[derive(Debug)]
pub(crate) struct Clock(PathBuf);

impl Clock {
    /// One that is kept in this file.
    pub(crate) fn kept_in(file: PathBuf) -> Self {
        fs::write(&file, [0; 8]).unwrap();
        Self(file)
    }

    /// Sets it: `2026-04-13T01:30:00+07:00`.
    pub(crate) fn set(&self, time: &str) {
        let time: jiff::Timestamp = time.parse().unwrap();
        let offset = time.duration_since(jiff::Timestamp::now()).as_nanos();
        let bytes = i64::try_from(offset).unwrap().to_ne_bytes();
        // In place: the processes that run look at these bytes.
        let mut file = fs::OpenOptions::new().write(true).open(&self.0).unwrap();
        std::io::Write::write_all(&mut file, &bytes).unwrap();
    }

    /// Lets a program see it.
    pub(crate) fn shown_to(&self, command: &mut Command) {
        static LIBRARY: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
        command.env("LD_PRELOAD", LIBRARY.get_or_init(|| build("clock"))).env("SHIM_CLOCK", &self.0);
    }
}
