//! What cannot be told, who tries to mislead, and `doctor`.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;
use crate::support::{Down, list};

/// A user with a good list, and a command or webhook as the config says.
fn ready(notify: &str) -> WorkDir {
    let work = WorkDir::with("list.csv", list(1));
    configure(&work, notify);
    work
}

#[test]
fn a_webhook_that_fails_is_a_warning_and_the_next_end_is_told() {
    let api = Scripted::creating();
    let hook = Scripted::start(|number, _| match number {
        0..3 => Action::json(500, "{}".to_owned()),
        _ => Action::json(200, "{}".to_owned()),
    });
    let work = office(&hook.url(), "");
    work.write("list.csv", list(1));
    let run = work.upload(&api.url(), &["list.csv"]).expect(0);
    assert_eq!(hook.posts().len(), 3);
    let host = hook.url().replace("http://", "");
    let warnings: Vec<&str> = run.stderr.lines().filter(|line| line.contains("nobody was told")).collect();
    assert_eq!(warnings, [format!("warning: nobody was told through {host}: status 500")]);
    let again = work.upload(&api.url(), &["list.csv"]).expect(0);
    assert!(!again.stderr.contains("nobody was told"), "{}", again.stderr);
    work.upload(&api.url(), &["list.csv"]).expect(0);
    assert_eq!(hook.posts().len(), 4, "told once, although nothing had changed; then not again");
    assert_secret(&work, &[&run, &again]);
}

#[test]
fn a_webhook_that_is_down_does_not_hold_a_run_up() {
    let (api, down) = (Scripted::creating(), Down::new());
    let work = office(&down.url(), "");
    work.write("list.csv", list(1));
    let begin = Instant::now();
    let run = work.upload(&api.url(), &["list.csv"]).expect(0);
    assert!(begin.elapsed() < Duration::from_secs(30));
    let host = down.url().replace("http://", "");
    assert!(run.stderr.contains(&format!("warning: nobody was told through {host}: ")), "{}", run.stderr);
    assert_eq!(work.summary()["exit_code"], 0);
    assert_secret(&work, &[&run]);
}

