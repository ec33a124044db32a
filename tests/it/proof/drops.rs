//! A drop folder whose sweep is killed at any call: the next sweep finishes the run, or moves the file, and no more.

use std::collections::BTreeMap;
use std::fs;

use super::shim::{Class, Kill, Shim, trace};
use super::{Desk, Server, TIMES, list_of, phones, with_servers};
use crate::support::WorkDir;

const USERS: usize = 2;

/// Of the calls of a sweep so many are met, beside all those after the last request.
const POINTS: u64 = 40;

fn desk(point: u64) -> Desk {
    let work = WorkDir::new();
    fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/list.csv", list(point));
    Desk { work, story: Vec::new(), runs: Vec::new() }
}

fn users(point: u64) -> std::ops::Range<usize> {
    point as usize * USERS..(point as usize + 1) * USERS
}

fn list(point: u64) -> String {
    list_of(users(point))
}

fn sweep(desk: &mut Desk, shim: &Shim, url: &str) -> i32 {
    let fixed = ["inbox", "drop", "--base-url", url, "--rest", "1ms", "--rate", "1000000/s"];
    desk.run(shim, &[&fixed[..], &TIMES].concat())
}

/// The number of the last request among the calls of an undisturbed sweep, and that of its last call.
fn calls() -> (u64, u64) {
    let server = Server::start(&[]);
    let mut desk = desk(0);
    let notes = tempfile::tempdir().unwrap();
    let path = notes.path().join("trace");
    let shim = Shim { trace: Some(path.clone()), ledger: Some(desk.ledger()), ..Shim::default() };
    sweep(&mut desk, &shim, server.url());
    desk.expect(0);
    let events = trace(&path);
    let last = |class: Option<Class>| {
        let of_class = events.iter().filter(|event| class.is_none() || event.class == class);
        of_class.map(|event| event.number).max().unwrap()
    };
    (last(Some(Class::Post)), last(None))
}

/// What is wrong in the end, if anything is.
fn wrong(desk: &Desk, server: &Server, point: u64) -> Option<String> {
    let audit = fs::read_to_string(server.audit_file()).unwrap();
    let mut made: BTreeMap<String, usize> =
        phones(users(point)).into_iter().map(|phone| (phone, 0)).collect();
    for line in audit.lines() {
        let task: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(count) = made.get_mut(task["body"]["user_phone"].as_str().unwrap()) {
            *count += 1;
        }
    }
    if made.values().any(|count| *count != 1) {
        return Some(format!("not once: {made:?}"));
    }
    let names = |place: &str| -> Vec<String> {
        let Ok(entries) = fs::read_dir(desk.path(place)) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let mut done = names("drop/done");
    done.sort();
    let [folder, file] = done.as_slice() else { return Some(format!("in done: {done:?}")) };
    if *file != format!("{folder}-list.csv") {
        return Some(format!("in done: {done:?}"));
    }
    if fs::read_to_string(desk.path("drop/done").join(file)).unwrap() != list(point) {
        return Some("another content".to_owned());
    }
    let summary = fs::read_to_string(desk.path("drop/done").join(folder).join("summary.json")).unwrap();
    if !summary.contains(r#""status": "completed""#) || !summary.contains(r#""created": 2"#) {
        return Some(summary);
    }
    let claims = names("drop/.incs-import").into_iter().filter(|name| name.ends_with(".json")).count();
    let lists = names("drop").into_iter().filter(|name| name.ends_with(".csv")).count();
    let failed = names("drop/failed").len();
    (claims + lists + failed > 0).then(|| format!("{claims} claims, {lists} lists, {failed} failed"))
}

#[test]
fn killed_at_any_call_each_list_is_uploaded_once_and_moved_once() {
    let (last_post, last) = calls();
    let step = (last_post / POINTS).max(1) as usize;
    let points: Vec<u64> = (1..=last_post).step_by(step).chain(last_post + 1..=last).collect();
    let count = points.len();
    let killed = std::sync::atomic::AtomicUsize::new(0);
    let wrong = with_servers(&[&[]], points, |server, at| {
        let mut desk = desk(at);
        let kill = Kill { class: Class::Any, at, after: at % 2 == 0, arm: None };
        let shim = Shim { kill: Some(kill), ledger: Some(desk.ledger()), ..Shim::default() };
        if sweep(&mut desk, &shim, server.url()) < 0 {
            killed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        let code = sweep(&mut desk, &Shim::default(), server.url());
        let wrong = if code == 0 { wrong(&desk, server, at) } else { Some(format!("exit code {code}")) };
        wrong.map(|wrong| format!("{wrong}\n{}", desk.transcript()))
    });
    assert!(wrong.is_empty(), "{} of {count} went wrong; the first:\n{}", wrong.len(), wrong[0]);
    // The number of calls differs a little from sweep to sweep.
    let killed = killed.into_inner();
    assert!(killed * 10 > count * 8, "only {killed} of {count} were killed");
}
