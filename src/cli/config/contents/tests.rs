use super::*;
use crate::cli::parse::{Mapping, Text};
use crate::domain::field::Field;

fn parse(text: &str) -> Result<Contents, Refusal> {
    Contents::parse(Path::new("incs-import.toml"), text)
}

fn complaint(text: &str) -> String {
    parse(text).expect_err(text).to_string()
}

#[test]
fn keys_stand_in_their_section_or_outside_of_any() {
    for text in [
        "country_code = 62\nrate = '5/s'",
        "[reading]\ncountry_code = '62'\n[upload]\nrate = '5/s'",
        "reading.country_code = 62\nupload = { rate = '5/s' }",
        "rate = '5/s'\n[reading]\ncountry_code = 62",
        "\u{feff}rate = '5/s'\r\n[reading]\r\ncountry_code = 62",
    ] {
        let keys = parse(text).unwrap().keys;
        assert_eq!(keys.given(), ["country_code", "rate"], "{text}");
    }
    let contents =
        parse("[profile.night]\nrate = '1/s'\n[profile.night.reading]\nfill_down = true\n[profile.day]")
            .unwrap();
    assert!(contents.keys.given().is_empty());
    let given: Vec<_> = contents.profiles.iter().map(|(name, keys)| (name.as_str(), keys.given())).collect();
    assert_eq!(given, [("day", vec![]), ("night", vec!["fill_down", "rate"])]);
    assert_eq!(parse("profile = 'night'").unwrap().keys.given(), ["profile"]);
    assert_eq!(parse("[global]\nprofile = 'night'\n[profile.night]").unwrap().profiles.len(), 1);
}

#[test]
fn no_section_is_named_like_a_key() {
    for (section, _) in Keys::SECTIONS {
        assert_eq!(Keys::section_of(section), None);
    }
    let mut names: Vec<_> = Keys::names().collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Keys::names().count(), "each key is in one section");
}

#[test]
fn lists_and_mappings_have_several_forms() {
    let sheets = |text: &str| parse(text).unwrap().keys.reading.sheet.unwrap();
    assert_eq!(sheets("sheet = 'A, B'"), [Text("A, B".to_owned())], "a comma may be part of a name");
    assert_eq!(sheets("sheet = ['A', 2024]"), [Text("A".to_owned()), Text("2024".to_owned())]);
    assert_eq!(sheets("sheet = 2024"), [Text("2024".to_owned())]);
    assert!(sheets("sheet = []").is_empty());
    let accept = |text: &str| -> Vec<&str> {
        let lists = parse(text).unwrap().keys.upload.accept.unwrap();
        lists.into_iter().flat_map(|list| list.0).map(|outcome| outcome.0.as_str()).collect()
    };
    assert_eq!(accept("accept = 'skipped, failed'"), ["skipped", "failed"]);
    assert_eq!(accept("accept = ['skipped', 'failed']"), ["skipped", "failed"]);
    for text in [
        "map = 'user_phone=C'",
        "map = ['user_phone=C']",
        "map = { user_phone = 'C' }",
        "[map]\nuser_phone = 'C'",
        "[reading.map]\nuser_phone = ' C '",
    ] {
        let want = Mapping { field: Field::UserPhone, column: "C".to_owned() };
        assert_eq!(parse(text).unwrap().keys.reading.map, Some(vec![want]), "{text}");
    }
}