#[test]
fn a_robot_that_says_no_is_asked_once() {
    let api = Scripted::creating();
    for (answer, said) in [
        (
            r#"{"errcode":310000,"errmsg":"keywords not in content"}"#.to_owned(),
            "(310000): keywords not in content",
        ),
        (r#"{"code":19024,"msg":"Key Words Not Found"}"#.to_owned(), "(19024): Key Words Not Found"),
        (format!(r#"{{"errcode":93000,"errmsg":"invalid url {SECRET}"}}"#), "(93000): invalid url …"),
    ] {
        let hook = Scripted::start(move |_, _| Action::json(200, answer.clone()));
        let work = office(&hook.url(), "");
        work.write("list.csv", UNUSABLE);
        let run = work.upload(&api.url(), &["list.csv"]).expect(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert_eq!(hook.posts().len(), 1);
        assert_secret(&work, &[&run]);
    }
}

#[test]
fn what_is_wrong_with_the_settings_is_told_at_the_end() {
    let api = Scripted::creating();
    for (notify, said) in [
        ("webhook_file = 'gone'", "through the webhook: "),
        ("webhook_env = 'NO_SUCH_VARIABLE'", "through the webhook: NO_SUCH_VARIABLE: holds nothing"),
        (
            "webhook = 'http://robot.test/s3cret-hook-5f3a91'\nauthorization_env = 'USER'",
            "robot.test is reached over http: anybody on the way could read the header Authorization",
        ),
        ("command = '/no/such/program'", "through program: it cannot be started: "),
    ] {
        let work = ready(notify);
        let run = work.upload(&api.url(), &["list.csv"]).expect(0);
        assert!(
            run.stderr.contains("warning: nobody was told ") && run.stderr.contains(said),
            "{}",
            run.stderr
        );
        assert_secret(&work, &[&run]);
    }
}

#[test]
#[cfg(unix)]
fn a_command_gets_the_object_and_no_secret() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = WorkDir::with("list.csv", list(1));
    configure(
        &work,
        "webhook_env = 'HOOK'\nauthorization_env = 'AUTH'\ncommand = ['sh', '-c', 'cat > \"$1\"; env > told.env', 'sh', 'a b.json']",
    );
    let upload = |work: &WorkDir| {
        let url = api.url();
        let mut command = work.command(&WorkDir::uploading(&url, &["list.csv"]));
        command.env("HOOK", format!("{}/{SECRET}", hook.url())).env("AUTH", format!("Bearer {SECRET}"));
        Run::of(command.output().unwrap()).expect(0)
    };
    let run = upload(&work);
    let object: Value = serde_json::from_slice(&fs::read(work.path().join("a b.json")).unwrap()).unwrap();
    assert_eq!(vec![object.clone()], told(&hook), "webhook and command are told the same");
    let authorization = hook.posts()[0].headers.iter().find(|(name, _)| name == "authorization").cloned();
    assert_eq!(authorization.map(|(_, value)| value), Some(format!("Bearer {SECRET}")));
    let environment = fs::read_to_string(work.path().join("told.env")).unwrap();
    let id = work.last().run();
    for line in ["INCS_IMPORT_EXIT_CODE=0", "INCS_IMPORT_STATE=ok", &format!("INCS_IMPORT_RUN_ID={id}")] {
        assert!(environment.lines().any(|known| known == line), "{line}: {environment}");
    }
    assert!(
        !environment.contains("INCS_TOKEN")
            && !environment.contains("HOOK=")
            && !environment.contains("AUTH=")
    );
    assert_secret(&work, &[&run]);
}

#[test]
#[cfg(unix)]
fn a_command_that_fails_is_told_again_and_the_webhook_is_not() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), "command = ['sh', '-c', 'echo x >> calls; echo no pager; test -e fine']");
    work.write("list.csv", list(1));
    let run = work.upload(&api.url(), &["list.csv"]).expect(0);
    assert!(
        run.stderr.contains("warning: nobody was told through sh: it ended with 1: no pager"),
        "{}",
        run.stderr
    );
    work.write("fine", "");
    for _ in 0..2 {
        let run = work.upload(&api.url(), &["list.csv"]).expect(0);
        assert!(!run.stderr.contains("pager") && !run.stdout.contains("pager"), "{}", run.transcript());
    }
    assert_eq!(fs::read_to_string(work.path().join("calls")).unwrap().lines().count(), 2);
    assert_eq!(hook.posts().len(), 1);
}

#[test]
#[cfg(unix)]
fn a_name_of_a_file_breaks_no_body_and_calls_nobody() {
    let (api, hook) = (Scripted::creating(), taking());
    let body = r#"body = '{"say": {"content": "{files} | {text}"}, "list": ["{exit_code}", 1]}'"#;
    let work = office(&hook.url(), body);
    let name = "a\"},\"x\":\"{exit_code}<!channel>\u{202e}\n{{.csv";
    work.write(name, list(1));
    work.upload(&api.url(), &[name]).expect(0);
    let told = told(&hook).remove(0);
    let shown = "a\"},\"x\":\"{exit_code}‹!channel›\\u{202e}\\n{{.csv";
    let id = work.last().run();
    let text = format!("incs-import upload on desk: all done (exit code 0)\n{shown}: 1 created (run {id})");
    assert_eq!(told, json!({"say": {"content": format!("{shown} | {text}")}, "list": ["0", 1]}));
}

