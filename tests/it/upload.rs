//! `upload` when the server behaves: what is created, what a second upload does, and what is written down.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{Action, HEADER, Scripted, StandIn, WorkDir, created, list, phone, row, sheets};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

#[test]
fn the_bodies_at_the_server_are_those_of_check_byte_for_byte() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &["--audit", "audit.jsonl"]);
    let (users, orders) = (format!("{SAMPLES}/users.csv"), format!("{SAMPLES}/orders.csv"));
    work.run(&["check", "--users", &users, "--orders", &orders, "--payloads", "bodies.jsonl"]).expect(0);
    work.upload(&stand_in.url, &["--users", &users, "--orders", &orders]).expect(0);

    let bodies = fs::read_to_string(work.path().join("bodies.jsonl")).unwrap();
    let bodies: BTreeSet<&str> = bodies.lines().collect();
    let audit = fs::read_to_string(work.path().join("audit.jsonl")).unwrap();
    let mut at_server = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for line in audit.lines() {
        let body = line.split_once(r#""body":"#).unwrap().1.strip_suffix('}').unwrap();
        let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
        ids.insert(parsed["body"]["user_phone"].as_str().unwrap().to_owned(), parsed["id"].to_string());
        assert!(at_server.insert(body), "a body came twice");
    }
    assert_eq!(at_server, bodies);
    assert_eq!(bodies.len(), 50);
    for line in work.results() {
        assert_eq!(line["outcome"], "created");
        assert_eq!(Some(&line["task_id"]), ids.get(&line["user_phone"]), "{line:?}");
    }
    let summary = work.summary();
    assert_eq!((&summary["sandbox"], &summary["status"]), (&true.into(), &"completed".into()));
}

#[test]
fn the_same_list_again_is_all_skipped_and_sends_nothing() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(20));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    assert_eq!(server.posts().len(), 20);
    work.write("renamed.csv", list(20));
    for name in ["list.csv", "renamed.csv"] {
        let run = work.upload(&server.url(), &[name]).expect(0);
        assert!(run.stdout.contains("already created"), "{}", run.transcript());
        assert!(work.column("outcome").iter().all(|outcome| outcome == "skipped"));
    }
    assert_eq!(server.posts().len(), 20, "no POST more");
}

#[test]
fn a_row_on_top_of_dealt_assignees_is_one_post() {
    let server = Scripted::creating();
    let header = "user_phone,name,auth_id\n";
    let rows: String = (1..10).map(|user| format!("{},n,1\n", phone(user))).collect();
    let work = WorkDir::with("list.csv", format!("{header}{rows}"));
    let arguments = ["list.csv", "--assignee", "a,b,c"];
    work.upload(&server.url(), &arguments).expect(0);
    work.write("list.csv", format!("{header}{},n,1\n{rows}", phone(0)));
    work.upload(&server.url(), &arguments).expect(0);
    let phones: Vec<String> = server.posts().iter().map(crate::support::Request::phone).collect();
    assert_eq!(phones.len(), 10);
    assert_eq!(phones[9], phone(0));
}

#[test]
fn templates_count_as_given_and_a_shorter_window_forgets() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", "user_phone,auth_id,assignee\n6281210000000,1,x\n");
    work.upload(&server.url(), &["list.csv", "--name", "Due {date}"]).expect(0);
    work.upload(&server.url(), &["list.csv", "--name", "Due {date}"]).expect(0);
    assert_eq!(server.posts().len(), 1);
    work.upload(&server.url(), &["list.csv", "--name", "Due {date}", "--dedupe-window", "0"]).expect(0);
    assert_eq!(server.posts().len(), 2);
}

#[test]
fn changed_content_is_held_back_unless_it_is_wanted() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    work.write("list.csv", list(3).replace("102.50", "999.50"));
    let run = work.upload(&server.url(), &["list.csv"]).expect(1);
    assert_eq!(server.posts().len(), 3);
    assert_eq!(work.column("error_code"), ["already-created", "already-created", "changed-since-created"]);
    assert!(run.stdout.contains("--changed send"), "{}", run.transcript());
    work.upload(&server.url(), &["list.csv", "--changed", "send"]).expect(0);
    assert_eq!(server.posts().len(), 4);
    // Another server is another world.
    let other = Scripted::creating();
    work.upload(&other.url(), &["list.csv"]).expect(0);
    assert_eq!(other.posts().len(), 3);
}

