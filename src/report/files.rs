//! Files and folders that only their owner can read, and that are whole or not there.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use crate::lang::say;
use crate::platform;

/// Makes a folder and its parents; the folder itself is for its owner only.
///
/// # Errors
/// The folder is there already, or cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    platform::make_private_folder(path)
}

/// The same, unless there is such a folder already, which another process may make at this very moment.
///
/// # Errors
/// Something else of that name is there, or the folder cannot be made.
pub fn ensure_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    match private_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Writes a file for its owner only beside its target and renames it: a reader finds the old one or the whole new one.
///
/// # Errors
/// Whatever `write` or the system says; the target is then as it was.
pub fn write_atomically(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    // Temporary files are made readable for their owner only, and keep that.
    replace(path, write, |_| Ok(()))
}

/// The same with a file that everybody may read, whatever the system's defaults are.
///
/// # Errors
/// As [`write_atomically`].
pub fn write_atomically_for_all(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    replace(path, write, platform::open_to_all)
}

fn replace(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    open_up: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A device or a pipe would give way to a file, and be gone for everybody.
    if std::fs::symlink_metadata(path).is_ok_and(|found| !found.is_file() && !found.is_symlink()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, say!("file-not-replaced")));
    }
    let mut file = NamedTempFile::new_in(folder)?;
    {
        let mut out = BufWriter::with_capacity(1 << 16, file.as_file_mut());
        write(&mut out)?;
        out.flush()?;
    }
    open_up(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    platform::sync_folder(folder)
}

/// Writes a file that is not there yet and that others may read, as far as the system's defaults let them.
///
/// # Errors
/// Something of that name is there already ([`io::ErrorKind::AlreadyExists`]), or whatever `write` or the system says;
/// there is no file then.
pub fn write_new(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    write_new_with(platform::shared_temporary(&mut tempfile::Builder::new()), path, write)
}

/// Writes a file that is not there yet, for its owner only.
///
/// # Errors
/// As [`write_new`].
pub fn write_new_private(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    write_new_with(&tempfile::Builder::new(), path, write)
}

fn write_new_with(
    builder: &tempfile::Builder<'_, '_>,
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = builder.tempfile_in(folder)?;
    {
        let mut out = BufWriter::with_capacity(1 << 16, file.as_file_mut());
        write(&mut out)?;
        out.flush()?;
    }
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Bytes of a name without its extension; with both it is below what file systems take.
const LONGEST_STEM: usize = 220;

/// What the copy of an input is called in the folder of a run: `01-list.xlsx`. Two files of one name in two folders stay
/// two files. `number` counts from 0, `name` is how the user named the file, `-` for standard input. A long name is cut
/// before its extension, since file systems take names of 255 bytes.
pub fn input_copy(number: usize, name: &str) -> String {
    let base = match name {
        "-" => "stdin.csv".into(),
        name => {
            Path::new(name).file_name().map(|base| base.to_string_lossy().into_owned()).unwrap_or_default()
        }
    };
    let ending = base.rsplit_once('.').map(|(stem, ending)| (stem, ending.len() + 1));
    let stem_length = ending.filter(|(_, length)| *length <= 16).map_or(base.len(), |(stem, _)| stem.len());
    let (stem, ending) = base.split_at(stem_length);
    let stem = &stem[..stem.floor_char_boundary(LONGEST_STEM)];
    format!("{:02}-{stem}{ending}", number + 1)
}

/// Whether a file may be replaced by one that begins so: there is none, it is empty, or it is one of these. A name that was
/// mistyped costs nobody a list.
///
/// # Errors
/// The file cannot be asked about, or read.
pub fn may_be_replaced(path: &Path, beginning: &str) -> io::Result<bool> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
        // Opening a pipe would wait for its other end.
        Ok(found) if !found.is_file() => return Ok(false),
        Ok(_) => {}
    }
    let mut begin = Vec::new();
    File::open(path)?.take(beginning.len() as u64).read_to_end(&mut begin)?;
    Ok(begin.is_empty() || begin == beginning.as_bytes())
}

/// The SHA-256 of all bytes that a reader gives, in hexadecimal.
///
/// # Errors
/// Reading failed.
pub fn sha256(reader: impl Read) -> io::Result<String> {
    copy_hashed(reader, &mut io::sink())
}

/// Copies a file for its owner only; gives the SHA-256 of what was copied, in hexadecimal.
///
/// # Errors
/// Reading or writing failed, or the target is there already.
pub fn copy_private(from: &Path, to: &Path) -> io::Result<String> {
    let mut options = fs::OpenOptions::new();
    let mut target = platform::private_file(options.write(true).create_new(true)).open(to)?;
    let hash = copy_hashed(File::open(from)?, &mut target)?;
    target.sync_all()?;
    Ok(hash)
}

/// Copies all bytes that a reader gives; gives their SHA-256, in hexadecimal.
///
/// # Errors
/// Reading or writing failed.
pub fn copy_hashed(mut reader: impl Read, out: &mut dyn Write) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hash.update(&buffer[..read]);
                out.write_all(&buffer[..read])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_atomically(&path, |out| out.write_all(b"old")).unwrap();
        let failed = write_atomically(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn copies_have_names_that_every_disk_takes() {
        let long = "催".repeat(83);
        for (name, want) in [
            ("-", "01-stdin.csv".to_owned()),
            ("/a/list.xlsx", "01-list.xlsx".to_owned()),
            ("list", "01-list".to_owned()),
            (".csv", "01-.csv".to_owned()),
            (&format!("in/{long}.csv"), format!("01-{}.csv", "催".repeat(73))),
            (&"a.".repeat(127), format!("01-{}.", "a.".repeat(110))),
            (&format!("a.{}", "b".repeat(250)), format!("01-a.{}", "b".repeat(218))),
        ] {
            assert_eq!(input_copy(0, name), want);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [&pipe, folder.path()] {
            assert!(write_atomically(path, |out| out.write_all(b"x")).is_err(), "{}", path.display());
        }
        assert!(!fs::symlink_metadata(&pipe).unwrap().is_file());
    }

    #[test]
    #[cfg(unix)]
    fn what_is_written_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("reports/run");
        private_folder(&run).unwrap();
        let file = run.join("a");
        write_atomically(&file, |out| out.write_all(b"x")).unwrap();
        let copy = run.join("b");
        let hash = copy_private(&file, &copy).unwrap();
        assert_eq!(hash, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&run), mode(&file), mode(&copy)), (0o700, 0o600, 0o600));
        assert!(
            private_folder(&run).is_err() && copy_private(&file, &copy).is_err(),
            "nothing is overwritten"
        );
    }
}
