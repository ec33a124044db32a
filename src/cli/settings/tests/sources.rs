//! Which file counts, how far, and where the token comes from.

use std::os::unix::fs::PermissionsExt;

use super::*;

const USERS: &str = "config/incs-import/incs-import.toml";
const NEARBY: &str = "work/incs-import.toml";

#[test]
fn the_named_file_then_the_one_nearby_then_the_users() {
    let trial = Trial::new();
    let limit = |trial: &Trial, arguments: &[&str]| trial.load(arguments).unwrap().task.limit;
    assert_eq!(limit(&trial, &["check", "x"]), None);
    trial.write(USERS, "limit = 3");
    assert_eq!(limit(&trial, &["check", "x"]), Some(3));
    trial.write(NEARBY, "limit = 2");
    assert_eq!(limit(&trial, &["check", "x"]), Some(2));
    let named = trial.write("named.toml", "limit = 1");
    let named = named.to_str().unwrap().to_owned();
    assert_eq!(limit(&trial, &["check", "x", "--config", &named]), Some(1));
    let trial = trial.with("INCS_IMPORT_CONFIG", &named);
    assert_eq!(limit(&trial, &["check", "x"]), Some(1));
    assert_eq!(trial.load(&["check", "x"]).unwrap().global.config, Some(PathBuf::from(named)));
}

#[test]
fn a_named_file_must_be_there_and_a_file_must_be_a_text() {
    let gone = "error: INCS_IMPORT_CONFIG: cannot read the config file gone.toml: there is no such file\n  fix: name the config file that is meant";
    assert_eq!(Trial::new().with("INCS_IMPORT_CONFIG", "gone.toml").complaint(&["runs"]), gone);
    assert_eq!(
        Trial::new().complaint(&["runs", "--config=gone.toml"]),
        gone.replace("INCS_IMPORT_CONFIG", "--config")
    );
    let trial = Trial::new().with("INCS_IMPORT_CONFIG", "");
    assert!(trial.load(&["runs"]).is_ok(), "an empty variable counts as not set");
    let path = trial.write(NEARBY, "limit = 1");
    std::fs::write(&path, b"# \nname = '\xff'").unwrap();
    assert_eq!(
        trial.complaint(&["runs"]),
        "error: work/incs-import.toml:2: is not UTF-8 text\n  fix: save it as UTF-8 with a text editor"
    );
    std::fs::write(&path, "#".repeat(2 << 20)).unwrap();
    assert_eq!(
        trial.complaint(&["runs"]),
        "error: work/incs-import.toml: is longer than 1 MiB, so it is no config file"
    );
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(trial.load(&["runs"]).is_ok(), "a folder of that name is no config file");
}

#[test]
fn a_nearby_file_that_others_can_write_is_passed_over() {
    let trial = Trial::new();
    let nearby = trial.write(NEARBY, "limit = 2");
    std::fs::set_permissions(&nearby, std::fs::Permissions::from_mode(0o666)).unwrap();
    trial.write(USERS, "limit = 3");
    let settings = trial.load(&["check", "x"]).unwrap();
    assert_eq!(settings.task.limit, Some(3));
    assert!(
        settings.warnings[0].contains("is ignored: others can write it (mode 666)"),
        "{:?}",
        settings.warnings
    );
    let settings = trial.load(&["check", "x", "--config", nearby.to_str().unwrap()]).unwrap();
    assert_eq!((settings.task.limit, settings.warnings.len()), (Some(2), 0), "a named file is trusted");
}

#[test]
fn a_nearby_file_does_not_say_where_tasks_and_token_go() {
    let text = "base_url = 'https://c.test'\ntoken_file = 'ct'\nrate = '1/s'\n[profile.p]\nbase_url = 'https://p.test'";
    let trial = Trial::new();
    let nearby = trial.write(NEARBY, text);
    let settings = trial.load(&["upload", "x", "--profile=p"]).unwrap();
    assert_eq!(settings.upload.base_url.as_str(), DEFAULT_BASE_URL);
    assert_eq!(
        (settings.upload.token_file.as_ref(), settings.upload.rate.to_string().as_str()),
        (None, "1/s")
    );
    assert_eq!(*settings.origin_of("base_url"), Origin::Default);
    let heads: Vec<_> =
        settings.warnings.iter().filter_map(|warning| warning.split(" is ignored").next()).collect();
    let nearby_shown = nearby.display();
    assert_eq!(
        heads,
        [
            format!("[profile.p] of {nearby_shown}, base_url"),
            format!("{nearby_shown}, base_url"),
            format!("{nearby_shown}, token_file"),
        ]
    );
    let settings = trial.load(&["upload", "x", "--config", nearby.to_str().unwrap()]).unwrap();
    assert_eq!((settings.upload.base_url.as_str(), settings.warnings.len()), ("https://c.test", 0));
    std::fs::remove_file(&nearby).unwrap();
    trial.write(USERS, text);
    assert_eq!(trial.load(&["upload", "x"]).unwrap().upload.base_url.as_str(), "https://c.test");
}

