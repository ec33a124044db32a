//! What people read, kept as it is: a change to it is looked at before it is taken.

use crate::support::{Action, Run, Scripted, Tasks, WorkDir, list, refused, row};

mod languages;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

fn with_samples() -> WorkDir {
    let work = WorkDir::new();
    for entry in std::fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        // The folders are samples of something else.
        if path.is_dir() {
            continue;
        }
        std::fs::copy(&path, work.path().join(path.file_name().unwrap())).unwrap();
    }
    work
}

#[test]
fn check_of_the_daily_list() {
    insta::assert_snapshot!(with_samples().run(&["check", "daily_collection.xlsx"]).transcript());
}

fn messy_list(more: &[&str]) -> Run {
    let arguments = ["check", "messy.csv", "--auth-id", "30058", "--country-code", "62", "-v"];
    with_samples().run(&[&arguments, more].concat())
}

#[test]
fn check_of_a_messy_list() {
    insta::assert_snapshot!(messy_list(&[]).transcript());
}

#[test]
fn check_of_a_list_that_cannot_be_used() {
    let work = WorkDir::with(
        "list.csv",
        list(2).replace("assignee_username", "asignee_username").replace("order_number", "number,phone"),
    );
    insta::assert_snapshot!(work.run(&["check", "list.csv"]).transcript());
}

/// A list, and a server that makes each kind of outcome of it.
fn every_outcome() -> (WorkDir, Scripted) {
    // Where the gateway failed, the list has the task twice: a colleague was quick.
    let tasks = Tasks::default();
    let server = Scripted::start(move |number, request| match number {
        _ if request.method == "GET" => tasks.list(request),
        0 => Action::json(400, refused(400, "User is in an incomplete task.")),
        1 => Action::json(422, refused(422, "The assignee does not exist.")),
        2 => {
            drop(tasks.create(request));
            tasks.create_but(request, Action::json(502, "<html>Bad Gateway</html>".to_owned()))
        }
        _ => tasks.create(request),
    });
    (WorkDir::with("list.csv", list(6) + &row(6).replace(".50", ".5O") + "合计,,,,,,999\n"), server)
}

#[test]
fn upload_with_every_outcome() {
    let (work, server) = every_outcome();
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    insta::assert_snapshot!("upload_with_every_outcome", run.transcript());
    let again = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    insta::assert_snapshot!("upload_again", again.transcript());
    insta::assert_snapshot!("runs", work.run(&["runs"]).transcript());
}

#[test]
fn help() {
    let work = WorkDir::new();
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["upload", "--help"],
        &["resume", "--help"],
        &["resolve", "--help"],
        &["track", "--help"],
        &["tasks", "--help"],
        &["sandbox", "--help"],
        &["init", "--help"],
        &["config", "--help"],
        &["doctor", "--help"],
    ] {
        let mut command = work.command(arguments);
        command.env("COLUMNS", "110");
        let run = Run::of(command.output().unwrap()).expect(0);
        insta::assert_snapshot!(format!("help_{}", arguments[0].trim_start_matches('-')), run.stdout);
    }
}