#[test]
#[cfg(unix)]
fn a_config_of_the_working_folder_tells_nobody_and_runs_nothing() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = WorkDir::with("list.csv", list(1));
    work.write(
        "incs-import.toml",
        format!("[notify]\non = 'end'\nwebhook = '{}/{SECRET}'\ncommand = ['touch', 'was-run']", hook.url()),
    );
    let run = work.upload(&api.url(), &["list.csv"]).expect(0);
    let warning = "warning: incs-import.toml, [notify] is ignored: a file that merely lies in the working folder must not say who is told, nor which command is run";
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert!(hook.requests().is_empty() && !work.path().join("was-run").exists());
    let config = work.run(&["config", "--format", "json"]).expect(0).json();
    assert_eq!(config["config"]["ignored"][0]["what"], "incs-import.toml, [notify]");
    assert_eq!(config["notify.command"], json!({"value": [], "origin": "default"}));
    work.upload(&api.url(), &["list.csv", "--config", "incs-import.toml"]).expect(0);
    assert!(hook.posts().len() == 1 && work.path().join("was-run").exists(), "unless it is named");
    assert_secret(&work, &[&run]);
}

#[test]
fn a_damaged_memory_is_no_reason_to_stay_silent() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), "");
    work.write("list.csv", list(1));
    work.upload(&api.url(), &["list.csv"]).expect(0);
    work.write("home/.local/state/incs-import/ledger.db.notify.json", "{\"schema\":1,");
    work.upload(&api.url(), &["list.csv"]).expect(0);
    work.upload(&api.url(), &["list.csv"]).expect(0);
    assert_eq!(of(&told(&hook), "previous"), [Value::Null, Value::Null]);
}

#[test]
fn config_shows_what_counts_but_no_address() {
    let work = office("https://hooks.test", "body = '\"{text}\"'\nauthorization_env = 'AUTH'");
    let run = work.run(&["config", "--format", "json"]).expect(0);
    let config = run.json();
    let value = |key: &str| config[format!("notify.{key}")]["value"].clone();
    assert_eq!((value("on"), value("webhook")), (json!("change"), json!("https://hooks.test/…")));
    assert_eq!((value("body"), value("authorization_env")), (json!("\"{text}\""), json!("AUTH")));
    let screen = work.run(&["config"]).expect(0);
    assert!(screen.stdout.contains("[notify]\n"), "{}", screen.stdout);
    assert_secret(&work, &[&run, &screen]);
}

/// The lines of `doctor` about this: status, found, fix.
fn lines(run: &Run) -> Vec<(String, String, String)> {
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let own = lines.filter(|line| line["check"] == "notify");
    own.map(|line| (text(&line["status"]), text(&line["found"]), text(&line["fix"]))).collect()
}

#[test]
#[cfg(unix)]
fn doctor_looks_at_what_it_needs() {
    use std::os::unix::fs::PermissionsExt as _;
    let doctor = |work: &WorkDir| lines(&work.run(&["doctor", "--offline", "--format", "json"]));
    for (notify, status, found, fix) in [
        ("", "ok", "nobody is told how runs end", ""),
        ("webhook = 'https://hooks.test/s3cret-hook-5f3a91'", "ok", "a webhook at hooks.test", ""),
        (
            "webhook = 'http://robot.test/s3cret-hook-5f3a91'",
            "warn",
            "a webhook at robot.test, over http",
            "use an address with https",
        ),
        (
            "webhook_file = '/gone/hook'",
            "fail",
            "/gone/hook: cannot be read: ",
            "write the secret, and nothing else, to /gone/hook",
        ),
        ("webhook_env = 'GONE'", "fail", "GONE: holds nothing", "put the secret into the variable GONE"),
        (
            "webhook_env = 'USER'",
            "fail",
            "USER: the address of the webhook must begin with https://",
            "write the whole address",
        ),
        ("webhook = 'https://hooks.test/'\nauthorization_env = 'GONE'", "fail", "GONE: holds nothing", "put"),
        ("command = 'sh'", "ok", "the command /", ""),
        (
            "command = 'no-such-program'",
            "fail",
            "there is no program no-such-program",
            "name a program with its whole path",
        ),
    ] {
        let lines = doctor(&ready(notify));
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(
            lines[0].0 == status && lines[0].1.starts_with(found) && lines[0].2.starts_with(fix),
            "{lines:?}"
        );
    }
    let both = ready("webhook = 'https://hooks.test/s3cret-hook-5f3a91'\nwebhook_file = 'hook'");
    let run = both.run(&["doctor", "--offline"]).expect(1);
    assert!(run.stdout.contains("webhook and webhook_file contradict each other"), "{}", run.stdout);
    let work = ready("webhook_file = 'hook'");
    work.write(&format!("{OWN}/hook"), format!("https://hooks.test/{SECRET}\n"));
    let file = work.path().join(OWN).join("hook");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let open = doctor(&work);
    assert_eq!((open.len(), open[1].0.as_str()), (2, "warn"), "{open:?}");
    assert!(
        open[1].1.ends_with("hook can be read by others") && open[1].2.starts_with("chmod 600 /"),
        "{open:?}"
    );
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(doctor(&work).len(), 1);
}

