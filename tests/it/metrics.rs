//! `--metrics-file`: what Prometheus' node exporter finds in it, read by a strict parser of its own, and that the page about it
//! says the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{Action, EMPTY_LIST, Scripted, Tasks, WorkDir, created, list, refused, row};

const DOC: &str = include_str!("../../docs/monitoring.md");

/// The samples of a file by `name` or `name{label="value"}`, the label that all have left out.
struct Metrics {
    samples: BTreeMap<String, f64>,
    names: BTreeSet<String>,
}

impl Metrics {
    #[track_caller]
    fn of(path: &Path, job_name: &str) -> Self {
        let text = fs::read_to_string(path).unwrap();
        parsed(&text, job_name).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[track_caller]
    fn value(&self, sample: &str) -> f64 {
        let name = format!("incs_import_{sample}");
        *self.samples.get(&name).unwrap_or_else(|| panic!("no {name} in {:?}", self.samples.keys()))
    }

    fn has(&self, sample: &str) -> bool {
        self.names.contains(&format!("incs_import_{sample}"))
    }
}

/// Reads the text format 0.0.4 and nothing looser: HELP, TYPE, then the samples of that metric, each metric once.
fn parsed(text: &str, job_name: &str) -> Result<Metrics, String> {
    let is_name = |name: &str| {
        let first = name.bytes().next();
        first.is_some_and(|byte| byte.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let mut metrics = Metrics { samples: BTreeMap::new(), names: BTreeSet::new() };
    if !text.ends_with('\n') {
        return Err("the last line does not end".to_owned());
    }
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let help = line.strip_prefix("# HELP ").ok_or(format!("no HELP: {line}"))?;
        let (name, words) = help.split_once(' ').ok_or(format!("no words: {line}"))?;
        if !is_name(name) || words.is_empty() || !name.starts_with("incs_import_") {
            return Err(format!("a bad name: {line}"));
        }
        if lines.next() != Some(&format!("# TYPE {name} gauge")) {
            return Err(format!("no TYPE of {name}"));
        }
        if !metrics.names.insert(name.to_owned()) {
            return Err(format!("{name} twice"));
        }
        let mut count = 0;
        while let Some(line) = lines.next_if(|line| !line.starts_with('#')) {
            let (sample, value) = line.rsplit_once(' ').ok_or(format!("no value: {line}"))?;
            let labels = sample.strip_prefix(name).and_then(|rest| rest.strip_prefix('{')?.strip_suffix('}'));
            let labels = labels.ok_or(format!("no labels: {line}"))?;
            let mut labels = labels.split(',');
            if labels.next() != Some(&format!("job_name=\"{job_name}\"")) {
                return Err(format!("no job_name: {line}"));
            }
            let rest: Vec<&str> = labels.collect();
            for label in &rest {
                let (key, value) = label.split_once('=').ok_or(format!("a bad label: {line}"))?;
                let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
                if !is_name(key) || value.is_none_or(|value| value.contains(['"', '\\'])) {
                    return Err(format!("a bad label: {line}"));
                }
            }
            let key = if rest.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", rest.join(",")) };
            let value: f64 = value.parse().map_err(|_| format!("a bad value: {line}"))?;
            if metrics.samples.insert(key, value).is_some() {
                return Err(format!("twice: {line}"));
            }
            count += 1;
        }
        if count == 0 {
            return Err(format!("{name} without a sample"));
        }
    }
    Ok(metrics)
}

fn now() -> f64 {
    jiff::Timestamp::now().as_millisecond() as f64 / 1_000.0
}

#[test]
fn the_parser_is_strict() {
    let good =
        "# HELP incs_import_a x\n# TYPE incs_import_a gauge\nincs_import_a{job_name=\"j\",k=\"v\"} 1.5\n";
    assert!(parsed(good, "j").is_ok());
    for (from, to) in [
        ("} 1.5\n", "} 1.5"),
        ("# TYPE incs_import_a gauge\n", ""),
        ("1.5", "many"),
        ("k=\"v\"", "k=v"),
        ("k=\"v\"", "k=\"a\"b\""),
        ("job_name", "name"),
        ("incs_import_a{", "incs_import_b{"),
        ("incs_import_a{job_name=\"j\",k=\"v\"} 1.5\n", ""),
        ("HELP incs_import_a x", "HELP incs_import_a"),
        ("} 1.5\n", "} 1.5\nincs_import_a{job_name=\"j\",k=\"v\"} 2\n"),
    ] {
        assert!(parsed(&good.replacen(from, to, 1), "j").is_err(), "{from:?} -> {to:?}");
    }
    assert!(parsed(&good.repeat(2), "j").is_err(), "twice");
}

#[test]
fn a_run_leaves_its_numbers_for_the_exporter() {
    // Nothing is in doubt, and so nothing but POSTs comes.
    let server = Scripted::start(|number, request| match (request.method.as_str(), number) {
        ("GET", _) => Action::json(200, EMPTY_LIST.to_owned()),
        (_, 0) => Action::json(422, refused(422, "Bad auth id.")),
        (_, 1) => Action::json(429, refused(429, "slow down")),
        (_, number) => Action::json(200, created(number as u64 + 1, &request.phone())),
    });
    let bad = row(20).replace("6281", "62O1") + &row(21).replace("121.50", "x");
    let work = WorkDir::with("list.csv", list(6) + &bad);
    let path = work.path().join("night.prom");
    let begin = now();
    work.upload(&server.url(), &["list.csv", "--metrics-file", "night.prom"]).expect(1);
    let metrics = Metrics::of(&path, "night");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(&path).unwrap()) & 0o777, 0o644);
    for (sample, want) in [
        ("run_in_progress", 0.0),
        ("last_exit_code", 1.0),
        ("last_run_tasks{outcome=\"created\"}", 5.0),
        ("last_run_tasks{outcome=\"rejected\"}", 1.0),
        ("last_run_tasks{outcome=\"invalid\"}", 2.0),
        ("last_run_tasks{outcome=\"unresolved\"}", 0.0),
        ("last_run_rows", 8.0),
        ("last_run_rows_invalid", 2.0),
        ("last_run_requests{kind=\"posts\"}", 7.0),
        ("last_run_requests_retried", 1.0),
        ("last_run_requests_throttled", 1.0),
        ("last_run_problems{code=\"bad-phone\"}", 1.0),
        ("last_run_problems{code=\"bad-amount\"}", 1.0),
        ("last_run_problems{code=\"bad-date\"}", 0.0),
        ("unfinished_runs", 0.0),
        ("unfinished_tasks{outcome=\"pending\"}", 0.0),
    ] {
        assert_eq!(metrics.value(sample), want, "{sample}");
    }
    let ended = metrics.value("last_end_timestamp_seconds");
    assert!((begin..now()).contains(&ended), "{ended}");
    assert!((0.0..=now() - begin).contains(&metrics.value("last_run_duration_seconds")));
    assert!(metrics.value("ledger_size_bytes") > 1_000.0);
    assert!(!metrics.has("last_success_timestamp_seconds") && !metrics.has("run_start_timestamp_seconds"));
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("list.csv") && !text.contains("6281"), "{text}");
    let names: Vec<_> = fs::read_dir(work.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with(".tmp")), "{names:?}");
}

