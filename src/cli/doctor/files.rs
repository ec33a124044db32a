//! The ledger, the folders that are written to, and the room on their disks.

use std::io;
use std::path::{Path, PathBuf};

use super::{Check, Status};
use crate::cli::settings::Settings;
use crate::lang::{grouped, say};
use crate::ledger::{Health, Lock, OpenRun, examine, lock_path, real_path};
use crate::platform::free_space;

/// Below it a disk is nearly full: a run records its list and writes it several times.
const LITTLE: u64 = 1 << 30;
/// Below it a run is likely to fail.
const TOO_LITTLE: u64 = 100 << 20;
/// A log that nobody folded into its file for so long hints at a reader that never ends.
const LONG_LOG: u64 = 256 << 20;

/// The ledger: whether it is sound, what is left in it, who holds it.
pub(super) fn ledger(settings: &Settings) -> Vec<Check> {
    let path = match settings.global.ledger() {
        Ok(path) => path,
        Err(refusal) => return vec![Check::refused("ledger", &refusal)],
    };
    let examined = real_path(path).and_then(|real| Ok((examine(&real)?, real)));
    let (health, real) = match examined {
        Ok(examined) => examined,
        Err(error) => return vec![Check::fail("ledger", error.to_string(), error.hint())],
    };
    let file = path.display().to_string();
    let Some(health) = health else {
        return vec![Check::ok("ledger", say!("doctor-no-ledger", file = file))];
    };
    if let Some(damage) = health.damage.first() {
        let found = say!("doctor-ledger-damaged", file = file, damage = damage);
        return vec![Check::fail("ledger", found, say!("ledger-mend-damaged"))];
    }
    if let Err(error) = std::fs::OpenOptions::new().append(true).open(&real) {
        let found = say!("file-cannot-write", file = file, error = error.to_string());
        return vec![Check::fail("ledger", found, say!("ledger-mend-open"))];
    }
    let holder = Lock::holder(&lock_path(&real));
    let running = holder.as_ref().and_then(|holder| holder.as_ref()?.run.clone());
    let lock = match holder {
        None => Check::ok("lock", say!("doctor-lock-free")),
        Some(holder) => {
            let found = crate::ledger::Locked::Held(holder).to_string();
            Check::warn("lock", found, say!("doctor-mend-lock"))
        }
    };
    vec![sound(&file, &health), left(&health.open, running.as_deref()), lock]
}

fn sound(file: &str, health: &Health) -> Check {
    let found = say!(
        "doctor-ledger",
        file = file,
        schema = health.schema.to_string(),
        size = size(health.size),
        log = size(health.log_size)
    );
    if health.log_size > LONG_LOG {
        return Check::warn("ledger", found, say!("doctor-mend-long-log"));
    }
    Check::ok("ledger", found)
}

/// The runs that did not come to an end, but for the one that goes on now.
fn left(open: &[OpenRun], running: Option<&str>) -> Check {
    let open: Vec<&OpenRun> = open.iter().filter(|run| Some(run.id.as_str()) != running).collect();
    let Some(latest) = open.first() else { return Check::ok("runs", say!("doctor-no-open-run")) };
    let sum = |of: fn(&OpenRun) -> u64| open.iter().map(|run| of(run)).sum::<u64>();
    let found = say!(
        "doctor-open-runs",
        count = open.len(),
        run = &latest.id,
        pending = grouped(sum(|run| run.pending)),
        doubts = grouped(sum(|run| run.doubts))
    );
    Check::warn("runs", found, say!("doctor-mend-open-runs", run = &latest.id))
}

/// Whether ledger and reports can be written, and have room.
pub(super) fn folders(settings: &Settings) -> Vec<Check> {
    let ledger = settings.global.ledger.as_deref().map(|ledger| parent(ledger).to_owned());
    let mut checks = Vec::new();
    if let Some(folder) = ledger {
        checks.extend(folder_checks(
            ["ledger_folder", "ledger_space"],
            &folder,
            &say!("settings-name-ledger"),
        ));
    }
    let reports = &settings.upload.report_dir;
    checks.extend(folder_checks(["reports_folder", "reports_space"], reports, &say!("file-mend-reports")));
    checks
}

