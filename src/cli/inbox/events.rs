//! What the file system tells of the drop folder, so that a list need not wait for the next look.
//!
//! An event wakes whoever waits, and says nothing: what lies in the folder is seen by looking. So none is believed, one too
//! many costs a look, and one that is missed costs the time until the next.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

use super::look::is_list;
use crate::platform::{FileId, file_id};

/// How long events are gathered: copying a file gives several, and one that is written all the time gives them without end.
const GATHER: Duration = Duration::from_millis(100);

/// What begins to watch the folder of a [`Bell`]; watching ends when the watcher is dropped.
type Begin = fn(Arc<Bell>) -> notify::Result<Box<dyn Watcher>>;

/// Whether events are heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Listening {
    /// They are, or it is known that they are not.
    AsBefore,
    /// They are not, which has not been told yet; why.
    Deaf(String),
}

/// The events of a folder.
pub(super) struct Events {
    folder: PathBuf,
    own: Option<String>,
    begin: Begin,
    watch: Option<Watch>,
    is_told: bool,
}

/// A folder that is being watched.
struct Watch {
    bell: Arc<Bell>,
    /// Another folder of its name gives no events to this one.
    folder: FileId,
    _watcher: Box<dyn Watcher>,
}

/// Rings for what concerns us.
#[derive(Debug)]
struct Bell {
    /// The folder by its real name, as events name it.
    folder: PathBuf,
    /// What we write there ourselves.
    own: Option<String>,
    rung: Notify,
    /// Whether the watcher hears no more.
    is_over: AtomicBool,
}

impl Events {
    /// Of a folder in which the file `own` is our own. Nothing is heard before [`Events::listen`].
    pub(super) fn of(folder: &Path, own: Option<&str>) -> Self {
        Self { folder: folder.to_owned(), own: own.map(str::to_owned), begin, watch: None, is_told: false }
    }

    /// Begins to listen, unless this folder is listened to already. Where that cannot be had, it is tried again each time,
    /// and told once.
    pub(super) fn listen(&mut self) -> Listening {
        let there = fs::metadata(&self.folder).ok().map(|folder| file_id(&folder));
        if self.watch.as_ref().is_some_and(|watch| Some(watch.folder) == there && !watch.bell.is_over()) {
            return Listening::AsBefore;
        }
        self.watch = None;
        // Of a folder that is not there, or cannot be read, the look tells.
        let Some((folder, real)) = there.zip(fs::canonicalize(&self.folder).ok()) else {
            return Listening::AsBefore;
        };
        let bell = Arc::new(Bell {
            folder: real,
            own: self.own.clone(),
            rung: Notify::new(),
            is_over: AtomicBool::new(false),
        });
        match (self.begin)(Arc::clone(&bell)) {
            Ok(watcher) => {
                self.watch = Some(Watch { bell, folder, _watcher: watcher });
                self.is_told = false;
                Listening::AsBefore
            }
            Err(_) if self.is_told => Listening::AsBefore,
            Err(error) => {
                self.is_told = true;
                Listening::Deaf(error.to_string())
            }
        }
    }

    /// Waits for an event, and a little for those that come with it; one that came since the last wait counts. Waits for
    /// ever where none are heard.
    pub(super) async fn next(&self) {
        let Some(watch) = &self.watch else { return std::future::pending().await };
        watch.bell.rung.notified().await;
        tokio::time::sleep(GATHER).await;
    }
}

/// Watches with what the system has for it.
fn begin(bell: Arc<Bell>) -> notify::Result<Box<dyn Watcher>> {
    let folder = bell.folder.clone();
    let mut watcher = RecommendedWatcher::new(move |event| bell.hear(event), notify::Config::default())?;
    watcher.watch(&folder, RecursiveMode::NonRecursive)?;
    Ok(Box::new(watcher))
}

impl Bell {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    fn hear(&self, event: notify::Result<Event>) {
        let is_news = match event {
            Ok(event) => {
                let is_folder = event.paths.contains(&self.folder);
                if is_folder && is_end(event.kind) {
                    self.is_over.store(true, Ordering::SeqCst);
                }
                self.is_over() || event.need_rescan() || self.is_news(&event)
            }
            Err(_) => {
                self.is_over.store(true, Ordering::SeqCst);
                true
            }
        };
        if is_news {
            self.rung.notify_one();
        }
    }

    /// Whether a list came or changed. That one is read or goes away is mostly our own doing.
    fn is_news(&self, event: &Event) -> bool {
        let is_change = match event.kind {
            EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => false,
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => true,
        };
        is_change && event.paths.iter().any(|path| self.is_list(path))
    }

    fn is_list(&self, path: &Path) -> bool {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
        path.parent() == Some(&self.folder) && is_list(name) && self.own.as_deref() != Some(name)
    }
}