#[test]
fn good_users_are_created_and_bad_rows_are_told() {
    let server = Scripted::creating();
    let bad =
        row(27).replace("6281", "62O1") + &row(28).replace(".50", ".5O") + &row(29).replace("incs_1", "");
    let work = WorkDir::with("list.csv", list(27) + &bad);
    work.upload(&server.url(), &["list.csv"]).expect(1);
    assert_eq!(server.posts().len(), 27);
    let invalid: Vec<_> = work.results().into_iter().filter(|line| line["outcome"] == "invalid").collect();
    let told: Vec<_> =
        invalid.iter().map(|line| (line["rows"].as_str(), line["error_code"].as_str())).collect();
    assert_eq!(told, [("29", "bad-phone"), ("30", "bad-amount"), ("31", "missing-value")]);
    assert!(invalid[1]["error"].contains("list.csv:30 due_amount") && invalid[1]["error"].contains("128.5O"));
    assert!(invalid.iter().all(|line| !line["hint"].is_empty()));
}

#[test]
fn a_user_with_one_bad_order_gets_no_task_at_all() {
    let server = Scripted::creating();
    let work = WorkDir::with(
        "list.csv",
        list(2) + &row(0).replace("100.50", "x") + &row(0).replace("ORD00000", "ORD8"),
    );
    work.upload(&server.url(), &["list.csv"]).expect(1);
    assert_eq!(server.posts().len(), 1);
    let results = work.results();
    assert_eq!(results[0]["rows"], "2;4..5");
    assert_eq!((results[0]["outcome"].as_str(), results[1]["outcome"].as_str()), ("invalid", "created"));
    assert_eq!(work.summary()["input"]["rows_invalid"], 3);
    assert_eq!(work.summary()["problems"]["withheld"], 2);
}

#[test]
fn strict_and_too_many_wrong_rows_make_a_refused_run() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3) + &row(3).replace(".50", ".x"));
    let run = work.upload(&server.url(), &["list.csv", "--strict"]).expect(2);
    assert_eq!(server.requests().len(), 0);
    let summary = work.summary();
    assert_eq!((&summary["status"], &summary["exit_code"]), (&"refused".into(), &2.into()));
    assert_eq!(work.column("outcome"), ["pending", "pending", "pending", "invalid"]);
    // Pending is what it is called, but nothing will ever send it.
    let hint = "nothing of this run was sent: mend the list and upload it again";
    assert_eq!(work.column("hint")[..3], [hint; 3]);
    assert!(run.stdout.contains(&format!("  3 pending\n    fix: {hint}\n")), "{}", run.transcript());
    let page = std::fs::read_to_string(work.last().0.join("report.html")).unwrap();
    assert!(page.contains(hint));
    let runs = work.run(&["runs"]).expect(0);
    assert!(runs.stdout.contains("refused"), "{}", runs.transcript());
}

#[test]
fn limit_sends_the_first_and_counts_the_rest_as_left_out() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(10));
    let run = work.upload(&server.url(), &["list.csv", "--limit", "4"]).expect(0);
    assert_eq!(server.posts().len(), 4);
    assert!(
        run.stdout.contains("rows read 10 = 4 created + 6 left out (beyond --limit: 6)"),
        "{}",
        run.transcript()
    );
}

#[test]
fn a_dry_run_sends_and_records_nothing() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    let run = work.upload(&server.url(), &["list.csv", "--dry-run"]).expect(0);
    assert!(run.stdout.contains("dry run: 2 tasks would be sent"), "{}", run.transcript());
    assert_eq!(server.requests().len(), 0);
    assert_eq!(work.all_files().len(), 1);
}

#[test]
fn a_list_without_rows_is_1_unless_it_is_allowed() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(0));
    work.upload(&server.url(), &["list.csv"]).expect(1);
    work.upload(&server.url(), &["list.csv", "--allow-empty"]).expect(0);
    assert_eq!(work.summary()["problems"]["no-rows"], 1);
}

#[test]
fn what_the_user_accepts_is_no_failure() {
    let server = Scripted::start(|number, request| {
        if number == 0 {
            Action::json(400, crate::support::refused(400, "User is in an incomplete task."))
        } else {
            Action::json(200, created(number as u64, &request.phone()))
        }
    });
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv", "--accept", "incomplete_task", "--concurrency", "1"]).expect(0);
    assert_eq!(work.column("outcome"), ["incomplete_task", "created"]);
    work.upload(&server.url(), &["list.csv", "--dedupe-window", "0"]).expect(0);
}

#[test]
fn the_embedded_sandbox_needs_no_token_and_can_be_repeated() {
    let work = WorkDir::with("list.csv", list(5));
    for _ in 0..2 {
        let arguments = ["upload", "list.csv", "--sandbox", "--rate", "1000/s"];
        let run =
            crate::support::Run::of(work.command(&arguments).env_remove("INCS_TOKEN").output().unwrap())
                .expect(0);
        assert!(run.stdout.contains("SANDBOX: nothing real was created"), "{}", run.transcript());
        assert_eq!(work.summary()["tasks"]["created"], 5);
    }
    assert_eq!(work.reports().len(), 2);
    assert!(!work.path().join("home").exists(), "the real ledger is not touched");
}