fn folder_checks([writing, room]: [&'static str; 2], folder: &Path, fix: &str) -> Vec<Check> {
    let name = folder.display().to_string();
    let there = nearest(folder);
    let tried = there.as_deref().map_err(io::Error::to_string).and_then(|there| {
        // Gone again when it is dropped.
        tempfile::Builder::new().prefix(".incs-import-").tempfile_in(there).map_err(|error| error.to_string())
    });
    let there = match (tried, there) {
        (Ok(_), Ok(there)) => there,
        (Err(error), _) => {
            return vec![Check::fail(
                writing,
                say!("doctor-cannot-write", folder = name, error = error),
                fix,
            )];
        }
        (_, Err(error)) => {
            let found = say!("doctor-cannot-write", folder = name, error = error.to_string());
            return vec![Check::fail(writing, found, fix)];
        }
    };
    let found = if there == folder {
        say!("doctor-can-write", folder = &name)
    } else {
        say!("doctor-would-make", folder = &name)
    };
    vec![Check::ok(writing, found), space(room, free_space(&there))]
}

fn space(check: &'static str, free: io::Result<Option<u64>>) -> Check {
    match free {
        Ok(Some(free)) => {
            let found = say!("doctor-free", size = size(free));
            match enough(free) {
                Status::Ok => Check::ok(check, found),
                Status::Warn => Check::warn(check, found, say!("doctor-mend-space")),
                Status::Fail => Check::fail(check, found, say!("doctor-mend-space")),
            }
        }
        Ok(None) => Check::ok(check, say!("doctor-free-unknown")),
        Err(error) => {
            let found = say!("doctor-free-error", error = error.to_string());
            Check::warn(check, found, say!("doctor-mend-space"))
        }
    }
}

const fn enough(free: u64) -> Status {
    match free {
        ..TOO_LITTLE => Status::Fail,
        TOO_LITTLE..LITTLE => Status::Warn,
        LITTLE.. => Status::Ok,
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folder, or the one above it that is there: what is missing is made by the first run.
fn nearest(folder: &Path) -> io::Result<PathBuf> {
    let mut at = folder;
    loop {
        match at.metadata() {
            Ok(metadata) if metadata.is_dir() => return Ok(at.to_owned()),
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound && at != Path::new(".") => at = parent(at),
            Err(error) => return Err(error),
        }
    }
}

/// Bytes for a person.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match UNITS.into_iter().find(|(_, worth)| bytes >= *worth) {
        Some((unit, worth)) => {
            let tenths = u128::from(bytes) * 10 / u128::from(worth);
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_that_is_enough_little_or_too_little() {
        for (free, want) in [
            (0, Status::Fail),
            (TOO_LITTLE - 1, Status::Fail),
            (TOO_LITTLE, Status::Warn),
            (LITTLE - 1, Status::Warn),
            (LITTLE, Status::Ok),
            (u64::MAX, Status::Ok),
        ] {
            assert_eq!(enough(free), want, "{free}");
            assert_eq!(space("x", Ok(Some(free))).status, want);
        }
    }

    #[test]
    fn sizes_for_people() {
        for (bytes, want) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_536, "1.5 KiB"),
            (5 << 20, "5.0 MiB"),
            (u64::MAX, "17179869183.9 GiB"),
        ] {
            assert_eq!(size(bytes), want);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_yet_counts_by_the_one_above() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert_eq!(nearest(path).unwrap(), path);
        assert_eq!(nearest(&path.join("a/b")).unwrap(), path);
        std::fs::write(path.join("file"), "").unwrap();
        for below in ["file", "file/reports", "file/a/b"] {
            assert!(nearest(&path.join(below)).is_err(), "{below}");
        }
        assert_eq!(nearest(Path::new("no-such-folder/a")).unwrap(), Path::new("."));
        let checks = folder_checks(["w", "s"], path, "mend");
        assert_eq!((checks.len(), checks[0].status), (2, Status::Ok), "{checks:?}");
        assert_eq!(std::fs::read_dir(path).unwrap().count(), 1, "nothing stays behind");
    }

    #[test]
    fn the_run_that_goes_on_is_none_that_was_left() {
        let run = |id: &str| OpenRun { id: id.to_owned(), doubts: 1, pending: 2 };
        assert_eq!(left(&[run("a")], Some("a")).status, Status::Ok);
        let check = left(&[run("b"), run("a")], None);
        assert_eq!(check.status, Status::Warn);
        assert!(
            check.found.contains("2 ") && check.fix.as_deref().is_some_and(|fix| fix.contains("resume b"))
        );
    }
}
