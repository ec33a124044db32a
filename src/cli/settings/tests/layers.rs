//! Every key, through every layer.

use super::*;

/// A key, a value for the flag, the profile and the file each (as TOML; the flag gets it without quotes), what is read
/// where none is given, and how it is read.
pub(super) type Row = (&'static str, [&'static str; 3], &'static str, fn(&Settings) -> String);

fn show(value: impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

/// A path without the folder that holds the test.
fn tail(path: Option<&PathBuf>) -> String {
    path.map(|path| {
        path.components().rev().take(2).map(|part| show(part.as_os_str())).collect::<Vec<_>>().join(" in ")
    })
    .unwrap_or_default()
}

const SWITCH: [&str; 3] = ["true", "false", "true"];

pub(super) const ROWS: &[Row] = &[
    ("profile", ["'p'", "", ""], "None", |s| show(&s.global.profile)),
    ("ledger", ["'/f/l'", "'pl'", "'fl'"], r#""ledger.db" in "incs-import""#, |s| {
        tail(s.global.ledger.as_ref())
    }),
    ("verbose", SWITCH, "false", |s| show(s.global.verbosity == Verbosity::Verbose)),
    ("quiet", SWITCH, "false", |s| show(s.global.verbosity == Verbosity::Quiet)),
    ("color", ["'always'", "'never'", "'always'"], "Auto", |s| show(s.global.color)),
    ("log_format", ["'json'", "'text'", "'json'"], "Text", |s| show(s.global.log_format)),
    ("format", ["'json'", "'human'", "'json'"], "Human", |s| show(s.global.format)),
    ("lang", ["'zh'", "'id'", "'en'"], "None", |s| show(s.global.lang)),
    ("users", ["'/f/u#S'", "'pu'", "'fu#S'"], "", |s| {
        tail(s.reading.users.as_ref().map(|table| &table.path))
    }),
    ("orders", ["'/f/o'", "'po#S'", "'fo'"], "", |s| {
        tail(s.reading.orders.as_ref().map(|table| &table.path))
    }),
    ("sheet", ["'A'", "['B', 'C']", "'D'"], "[]", |s| show(&s.reading.sheets)),
    ("all_sheets", SWITCH, "false", |s| show(s.reading.all_sheets)),
    ("header_row", ["1", "2", "'3'"], "None", |s| show(s.reading.header_row)),
    ("map", ["'name=A'", "['name=B']", "{ name = 'C' }"], "[]", |s| show(&s.reading.map)),
    ("ignore", ["'A'", "['B', 'C']", "'D'"], "[]", |s| show(&s.reading.ignore)),
    ("require", ["'name,user_name'", "['name']", "'user_name'"], "[]", |s| show(&s.reading.require)),
    ("encoding", ["'gbk'", "'utf-8'", "'latin1'"], "None", |s| show(&s.reading.encoding)),
    ("delimiter", ["';'", "'|'", "'tab'"], "None", |s| show(s.reading.delimiter)),
    ("country_code", ["62", "'86'", "1"], "None", |s| show(&s.reading.phones.country_code)),
    ("bare_numbers", ["'national'", "'international'", "'national'"], "None", |s| {
        show(s.reading.phones.bare)
    }),
    ("date_order", ["'ymd'", "'dmy'", "'mdy'"], "None", |s| show(s.reading.dates.order)),
    ("decimal_separator", ["'.'", "','", "'.'"], "None", |s| show(s.reading.decimal_separator)),
    ("time_zone", ["'Asia/Jakarta'", "'UTC'", "'Asia/Shanghai'"], "None", |s| {
        show(s.reading.dates.zone.as_ref().and_then(|zone| zone.iana_name()))
    }),
    ("fill_down", SWITCH, "false", |s| show(s.reading.fill_down)),
    ("hidden_rows", ["'read'", "'skip'", "'read'"], "None", |s| show(s.reading.hidden_rows)),
    ("auth_id", ["1", "2", "'3'"], "None", |s| show(s.task.auth_id)),
    (
        "module_id",
        [
            "'119d3dcd-f5a8-70e7-aff8-c54bde267f38'",
            "'219d3dcd-f5a8-70e7-aff8-c54bde267f38'",
            "'319d3dcd-f5a8-70e7-aff8-c54bde267f38'",
        ],
        "\"019d3dcd-f5a8-70e7-aff8-c54bde267f38\"",
        |s| show(&s.task.module_id),
    ),
    ("name", ["'f'", "'p'", "'c'"], "None", |s| show(&s.task.name)),
    ("description", ["'f'", "'p'", "'c'"], "None", |s| show(&s.task.description)),
    ("assignee", ["'a,b'", "['c', 'd']", "'e'"], "[]", |s| show(&s.task.assignees)),
    ("total_amount", ["'column'", "'sum:due_amount'", "'sum:loan_amount'"], "None", |s| {
        show(s.task.total_amount)
    }),
    ("strict", SWITCH, "false", |s| show(s.task.strict)),
    ("max_invalid", ["1", "'2%'", "0.5"], "20", |s| s.task.max_invalid.to_string()),
    ("expect_rows", ["'1..2'", "'2..'", "'..3'"], "None", |s| show(s.task.expect_rows)),
    ("limit", ["1", "2", "3"], "None", |s| show(s.task.limit)),
    (
        "base_url",
        ["'https://f.test'", "'https://p.test'", "'https://c.test'"],
        "https://api.incsapp.com",
        |s| s.upload.base_url.to_string(),
    ),
    ("token_file", ["'/f/t'", "'pt'", "'ft'"], "", |s| tail(s.upload.token_file.as_ref())),
    ("rate", ["'1/s'", "'2/m'", "'3/h'"], "10/s", |s| s.upload.rate.to_string()),
    ("burst", ["2", "3", "4"], "1", |s| show(s.upload.burst)),
    ("concurrency", ["1", "2", "1024"], "16", |s| show(s.upload.concurrency)),
    ("timeout", ["'1s'", "'2m'", "'500ms'"], "60s", |s| show(s.upload.timeout)),
    ("settle", ["'1s'", "'2m'", "'500ms'"], "None", |s| show(s.upload.settle)),
    ("max_attempts", ["1", "2", "3"], "5", |s| show(s.upload.max_attempts)),
    ("dedupe_window", ["'1h'", "'2d'", "0"], "72000s", |s| show(s.upload.dedupe_window)),
    ("changed", ["'send'", "'skip'", "'send'"], "None", |s| show(s.upload.changed)),
    ("skip_busy", SWITCH, "false", |s| show(s.upload.skip_busy)),
    ("preflight", SWITCH, "false", |s| show(s.upload.preflight)),
    ("accept", ["'skipped,failed'", "['rejected']", "'pending'"], "[]", |s| show(&s.upload.accept)),
    ("redact", SWITCH, "false", |s| show(s.upload.privacy == Privacy::Redacted)),
    ("allow_empty", SWITCH, "false", |s| show(s.upload.allow_empty)),
    ("lock_wait", ["'1s'", "'2s'", "'3s'"], "0ns", |s| show(s.upload.lock_wait)),
    ("metrics_file", ["'/f/m'", "'pm'", "'fm'"], "", |s| tail(s.upload.metrics_file.as_ref())),
    ("deadline", ["'06:00'", "'2h'", "'7:30'"], "None", |s| show(s.upload.deadline)),
    ("resume_first", SWITCH, "false", |s| show(s.upload.resume_first)),
    ("retention", ["'90d'", "'2d'", "'1d'"], "None", |s| show(s.upload.retention)),
    ("report_dir", ["'/f/r'", "'pr'", "'fr'"], r#""reports""#, |s| tail(Some(&s.upload.report_dir))),
    ("dry_run", SWITCH, "false", |s| show(s.upload.dry_run)),
    ("yes", SWITCH, "false", |s| show(s.upload.yes)),
    ("sandbox", SWITCH, "false", |s| show(s.upload.sandbox)),
];

/// What a value of the environment is read as.
const ENVIRONMENT: [(&str, &str, &str); 4] = [
    ("INCS_BASE_URL", "https://e.test", "https://e.test"),
    ("INCS_IMPORT_PROFILE", "p", r#"Some("p")"#),
    ("INCS_IMPORT_LEDGER", "/e/l", r#""l" in "e""#),
    ("NO_COLOR", "1", "Never"),
];

/// The flag with the value, as it is typed.
pub(super) fn typed(key: &str, value: &str) -> String {
    format!("--{}={}", key.replace('_', "-"), value.trim_matches('\''))
}

#[test]
fn every_flag_of_check_and_upload_is_a_key_and_every_key_is_tried_here() {
    let not_keys = ["inputs", "token", "config", "payloads", "fix", "help", "version"];
    let mut command = Cli::command();
    command.build();
    let flags: BTreeSet<String> = ["check", "upload"]
        .into_iter()
        .flat_map(|name| command.find_subcommand(name).unwrap().get_arguments())
        .map(|argument| argument.get_id().to_string())
        .filter(|id| !not_keys.contains(&id.as_str()))
        .collect();
    let with_flags = Keys::SECTIONS.into_iter().filter(|(section, _)| Keys::have_flags(section));
    let keys: BTreeSet<String> = with_flags.flat_map(|(_, keys)| keys).map(|key| (*key).to_owned()).collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(flags, keys, "a flag has its key, a key its flag");
    assert_eq!(rows, keys, "a key has its row in this table");
    let variables: Vec<&str> = ENVIRONMENT.iter().map(|row| row.0).collect();
    assert_eq!(VARIABLES.map(|(_, variable)| variable).as_slice(), variables);
    for argument in command.find_subcommand("upload").unwrap().get_arguments() {
        let id = argument.get_id().as_str();
        let flag = argument.get_long().unwrap_or(id).replace('-', "_");
        assert!(id == flag || id == "inputs", "{id} is named like its flag");
    }
}

#[test]
fn flag_over_environment_over_profile_over_file_over_default() {
    for (key, [by_flag, by_profile, by_file], default, read) in ROWS.iter().filter(|row| row.0 != "profile") {
        let mut trial = Trial::new();
        let with_profile = format!("{key} = {by_file}\n[profile.p]\n{key} = {by_profile}");
        trial.write("config/incs-import/incs-import.toml", &with_profile);
        let flag = typed(key, by_flag);
        // What a value means is told by the flag alone, so that the expected values need not be written down.
        let alone = |value: &str| {
            let trial = Trial::new();
            trial.write("config/incs-import/incs-import.toml", &format!("{key} = {value}"));
            read(&trial.load(&["upload"]).unwrap())
        };
        let meaning = read(&Trial::new().load(&["upload", &flag]).unwrap());
        let check = |trial: &Trial, arguments: &[&str], value: &str, origin: &str| {
            let settings = trial.load(arguments).unwrap();
            let found = settings
                .origin_of(key)
                .to_string()
                .replace(&format!("{}/", trial.folder.path().display()), "");
            assert_eq!(
                (read(&settings).as_str(), found.as_str()),
                (value, origin),
                "{key} with {arguments:?}"
            );
        };
        let variable = VARIABLES.iter().find(|(of, _)| of == key).map(|(_, variable)| *variable);
        if let Some((variable, value, want)) = ENVIRONMENT.into_iter().find(|row| Some(row.0) == variable) {
            trial = trial.with(variable, value);
            check(&trial, &["upload", "--profile=p", &flag], &meaning, "flag");
            check(&trial, &["upload", "--profile=p"], want, &format!("environment {variable}"));
            trial.environment = vec![(variable, String::new())];
        }
        let file = "config/incs-import/incs-import.toml";
        check(&trial, &["upload", "--profile=p", &flag], &meaning, "flag");
        check(&trial, &["upload", "--profile=p"], &alone(by_profile), &format!("[profile.p] of {file}"));
        check(&trial, &["upload"], &alone(by_file), file);
        check(&Trial::new(), &["upload"], default, "default");
        let values = BTreeSet::from([meaning, alone(by_profile), alone(by_file), (*default).to_owned()]);
        assert!(
            values.len() > 1 && alone(by_profile) != alone(by_file),
            "{key}: the layers can be told apart: {values:?}"
        );
    }
}

#[test]
fn paths_of_a_file_count_from_its_folder() {
    let command = Cli::command();
    let upload = command.find_subcommand("upload").unwrap();
    let path = clap::value_parser!(PathBuf).type_id();
    let paths = upload
        .get_arguments()
        .chain(command.get_arguments())
        .filter(|argument| argument.get_value_parser().type_id() == path);
    for key in paths.map(|argument| argument.get_id().as_str()).filter(|key| *key != "config") {
        let read = |settings: &Settings| match key {
            "ledger" => settings.global.ledger.clone(),
            "users" => settings.reading.users.clone().map(|table| table.path),
            "orders" => settings.reading.orders.clone().map(|table| table.path),
            "token_file" => settings.upload.token_file.clone(),
            "report_dir" => Some(settings.upload.report_dir.clone()),
            "metrics_file" => settings.upload.metrics_file.clone(),
            other => panic!("{other} is a path, and not anchored"),
        };
        for (value, want) in [("a/b", "elsewhere/a/b"), ("~/b", "home/b"), ("/a/b", "/a/b")] {
            let trial = Trial::new();
            let file = trial.write("elsewhere/c.toml", &format!("{key} = '{value}'"));
            let settings = trial.load(&["upload", "--config", file.to_str().unwrap()]).unwrap();
            assert_eq!(read(&settings), Some(trial.path(want)), "{key}");
        }
        let settings = Trial::new().load(&["upload", &typed(key, "a/b")]).unwrap();
        assert_eq!(
            read(&settings).as_deref(),
            Some(Path::new("a/b")),
            "a flag counts from the working folder"
        );
    }
}

#[test]
fn lists_replace_one_another_and_mappings_merge_by_field() {
    let trial = Trial::new();
    trial.write(
        "work/incs-import.toml",
        "map = ['user_phone=A', 'name=B']\nassignee = 'a,b'\n[profile.p.map]\nname = 'C'\nauth_id = 'D'",
    );
    let settings = trial.load(&["check", "x", "--profile=p", "--map=auth_id=E", "--assignee=c"]).unwrap();
    let map: Vec<String> =
        settings.reading.map.iter().map(|(field, column)| format!("{field}={column}")).collect();
    assert_eq!(map, ["user_phone=A", "name=C", "auth_id=E"]);
    assert_eq!(settings.task.assignees, ["c"]);
    assert!(
        trial.load(&["check", "x", "--assignee="]).unwrap().task.assignees.is_empty(),
        "nobody, over the file"
    );
    assert!(
        trial
            .complaint(&["check", "x", "--map=name=A", "--map=name=B"])
            .starts_with("error: --map: name is given two columns")
    );
}

#[test]
fn of_two_that_contradict_each_other_the_higher_layer_counts() {
    let trial = Trial::new();
    trial.write(
        "work/incs-import.toml",
        "all_sheets = true\nquiet = true\n[profile.p]\nsheet = 'A'\nall_sheets = true",
    );
    let settings = trial.load(&["check", "x", "--sheet=B", "-v"]).unwrap();
    assert_eq!(
        (settings.reading.all_sheets, settings.reading.sheets.as_slice()),
        (false, &["B".to_owned()][..])
    );
    assert_eq!(settings.global.verbosity, Verbosity::Verbose);
    assert!(
        trial
            .complaint(&["check", "x", "--profile=p"])
            .contains("sheet and all_sheets contradict each other")
    );
    let settings = trial.load(&["check", "x", "--profile=p", "--all-sheets"]).unwrap();
    assert_eq!((settings.reading.all_sheets, settings.reading.sheets.len()), (true, 0));
}

#[test]
fn a_switch_of_the_file_is_taken_back_by_a_flag() {
    let trial = Trial::new();
    trial.write("work/incs-import.toml", "strict = true");
    assert!(trial.load(&["check", "x"]).unwrap().task.strict);
    assert!(!trial.load(&["check", "x", "--strict=false"]).unwrap().task.strict);
}

/// A key without a flag, a value for the profile and the file each, what is read where none is given, and how it is read.
type RowWithoutFlag = (&'static str, [&'static str; 2], &'static str, fn(&Settings) -> String);

const WITHOUT_FLAGS: &[RowWithoutFlag] = &[
    ("on", ["'end'", "'change'"], "Change", |s| show(s.notify.on)),
    ("webhook", ["'https://p.test/s3cret'", "'https://f.test/s3cret'"], "None", |s| show(&s.notify.webhook)),
    ("webhook_file", ["'p'", "'f'"], "None", |s| show(&s.notify.webhook)),
    ("webhook_env", ["'P'", "'F'"], "None", |s| show(&s.notify.webhook)),
    ("authorization_file", ["'p'", "'f'"], "None", |s| show(&s.notify.authorization)),
    ("authorization_env", ["'P'", "'F'"], "None", |s| show(&s.notify.authorization)),
    ("body", ["'\"p\"'", "'\"f\"'"], "None", |s| {
        show(s.notify.body.as_ref().map(|body| body.source().to_owned()))
    }),
    ("command", ["'p'", "['f', '', 'b c']"], "[]", |s| show(&s.notify.command)),
];

#[test]
fn profile_over_file_over_default_where_there_is_no_flag() {
    let names: Vec<&str> = WITHOUT_FLAGS.iter().map(|row| row.0).collect();
    let all = Keys::SECTIONS.into_iter().filter(|(section, _)| !Keys::have_flags(section));
    assert_eq!(names, all.flat_map(|(_, keys)| keys.iter().copied()).collect::<Vec<_>>());
    for (key, [by_profile, by_file], default, read) in WITHOUT_FLAGS {
        let trial = Trial::new();
        let both = format!("[notify]\n{key} = {by_file}\n[profile.p.notify]\n{key} = {by_profile}");
        trial.write("config/incs-import/incs-import.toml", &both);
        let plain = trial.load(&["upload"]).unwrap();
        let profile = trial.load(&["upload", "--profile=p"]).unwrap();
        let said = [read(&Trial::new().load(&["upload"]).unwrap()), read(&plain), read(&profile)];
        assert!(said[0] == *default && said[1] != said[2] && said[0] != said[2], "{key}: {said:?}");
        assert!(!said.concat().contains("s3cret"), "{said:?}");
        assert!(matches!(plain.origin_of(key), Origin::File(_)), "{key}");
        assert!(matches!(profile.origin_of(key), Origin::Profile { .. }), "{key}");
    }
}

#[test]
fn a_secret_comes_from_one_place() {
    let trial = Trial::new();
    let users = "config/incs-import/incs-import.toml";
    trial.write(
        users,
        "[notify]\nwebhook = 'https://f.test/s3cret'\nauthorization_file = 'a'\ncommand = 'page'\nbody = '{}'\n\
         [profile.p.notify]\nwebhook_env = 'HOOK'\nauthorization_env = 'AUTH'\n\
         [profile.none.notify]\nwebhook = ''\nauthorization_env = ''\ncommand = []\nbody = ''",
    );
    let settings = trial.load(&["upload", "--profile=p"]).unwrap();
    let variable = |name: &str| SecretPlace::Variable(name.to_owned());
    assert_eq!(settings.notify.webhook, Some(HookPlace::Elsewhere(variable("HOOK"))));
    assert_eq!(settings.notify.authorization, Some(variable("AUTH")));
    assert_eq!(*settings.origin_of("webhook"), Origin::Default, "the one that lost says nothing");
    let settings = trial.load(&["upload", "--profile=none"]).unwrap();
    assert!(
        settings.notify.is_silent()
            && settings.notify.authorization.is_none()
            && settings.notify.body.is_none()
    );
    for (text, want) in [
        (
            "webhook_env = 'A'\nwebhook_file = 'b'",
            ", webhook_file: webhook_file and webhook_env contradict each other",
        ),
        (
            "authorization_env = 'A'\nauthorization_file = 'b'",
            "authorization_file and authorization_env contradict",
        ),
        (
            "webhook = 'hooks.test/s3cret'",
            ", webhook: the address of the webhook must begin with https:// or http://",
        ),
    ] {
        trial.write(users, &format!("[notify]\n{text}"));
        let complaint = trial.complaint(&["upload"]);
        assert!(complaint.contains(want) && !complaint.contains("s3cret"), "{complaint}");
    }
}

#[test]
fn paths_of_notify_count_from_the_folder_of_the_file() {
    let read = |settings: &Settings| {
        let hook = match &settings.notify.webhook {
            Some(HookPlace::Elsewhere(place)) => place.to_string(),
            other => panic!("{other:?}"),
        };
        [
            hook,
            settings.notify.authorization.as_ref().unwrap().to_string(),
            settings.notify.command[0].clone(),
        ]
    };
    for (value, want) in [("a/b", "elsewhere/a/b"), ("~/b", "home/b"), ("/a/b", "/a/b")] {
        let trial = Trial::new();
        let text = format!(
            "[notify]\nwebhook_file = '{value}'\nauthorization_file = '{value}'\ncommand = ['{value}', 'x/y']"
        );
        let file = trial.write("elsewhere/c.toml", &text);
        let settings = trial.load(&["upload", "--config", file.to_str().unwrap()]).unwrap();
        let want = trial.path(want).display().to_string();
        assert_eq!(read(&settings), [want.clone(), want.clone(), want]);
        assert_eq!(settings.notify.command[1], "x/y", "an argument is the program's own");
    }
    let trial = Trial::new();
    let file = trial.write("elsewhere/c.toml", "[notify]\ncommand = 'page'");
    let settings = trial.load(&["upload", "--config", file.to_str().unwrap()]).unwrap();
    assert_eq!(settings.notify.command, ["page"], "a bare name is looked for by the system");
}