#[test]
#[cfg(unix)]
fn doctor_sends_a_test_and_says_whether_it_was_taken() {
    let hook = taking();
    let test = ["doctor", "--offline", "--notify", "--format", "json"];
    let work = office(&hook.url(), "command = ['sh', '-c', 'cat > got.json']");
    let run = work.run(&test).expect(0);
    let words: Vec<_> = lines(&run).into_iter().map(|line| line.1).collect();
    assert_eq!(words[2..], ["the webhook took a test notification", "the command took a test notification"]);
    let told = told(&hook).remove(0);
    assert_eq!(
        (&told["test"], &told["command"], &told["run_id"]),
        (&json!(true), &json!("doctor"), &Value::Null)
    );
    assert!(told["text"].as_str().unwrap().contains("TEST"));
    assert_eq!(fs::read_to_string(work.path().join("got.json")).unwrap(), hook.posts()[0].body);
    let state = work.path().join("home/.local/state/incs-import/ledger.db.notify.json");
    assert!(!state.exists(), "a test is no end");
    assert_secret(&work, &[&run]);

    let refusing = Scripted::start(|_, _| Action::json(404, "no_service".to_owned()));
    let run = office(&refusing.url(), "").run(&test).expect(1);
    let line = lines(&run).pop().unwrap();
    assert!(
        line.0 == "fail" && line.1.ends_with(": status 404: no_service") && !line.2.is_empty(),
        "{line:?}"
    );
    assert_eq!(refusing.posts().len(), 1);
    let run = ready("").run(&test).expect(1);
    assert_eq!(lines(&run)[1].1, "there is nobody to tell");
}

#[test]
fn what_a_command_or_a_robot_says_is_in_no_log() {
    let hook = Scripted::start(|_, request| {
        let path = request.path.clone();
        Action::json(200, json!({"errcode": 310_000, "errmsg": format!("Zhang San {path}")}).to_string())
    });
    let server = Scripted::creating();
    for (key, code) in [
        ("command = ['sh', '-c', 'echo Zhang San owes 100; exit 7']".to_owned(), "7"),
        (format!("webhook = '{}/ab12?key=K123'", hook.url()), "310000"),
    ] {
        let work = WorkDir::with("list.csv", list(1));
        configure(&work, &key);
        let arguments = ["list.csv"];
        let told = work.upload(&server.url(), &arguments).expect(0);
        assert!(told.stderr.contains("Zhang San") && told.stderr.contains(code), "{}", told.transcript());
        assert!(!told.stderr.contains("/ab12?key=K123"), "{}", told.transcript());
        work.write("list.csv", list(2));
        let logged =
            work.upload(&server.url(), &[&arguments[..], &["--log-format", "json"]].concat()).expect(0);
        assert!(!logged.stderr.contains("Zhang") && logged.stderr.contains(code), "{}", logged.transcript());
    }
}