#[test]
fn numbers_and_texts_stand_for_one_another_where_that_is_harmless() {
    for text in ["auth_id = 30058", "auth_id = '30058'"] {
        assert_eq!(parse(text).unwrap().keys.task.auth_id.map(|id| id.0), Some(30_058), "{text}");
    }
    for text in ["max_invalid = 0.5", "max_invalid = '0.5%'"] {
        assert_eq!(
            parse(text).unwrap().keys.task.max_invalid.map(|share| share.to_string()),
            Some("0.5".to_owned())
        );
    }
    assert_eq!(
        parse("dedupe_window = 0").unwrap().keys.upload.dedupe_window.map(|window| window.0.as_secs()),
        Some(0)
    );
    assert_eq!(complaint("name = 1.10"), "error: incs-import.toml:1: name = 1.10: wants a text");
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_what_was_meant() {
    for (text, want) in [
        (
            "\n\nheadr_row = 3",
            "3: unknown key `headr_row`; did you mean header_row?\n  fix: write `header_row`, or remove it",
        ),
        (
            "header-row = 3",
            "1: unknown key `header-row`; did you mean header_row?\n  fix: write `header_row`, or remove it",
        ),
        (
            "[uplod]\nrate = '1/s'",
            "1: unknown section `uplod`; did you mean upload?\n  fix: write `upload`, or remove it",
        ),
        (
            "[mail]\nto = 'x'",
            "1: unknown section `mail`\n  fix: remove it; the keys are named like the flags, with _ for -",
        ),
        (
            "[notify]\nmail = 'x'",
            "2: unknown key `mail`\n  fix: remove it; its keys are: on, webhook, webhook_file, webhook_env, authorization_file, authorization_env, body, command",
        ),
        (
            "[notify]\nwebhok = 'https://a.test/secret'",
            "2: unknown key `webhok`; did you mean webhook?\n  fix: write `webhook`, or remove it",
        ),
        ("command = ['page']", "1: `command` stands in its section only\n  fix: move it below [notify]"),
        (
            "[profile.night]\non = 'end'",
            "2: `on` stands in its section only\n  fix: move it below [profile.night.notify]",
        ),
        ("[notify]\non = 'ends'", "2: on = 'ends': wants one of change, end; did you mean end?"),
        ("[notify]\nwebhook = ['https://a.test/secret']", "2: webhook: wants a text"),
        (
            "[notify]\nbody = '{\"a\": {text}}'",
            "2: body = '{\"a\": {text}}': is not JSON in its line 1, column 8; a placeholder stands within a text: {\"text\": \"{text}\"}",
        ),
        (
            "colour = 'gbk'",
            "1: unknown key `colour`; did you mean color?\n  fix: write `color`, or remove it",
        ),
        (
            "[upload]\n\nrte = '1/s'",
            "3: unknown key `rte`; did you mean rate?\n  fix: write `rate`, or remove it",
        ),
        (
            "[upload]\ncountry_code = 62",
            "2: `country_code` does not belong in [upload]\n  fix: move it below [reading]",
        ),
        (
            "[profile.x.task]\nrate = '1/s'",
            "2: `rate` does not belong in [profile.x.task]\n  fix: move it below [profile.x.upload]",
        ),
        (
            "rate = '1/s'\n[upload]\nrate = '2/s'",
            "3: `rate` is given here and in line 1\n  fix: remove one of the two",
        ),
        (
            "upload = 'fast'",
            "1: `upload` is a section, not a key\n  fix: write [upload] on a line of its own, and its keys below",
        ),
        (
            "[profile]\nrate = '1/s'",
            "2: [profile] holds profiles, and `rate` is none\n  fix: write the keys of a profile below [profile.rate]",
        ),
        ("[profile.a]\nprofile = 'b'", "2: a profile cannot choose a profile\n  fix: remove this line"),
        (
            "token = 'secret'",
            "1: the token does not belong in a config file\n  fix: use INCS_TOKEN, or write it to a file of its own and name that with token_file",
        ),
        ("\nrate = 10", "2: rate = 10: needs its unit: 10/s, 10/m or 10/h"),
        ("rate = true", "1: rate = true: wants a rate such as 10/s, 600/m or 36000/h"),
        ("rate = ['1/s']", "1: rate = ['1/s']: wants a rate such as 10/s, 600/m or 36000/h"),
        ("timeout = 2026-01-01", "1: timeout = 2026-01-01: wants a duration such as 60s, 1m30s, 20h or 2d"),
        ("fill_down = 'yes'", "1: fill_down = 'yes': invalid type: string \"yes\", expected a boolean"),
        ("changed = 'sned'", "1: changed = 'sned': wants one of skip, send; did you mean send?"),
        ("sheet = [\n'a',\ntrue,\n]", "3: sheet: wants a text"),
        (
            "accept = ['skiped']",
            "1: accept = ['skiped']: wants one of created, incomplete_task, rejected, failed, unresolved, skipped, pending, invalid; did you mean skipped?",
        ),
        (
            "[reading.map]\n\nuser_phne = 'C'",
            "3: map: wants the name of a field, such as user_phone; did you mean user_phone?",
        ),
        (
            "[reading.map]\nuser_phone = 3",
            "2: map: invalid type: integer `3`, expected a column in quotes: \"C\", \"#3\" or a header text",
        ),
        ("ledger = ''", "1: ledger = '': wants a path, not an empty text"),
        ("base_url = ['https://me:secret@host']", "1: base_url: wants a text"),
    ] {
        assert_eq!(complaint(text), format!("error: incs-import.toml:{want}"), "{text}");
    }
}

#[test]
fn broken_toml_is_told_with_its_line() {
    for (text, line) in
        [("a = 1\nb = ", 2), ("rate = '1/s'\nrate = '2/s'", 2), ("[reading\n", 1), ("\n\n\u{1}", 3)]
    {
        let complaint = complaint(text);
        assert!(
            complaint.starts_with(&format!("error: incs-import.toml:{line}: is not TOML here: ")),
            "{complaint}"
        );
    }
    // Depth must not cost the stack.
    assert!(parse(&format!("a = {}", "[".repeat(100_000))).is_err());
}

proptest::proptest! {
    /// Whatever stands in the file, the answer is settings or a refusal of known form.
    #[test]
    fn no_text_breaks_the_reader(text in r#"([a-z_.\[\]={}'"\n #0-9é\u{1}]|\[profile\.|country_code|map|rate|'1/s'){0,40}"#) {
        if let Err(refusal) = parse(&text) {
            proptest::prop_assert!(refusal.place.is_some_and(|place| place.starts_with("incs-import.toml:")));
        }
    }
}
