//! Every fault of the stand-in alone and in pairs, with an exact and with a lagging list: whatever comes, nobody is
//! doubled, nobody is lost, and "may exist" is said only where the server could not tell.

use super::audit::{Doubts, Terms, audit};
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
    doubts: Doubts,
}

impl Scenario {
    fn new(faults: &[(&str, f64, &[&str])], manner: &[&str], seed: usize) -> Self {
        let mut arguments: Vec<String> = manner.iter().map(|word| (*word).to_owned()).collect();
        for (name, chance, more) in faults {
            arguments.extend([format!("--fault-{name}"), chance.to_string()]);
            for words in more.chunks(2) {
                if !manner.contains(&words[0]) {
                    arguments.extend(words.iter().map(|word| (*word).to_owned()));
                }
            }
        }
        arguments.extend(["--seed".to_owned(), seed.to_string()]);
        Self { arguments, doubts: Doubts::None }
    }
}

/// Alone and in pairs, each with an exact list and with one that lags.
fn alone_and_in_pairs() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for manner in [&[][..], &["--list-lag", "250ms"]] {
        for (index, one) in POSTS.iter().enumerate() {
            scenarios.push(Scenario::new(&[*one], manner, scenarios.len()));
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

/// Servers whose list never tells: only there a doubt may stay one.
fn lists_that_never_tell() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for manner in [
        &["--list-fails-from", "1"][..],
        &["--list-misses", "1"],
        &["--list-lag", "1h"],
        &["--fault-list", "1"],
    ] {
        for fault in POSTS.iter().filter(|fault| !["429", "cross"].contains(&fault.0)) {
            let mut scenario = Scenario::new(&[*fault], manner, scenarios.len());
            scenario.doubts = Doubts::Anybody;
            scenarios.push(scenario);
        }
    }
    scenarios
}

/// Uploads to one server until nothing is left, or as often as it makes sense; what was wrong, in words.
fn meet(scenario: &Scenario) -> Option<String> {
    let words: Vec<&str> = scenario.arguments.iter().map(String::as_str).collect();
    let server = Server::start(&words);
    let mut desk = Desk::with_list(&list_of(0..USERS));
    let mut code = desk.upload(&super::shim::Shim::default(), server.url(), &TIMES);
    let hopeless = matches!(scenario.doubts, Doubts::Anybody);
    if hopeless {
        // Asked once more it says the same.
        code = desk.run(&super::shim::Shim::default(), &["resume"]);
    } else if code != 0 {
        code = if desk.go_on(server.url()) { 0 } else { -1 };
    }
    let outcomes: &[&str] = if hopeless { &["pending", "failed"] } else { &[] };
    let terms = Terms { doubts: scenario.doubts.clone(), outcomes };
    let found = audit(&desk, &server, &phones(0..USERS), &terms);
    let stuck = !hopeless && code != 0;
    (stuck || !found.wrong.is_empty()).then(|| {
        let stuck = if stuck { "NEVER DONE\n" } else { "" };
        format!("sandbox {}: {stuck}{found}\n{}", scenario.arguments.join(" "), desk.transcript())
    })
}

fn expect_clean(scenarios: Vec<Scenario>) {
    let (begin, count) = (std::time::Instant::now(), scenarios.len());
    let wrong = super::on_threads(2 * THREADS, scenarios, |scenario| meet(&scenario));
    println!("{count} scenarios in {:?}", begin.elapsed());
    assert!(wrong.is_empty(), "{} of {count} went wrong; the first:\n{}", wrong.len(), wrong[0]);
}

#[test]
fn faults_alone_and_in_pairs_double_and_lose_nobody() {
    let scenarios = alone_and_in_pairs();
    assert_eq!(scenarios.len(), 2 * (14 + 14 * 13 / 2));
    expect_clean(scenarios);
}

#[test]
fn servers_with_manners_of_their_own_double_and_lose_nobody() {
    expect_clean(manners());
}

#[test]
fn where_the_list_never_tells_a_doubt_stays_one() {
    expect_clean(lists_that_never_tell());
}
