//! `docs/notifications.md`: each of its configs is one, and sends what the page says.

use std::path::Path;

use super::*;
use crate::support::list;

/// The blocks of a page with these fences, in order: what they are of, and what stands in them.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((kind.to_owned(), block.join("\n") + "\n"));
        }
    }
    blocks
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/notifications.md")).unwrap()
}

#[test]
#[cfg(unix)]
fn every_config_of_the_page_works_and_sends_what_it_says() {
    use std::os::unix::fs::PermissionsExt as _;
    let blocks = blocks(&page());
    let (mut configs, mut bodies) = (0, 0);
    for (at, (_, config)) in blocks.iter().enumerate().filter(|(_, (kind, _))| kind == "toml") {
        configs += 1;
        let (hook, work) = (taking(), WorkDir::new());
        let address = format!("{}/{SECRET}", hook.url());
        fs::create_dir_all(work.path().join(OWN)).unwrap();
        let own = |name: &str, content: &str, mode| {
            work.write(&format!("{OWN}/{name}"), content);
            let path = work.path().join(OWN).join(name);
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        own("incs-import.toml", config, 0o600);
        for line in config.lines().filter_map(|line| line.strip_prefix("webhook_file = \"")) {
            own(line.split('"').next().unwrap(), &address, 0o600);
        }
        // The script of a command is the block of shell behind it, and calls a `mail` of ours.
        let next = blocks.get(at + 1).map(|(kind, block)| (kind.as_str(), block.as_str()));
        if let Some(("sh", script)) = next.filter(|_| config.contains("command = ")) {
            own("tell-by-mail", script, 0o700);
            own("mail", "#!/bin/sh\nprintf '%s|' \"$@\" > mailed\ncat >> mailed\n", 0o700);
        }
        let path = format!("{}:{}", work.path().join(OWN).display(), std::env::var("PATH").unwrap());
        let run = |arguments: &[&str]| {
            let mut command = work.command(arguments);
            command
                .env("MONITOR_URL", &address)
                .env("MONITOR_AUTHORIZATION", "Bearer abc")
                .env("PATH", &path);
            Run::of(command.output().unwrap())
        };
        run(&["config"]).expect(0);
        let doctor = run(&["doctor", "--offline", "--notify"]).expect(0);
        assert!(doctor.stdout.contains("took a test notification"), "{config}\n{}", doctor.transcript());
        assert!(!doctor.transcript().contains(SECRET), "{}", doctor.transcript());
        let sent = hook.posts();
        if config.contains("body = ") {
            let want: Value = serde_json::from_str(&blocks[at + 1].1).unwrap();
            assert_eq!(told(&hook), [want], "{config}");
            bodies += 1;
        } else if config.contains("command = ") {
            let mailed = fs::read_to_string(work.path().join("mailed")).unwrap();
            let begin = "-s|incs-import: ok (exit code 0)|ops@example.com|{\"schema\":1,";
            assert!(mailed.starts_with(begin) && sent.is_empty(), "{mailed}");
        } else {
            assert_eq!(sent.len(), 1, "{config}");
        }
    }
    assert_eq!((configs, bodies), (7, 5));
}

#[test]
fn the_object_of_the_page_has_the_keys_that_are_sent_and_names_every_placeholder() {
    let (api, hook) = (Scripted::creating(), taking());
    let work = office(&hook.url(), "");
    work.write("list.csv", format!("{}1,Zhang San,incs_1,Follow up,30058,O9,1\n", list(3)));
    work.upload(&api.url(), &["list.csv"]).expect(1);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let told = told(&hook).remove(0);
    let (page, id) = (page(), work.last().run());
    let object: Value =
        serde_json::from_str(&blocks(&page).iter().find(|(kind, _)| kind == "json").unwrap().1).unwrap();
    assert_eq!(keys(&told), keys(&object));
    assert_eq!((&told["tasks"], &told["problems"]), (&object["tasks"], &object["problems"]));
    // The words too, but for the names of this run and its folder.
    let folder = told["report_dir"].as_str().unwrap();
    let text = told["text"].as_str().unwrap().replace(folder, "FOLDER").replace(&id, "ID");
    let shown = object["text"].as_str().unwrap();
    let shown = shown
        .replace(object["report_dir"].as_str().unwrap(), "FOLDER")
        .replace(object["run_id"].as_str().unwrap(), "ID");
    assert_eq!(text, shown);
    // The complaint about an unknown placeholder lists all that there are.
    let work = WorkDir::new();
    configure(&work, "body = '\"{nothing}\"'");
    let complaint = work.run(&["config"]).expect(2).stderr;
    let names = complaint.split("there are: ").nth(1).unwrap().lines().next().unwrap();
    for name in names.split(", ") {
        assert!(page.contains(&format!("`{{{name}}}`")), "{name} is not on the page");
    }
}