#[test]
fn a_nearby_file_does_not_say_who_is_told_nor_what_is_run() {
    let text = "[notify]\ncommand = 'page'\n[profile.p.notify]\nwebhook = 'https://p.test/s3cret'";
    let trial = Trial::new();
    let nearby = trial.write(NEARBY, text);
    let settings = trial.load(&["upload", "x", "--profile=p"]).unwrap();
    assert!(settings.notify.is_silent());
    let own = trial.path(USERS);
    let (own, shown) = (own.display(), nearby.display());
    let why =
        "a file that merely lies in the working folder must not say who is told, nor which command is run";
    let warning = |place: String| {
        format!("{place} is ignored: {why}. To make it count: move it to {own}, or --config {shown}")
    };
    assert_eq!(
        settings.warnings,
        [warning(format!("[profile.p] of {shown}, [notify]")), warning(format!("{shown}, [notify]"))]
    );
    let settings = trial.load(&["upload", "x", "--config", nearby.to_str().unwrap()]).unwrap();
    assert!(!settings.notify.is_silent() && settings.warnings.is_empty());
    let trial = trial.with("INCS_IMPORT_CONFIG", nearby.to_str().unwrap());
    assert!(!trial.load(&["upload", "x"]).unwrap().notify.is_silent());
    let trial = Trial::new();
    trial.write(USERS, text);
    assert!(!trial.load(&["upload", "x"]).unwrap().notify.is_silent());
}

#[test]
fn profiles_are_chosen_by_flag_environment_or_file() {
    let trial = Trial::new();
    trial.write(NEARBY, "[global]\nprofile = 'day'\n[profile.day]\nlimit = 1\n[profile.night]\nlimit = 2");
    let chosen = |trial: &Trial, arguments: &[&str]| {
        let settings = trial.load(arguments).unwrap();
        (settings.global.profile, settings.task.limit)
    };
    assert_eq!(chosen(&trial, &["check", "x"]), (Some("day".to_owned()), Some(1)));
    assert_eq!(chosen(&trial, &["check", "x", "--profile="]), (None, None));
    let trial = trial.with("INCS_IMPORT_PROFILE", "night");
    assert_eq!(chosen(&trial, &["check", "x"]), (Some("night".to_owned()), Some(2)));
    assert_eq!(chosen(&trial, &["check", "x", "--profile=day"]), (Some("day".to_owned()), Some(1)));
    assert_eq!(
        trial.complaint(&["check", "x", "--profile=nigth"]),
        "error: --profile: there is no profile `nigth` in work/incs-import.toml; did you mean night?\n  fix: its profiles are: day, night"
    );
    assert_eq!(
        Trial::new().with("INCS_IMPORT_PROFILE", "night").complaint(&["check", "x"]),
        "error: INCS_IMPORT_PROFILE: there is no profile `night`: no config file was found\n  fix: name the file that holds [profile.night] with --config PATH"
    );
}

#[test]
fn the_address_is_refused_where_it_was_given_and_not_repeated() {
    for (trial, arguments, place) in [
        (Trial::new(), &["upload", "x", "--base-url=http://me:s3cret@a.test"][..], "--base-url"),
        (Trial::new().with("INCS_BASE_URL", "http://s3cret.test"), &["upload", "x"], "INCS_BASE_URL"),
    ] {
        let complaint = trial.complaint(arguments);
        assert!(
            complaint.starts_with(&format!("error: {place}: the address of the server must be https")),
            "{complaint}"
        );
        assert!(!complaint.contains("s3cret"), "{complaint}");
    }
}

