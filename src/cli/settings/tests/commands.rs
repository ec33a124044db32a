//! Every flag of every command, through every layer.

use super::layers::{ROWS, typed};
use super::*;

/// The commands, with what they cannot do without, and their flags that are about one call alone and so have no key. (`init`,
/// `completions`, `man` and `sandbox` read no settings. The zone of `tasks` is that of two times typed beside it, not of lists.)
const COMMANDS: [(&[&str], &[&str]); 13] = [
    (&["check"], &["inputs", "payloads", "fix"]),
    (&["upload"], &["inputs"]),
    (&["inbox", "d"], &["folder", "watch", "every", "rest", "heartbeat"]),
    (&["resume"], &["run", "retry", "max_age"]),
    (&["resolve", "r", "--phone=1", "--absent"], &["run", "phone", "task_id", "absent"]),
    (&["runs"], &[]),
    (&["report"], &["run"]),
    (&["track"], &["run"]),
    (
        &["tasks"],
        &[
            "task_id",
            "creation_id",
            "kind",
            "status",
            "search",
            "start_at",
            "end_at",
            "page",
            "page_size",
            "time_zone",
            "out",
        ],
    ),
    (&["template", "o.xlsx"], &["out"]),
    (&["purge", "--older-than=1d"], &["older_than", "dry_run"]),
    (&["config"], &[]),
    (&["doctor"], &["offline", "notify"]),
];

#[test]
fn each_flag_of_each_command_goes_over_profile_and_file() {
    let mut command = Cli::command();
    command.build();
    let walked: BTreeSet<&str> = COMMANDS.iter().map(|(arguments, _)| arguments[0]).collect();
    let without = ["init", "completions", "man", "sandbox", "help"];
    let all = command.get_subcommands().map(clap::Command::get_name).filter(|name| !without.contains(name));
    assert_eq!(all.collect::<BTreeSet<_>>(), walked);
    for (arguments, own) in COMMANDS {
        let flags = command.find_subcommand(arguments[0]).unwrap().get_arguments();
        for flag in
            flags.filter(|flag| !["help", "version", "config", "token"].contains(&flag.get_id().as_str()))
        {
            let key = flag.get_id().as_str();
            if own.contains(&key) {
                continue;
            }
            let Some((_, [by_flag, by_profile, by_file], _, read)) = ROWS.iter().find(|row| row.0 == key)
            else {
                panic!("{} --{key} has no key", arguments[0]);
            };
            if key == "profile" {
                continue; // it chooses a layer, and is in none of them
            }
            let trial = Trial::new();
            // The other way round for switches that are only ever given.
            let is_bare = !flag.get_action().takes_values();
            let by_profile = if is_bare { &"false" } else { by_profile };
            let text = format!("{key} = {by_file}\n[profile.p]\n{key} = {by_profile}");
            trial.write("config/incs-import/incs-import.toml", &text);
            let load = |more: &[&str]| {
                let settings = trial.load(&[arguments, more].concat()).unwrap();
                let origin = settings.origin_of(key).to_string();
                (read(&settings), origin.split(' ').next().unwrap_or_default().to_owned())
            };
            let typed = if is_bare { format!("--{}", key.replace('_', "-")) } else { typed(key, by_flag) };
            let (flag, profile, file) = (load(&["--profile=p", &typed]), load(&["--profile=p"]), load(&[]));
            assert_eq!((flag.1.as_str(), profile.1.as_str()), ("flag", "[profile.p]"), "{arguments:?} {key}");
            assert!(file.1.ends_with("incs-import.toml"), "{arguments:?} {key}: {file:?}");
            let alone = Trial::new();
            assert_eq!(
                flag.0,
                read(&alone.load(&[arguments, &[&typed]].concat()).unwrap()),
                "{arguments:?} {key}"
            );
            assert_ne!(profile.0, file.0, "{arguments:?} {key}");
        }
    }
}