#[test]
fn what_ends_without_a_run_changes_the_code_and_not_the_run() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(3));
    let path = work.path().join("m.prom");
    work.upload(&server.url(), &["list.csv", "--metrics-file", "m.prom"]).expect(0);
    let good = Metrics::of(&path, "m");
    let succeeded = good.value("last_success_timestamp_seconds");
    work.upload(&server.url(), &["missing.csv", "--metrics-file", "m.prom"]).expect(2);
    let bad = Metrics::of(&path, "m");
    assert_eq!((good.value("last_exit_code"), bad.value("last_exit_code")), (0.0, 2.0));
    assert!(bad.value("last_end_timestamp_seconds") > good.value("last_end_timestamp_seconds"));
    assert_eq!(bad.value("last_success_timestamp_seconds"), succeeded);
    assert_eq!(bad.value("last_run_tasks{outcome=\"created\"}"), 3.0);
    // A trial changes nothing.
    let before = fs::read(&path).unwrap();
    for trial in ["--dry-run", "--sandbox"] {
        work.upload(&server.url(), &["list.csv", "--metrics-file", "m.prom", trial]);
        assert_eq!(fs::read(&path).unwrap(), before, "{trial}");
    }
}

#[test]
fn while_a_run_goes_on_it_is_told_and_what_it_leaves_is_counted() {
    let work = WorkDir::with("list.csv", list(6));
    let (path, seen) = (work.path().join("m.prom"), work.path().join("seen.prom"));
    let (from, to) = (path.clone(), seen.clone());
    let (tasks, let_in) = (Tasks::default(), AtomicUsize::new(0));
    let server = Scripted::start(move |_, request| {
        let is_old = request.token() == "old";
        if is_old && (request.method == "GET" || let_in.fetch_add(1, Ordering::Relaxed) >= 2) {
            return Action::json(401, refused(401, "Unauthenticated."));
        }
        if !is_old && from.exists() && !to.exists() {
            fs::copy(&from, &to).unwrap();
        }
        tasks.answer(request)
    });
    work.write("first.csv", list(0) + &row(50));
    work.upload(&server.url(), &["first.csv"]).expect(0);
    work.stopped_upload("old", &server.url(), &["list.csv", "--metrics-file", "m.prom"]);
    let stopped = Metrics::of(&path, "m");
    assert_eq!((stopped.value("last_exit_code"), stopped.value("unfinished_runs")), (3.0, 1.0));
    assert_eq!(stopped.value("unfinished_tasks{outcome=\"pending\"}"), 4.0);
    assert_eq!(stopped.value("last_run_tasks{outcome=\"created\"}"), 2.0);

    let begin = now();
    work.run(&["resume", "--metrics-file", "m.prom"]).expect(0);
    let going_on = Metrics::of(&seen, "m");
    assert_eq!(going_on.value("run_in_progress"), 1.0);
    assert!((begin..now()).contains(&going_on.value("run_start_timestamp_seconds")));
    // What it works on is not left over, and the last run that ended is the one before it.
    assert_eq!((going_on.value("unfinished_runs"), going_on.value("last_exit_code")), (0.0, 0.0));
    assert_eq!(going_on.value("last_run_tasks{outcome=\"created\"}"), 1.0);
    let done = Metrics::of(&path, "m");
    assert_eq!((done.value("run_in_progress"), done.value("unfinished_runs")), (0.0, 0.0));
    assert_eq!(done.value("last_run_tasks{outcome=\"created\"}"), 6.0);
}

