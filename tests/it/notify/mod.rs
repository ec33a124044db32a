//! Notifications: who is told of which end, what in, what happens if he cannot be, and that the run does not care.

mod ends;
mod failing;
mod page;

use std::fs;

use serde_json::Value;

use crate::support::{Action, Run, Scripted, TOKEN, WorkDir};

/// A part of every webhook's address that must turn up nowhere.
const SECRET: &str = "s3cret-hook-5f3a91";

/// The config file of the user, which is trusted.
const OWN: &str = "home/.config/incs-import";

/// A webhook that takes everything.
fn taking() -> Scripted {
    Scripted::start(|_, _| Action::json(200, r#"{"errcode":0,"errmsg":"ok"}"#.to_owned()))
}

/// What a webhook was told.
fn told(hook: &Scripted) -> Vec<Value> {
    hook.posts().iter().map(|post| serde_json::from_str(&post.body).unwrap()).collect()
}

/// One key of each.
fn of(told: &[Value], key: &str) -> Vec<Value> {
    told.iter().map(|told| told[key].clone()).collect()
}

/// A user whose config file says this below `[notify]`, and names this webhook.
fn office(hook: &str, more: &str) -> WorkDir {
    let work = WorkDir::new();
    configure(&work, &format!("webhook = '{hook}/{SECRET}?key={SECRET}'\n{more}"));
    work
}

fn configure(work: &WorkDir, notify: &str) {
    fs::create_dir_all(work.path().join(OWN)).unwrap();
    work.write(&format!("{OWN}/incs-import.toml"), format!("[notify]\n{notify}"));
}

/// A list that cannot be used: exit code 2.
const UNUSABLE: &str = "first,second\n1,2\n";

/// Nothing secret was said, sent to the API's side, or left behind outside of the config file.
#[track_caller]
fn assert_secret(work: &WorkDir, runs: &[&Run]) {
    for run in runs {
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains(SECRET) && !said.contains(TOKEN), "{said}");
    }
    for file in work.all_files().into_iter().filter(|file| !file.ends_with("incs-import.toml")) {
        let content = fs::read(&file).unwrap();
        let has = |secret: &str| content.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!has(SECRET) && !has(TOKEN), "{}", file.display());
    }
}
