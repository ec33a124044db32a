//! What people do twice: two clicks, the file again, the file under another name, a row mended above.

use std::process::Stdio;

use super::audit::{Terms, audit, expect_clean};
use super::shim::{Class, Kill, Shim};
use super::{Desk, Server, TIMES, list_of, phones};
use crate::support::{Run, phone};

#[test]
fn of_two_clicks_one_uploads() {
    let server = Server::start(&[]);
    for round in 0..6 {
        let users = round * 20..(round + 1) * 20;
        let mut desk = Desk::with_list(&list_of(users.clone()));
        let patience = if round % 2 == 0 { "0s" } else { "60s" };
        let arguments = [
            "upload",
            "list.csv",
            "--base-url",
            server.url(),
            "--rate",
            "1000000/s",
            "--burst",
            "64",
            "--lock-wait",
            patience,
        ];
        let clicks: Vec<_> = (0..3)
            .map(|_| {
                let mut command = desk.command(&Shim::default(), &arguments);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for click in clicks {
            desk.story.push(format!("incs-import {} (three at once)", arguments.join(" ")));
            desk.runs.push(Run::of(click.wait_with_output().unwrap()));
        }
        let codes: Vec<i32> = desk.runs.iter().map(|run| run.code).collect();
        // A click that comes after the end of the first finds everything created: exit 0 as well.
        assert!(codes.contains(&0), "{}", desk.transcript());
        let allowed: &[i32] = if round % 2 == 0 { &[0, 4] } else { &[0] };
        assert!(codes.iter().all(|code| allowed.contains(code)), "{codes:?}\n{}", desk.transcript());
        expect_clean(&desk, &server, &phones(users), &Terms::ALL_CREATED);
    }
}

#[test]
fn the_same_file_under_any_name_creates_nothing_more() {
    let server = Server::start(&[]);
    let users = 0..20;
    let mut desk = Desk::with_list(&list_of(users.clone()));
    let idle = Shim::default();
    desk.upload(&idle, server.url(), &[]);
    desk.expect(0);
    desk.upload(&idle, server.url(), &[]);
    desk.expect(0);
    std::fs::create_dir(desk.path("moved")).unwrap();
    for name in ["renamed.csv", "moved/list.txt"] {
        desk.work.write(name, list_of(users.clone()));
        desk.run(&idle, &["upload", name, "--base-url", server.url(), "--rate", "1000/s"]);
        desk.expect(0);
    }
    // Rows in another order, and each of them twice.
    let mut rows: Vec<String> = list_of(users.clone()).lines().skip(1).map(str::to_owned).collect();
    rows.reverse();
    rows.extend(rows.clone());
    desk.work.write("list.csv", format!("{}\n{}\n", crate::support::HEADER, rows.join("\n")));
    desk.upload(&idle, server.url(), &[]);
    desk.expect(0);
    expect_clean(&desk, &server, &phones(users), &Terms::ALL_CREATED);
}

#[test]
fn a_row_mended_above_dealt_assignees_moves_nobody_to_a_second_task() {
    let server = Server::start(&[]);
    let header = "user_phone,name,auth_id\n";
    let row = |user: usize| format!("{},Follow up,30058\n", phone(user));
    let rows: String = (1..20).map(row).collect();
    let idle = Shim::default();
    let dealt = ["--assignee", "a,b,c"];
    // The first row is wrong: everybody below is dealt to.
    let mut desk = Desk::with_list(&format!("{header}{}{rows}", row(0).replace("6281", "62O1")));
    desk.upload(&idle, server.url(), &dealt);
    desk.expect(1);
    // Mended, it takes the first assignee, and everybody below would get the next one.
    desk.work.write("list.csv", format!("{header}{}{rows}", row(0)));
    desk.upload(&idle, server.url(), &dealt);
    desk.expect(0);
    let mut found = audit(&desk, &server, &phones(0..20), &Terms::ALL_CREATED);
    // The bad phone of the first list is nobody's.
    found.wrong.retain(|what| !what.starts_with("a task of nobody in the list: None"));
    assert!(found.wrong.is_empty(), "{found}\n{}", desk.transcript());
}

#[test]
fn midnight_makes_no_second_task() {
    let server = Server::start(&[]);
    let mut desk = Desk::with_list(&list_of(0..5).replace("Follow up", ""));
    let idle = Shim::default();
    // The day turns between these two zones, which are 26 hours apart.
    for zone in ["Etc/GMT+12", "Etc/GMT-14"] {
        let more = ["--name", "Due {date}", "--time-zone", zone];
        desk.upload(&idle, server.url(), &more);
        desk.expect(0);
    }
    expect_clean(&desk, &server, &phones(0..5), &Terms::ALL_CREATED);
}

#[test]
fn what_a_later_run_created_is_not_created_again_by_resume() {
    let server = Server::start(&[]);
    let mut desk = Desk::with_list(&list_of(0..20));
    let arm = Some((Class::Post, 4));
    let kill = Some(Kill { class: Class::Any, at: 3, after: false, arm });
    let more = [&TIMES[..], &["--concurrency", "1"]].concat();
    assert!(desk.upload(&Shim { kill, ..Shim::default() }, server.url(), &more) < 0, "{}", desk.transcript());
    // Nobody resumes it; the list is uploaded again, and the killed run remembered only afterwards.
    desk.upload(&Shim::default(), server.url(), &more);
    desk.expect(0);
    desk.run(&Shim::default(), &["resume"]);
    desk.expect(0);
    expect_clean(&desk, &server, &phones(0..20), &Terms::ALL_CREATED);
}
