use super::*;

fn read(arguments: &[&str]) -> Result<Cli, clap::Error> {
    Cli::read(std::iter::once("incs-import").chain(arguments.iter().copied()).map(OsString::from))
}

fn complaint(arguments: &[&str]) -> String {
    let error = read(arguments).expect_err("refused");
    assert_eq!(error.exit_code(), 2, "{arguments:?}");
    error.to_string()
}

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn lists_and_flags_are_handed_on() {
    let cli = read(&[
        "-v",
        "upload",
        "a.xlsx",
        "-",
        "--rate=5/s",
        "--sheet",
        "A",
        "--sheet",
        "B",
        "--config",
        "c.toml",
    ])
    .unwrap();
    let flags = cli.flags();
    assert_eq!(flags.inputs, [InputPath::File("a.xlsx".into()), InputPath::Stdin]);
    assert_eq!(flags.config, Some("c.toml".into()));
    assert_eq!(flags.keys.given(), ["verbose", "sheet", "rate"]);
    assert_eq!(read(&["report", "--report-dir", "r"]).unwrap().flags().keys.given(), ["report_dir"]);
}

#[test]
fn switches_can_be_given_and_taken_back() {
    for (arguments, want) in [
        (&["check", "a.csv"][..], None),
        (&["check", "--fill-down", "a.csv"], Some(true)), // what follows is not its value
        (&["check", "--fill-down=true", "a.csv"], Some(true)),
        (&["check", "--fill-down=false", "a.csv"], Some(false)),
    ] {
        let flags = read(arguments).unwrap().flags();
        assert_eq!(flags.keys.reading.fill_down, want, "{arguments:?}");
        assert_eq!(flags.inputs.len(), 1, "{arguments:?}");
    }
    for (arguments, want) in [
        (&["runs", "-v"][..], Some(true)),
        (&["runs", "-vv"], Some(true)),
        (&["-v", "-v", "runs"], Some(true)),
        (&["runs", "--verbose=false"], Some(false)),
        (&["runs"], None),
    ] {
        assert_eq!(read(arguments).unwrap().flags().keys.global.verbose, want, "{arguments:?}");
    }
    assert!(complaint(&["check", "--strict=maybe", "a.csv"]).contains("--strict"));
}

#[test]
fn bad_usage_is_refused_with_help() {
    for (arguments, want) in [
        (&["upload", "--rte", "5/s", "a"][..], "'--rate'"),
        (&["uplod", "a"], "'upload'"),
        (&["upload", "a", "--rate", "5"], "needs its unit: 5/s, 5/m or 5/h"),
        (&["upload", "a", "--time-zone", "Jakarta"], "did you mean Asia/Jakarta?"),
        (&["upload", "a", "--concurrency", "1025"], "wants a whole number from 1 to 1024"),
        (&["upload", "a", "--map", "usr_phone=C"], "did you mean user_phone?"),
        (&["upload", "a", "--changed", "sned"], "'send'"),
        (&["upload", "a", "--users", "b", "--orders", "c"], "cannot be used with"),
        (&["upload", "a", "--sheet", "S", "--all-sheets"], "cannot be used with"),
        (&["check", "a", "--rate", "5/s"], "unexpected argument '--rate'"),
        (&["upload", "a", "--hidden-rows", "red"], "'read'"),
    ] {
        let complaint = complaint(arguments);
        assert!(complaint.contains(want), "{arguments:?}: {complaint}");
    }
}

#[test]
fn a_token_on_the_command_line_is_refused_and_not_repeated() {
    for arguments in [
        &["upload", "a.csv", "--token", "s3cret"][..],
        &["upload", "a.csv", "--token=s3cret"],
        &["upload", "--token", "s3cret"],
        &["check", "a.csv", "--token", "s3cret"],
        &["upload", "a.csv", "--token"],
    ] {
        let complaint = complaint(arguments);
        assert!(
            complaint.contains("use INCS_TOKEN or --token-file") && !complaint.contains("s3cret"),
            "{complaint}"
        );
    }
    // Where the flag does not exist at all, its value is not shown either.
    assert!(!complaint(&["runs", "--token=s3cret"]).contains("s3cret"));
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in [&["--help"][..], &["--version"], &["upload", "--help"], &["-V"]] {
        assert_eq!(read(arguments).unwrap_err().exit_code(), 0, "{arguments:?}");
    }
    let help = read(&["upload", "--help"]).unwrap_err().to_string();
    for heading in
        ["Reading:", "Tasks (a filled cell of the list wins):", "Uploading:", "Everywhere:", "Examples:"]
    {
        assert!(help.contains(heading), "{help}");
    }
    assert!(!help.contains("--token "), "{help}");
    assert!(
        help.contains("The server [env: INCS_BASE_URL]") && !help.contains("Text until it is merged"),
        "{help}"
    );
}
