//! The registry of settings. A field of these structs is a flag and a key of the file at once, under one name
//! (`header_row` is `--header-row`), so that no flag can be without its key. Only `[notify]` has no flags: what it says
//! belongs to an installation and not to a run.
//!
//! A value is `None` where the layer says nothing; what that means is decided in `settings`, nowhere else.

mod global;
mod notify;
mod reading;
mod task;
mod upload;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer, Error};

use crate::cli::parse::Text;

pub use global::GlobalKeys;
pub use notify::NotifyKeys;
pub use reading::ReadingKeys;
pub use task::TaskKeys;
pub use upload::UploadKeys;

/// One group of keys: a section of the file, and a heading of the help.
pub trait Group: Sized {
    /// The name of its section in the file.
    const SECTION: &'static str;
    /// The names of its keys.
    const KEYS: &'static [&'static str];
    /// These values, and below them those of a lower layer.
    #[must_use]
    fn over(self, lower: Self) -> Self;
    /// The keys that have a value.
    fn given(&self) -> Vec<&'static str>;
}

/// Wraps the struct of a group, which is written as any other, and derives what has to name every field.
macro_rules! group {
    (
        $section:literal
        $(#[$meta:meta])*
        pub struct $group:ident { $($(#[$attribute:meta])* pub $key:ident: $type:ty,)* }
    ) => {
        #[derive(Debug, Clone, Default, serde::Deserialize)]
        $(#[$meta])*
        #[serde(default, deny_unknown_fields)]
        pub struct $group { $($(#[$attribute])* pub $key: $type,)* }

        impl $crate::cli::keys::Group for $group {
            const SECTION: &'static str = $section;
            const KEYS: &'static [&'static str] = &[$(stringify!($key),)*];

            fn over(self, lower: Self) -> Self {
                Self { $($key: self.$key.or(lower.$key),)* }
            }

            fn given(&self) -> Vec<&'static str> {
                [$((stringify!($key), self.$key.is_some()),)*]
                    .into_iter()
                    .filter_map(|(key, given)| given.then_some(key))
                    .collect()
            }
        }
    };
}
use group;

/// What one layer (the command line, the environment, a profile, a file) says.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// How the program behaves, whatever it does.
    pub global: GlobalKeys,
    /// How lists are read.
    pub reading: ReadingKeys,
    /// What tasks are made of.
    pub task: TaskKeys,
    /// How tasks are sent.
    pub upload: UploadKeys,
    /// Who is told how runs ended.
    pub notify: NotifyKeys,
}

impl Keys {
    /// Every section with its keys.
    pub const SECTIONS: [(&'static str, &'static [&'static str]); 5] = [
        (GlobalKeys::SECTION, GlobalKeys::KEYS),
        (ReadingKeys::SECTION, ReadingKeys::KEYS),
        (TaskKeys::SECTION, TaskKeys::KEYS),
        (UploadKeys::SECTION, UploadKeys::KEYS),
        (NotifyKeys::SECTION, NotifyKeys::KEYS),
    ];

    /// The name of every key.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::SECTIONS.into_iter().flat_map(|(_, keys)| keys.iter().copied())
    }

    /// The section that a key belongs to.
    pub fn section_of(key: &str) -> Option<&'static str> {
        Self::SECTIONS.into_iter().find_map(|(section, keys)| keys.contains(&key).then_some(section))
    }

    /// Whether the keys of a section are flags too. Those that are not have names which only their section explains, and
    /// stand nowhere else.
    pub fn have_flags(section: &str) -> bool {
        section != NotifyKeys::SECTION
    }

    /// These values, and below them those of a lower layer.
    #[must_use]
    pub fn over(self, lower: Self) -> Self {
        Self {
            global: self.global.over(lower.global),
            reading: self.reading.over(lower.reading),
            task: self.task.over(lower.task),
            upload: self.upload.over(lower.upload),
            notify: self.notify.over(lower.notify),
        }
    }

    /// The keys that have a value.
    pub fn given(&self) -> Vec<&'static str> {
        let Self { global, reading, task, upload, notify } = self;
        [global.given(), reading.given(), task.given(), upload.given(), notify.given()].concat()
    }

    /// Reads a table whose keys all belong to one section.
    ///
    /// # Errors
    /// A key that is not of this section, or a value of the wrong form.
    pub fn read(section: &str, table: Spanned<DeTable<'_>>) -> Result<Self, Error> {
        let table = Deserializer::from(table);
        let mut keys = Self::default();
        match section {
            GlobalKeys::SECTION => keys.global = GlobalKeys::deserialize(table)?,
            ReadingKeys::SECTION => keys.reading = ReadingKeys::deserialize(table)?,
            TaskKeys::SECTION => keys.task = TaskKeys::deserialize(table)?,
            NotifyKeys::SECTION => keys.notify = NotifyKeys::deserialize(table)?,
            _ => keys.upload = UploadKeys::deserialize(table)?,
        }
        Ok(keys)
    }

    /// Makes the paths of a file count from the folder of that file, and `~/` from the user's own: the same file then
    /// means the same ledger wherever the program is started. (That every path is here is tested in `settings`.)
    pub fn anchor(&mut self, folder: &Path, home: Option<&Path>) {
        let anchored = |path: &Path| match (path.strip_prefix("~"), home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => folder.join(path),
        };
        let paths: [&mut Option<PathBuf>; 8] = [
            &mut self.global.ledger,
            &mut self.reading.users,
            &mut self.reading.orders,
            &mut self.upload.token_file,
            &mut self.upload.report_dir,
            &mut self.upload.metrics_file,
            &mut self.notify.webhook_file,
            &mut self.notify.authorization_file,
        ];
        for path in paths.into_iter().flatten() {
            *path = anchored(path);
        }
        // A bare name is a program that the system finds.
        if let Some(Text(program)) = self.notify.command.iter_mut().flatten().next()
            && program.contains(['/', std::path::MAIN_SEPARATOR])
        {
            *program = anchored(Path::new(program)).to_string_lossy().into_owned();
        }
    }
}