#[test]
fn a_file_of_somebody_else_stays_and_the_run_goes_on() {
    let server = Scripted::creating();
    let work = WorkDir::with("list.csv", list(2));
    let run = work.upload(&server.url(), &["list.csv", "--metrics-file", "list.csv"]).expect(0);
    assert_eq!(fs::read_to_string(work.path().join("list.csv")).unwrap(), list(2));
    assert_eq!(run.stderr.matches("warning: cannot write list.csv").count(), 1, "{}", run.transcript());
    let work = WorkDir::with("list.csv", list(2));
    let run = work.upload(&server.url(), &["list.csv", "--metrics-file", "no/such/folder.prom"]);
    assert_eq!(
        run.stderr.matches("warning: cannot write no/such/folder.prom").count(),
        1,
        "{}",
        run.transcript()
    );
    assert!(run.code <= 1, "{}", run.transcript());
}

#[test]
fn the_files_of_an_inbox_are_counted() {
    let server = Scripted::creating();
    let work = WorkDir::new();
    fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/one.csv", list(2));
    work.write("drop/two.csv", list(0) + &row(7));
    work.write("drop/none.csv", "this is no list");
    work.write("c.toml", "[upload]\nmetrics_file = 'inbox.prom'\n");
    let url = server.url();
    work.run(&["inbox", "drop", "--base-url", &url, "--rest", "1ms", "--config", "c.toml"]).expect(2);
    let metrics = Metrics::of(&work.path().join("inbox.prom"), "inbox");
    let files = |place: &str| metrics.value(&format!("inbox_files{{place=\"{place}\"}}"));
    assert_eq!((files("done"), files("failed"), files("stayed")), (2.0, 1.0, 0.0));
}

/// The first words of the rows of the table of metrics.
fn documented() -> BTreeSet<String> {
    let rows = DOC.lines().filter_map(|line| line.strip_prefix("| `incs_import_"));
    rows.map(|row| format!("incs_import_{}", row.split(['`', '{']).next().unwrap())).collect()
}

#[test]
fn the_page_names_every_metric_there_is_and_no_other() {
    let server = Scripted::creating();
    let work = WorkDir::new();
    fs::create_dir(work.path().join("drop")).unwrap();
    work.write("drop/one.csv", list(2));
    let path = work.path().join("m.prom");
    let (url, file) = (server.url(), path.display().to_string());
    work.run(&["inbox", "drop", "--base-url", &url, "--rest", "1ms", "--metrics-file", &file]).expect(0);
    let mut names = Metrics::of(&path, "m").names;
    // There while a run goes on only.
    names.insert("incs_import_run_start_timestamp_seconds".to_owned());
    assert_eq!(names, documented());
    // What the example rules ask for is there too.
    let words = DOC.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    for name in words.filter(|word| word.starts_with("incs_import_") && *word != "incs_import_") {
        assert!(names.contains(name), "{name}");
    }
}