#[test]
fn the_inputs_are_kept_as_they_were_read() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    work.upload(&server.url(), &["list.csv"]).expect(0);
    let copy = work.reports().pop().unwrap().join("input/01-list.csv");
    assert_eq!(fs::read_to_string(copy).unwrap(), list(2));
    assert_eq!(work.summary()["input"]["files"][0]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn files_are_for_their_owner_only_and_the_token_is_in_none() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    let run = work.upload(&server.url(), &["list.csv", "-v"]).expect(0);
    let token = crate::support::TOKEN;
    assert!(!run.stdout.contains(token) && !run.stderr.contains(token));
    for path in work
        .all_files()
        .into_iter()
        .filter(|path| !path.ends_with("list.csv") || path.parent().unwrap().ends_with("input"))
    {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
        let content = fs::read(&path).unwrap();
        assert!(!content.windows(token.len()).any(|window| window == token.as_bytes()), "{}", path.display());
    }
    let folder = work.reports().pop().unwrap();
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    let post = &server.posts()[0];
    assert_eq!(post.path, "/external/tasks");
    let sent = &post.headers;
    assert!(sent.contains(&("authorization".to_owned(), format!("Bearer {token}"))));
    assert!(sent.contains(&("content-type".to_owned(), "application/json".to_owned())));
}

#[test]
fn reports_can_be_written_again_with_equal_contents() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3) + &row(3).replace(".50", ".x"));
    work.upload(&server.url(), &["list.csv"]).expect(1);
    let folder = work.reports().pop().unwrap();
    let run = folder.file_name().unwrap().to_str().unwrap().to_owned();
    work.run(&["report", &run, "--report-dir", "again"]).expect(0);
    for name in ["results.csv", "summary.json"] {
        let (first, again) =
            (fs::read(folder.join(name)), fs::read(work.path().join("again").join(&run).join(name)));
        assert_eq!(first.unwrap(), again.unwrap(), "{name}");
    }
    work.run(&["report"]).expect(0);
    work.run(&["report", "20200101-000000-none"]).expect(2);
}

#[test]
fn with_format_json_the_summary_is_printed() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3));
    let run = work.upload(&server.url(), &["list.csv", "--format", "json"]).expect(0);
    let printed = run.json();
    assert_eq!(printed, work.summary());
    let keys: Vec<&String> = printed.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 13, "{keys:?}");
    assert_eq!((&printed["tasks"]["planned"], &printed["requests"]["posts"]), (&3.into(), &3.into()));
}

/// Beginnings that make a spreadsheet take a text for a formula.
const FORMULAS: [&str; 8] = ["=1+1", "+62", "-5", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"];

#[test]
fn no_text_of_any_field_becomes_a_formula_in_any_report() {
    let server = Scripted::start(|number, _| {
        let words = FORMULAS[number % FORMULAS.len()];
        Action::json(422, crate::support::refused(422, &format!(r"{words} \u001b[31m\r\n")))
    });
    let mut text = format!("{HEADER},description\n");
    for (user, formula) in FORMULAS.iter().cycle().take(16).enumerate() {
        // Half of them are invalid, so that their cells are quoted in messages and stand in the rows to mend.
        let amount = if user < 8 { "5.00" } else { formula };
        text +=
            &format!("{},{formula},{formula},{formula},30058,{formula},{amount},{formula}\n", phone(user));
    }
    let work = WorkDir::with("=list.csv", text);
    let run =
        work.upload(&server.url(), &["=list.csv", "--concurrency", "1", "--max-invalid", "100"]).expect(1);
    assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'));
    let folder = work.last().0;

    let lines = work.results();
    assert_eq!(lines.len(), 16);
    for line in &lines {
        assert!(line["user_name"].starts_with('\''), "{line:?}");
        for (title, cell) in line {
            let runs = |c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
            assert!(!cell.starts_with(runs), "{title}: {cell}");
        }
    }
    let results = &sheets(&folder.join("results.xlsx"))[1].rows;
    for (line, row) in lines.iter().zip(&results[1..]) {
        for (title, cell) in results[0].iter().zip(row) {
            let csv = line[&title.to_string()].trim_start_matches('\'');
            assert_eq!(cell.to_string(), csv, "{title}");
        }
    }
    for name in ["results.xlsx", "fix.xlsx"] {
        let mut archive = zip::ZipArchive::new(fs::File::open(folder.join(name)).unwrap()).unwrap();
        for index in 0..archive.len() {
            let mut part = String::new();
            std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut part).unwrap();
            for formula in ["<f>", "<f ", "hyperlink"] {
                assert!(!part.contains(formula), "{formula} in part {index} of {name}");
            }
        }
    }
}
