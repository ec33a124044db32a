//! Every fault of the stand-in alone and in pairs, with an exact and with a lagging list: whatever comes, nobody is
//! doubled, nobody is lost, and "may exist" is said only where the server could not tell.

use super::audit::{self, Terms, audit};
use super::shim::Shim;
use super::{Desk, Server, THREADS, TIMES, list_of, phones};

/// Users of each list.
const USERS: usize = 24;

/// What can happen to a POST, how likely, and with what besides. A task made late is there after 350 ms, and listed
/// 250 ms later still where the list lags: well before the settle time is over.
const POSTS: [(&str, f64, &[&str]); 14] = [
    ("429", 0.2, &["--retry-after", "0s"]),
    ("500", 0.2, &[]),
    ("503", 0.2, &[]),
    ("408", 0.2, &[]),
    ("drop-before", 0.2, &[]),
    ("drop-after", 0.2, &[]),
    ("truncate", 0.2, &[]),
    ("html", 0.2, &[]),
    ("late", 0.2, &["--late-by", "350ms"]),
    ("504", 0.2, &[]),
    ("empty", 0.2, &[]),
    ("no-id", 0.2, &[]),
    // Each of these stops the run.
    ("cross", 0.05, &[]),
    ("busy-after", 0.2, &[]),
];

/// What can be the matter with the list, or with the server as a whole.
const MANNERS: [&[&str]; 12] = [
    &["--list-lag", "250ms"],
    &["--fault-list", "0.3"],
    &["--list-unstable", "0.3"],
    &["--errors-as-200"],
    &["--close"],
    &["--latency", "40ms"],
    &["--rate-limit", "200/s", "--retry-after", "0s"],
    &["--zone", "+07:00"],
    &["--zone", "-09:30", "--list-lag", "250ms"],
    &["--clock-skew", "-26h"],
    &["--clock-skew", "90s", "--zone", "+08:00"],
    &["--retry-after-date", "--fault-429", "0.1"],
];

/// One server, and what is allowed to be said there.
struct Scenario {
    arguments: Vec<String>,
    terms: Terms,
    /// Whether everything can be brought to an end, by resuming it often enough.
    ends: bool,
    /// Whether some doubt has to stay one.
    stays_in_doubt: bool,
}

impl Scenario {
    fn new(faults: &[(&str, f64, &[&str])], manner: &[&str], seed: usize) -> Self {
        let mut arguments: Vec<String> = manner.iter().map(|word| (*word).to_owned()).collect();
        for (name, chance, more) in faults {
            arguments.extend([format!("--fault-{name}"), format!("{chance:.2}")]);
            for words in more.chunks(2) {
                if !manner.contains(&words[0]) {
                    arguments.extend(words.iter().map(|word| (*word).to_owned()));
                }
            }
        }
        arguments.extend(["--seed".to_owned(), seed.to_string()]);
        // The answer to a first attempt is believed: nothing tells this server's "busy" from an honest one.
        let claimed = faults.iter().any(|fault| fault.0 == "busy-after").then_some("incomplete_task");
        Self { arguments, terms: Terms { claimed, ..Terms::ALL_CREATED }, ends: true, stays_in_doubt: false }
    }
}

/// A list that is exact, and one that lags.
const LISTS: [&[&str]; 2] = [&[], &["--list-lag", "250ms"]];

fn alone() -> Vec<Scenario> {
    let each = LISTS.iter().flat_map(|list| POSTS.iter().map(move |one| (one, list)));
    each.enumerate().map(|(seed, (one, list))| Scenario::new(&[*one], list, seed)).collect()
}

fn in_pairs() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for manner in LISTS {
        for (index, one) in POSTS.iter().enumerate() {
            for other in &POSTS[index + 1..] {
                let pair = [(one.0, one.1 * 0.75, one.2), (other.0, other.1 * 0.75, other.2)];
                scenarios.push(Scenario::new(&pair, manner, scenarios.len()));
            }
        }
    }
    scenarios
}

/// Every manner of the server with the faults that leave doubts behind.
fn manners() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for (index, manner) in MANNERS.iter().enumerate() {
        for name in ["drop-after", "drop-before", "late", "500"] {
            let fault = POSTS.iter().find(|fault| fault.0 == name).unwrap();
            scenarios.push(Scenario::new(&[*fault], manner, index));
        }
        for other in &MANNERS[index + 1..] {
            // A flag stands once.
            if other.iter().any(|word| word.starts_with("--") && manner.contains(word)) {
                continue;
            }
            let both = [*manner, *other].concat();
            let mixed = [("drop-after", 0.12, &[][..]), ("drop-before", 0.12, &[][..])];
            scenarios.push(Scenario::new(&mixed, &both, index));
        }
    }
    scenarios
}

