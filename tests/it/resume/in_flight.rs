//! What was in flight when the program died: looked up, and sent again only if it surely was not created.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::everybody_once;
use crate::support::{Action, Request, Run, Scripted, Tasks, WorkDir, kill, list, phone};

/// A server that answers users 0 and 1, and from user 2 on holds every answer back until it is told that nobody waits any
/// more. It makes their tasks all the same, but not that of user 3: that POST is lost.
fn holding(tasks: &Tasks) -> (Scripted, Arc<AtomicBool>) {
    let (tasks, is_over) = (tasks.clone(), Arc::new(AtomicBool::new(false)));
    let over = Arc::clone(&is_over);
    let server = Scripted::start(move |_, request| {
        let held = |action| Action::Late(Duration::from_secs(60), Box::new(action));
        let is_first = request.method == "POST" && !is_over.load(Ordering::Relaxed);
        match request.phone() {
            user if is_first && user == phone(3) => held(Action::Cut),
            user if is_first && user > phone(1) => tasks.create_but(request, held(Action::Cut)),
            _ => tasks.answer(request),
        }
    });
    (server, over)
}

/// Uploads ten users until five POSTs were read, and kills it.
fn killed(work: &WorkDir, server: &Scripted, over: &AtomicBool, arguments: &[&str]) -> String {
    let child = work.start_upload(&server.url(), &[arguments, &["--concurrency", "3"]].concat());
    server.wait_for_posts(5);
    kill(child);
    over.store(true, Ordering::Relaxed);
    let run = work.last().run();
    assert!(work.line_of(&run).contains("unfinished"));
    run
}

fn taken_up_after_a_kill(tasks: &Tasks, settle: &str) {
    let (server, over) = holding(tasks);
    let work = WorkDir::with("list.csv", list(10));
    let run = killed(&work, &server, &over, &["list.csv", "--settle", settle]);
    let resumed = work.run(&["resume"]).expect(0);
    assert!(resumed.stderr.contains(&format!("resuming run {run}")), "{}", resumed.transcript());
    everybody_once(&work.last(), tasks, 10);
    assert!(work.line_of(&run).contains("completed"));
    let posts = server.posts_by_phone();
    for user in 0..10 {
        assert_eq!(posts[&phone(user)], if user == 3 { 2 } else { 1 }, "user {user}");
    }
}

#[test]
fn with_an_exact_list_the_created_are_found_and_the_lost_one_is_sent_again() {
    taken_up_after_a_kill(&Tasks::default(), "300ms");
}

#[test]
fn with_a_lagging_list_too_as_long_as_the_settle_time_is_longer() {
    taken_up_after_a_kill(&Tasks::lagging(Duration::from_secs(2)), "4s");
}

#[test]
fn a_new_upload_says_so_and_looks_them_up_first() {
    let header = "user_phone,name,auth_id\n";
    let rows: String = (1..10).map(|user| format!("{},Follow up,1\n", phone(user))).collect();
    let tasks = Tasks::default();
    let (server, over) = holding(&tasks);
    let work = WorkDir::with("list.csv", format!("{header}{},Follow up,1\n{rows}", phone(0)));
    let dealt = ["list.csv", "--assignee", "a,b,c"];
    let old = killed(&work, &server, &over, &dealt);

    // Under another name, and with a new row above, which deals everybody to somebody else.
    let more = format!("{header}{},Follow up,1\n{},Follow up,1\n{rows}", phone(10), phone(0));
    work.write("mended.csv", more);
    let new = work.upload(&server.url(), &["mended.csv", "--assignee", "a,b,c"]).expect(0);
    assert!(
        new.stderr.contains(&format!("run {old} never finished"))
            && new.stderr.contains(&format!("incs-import resume {old}")),
        "{}",
        new.transcript()
    );
    let posts = server.posts_by_phone();
    for user in 0..11 {
        assert_eq!(posts[&phone(user)], if user == 3 { 2 } else { 1 }, "user {user}");
    }
    assert!(tasks.ids().values().all(|ids| ids.len() == 1), "{:?}", tasks.ids());
    let made_before = work.results().into_iter().filter(|line| line["error_code"] == "already-created");
    assert!(made_before.clone().count() >= 4, "users 0, 1, 2 and 4 at the least");
    assert!(made_before.into_iter().all(|line| line["error"].contains(&old)));

    work.run(&["resume", &old]).expect(0);
    assert_eq!(work.last().run(), old);
    for line in work.results() {
        let id = &tasks.ids()[&line["user_phone"]][0];
        assert!(line["task_id"] == *id || line["error"].contains(&format!("task {id} ")), "{line:?}");
    }
    assert_eq!(server.posts().len(), 12);
}

#[test]
fn killed_while_resuming_it_is_resumed_again() {
    let tasks = Tasks::default();
    let answers = tasks.clone();
    let server = Scripted::start(move |_, request: &Request| {
        Action::Late(Duration::from_millis(30), Box::new(answers.answer(request)))
    });
    let work = WorkDir::with("list.csv", list(120));
    let child = work.start_upload(&server.url(), &["list.csv", "--concurrency", "4"]);
    server.wait_for_posts(5);
    kill(child);
    for posts in [25, 45, 65] {
        let child = work.start(&["resume"]);
        server.wait_for_posts(posts);
        kill(child);
        assert!(work.line_of(&work.last().run()).contains("unfinished"));
    }
    let resumed: Run = work.run(&["resume"]).expect(0);
    assert!(resumed.stdout.contains("rows read 120 = 120 created"), "{}", resumed.transcript());
    everybody_once(&work.last(), &tasks, 120);
    assert_eq!(server.posts().len(), 120);
}
