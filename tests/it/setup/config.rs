//! `config`: what counts, and where it comes from.

use serde_json::Value;

use crate::support::{Run, TOKEN, WorkDir};

const OWN: &str = "home/.config/incs-import/incs-import.toml";

fn with_own(text: &str) -> WorkDir {
    let work = WorkDir::new();
    std::fs::create_dir_all(work.path().join(OWN).parent().unwrap()).unwrap();
    work.write(OWN, text);
    work
}

fn shown(work: &WorkDir, environment: &[(&str, &str)], arguments: &[&str]) -> Value {
    let arguments = [&["config", "--format", "json"], arguments].concat();
    let mut command = work.command(&arguments);
    command.envs(environment.iter().copied());
    Run::of(command.output().unwrap()).expect(0).json()
}

#[test]
fn every_layer_is_named() {
    let work = with_own(
        "base_url = 'https://file.test'\nrate = '3/s'\n[profile.night]\nbase_url = 'https://profile.test'\nrate = '2/s'",
    );
    let own = work.path().join(OWN).canonicalize().unwrap().display().to_string();
    let by_profile = format!("[profile.night] of {own}");
    let by_environment: &[(&str, &str)] = &[("INCS_BASE_URL", "https://environment.test")];
    let night = &["--profile", "night"];
    for (environment, arguments, url, url_origin, rate, rate_origin) in [
        (&[][..], &[][..], "https://file.test", own.as_str(), "3/s", own.as_str()),
        (&[], night, "https://profile.test", &by_profile, "2/s", &by_profile),
        (by_environment, night, "https://environment.test", "environment INCS_BASE_URL", "2/s", &by_profile),
        (
            by_environment,
            &["--profile", "night", "--base-url", "https://flag.test", "--rate", "1/s"],
            "https://flag.test",
            "flag",
            "1/s",
            "flag",
        ),
    ] {
        let config = shown(&work, environment, arguments);
        let is = |key: &str, value: &str, origin: &str| {
            assert_eq!(
                (config[key]["value"].as_str(), config[key]["origin"].as_str()),
                (Some(value), Some(origin))
            );
        };
        is("base_url", url, url_origin);
        is("rate", rate, rate_origin);
        is("timeout", "1m", "default");
        is("settle", "2m5s", "default");
        assert_eq!(
            (&config["max_invalid"]["value"], &config["strict"]["value"]),
            (&20.into(), &false.into())
        );
        assert_eq!(config["config"]["value"], own.as_str());
    }
    let screen = work.run(&["config", "--profile", "night"]).expect(0).stdout;
    let line = screen.lines().find(|line| line.starts_with("rate ")).unwrap();
    assert!(line.contains("2/s") && line.ends_with(&by_profile), "{line}");
    assert!(screen.starts_with(&format!("config file: {own} (found in your config folder)")), "{screen}");
}

#[test]
fn the_token_is_only_told_to_be_there() {
    let work = with_own("");
    work.write("token", "token-of-a-file-7f31");
    let of = |environment: &[(&str, &str)], arguments: &[&str]| {
        let config = shown(&work, environment, arguments);
        (
            config["token"]["value"].as_str().unwrap().to_owned(),
            config["token"]["origin"].as_str().unwrap().to_owned(),
        )
    };
    let pair = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(of(&[], &[]), pair("set, from INCS_TOKEN", "environment INCS_TOKEN"));
    assert_eq!(of(&[], &["--token-file", "token"]), pair("set, from token", "flag"));
    assert_eq!(of(&[("INCS_TOKEN", "")], &[]), pair("not set", "default"));
    work.write("empty", "");
    assert_eq!(
        of(&[], &["--token-file", "empty"]),
        pair("not usable, token file empty: holds no token", "flag")
    );
    for arguments in [&["config"][..], &["config", "--format", "json"], &["config", "--token-file", "token"]]
    {
        let said = work.run(arguments).expect(0).transcript();
        assert!(!said.contains(TOKEN) && !said.contains("7f31"), "{said}");
    }
    let refused = work.run(&["config", "--base-url", "https://me:s3cret@incs.test"]).expect(2);
    assert!(!refused.transcript().contains("s3cret"), "{}", refused.transcript());
}

