//! The question that `upload` asks a person, and who is one: whoever sits at a terminal and sees it.

use std::io::Write as _;
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use crate::support::{Run, Scripted, TOKEN, WorkDir, build, list};

/// Uploads two users with these descriptors being a terminal and this answer typed; gives how many POSTs came of it.
fn typed(terminals: &str, answer: &str, arguments: &[&str]) -> (Run, usize) {
    static LIBRARY: OnceLock<std::path::PathBuf> = OnceLock::new();
    let server = Scripted::keeping(Duration::ZERO);
    let work = WorkDir::with("list.csv", list(2));
    let url = server.url();
    let arguments = [&["upload", "--base-url", &url, "--rate", "1000/s"], arguments].concat();
    let mut child = work
        .command(&arguments)
        .env("INCS_TOKEN", TOKEN)
        .env("LD_PRELOAD", LIBRARY.get_or_init(|| build("terminal")))
        .env("SHIM_TERMINALS", terminals)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who asks nothing may be gone before it is typed.
    drop(child.stdin.take().unwrap().write_all(answer.as_bytes()));
    let run = Run::of(child.wait_with_output().unwrap());
    (run, server.posts().len())
}

#[test]
fn a_person_is_asked_once_and_only_yes_sends() {
    for (answer, sent) in
        [("y\n", 2), ("Yes\n", 2), ("n\n", 0), ("\n", 0), ("", 0), ("yeah\n", 0), ("a\n", 0)]
    {
        let (run, posts) = typed("012", answer, &["list.csv"]);
        assert_eq!(posts, sent, "{answer:?}: {}", run.transcript());
        assert_eq!(run.code, if sent > 0 { 0 } else { 2 }, "{answer:?}");
        assert_eq!(
            run.stderr.matches("create 2 tasks at http://127.0.0.1").count(),
            1,
            "{}",
            run.transcript()
        );
    }
}

#[test]
fn a_person_is_whoever_types_and_sees_it() {
    let question = "create 2 tasks at";
    // What is written into a file is asked where the person sees it.
    for (terminals, on_stdout) in [("02", false), ("01", true)] {
        let (run, posts) = typed(terminals, "n\n", &["list.csv"]);
        assert_eq!((run.code, posts), (2, 0), "{}", run.transcript());
        assert_eq!(run.stdout.contains(question), on_stdout, "{}", run.transcript());
        assert_eq!(run.stderr.contains(question), !on_stdout, "{}", run.transcript());
    }
    // Nobody is asked who cannot answer or cannot see it, and nobody who said yes already.
    for (terminals, arguments) in [
        ("", &["list.csv"][..]),
        ("0", &["list.csv"]),
        ("12", &["list.csv"]),
        ("012", &["list.csv", "--yes"]),
    ] {
        let (run, posts) = typed(terminals, "n\n", arguments);
        assert_eq!((run.code, posts), (0, 2), "{terminals}: {}", run.transcript());
        assert!(!run.transcript().contains(question), "{}", run.transcript());
    }
}

#[test]
fn a_list_on_standard_input_leaves_nothing_to_answer_with() {
    let (run, posts) = typed("012", &list(2), &["-"]);
    assert_eq!((run.code, posts), (2, 0), "{}", run.transcript());
    assert!(run.stderr.contains("add --yes"), "{}", run.transcript());
    let (run, posts) = typed("012", &list(2), &["-", "--yes"]);
    assert_eq!((run.code, posts), (0, 2), "{}", run.transcript());
}