/// Whether a watched folder has gone, with this event of the folder itself.
fn is_end(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind};
    use notify::{Error, NullWatcher};

    use super::*;

    fn bell(folder: &str) -> Bell {
        Bell {
            folder: folder.into(),
            own: Some("beat.csv".to_owned()),
            rung: Notify::new(),
            is_over: AtomicBool::new(false),
        }
    }

    /// Whether whoever waits is woken; takes the ring.
    fn rings(bell: &Bell) -> bool {
        let mut waiting = std::pin::pin!(bell.rung.notified());
        waiting.as_mut().enable()
    }

    #[test]
    fn lists_that_come_or_change_ring() {
        let created = EventKind::Create(CreateKind::File);
        let named = |mode| EventKind::Modify(ModifyKind::Name(mode));
        for (kind, path, want) in [
            (created, "/in/a.csv", true),
            (EventKind::Any, "/in/a.csv", true),
            (named(RenameMode::To), "/in/名单.XLSX", true),
            (named(RenameMode::Both), "/in/a.csv", true),
            (EventKind::Modify(ModifyKind::Data(DataChange::Any)), "/in/a.csv", true),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), "/in/a.csv", true),
            (EventKind::Access(AccessKind::Close(AccessMode::Write)), "/in/a.csv", true),
            // What we do ourselves.
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), "/in/a.csv", false),
            (named(RenameMode::From), "/in/a.csv", false),
            (EventKind::Remove(RemoveKind::File), "/in/a.csv", false),
            (created, "/in/done/a.csv", false),
            (created, "/in/beat.csv", false),
            (created, "/in/.tmpA1b2", false),
            (EventKind::Create(CreateKind::Folder), "/in/done", false),
            // What is no list.
            (created, "/in/a.csv.part", false),
            (created, "/in/a.pdf", false),
            (created, "/a.csv", false),
        ] {
            let bell = bell("/in");
            bell.hear(Ok(Event::new(kind).add_path(path.into())));
            assert_eq!((rings(&bell), bell.is_over()), (want, false), "{kind:?} {path}");
        }
    }

    #[test]
    fn many_events_are_one_and_none_is_forgotten() {
        let bell = bell("/in");
        assert!(!rings(&bell));
        for _ in 0..1_000 {
            bell.hear(Ok(Event::new(EventKind::Any).add_path("/in/a.csv".into())));
        }
        assert!(rings(&bell) && !rings(&bell));
        // The system had to drop some.
        bell.hear(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        assert!(rings(&bell) && !bell.is_over());
    }

    #[test]
    fn a_folder_that_goes_away_and_an_error_end_it() {
        for event in [
            Ok(Event::new(EventKind::Remove(RemoveKind::Folder)).add_path("/in".into())),
            Ok(Event::new(EventKind::Modify(ModifyKind::Name(RenameMode::From))).add_path("/in".into())),
            Err(Error::generic("no more")),
        ] {
            let bell = bell("/in");
            bell.hear(event);
            assert!(rings(&bell) && bell.is_over());
        }
    }

    #[test]
    fn deafness_is_told_once_and_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in");
        let mut events = Events::of(&path, None);
        events.begin = |_| Err(Error::new(notify::ErrorKind::MaxFilesWatch));
        assert_eq!(events.listen(), Listening::AsBefore, "of a folder that is not there others tell");
        fs::create_dir(&path).unwrap();
        assert!(matches!(events.listen(), Listening::Deaf(why) if why.contains("limit")));
        assert_eq!(events.listen(), Listening::AsBefore);
        assert!(events.watch.is_none());
        events.begin = |_| Ok(Box::new(NullWatcher));
        assert_eq!(events.listen(), Listening::AsBefore);
        let first = Arc::clone(&events.watch.as_ref().unwrap().bell);
        assert_eq!(events.listen(), Listening::AsBefore);
        assert!(Arc::ptr_eq(&first, &events.watch.as_ref().unwrap().bell), "it goes on");
        first.hear(Err(Error::generic("no more")));
        events.begin = |_| Err(Error::generic("not again"));
        assert!(
            matches!(events.listen(), Listening::Deaf(_)),
            "what was heard meanwhile makes it news again"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn the_deaf_wait_for_ever_and_the_others_a_little() {
        let folder = tempfile::tempdir().unwrap();
        let mut events = Events::of(folder.path(), None);
        let forever = tokio::time::timeout(Duration::from_hours(9), events.next()).await;
        assert!(forever.is_err());
        events.begin = |_| Ok(Box::new(NullWatcher));
        events.listen();
        // It came while nobody waited.
        events.watch.as_ref().unwrap().bell.rung.notify_one();
        let begin = tokio::time::Instant::now();
        events.next().await;
        assert_eq!(begin.elapsed(), GATHER);
        assert!(tokio::time::timeout(Duration::from_hours(9), events.next()).await.is_err());
    }

    #[cfg(unix)]
    #[test]
    fn another_folder_of_its_name_is_listened_to_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in");
        fs::create_dir(&path).unwrap();
        let mut events = Events::of(&path, None);
        events.begin = |_| Ok(Box::new(NullWatcher));
        events.listen();
        let first = events.watch.as_ref().unwrap().folder;
        fs::rename(&path, folder.path().join("away")).unwrap();
        events.listen();
        assert!(events.watch.is_none());
        fs::create_dir(&path).unwrap();
        events.listen();
        assert_ne!(events.watch.as_ref().unwrap().folder, first);
    }
}