#[test]
#[cfg(unix)]
fn what_is_ignored_is_named_with_its_reason() {
    use std::os::unix::fs::PermissionsExt as _;
    let work = with_own("rate = '3/s'");
    work.write("incs-import.toml", "base_url = 'https://elsewhere.test'\nrate = '2/s'");
    let nearby = work.path().join("incs-import.toml");
    std::fs::set_permissions(&nearby, std::fs::Permissions::from_mode(0o600)).unwrap();
    let config = shown(&work, &[], &[]);
    assert_eq!(
        (&config["config"]["value"], &config["rate"]["value"]),
        (&"incs-import.toml".into(), &"2/s".into())
    );
    assert_eq!(config["config"]["origin"], "found in the working folder");
    assert_eq!(config["base_url"]["value"], "https://api.incsapp.com");
    let ignored = &config["config"]["ignored"];
    assert_eq!(ignored[0]["what"], "incs-import.toml, base_url");
    assert!(ignored[0]["why"].as_str().unwrap().contains("must not say where tasks and token go"));
    assert!(ignored[1]["what"].as_str().unwrap().ends_with(OWN), "{ignored}");
    assert_eq!(ignored[1]["why"], "incs-import.toml goes before it");

    std::fs::set_permissions(&nearby, std::fs::Permissions::from_mode(0o666)).unwrap();
    let config = shown(&work, &[], &[]);
    assert_eq!(config["rate"]["value"], "3/s", "the user's own file counts");
    let ignored = &config["config"]["ignored"];
    assert_eq!(ignored[0]["what"], "incs-import.toml");
    assert_eq!(
        (ignored[0]["why"].as_str(), &ignored[1]),
        (Some("others can write it (mode 666)"), &Value::Null)
    );
    let run = work.run(&["config"]).expect(0);
    assert!(
        run.stdout.contains("ignored: incs-import.toml: others can write it (mode 666)"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, "", "it is said once");
}

#[test]
fn of_two_that_contradict_each_other_the_lower_one_says_nothing() {
    let work = with_own("sheet = 'A'");
    let config = shown(&work, &[], &["--all-sheets"]);
    assert_eq!(config["sheet"], serde_json::json!({"value": [], "origin": "default"}));
    assert_eq!(config["all_sheets"], serde_json::json!({"value": true, "origin": "flag"}));
}

#[test]
fn the_screen_is_in_the_users_language_and_json_is_not() {
    let work = with_own("lang = 'zh'");
    let screen = work.run(&["config"]).expect(0).stdout;
    assert!(screen.contains("默认值") && screen.contains("配置文件"), "{screen}");
    let config = shown(&work, &[], &[]);
    assert_eq!((&config["lang"]["value"], &config["rate"]["origin"]), (&"zh".into(), &"default".into()));
    work.write("incs-import.toml", "base_url = 'https://elsewhere.test'\nlang = 'zh'");
    #[cfg(unix)]
    std::fs::set_permissions(
        work.path().join("incs-import.toml"),
        std::os::unix::fs::PermissionsExt::from_mode(0o666),
    )
    .unwrap();
    let config = shown(&work, &[("LC_ALL", "id_ID.UTF-8")], &[]);
    #[cfg(unix)]
    assert_eq!(config["config"]["ignored"][0]["why"], "others can write it (mode 666)");
    std::fs::remove_file(work.path().join(OWN)).unwrap();
    let config = shown(&work, &[("LC_ALL", "id_ID.UTF-8")], &[]);
    assert_eq!(config["lang"], serde_json::json!({"value": "id", "origin": "default"}));
}
