//! `upload` when the server does not behave: what each answer makes of a task, and how often it is sent.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::support::{Action, EMPTY_LIST, Scripted, Tasks, WorkDir, created, list, phone, refused};

const BUSY: &str = "User is in an incomplete task.";
const CREATED: &str = r#"{"status":"success","code":200,"data":{"id":7,"user_phone":"6281210000000"}}"#;

fn answer(status: u16, body: &str) -> Action {
    Action::json(status, body.to_owned())
}

/// One user, one answer: outcome, error code, exit code. The POST is read once, whatever the answer; what is in doubt
/// turns out to be absent, and with one attempt that is the end.
#[test]
fn what_one_answer_makes_of_a_task() {
    let with_date = |status: u16, body: &str| {
        Action::Answer(status, vec![("Date", "Sun, 22 Nov 2026 01:30:00 GMT".to_owned())], body.to_owned())
    };
    let cases: Vec<(&str, Action, &str, &str, i32)> = vec![
        ("created", with_date(200, CREATED), "created", "", 0),
        ("created at any status", answer(500, CREATED), "created", "", 0),
        ("id as text", answer(200, r#"{"status":"success","data":{"id":"7"}}"#), "created", "", 0),
        ("busy at 400", answer(400, &refused(400, BUSY)), "incomplete_task", "400", 1),
        ("busy at 200", answer(200, &refused(400, BUSY)), "incomplete_task", "400", 1),
        ("refused", answer(422, &refused(422, "Bad auth id.")), "rejected", "422", 1),
        (
            "refused at 200, data a list",
            answer(200, r#"{"status":"error","code":422,"message":"x","data":[]}"#),
            "rejected",
            "422",
            1,
        ),
        ("too large", answer(413, "too large"), "rejected", "413", 1),
        ("500", answer(500, &refused(500, "Server Error")), "failed", "server-error", 1),
        ("503", answer(503, "<html>busy</html>"), "failed", "server-error", 1),
        ("408", answer(408, ""), "failed", "server-error", 1),
        ("502 in the envelope", answer(200, &refused(502, "x")), "failed", "server-error", 1),
        (
            "no id",
            answer(200, r#"{"status":"success","code":200,"data":{}}"#),
            "failed",
            "unreadable-answer",
            1,
        ),
        ("empty", answer(200, ""), "failed", "unreadable-answer", 1),
        ("cut JSON", answer(200, r#"{"status":"succ"#), "failed", "unreadable-answer", 1),
        ("cut before any byte", Action::Cut, "failed", "connection-lost", 1),
        (
            "cut in the head",
            Action::Raw(b"HTTP/1.1 200 OK\r\nConte".to_vec()),
            "failed",
            "connection-lost",
            1,
        ),
        (
            "cut in the body",
            Action::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"status\"".to_vec()),
            "failed",
            "connection-lost",
            1,
        ),
        ("garbage", Action::Raw(b"what?\r\n\r\n".to_vec()), "failed", "connection-lost", 1),
        ("a login page", answer(200, "<html>log in</html>"), "unresolved", "foreign-answer", 3),
        (
            "another phone",
            answer(200, r#"{"status":"success","data":{"id":7,"user_phone":"6281299999999"}}"#),
            "unresolved",
            "crossed-answer",
            3,
        ),
        (
            "302",
            Action::Answer(302, vec![("Location", "/done".to_owned())], String::new()),
            "unresolved",
            "redirected",
            3,
        ),
        (
            "307",
            Action::Answer(307, vec![("Location", "/external/tasks".to_owned())], String::new()),
            "pending",
            "",
            3,
        ),
        (
            "308",
            Action::Answer(308, vec![("Location", "/external/tasks".to_owned())], String::new()),
            "pending",
            "",
            3,
        ),
        ("404", answer(404, r#"{"message":"Not Found"}"#), "pending", "", 3),
        ("405", answer(405, ""), "pending", "", 3),
        ("404 of the API", answer(404, &refused(404, "No such auth id.")), "rejected", "404", 1),
    ];
    for (case, action, outcome, code, exit) in cases {
        let server = Scripted::start(move |_, request| match request.method.as_str() {
            "GET" => answer(200, EMPTY_LIST),
            _ => action.clone(),
        });
        let work = WorkDir::with("list.csv", list(1));
        let run = work.upload(&server.url(), &["list.csv", "--max-attempts", "1"]);
        assert_eq!(run.code, exit, "{case}\n{}", run.transcript());
        let line = &work.results()[0];
        assert_eq!(
            (line["outcome"].as_str(), line["error_code"].as_str()),
            (outcome, code),
            "{case}: {line:?}"
        );
        assert_eq!(server.posts().len(), 1, "{case}: sent once");
        assert_eq!(outcome == "created" || outcome == "pending", line["hint"].is_empty(), "{case}: {line:?}");

        // What surely does not exist is sent again by a second upload, which finds out first.
        let again = work.upload(&server.url(), &["list.csv", "--max-attempts", "1"]);
        let sent_again = server.posts().len() == 2;
        assert_eq!(sent_again, outcome != "created", "{case}\n{}", again.transcript());
    }
}

#[test]
fn no_answer_in_time_is_a_doubt_and_is_not_sent_again() {
    let tasks = Tasks::default();
    let server = Scripted::start(move |_, request| match request.method.as_str() {
        "GET" => tasks.list(request),
        _ => Action::Late(Duration::from_secs(2), Box::new(tasks.create(request))),
    });
    let work = WorkDir::with("list.csv", list(1));
    work.upload(&server.url(), &["list.csv", "--timeout", "300ms"]).expect(0);
    assert_eq!((work.column("outcome"), work.column("task_id")), (vec!["created".into()], vec!["1".into()]));
    assert_eq!(server.posts().len(), 1);
}

#[test]
fn throttling_waits_as_asked_and_uses_no_attempt() {
    let server = Scripted::start(|number, request| match number {
        0 => Action::Answer(429, vec![("Retry-After", "1".to_owned())], String::new()),
        1 => answer(200, &refused(429, "Too Many Attempts.")),
        number => answer(200, &created(number as u64, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(1));
    work.upload(&server.url(), &["list.csv", "--max-attempts", "1"]).expect(0);
    let posts = server.posts();
    assert_eq!(posts.len(), 3);
    assert!(posts[1].at - posts[0].at >= Duration::from_secs(1), "{:?}", posts[1].at - posts[0].at);
    assert_eq!(work.column("attempts"), ["3"]);
    let requests = &work.summary()["requests"];
    assert_eq!((&requests["throttled"], &requests["retried"]), (&2.into(), &2.into()));
}

#[test]
fn a_pause_longer_than_ten_minutes_stops_the_run() {
    let server =
        Scripted::start(|_, _| Action::Answer(429, vec![("Retry-After", "601".to_owned())], String::new()));
    let work = WorkDir::with("list.csv", list(5));
    let run = work.upload(&server.url(), &["list.csv"]).expect(3);
    assert!(run.stderr.contains("601 seconds"), "{}", run.transcript());
    assert!(work.column("outcome").iter().all(|outcome| outcome == "pending"));
}

#[test]
fn a_refused_token_stops_the_run_and_everything_stays_pending() {
    let server = Scripted::start(|_, _| answer(401, &refused(401, "Unauthenticated.")));
    let work = WorkDir::with("list.csv", list(50));
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
    assert!(run.stderr.contains("refuses the token"), "{}", run.transcript());
    assert!(work.column("outcome").iter().all(|outcome| outcome == "pending"));
    assert_eq!(server.posts().len(), 1, "one refusal is enough");
    assert_eq!(work.summary()["requests"]["lookups"], 1);
    let good = Scripted::creating();
    work.upload(&good.url(), &["list.csv"]).expect(0);
    assert_eq!(good.posts().len(), 50);
}

#[test]
fn a_403_for_one_task_rejects_that_task_when_the_token_is_good() {
    let server = Scripted::start(|number, request| match request.method.as_str() {
        "GET" => answer(
            200,
            crate::support::refused(200, "").replace("error\",\"code", "success\",\"code").as_str(),
        ),
        _ if request.phone() == phone(1) => answer(403, &refused(403, "Not your auth id.")),
        _ => answer(200, &created(number as u64 + 1, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(4));
    work.upload(&server.url(), &["list.csv"]).expect(1);
    assert_eq!(work.column("outcome"), ["created", "rejected", "created", "created"]);
}

#[test]
fn twenty_equal_rejections_stop_the_run() {
    let server = Scripted::start(|_, _| answer(422, &refused(422, "Unknown auth id.")));
    let work = WorkDir::with("list.csv", list(200));
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "2"]).expect(3);
    assert!(run.stderr.contains("Unknown auth id."), "{}", run.transcript());
    let posts = server.posts().len();
    assert!((20..=22).contains(&posts), "{posts}");
    // Different words are different troubles.
    let server = Scripted::start(|number, _| answer(422, &refused(422, &format!("row {number}"))));
    work.upload(&server.url(), &["list.csv", "--dedupe-window", "0"]).expect(1);
    assert_eq!(server.posts().len(), 200);
}

#[test]
fn an_id_that_another_task_has_stops_the_run() {
    let server = Scripted::start(|_, request| answer(200, &created(7, &request.phone())));
    let work = WorkDir::with("list.csv", list(50));
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
    assert!(run.stderr.contains("another task"), "{}", run.transcript());
    let outcomes = work.column("outcome");
    assert_eq!(&outcomes[..2], ["created", "unresolved"]);
    // What was on its way while the ledger found out is in doubt too; the rest never left.
    let posts = server.posts().len();
    assert!((2..10).contains(&posts), "{posts}");
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "pending").count(), 50 - posts);
}

#[test]
fn a_server_that_is_not_there_fails_what_was_never_sent() {
    let gone = Scripted::creating();
    let url = gone.url();
    drop(gone);
    // The port stays free: nothing else of this test listens.
    std::thread::sleep(Duration::from_millis(50));
    let work = WorkDir::with("list.csv", list(2));
    let begin = Instant::now();
    work.upload(&url, &["list.csv", "--max-attempts", "2"]).expect(1);
    assert!(begin.elapsed() < Duration::from_secs(20));
    assert_eq!(work.column("outcome"), ["failed", "failed"]);
    assert_eq!(work.column("error_code"), ["not-sent", "not-sent"]);
    let back = Scripted::creating();
    work.upload(&back.url(), &["list.csv"]).expect(0);
}

#[test]
fn the_breaker_probes_and_goes_on_when_the_server_is_back() {
    // The first ten POSTs fail; the probe is answered, and so is all that follows.
    let posts = AtomicUsize::new(0);
    let server = Scripted::start(move |number, request| match request.method.as_str() {
        "GET" => answer(200, EMPTY_LIST),
        _ if posts.fetch_add(1, Ordering::Relaxed) < 10 => answer(500, "down"),
        _ => answer(200, &created(number as u64 + 1, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(40));
    let arguments = ["list.csv", "--concurrency", "1", "--max-attempts", "1"];
    let run = work.upload(&server.url(), &arguments).expect(1);
    assert!(
        run.stderr.contains("the server keeps failing") && run.stderr.contains("going on"),
        "{}",
        run.transcript()
    );
    let outcomes = work.column("outcome");
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "failed").count(), 10);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "created").count(), 30);
}

#[test]
fn the_rate_and_the_ceiling_are_kept() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(60));
    work.run(&["upload", "list.csv", "--base-url", &server.url(), "--rate", "20/s", "--burst", "1"])
        .expect(0);
    let starts: Vec<Instant> = server.posts().iter().map(|post| post.at).collect();
    for (first, start) in starts.iter().enumerate() {
        let within = starts[first..].iter().filter(|at| **at < *start + Duration::from_secs(1)).count();
        // One more than promised may be read in a second of the server's, since the way there takes its time.
        assert!(within <= 22, "{within} in a second");
    }
    let took = (starts[59] - starts[0]).as_secs_f64();
    assert!(took < 59.0 / 20.0 / 0.95 + 0.2, "{took} s for 60 at 20/s");
}

#[test]
fn an_endless_pause_stops_the_run_and_breaks_nothing() {
    for header in ["9223372036854775807", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let server = Scripted::start(move |_, _| {
            Action::Answer(429, vec![("Retry-After", header.to_owned())], String::new())
        });
        let work = WorkDir::with("list.csv", list(5));
        let run = work.upload(&server.url(), &["list.csv"]).expect(3);
        assert!(!run.stderr.contains("internal error"), "{}", run.transcript());
        assert!(work.column("outcome").iter().all(|outcome| outcome == "pending"));
    }
}

#[test]
fn a_token_that_the_server_repeats_is_in_no_report() {
    let server = Scripted::start(|_, request| {
        let token = request.headers.iter().find(|(name, _)| name == "authorization").unwrap().1.clone();
        answer(400, &refused(400, &format!("bad header {token}")))
    });
    let work = WorkDir::with("list.csv", list(1));
    let run = work.upload(&server.url(), &["list.csv"]).expect(1);
    let token = crate::support::TOKEN;
    assert!(!run.stdout.contains(token) && !run.stderr.contains(token), "{}", run.transcript());
    for path in work.all_files() {
        let content = std::fs::read(&path).unwrap();
        assert!(!content.windows(token.len()).any(|window| window == token.as_bytes()), "{}", path.display());
    }
    assert_eq!(work.column("error"), ["bad header Bearer [token]"]);
}

#[test]
fn twenty_equal_refusals_by_403_stop_the_run_too() {
    let server = Scripted::start(|_, request| match request.method.as_str() {
        "GET" => answer(200, crate::support::EMPTY_LIST),
        _ => answer(403, &refused(403, "Not your auth id.")),
    });
    let work = WorkDir::with("list.csv", list(60));
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
    assert!(run.stderr.contains("Not your auth id."), "{}", run.transcript());
    assert_eq!(server.posts().len(), 20);
}

#[test]
fn another_servers_404_in_json_stops_the_run() {
    for body in
        [r#"{"timestamp":"x","status":404,"error":"Not Found"}"#, r#"{"code":404,"message":"Not Found"}"#]
    {
        let server = Scripted::start(move |_, _| answer(404, body));
        let work = WorkDir::with("list.csv", list(30));
        work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(3);
        assert!(work.column("outcome").iter().all(|outcome| outcome == "pending"), "{body}");
        assert_eq!(server.posts().len(), 1);
    }
}

#[test]
fn a_doubt_is_cited_from_the_run_that_sent_something() {
    // A colleague's list has the same task twice: nobody can tell which of them is ours.
    let tasks = Tasks::default();
    let server = Scripted::start(move |_, request| match request.method.as_str() {
        "GET" => tasks.list(request),
        _ => tasks.create_but(request, tasks.create_but(request, Action::Cut)),
    });
    let work = WorkDir::with("list.csv", list(1));
    let run = work.upload(&server.url(), &["list.csv"]).expect(1);
    assert_eq!(work.column("outcome"), ["unresolved"], "{}", run.transcript());
    let hint = &work.column("hint")[0];
    assert!(hint.contains("1, 2") && hint.contains("incs-import resolve 20"), "{hint}");
    let first = work.reports()[0].file_name().unwrap().to_str().unwrap().to_owned();
    for _ in 0..3 {
        work.upload(&server.url(), &["list.csv"]).expect(1);
        assert!(work.column("error")[0].contains(&first), "{:?} does not cite {first}", work.column("error"));
    }
    assert_eq!(server.posts().len(), 1);
}

#[test]
fn an_id_that_a_task_of_an_earlier_run_has_is_not_believed() {
    let server = Scripted::start(|_, request| answer(200, &created(7, &request.phone())));
    let work = WorkDir::with("one.csv", list(1));
    work.upload(&server.url(), &["one.csv"]).expect(0);
    work.write("other.csv", list(0) + &crate::support::row(5));
    let run = work.upload(&server.url(), &["other.csv"]).expect(3);
    assert!(run.stderr.contains("another task"), "{}", run.transcript());
    assert_eq!(work.column("outcome"), ["unresolved"]);
    assert_eq!(work.column("task_id"), [""]);
}

/// What the probe of the breaker says about the server decides, not that it says something.
#[test]
fn the_breakers_question_is_taken_at_its_word() {
    let later = |wait: &str| Action::Answer(429, vec![("Retry-After", wait.to_owned())], String::new());
    for (probe, words) in [
        (answer(403, &refused(403, "No.")), "refuses the token"),
        (Action::Answer(302, vec![("Location", "/login".to_owned())], String::new()), "not the INCS API"),
        (later("900"), "no request for 900 seconds"),
    ] {
        let server = Scripted::start(move |_, request| match request.method.as_str() {
            "GET" => probe.clone(),
            _ => answer(500, "down"),
        });
        let work = WorkDir::with("list.csv", list(60));
        // The doubts are not looked up before the probe comes.
        let arguments = ["list.csv", "--concurrency", "1", "--settle", "60s"];
        let run = work.upload(&server.url(), &arguments).expect(3);
        assert!(run.stderr.contains(words), "{}", run.transcript());
        let pending = work.column("outcome").iter().filter(|outcome| *outcome == "pending").count();
        assert_eq!((pending, server.posts().len()), (50, 10), "{words}");
    }
}

#[test]
fn a_question_about_the_token_waits_as_asked() {
    let server = Scripted::start(|number, request| match request.method.as_str() {
        "GET" if number < 6 => Action::Answer(429, vec![("Retry-After", "1".to_owned())], String::new()),
        "GET" => answer(200, crate::support::EMPTY_LIST),
        _ if request.phone() == phone(0) => answer(403, &refused(403, "Not yours.")),
        _ => answer(200, &created(number as u64 + 1, &request.phone())),
    });
    let work = WorkDir::with("list.csv", list(3));
    work.upload(&server.url(), &["list.csv", "--concurrency", "1"]).expect(1);
    assert_eq!(work.column("outcome"), ["rejected", "created", "created"]);
}

/// Three users; the third one's answer is cut, after the task was made or before.
fn cut_by_a_silent_server(ahead: i64, users: usize, is_made: bool) -> (Tasks, WorkDir, i32) {
    let tasks = Tasks::silent(ahead);
    let script = tasks.clone();
    let last = phone(users - 1);
    let cuts = AtomicUsize::new(0);
    let server = Scripted::start(move |_, request| {
        let is_last = request.method == "POST" && request.phone() == last;
        match is_last && cuts.fetch_add(1, Ordering::Relaxed) == 0 {
            true if is_made => script.create_but(request, Action::Cut),
            true => Action::Cut,
            false => script.answer(request),
        }
    });
    let work = WorkDir::with("list.csv", list(users));
    let run = work.upload(&server.url(), &["list.csv", "--concurrency", "1"]);
    (tasks, work, run.code)
}

#[test]
fn a_server_that_tells_no_time_is_known_by_what_it_created() {
    const DAY: i64 = 86_400;
    for ahead in [30, 7 * 3_600, 3 * DAY, -4 * DAY] {
        for is_made in [true, false] {
            let (tasks, work, code) = cut_by_a_silent_server(ahead, 4, is_made);
            assert_eq!(code, 0, "{ahead} {is_made}: {:?}", work.results());
            assert_eq!(work.column("outcome"), ["created"; 4], "{ahead} {is_made}");
            let ids = tasks.ids();
            assert!(ids.values().all(|ids| ids.len() == 1), "{ahead} {is_made}: {ids:?}");
        }
    }
}

#[test]
fn a_server_of_whose_time_nothing_is_known_proves_no_absence() {
    let (tasks, work, code) = cut_by_a_silent_server(3 * 86_400, 1, true);
    assert_eq!(tasks.ids().len(), 1);
    assert_eq!((code, work.column("outcome")), (1, vec!["unresolved".to_owned()]));
    assert!(work.column("hint")[0].contains("resolve"), "{:?}", work.results());
    // A task that is found where it is looked for is ours all the same.
    let (tasks, work, code) = cut_by_a_silent_server(0, 1, true);
    assert_eq!(tasks.ids().len(), 1);
    assert_eq!((code, work.column("outcome")), (0, vec!["created".to_owned()]));
}

#[test]
fn an_error_is_500_characters_with_the_mark_before_a_formula() {
    for (begin, marked) in [("=", "'="), ("x", "x")] {
        let words = format!("{begin}{}", "y".repeat(600));
        let server = Scripted::start(move |_, _| answer(422, &refused(422, &words)));
        let work = WorkDir::with("list.csv", list(1));
        work.upload(&server.url(), &["list.csv"]).expect(1);
        let error = &work.column("error")[0];
        assert_eq!(error.chars().count(), 500);
        assert!(error.starts_with(&format!("{marked}y")), "{error}");
    }
}
