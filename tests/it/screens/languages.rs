//! The same screens in Chinese and Indonesian, and what decides about the language.

use super::{every_outcome, messy_list};
use crate::support::{Action, Run, Scripted, Tasks, WorkDir, list};

/// What only one language says where no ledger holds a run, and the flags or the environment that choose it.
const NOTHING: [(&str, &str); 3] =
    [("en", "nothing to resume"), ("zh", "没有可继续的运行"), ("id", "tidak ada yang perlu dilanjutkan")];

/// `resume` where there is nothing, with this in the environment.
fn nothing_to_resume(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let work = WorkDir::new();
    let arguments = [&["resume"], arguments].concat();
    let mut command = work.command(&arguments);
    command.envs(environment.iter().copied());
    Run::of(command.output().unwrap()).expect(0).stderr.trim_end().to_owned()
}

#[test]
fn check_of_a_messy_list() {
    for (lang, _) in &NOTHING[1..] {
        insta::assert_snapshot!(format!("messy_list_{lang}"), messy_list(&["--lang", lang]).transcript());
    }
}

#[test]
fn upload_with_every_outcome() {
    for (lang, _) in &NOTHING[1..] {
        let (work, server) = every_outcome();
        let arguments = ["list.csv", "--concurrency", "1", "--lang", lang];
        let run = work.upload(&server.url(), &arguments);
        insta::assert_snapshot!(format!("every_outcome_{lang}"), run.transcript());
        insta::assert_snapshot!(format!("runs_{lang}"), work.run(&["runs", "--lang", lang]).transcript());
    }
}

#[test]
fn refusals() {
    for (lang, _) in &NOTHING[1..] {
        let work = WorkDir::with("list.csv", list(1));
        work.write("own.toml", "[upload]\nrte = '1/s'");
        let mut told = String::new();
        for arguments in [
            &["upload", "list.csv", "--rate", "10"][..],
            &["upload", "list.csv", "--changed", "maybe"],
            &["check", "gone.csv"],
            &["check", "list.csv", "--config", "own.toml"],
            &["check", "list.csv", "--time-zone", "Jakarta"],
            &["report", "20261122-013000-k7f3", "--ledger", "gone.db"],
            &["uplaod", "list.csv"],
        ] {
            let arguments = [arguments, &["--lang", lang]].concat();
            told += &format!("{}\n{}\n\n", arguments.join(" "), work.run(&arguments).expect(2).transcript());
        }
        insta::assert_snapshot!(format!("refusals_{lang}"), told.trim_end());
    }
}

#[test]
fn what_programs_read_of_a_check_is_the_same_in_every_language() {
    let english = messy_list(&["--format", "json"]);
    assert!(english.stdout.contains("is not an amount"), "{}", english.stdout);
    for (lang, _) in NOTHING {
        assert_eq!(messy_list(&["--format", "json", "--lang", lang]).stdout, english.stdout, "{lang}");
    }
    let work = WorkDir::with("list.csv", list(1));
    let refused = |lang| work.run(&["check", "list.csv", "--rate-limit", "--format", "json", "--lang", lang]);
    assert_eq!(refused("zh").expect(2).stdout, refused("en").expect(2).stdout);
    let unreadable = |lang| work.run(&["check", "gone.csv", "--format", "json", "--lang", lang]);
    assert_eq!(unreadable("id").expect(2).stdout, unreadable("en").expect(2).stdout);
}

#[test]
fn the_flag_wins_over_the_config_file_and_that_over_the_locale() {
    for (lang, nothing) in NOTHING {
        assert_eq!(nothing_to_resume(&["--lang", lang], &[("LC_ALL", "zh_CN.UTF-8")]), nothing);
    }
    let [(_, english), (_, chinese), (_, indonesian)] = NOTHING;
    for (environment, want) in [
        (&[][..], english),
        (&[("LANG", "zh_CN.UTF-8")], chinese),
        (&[("LANG", "id_ID.UTF-8")], indonesian),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "id_ID.UTF-8")], indonesian),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], english),
        (&[("LANGUAGE", "zh_CN:en"), ("LC_ALL", "C.UTF-8")], english),
        (&[("LANG", "fr_FR.UTF-8")], english),
    ] {
        assert_eq!(nothing_to_resume(&[], environment), want, "{environment:?}");
    }
    let work = WorkDir::with("own.toml", "lang = 'zh'");
    let mut command = work.command(&["resume", "--config", "own.toml"]);
    let run = Run::of(command.env("LANG", "id_ID.UTF-8").output().unwrap());
    assert_eq!(run.expect(0).stderr.trim_end(), chinese);
}

#[test]
fn a_warning_about_the_config_file_is_in_the_language_that_it_names() {
    let work = WorkDir::with("incs-import.toml", "lang = 'zh'\nbase_url = 'https://example.test'");
    let run = work.run(&["runs"]).expect(0);
    assert!(run.stderr.contains("已忽略 incs-import.toml, base_url"), "{}", run.stderr);
}

#[test]
fn a_run_keeps_its_language_for_resume_and_report_unless_another_is_asked_for() {
    let tasks = Tasks::default();
    let server = Scripted::start(move |number, request| match number {
        0 => Action::json(200, "<html>login</html>".to_owned()),
        _ => tasks.answer(request),
    });
    let work = WorkDir::with("list.csv", list(2));
    let arguments = ["list.csv", "--concurrency", "1", "--ledger", "ledger.db", "--lang", "zh"];
    let stopped = work.upload(&server.url(), &arguments).expect(3);
    assert!(stopped.stderr.contains("error: 这不是 INCS API"), "{}", stopped.transcript());

    // What is stored is in no language.
    let connection = rusqlite::Connection::open(work.path().join("ledger.db")).unwrap();
    let ended_by: String = connection.query_row("SELECT ended_by FROM run", [], |row| row.get(0)).unwrap();
    assert!(ended_by.starts_with("this is not the INCS API"), "{ended_by}");
    drop(connection);

    let other_locale = |arguments: &[&str]| {
        let arguments = [arguments, &["--ledger", "ledger.db"]].concat();
        let mut command = work.command(&arguments);
        Run::of(command.env("LANG", "id_ID.UTF-8").output().unwrap()).expect(0)
    };
    let resumed = other_locale(&["resume"]);
    assert!(resumed.stderr.contains("继续运行"), "{}", resumed.transcript());
    assert!(resumed.stdout.contains("已完成"), "{}", resumed.transcript());
    assert!(other_locale(&["report"]).stdout.contains("已完成"));
    assert!(other_locale(&["report", "--lang", "en"]).stdout.contains(" completed in "));
    assert!(other_locale(&["report", "--lang", "id"]).stdout.contains(": selesai, lama "));
}