/// Servers whose list never tells, or too late: only there a doubt may stay one.
fn lists_that_do_not_tell() -> Vec<Scenario> {
    let lists = [
        &["--list-fails-from", "1"][..],
        &["--fault-list", "1"],
        &["--list-misses", "1"],
        &["--list-misses", "0.5"],
        &["--list-lag", "1h"],
        &["--list-lag", "5s"],
    ];
    let mut scenarios = Vec::new();
    for list in lists {
        for name in ["500", "drop-before", "drop-after", "truncate", "late", "no-id"] {
            let fault = POSTS.iter().find(|fault| fault.0 == name).unwrap();
            let mut scenario = Scenario::new(&[*fault], list, scenarios.len());
            scenario.terms = Terms { doubts: true, without: &["failed", "pending"], claimed: None };
            scenario.ends = false;
            // Of these two one tells in time whoever asks often enough, and one may show all that is asked for.
            scenario.stays_in_doubt = !["5s", "0.5"].contains(&list[1]);
            scenarios.push(scenario);
        }
    }
    scenarios
}

/// Servers at which no run can come to its end.
fn servers_that_stop_the_run() -> Vec<Scenario> {
    let table: [(&[&str], bool, &[&str]); 7] = [
        (&["--unauthorized-from", "9"], false, &["pending"]),
        (&["--fault-drop-after", "0.2", "--unauthorized-from", "14"], true, &["pending"]),
        (&["--captive-from", "9"], true, &["pending"]),
        (&["--redirect", "307"], false, &["pending"]),
        (&["--redirect", "302"], true, &["pending"]),
        (&["--fault-429", "0.3", "--retry-after", "3600s"], false, &["pending"]),
        (&["--forbid", "6281210000003"], false, &["rejected"]),
    ];
    let scenarios = table.iter().map(|(arguments, doubts, without)| {
        let mut scenario = Scenario::new(&[], arguments, 1);
        scenario.terms = Terms { doubts: *doubts, without, claimed: None };
        scenario.ends = false;
        scenario
    });
    scenarios.collect()
}

/// Uploads to one server until nothing is left, or as often as it makes sense; what was wrong, in words.
fn meet(scenario: &Scenario) -> Option<String> {
    let words: Vec<&str> = scenario.arguments.iter().map(String::as_str).collect();
    let server = Server::start(&words);
    let mut desk = Desk::with_list(&list_of(0..USERS));
    let idle = Shim::default();
    let code = desk.upload(&idle, server.url(), &TIMES);
    let mut stuck = false;
    if !scenario.ends {
        // Asked once more it says the same.
        desk.run(&idle, &["resume"]);
    } else if code != 0 {
        stuck = !desk.go_on(server.url());
    }
    let mut found = audit(&desk, &server, &phones(0..USERS), &scenario.terms);
    if scenario.stays_in_doubt && !found.outcomes.contains_key("unresolved") {
        found.wrong.push("nothing stayed in doubt: this scenario proves nothing".to_owned());
    }
    (stuck || !found.wrong.is_empty()).then(|| {
        let stuck = if stuck { "NEVER DONE\n" } else { "" };
        format!("sandbox {}: {stuck}{found}\n{}", scenario.arguments.join(" "), desk.transcript())
    })
}

fn expect_clean(scenarios: Vec<Scenario>) {
    let count = scenarios.len();
    let wrong = super::on_threads(3 * THREADS, scenarios, |scenario| meet(&scenario));
    let heads: Vec<&str> = wrong.iter().map(|what| what.lines().next().unwrap_or_default()).collect();
    assert!(wrong.is_empty(), "{} of {count} went wrong:\n{}\n{}", wrong.len(), heads.join("\n"), wrong[0]);
}

#[test]
fn faults_alone_double_and_lose_nobody() {
    expect_clean(alone());
}

#[test]
fn faults_in_pairs_double_and_lose_nobody() {
    let scenarios = in_pairs();
    assert_eq!(scenarios.len(), 2 * 14 * 13 / 2);
    expect_clean(scenarios);
}

#[test]
fn servers_with_manners_of_their_own_double_and_lose_nobody() {
    expect_clean(manners());
}

#[test]
fn where_the_list_does_not_tell_a_doubt_stays_one() {
    expect_clean(lists_that_do_not_tell());
}

#[test]
fn servers_that_stop_the_run_double_and_lose_nobody() {
    expect_clean(servers_that_stop_the_run());
}

/// Here the settle time is 10 s: long enough for newer tasks to show that the list is up to date, which is no reason to
/// believe that a request is over.
#[test]
fn a_task_made_just_before_the_settle_time_is_over_is_found() {
    let server = Server::start(&["--fault-late", "0.3", "--late-by", "8s", "--seed", "3"]);
    let mut desk = Desk::with_list(&list_of(0..USERS));
    let times = ["--timeout", "300ms", "--settle", "10s", "--rate", "2/s", "--burst", "1"];
    desk.upload(&Shim::default(), server.url(), &times);
    assert!(desk.runs[0].stderr.contains("may have been created"), "{}", desk.transcript());
    while desk.runs.last().is_some_and(|run| run.code != 0) && desk.runs.len() < 5 {
        desk.run(&Shim::default(), &["resume"]);
    }
    audit::expect_clean(&desk, &server, &phones(0..USERS), &Terms::ALL_CREATED);
}