#[test]
fn lists_or_two_tables_are_read() {
    let input = |arguments: &[&str]| Trial::new().load(arguments).unwrap().input();
    assert_eq!(input(&["check", "-"]), Ok(Input::Lists(vec![InputPath::Stdin])));
    let table =
        |path: &str, sheet: Option<&str>| TablePath { path: path.into(), sheet: sheet.map(str::to_owned) };
    let tables = Input::Tables { users: table("u.xlsx", Some("S")), orders: table("o.csv", None) };
    assert_eq!(input(&["check", "--users=u.xlsx#S", "--orders=o.csv"]), Ok(tables));
    for (arguments, want) in [
        (&["check"][..], "error: no list to read"),
        (&["check", "-", "-"], "error: standard input (-) can be read only once"),
        (&["check", "--users=u"], "error: --users: there is a table of users, but none of orders"),
        (&["check", "--orders=o"], "error: --orders: there is a table of orders, but none of users"),
    ] {
        let complaint = input(arguments).unwrap_err().to_string();
        assert!(complaint.starts_with(want), "{complaint}");
    }
    let trial = Trial::new();
    trial.write(NEARBY, "users = 'u.csv'\norders = 'o.csv'");
    assert!(matches!(trial.load(&["check"]).unwrap().input(), Ok(Input::Tables { .. })));
    assert!(
        matches!(trial.load(&["check", "a.csv"]).unwrap().input(), Ok(Input::Lists(_))),
        "INPUT goes before the file"
    );
}

#[test]
fn the_token_by_flag_then_environment_then_file() {
    let trial = Trial::new();
    let by_flag = trial.write("flag.token", "by-flag\r\n").to_str().unwrap().to_owned();
    trial.write("config/incs-import/token", "  by-file \n");
    let token = |trial: &Trial, arguments: &[&str]| trial.token(arguments).0.unwrap();
    assert_eq!(token(&trial, &["upload", "x"]), None);
    trial.write(USERS, "token_file = 'token'");
    assert_eq!(token(&trial, &["upload", "x"]).as_deref(), Some("by-file"));
    let trial = trial.with("INCS_TOKEN", "by-environment");
    assert_eq!(token(&trial, &["upload", "x"]).as_deref(), Some("by-environment"));
    assert_eq!(token(&trial, &["upload", "x", "--token-file", &by_flag]).as_deref(), Some("by-flag"));
    std::fs::set_permissions(&by_flag, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (_, warnings) = trial.token(&["upload", "x", "--token-file", &by_flag]);
    assert!(warnings.len() == 1 && warnings[0].contains("can be read by others"), "{warnings:?}");
    let credentials = trial.path("").display().to_string();
    for (folder, count) in [(credentials.as_str(), 0), ("/run/credentials", 1), ("", 1)] {
        let trial = Trial::new().with("CREDENTIALS_DIRECTORY", folder);
        let (token, warnings) = trial.token(&["upload", "x", "--token-file", &by_flag]);
        assert_eq!((token.unwrap().as_deref(), warnings.len()), (Some("by-flag"), count), "{folder:?}");
    }
}

#[test]
fn what_is_no_token_is_refused_and_not_repeated() {
    for (text, want) in [
        ("", "holds no token"),
        (" \n", "holds no token"),
        ("s3cret\ns3cret", "holds more than one line"),
        ("Bearer s3cret", "holds the word Bearer"),
        ("s3cret s3cret", "holds something that is not a token"),
        ("s3crét", "holds something that is not a token"),
    ] {
        let trial = Trial::new();
        let file = trial.write("token", text);
        let complaint = trial.token(&["upload", "x", "--token-file", file.to_str().unwrap()]).0.unwrap_err();
        assert!(complaint.contains(want) && !complaint.contains("s3cr"), "{text:?}: {complaint}");
    }
    let complaint = Trial::new().with("INCS_TOKEN", " \t").token(&["upload", "x"]).0.unwrap_err();
    assert!(complaint.starts_with("error: INCS_TOKEN: holds no token\n  fix: "), "{complaint}");
    let complaint = Trial::new().token(&["upload", "x", "--token-file=/gone/token"]).0.unwrap_err();
    assert!(complaint.starts_with("error: token file /gone/token: cannot be read: "), "{complaint}");
    let trial = Trial::new().with("INCS_TOKEN", "s3cret");
    let settings = trial.load(&["upload", "x"]).unwrap();
    let token = load_token(&settings, &|name| trial.variable(name), &mut Vec::new()).unwrap();
    assert!(!format!("{settings:?} {token:?}").contains("s3cret"));
}
