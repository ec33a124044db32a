//! Killed at any call, and again while it takes up what was left: nobody twice, nobody lost.
//!
//! A kill point is the Nth call that changes or tells something, or waits, counted from the start or from the first calls
//! of a kind, so that every phase is met. After the kill the run is resumed, killed once more in a third of the cases, and
//! resumed until nothing is left; then comes the audit. The server cuts, fails and creates late on purpose, and its list
//! is exact for half of the points and lags behind for the others.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::audit::{Terms, audit};
use super::phase::Phase;
use super::shim::{Class, Kill, Shim, trace};
use super::{Desk, Server, TIMES, list_of, phones, with_servers};

/// Users of each list.
const USERS: usize = 8;

/// What goes wrong at the server. A task made late is there 350 ms after its request and listed 250 ms later still, well
/// before the settle time is over.
const FAULTS: [&str; 10] = [
    "--fault-drop-after",
    "0.1",
    "--fault-drop-before",
    "0.08",
    "--fault-500",
    "0.06",
    "--fault-late",
    "0.06",
    "--late-by",
    "350ms",
];

const LAG: [&str; 2] = ["--list-lag", "250ms"];

/// Of so many points at least so many have to lie in each phase, in the suite.
const POINTS: usize = 300;
const OF_EACH_PHASE: usize = 25;

/// One kill point: a number, from which all else follows, and the phase that it aims at.
#[derive(Debug, Clone, Copy)]
struct Point {
    number: usize,
    aim: Phase,
}

impl Point {
    fn random(self, salt: u64) -> fastrand::Rng {
        fastrand::Rng::with_seed((self.number as u64) << 8 | salt)
    }

    /// When the upload is killed. `before_first_post` is about how many calls come before anything is sent.
    fn kill(self, calls: Calls) -> Kill {
        let mut random = self.random(1);
        let after = random.bool();
        let users = USERS as u64;
        let (arm, at) = match self.aim {
            Phase::Planning => (None, random.u64(1..=calls.planning)),
            Phase::Staging => (None, random.u64(calls.planning..=calls.staging)),
            Phase::Sending => (Some((Class::Post, random.u64(1..=users))), random.u64(1..=12)),
            Phase::Settling => (Some((Class::Post, users)), random.u64(30..=130)),
            Phase::LookingUp => (Some((Class::Get, random.u64(1..=3))), random.u64(1..=20)),
            Phase::Reporting | Phase::Over => (Some((Class::Report, random.u64(2..=3))), random.u64(1..=10)),
        };
        Kill { class: Class::Any, at, after, arm }
    }

    /// When the first `resume` is killed, if it is: of two thirds of the points, since some come after its end.
    fn second_kill(self) -> Option<Kill> {
        let mut random = self.random(2);
        let (arm, at) = match random.u8(0..6) {
            0..=2 => (None, random.u64(1..=220)),
            3 => (Some((Class::Post, random.u64(1..=2))), random.u64(1..=15)),
            4 => (Some((Class::Report, random.u64(1..=3))), random.u64(1..=12)),
            _ => (Some((Class::Get, random.u64(1..=4))), random.u64(1..=20)),
        };
        (!self.number.is_multiple_of(3)).then_some(Kill { class: Class::Any, at, after: random.bool(), arm })
    }
}

/// How many calls an upload makes before its run is recorded, and before its first POST.
#[derive(Debug, Clone, Copy)]
struct Calls {
    planning: u64,
    staging: u64,
}

fn count_calls() -> Calls {
    let server = Server::start(&[]);
    let mut desk = Desk::with_list(&list_of(0..USERS));
    let path = desk.path("trace");
    let shim = Shim { trace: Some(path.clone()), ledger: Some(desk.ledger()), ..Shim::default() };
    desk.upload(&shim, server.url(), &TIMES);
    desk.expect(0);
    let events = trace(&path);
    let first_post = events.iter().find(|event| event.class == Some(Class::Post)).unwrap().number;
    // The last sync but one before it records the run; the last one records the first intents.
    let syncs: Vec<u64> = events
        .iter()
        .filter(|event| event.number < first_post && event.done && event.class == Some(Class::Sync))
        .map(|event| event.number)
        .collect();
    Calls { planning: syncs[syncs.len() - 2], staging: first_post }
}

/// What became of one point.
struct Outcome {
    /// The phases in which the program was really killed.
    killed_in: Vec<Phase>,
    wrong: Option<String>,
    doubled: usize,
    lost: usize,
}

fn meet(point: Point, calls: Calls, server: &Server) -> Outcome {
    let users = point.number * USERS..(point.number + 1) * USERS;
    let phones = phones(users.clone());
    let mut desk = Desk::with_list(&list_of(users));
    let mut killed_in = Vec::new();
    // Beside the desk: what the test writes is not what the program writes.
    let notes = tempfile::tempdir().unwrap();
    let path = notes.path().join("trace");
    let shim = |desk: &Desk, kill| Shim {
        kill,
        trace: Some(path.clone()),
        ledger: Some(desk.ledger()),
        reports: Some(desk.path("reports")),
        ..Shim::default()
    };
    let begin = shim(&desk, Some(point.kill(calls)));
    if desk.upload(&begin, server.url(), &TIMES) < 0 {
        killed_in.push(Phase::at_kill(&desk.ledger(), &trace(&path), 0));
    }
    if let Some(kill) = point.second_kill() {
        let of_last = trace(&path).len();
        let again = shim(&desk, Some(kill));
        if desk.run(&again, &["resume"]) < 0 {
            killed_in.push(Phase::at_kill(&desk.ledger(), &trace(&path), of_last));
        }
    }
    let ended = desk.go_on(server.url());
    let found = audit(&desk, server, &phones, &Terms::ALL_CREATED);
    let wrong = (!ended || !found.wrong.is_empty()).then(|| {
        let stuck = if ended { "" } else { "NEVER DONE\n" };
        format!("{point:?}, killed in {killed_in:?}: {stuck}{found}\n{}", desk.transcript())
    });
    Outcome { killed_in, wrong, doubled: found.doubled, lost: found.lost }
}

#[expect(clippy::print_stdout, reason = "the long mode is run for its counts")]
fn sweep(points: usize, of_each_phase: usize) {
    let begin = std::time::Instant::now();
    let calls = count_calls();
    let tally = Mutex::new((BTreeMap::<Phase, usize>::new(), 0, 0, 0));
    let mut next = 0;
    let mut wrong = Vec::new();
    // What aims at one phase may hit another; what is missing is aimed at again.
    for round in 0..6 {
        let missing = |phase: &Phase| match tally.lock().unwrap().0.get(phase) {
            _ if round == 0 => points / Phase::ALL.len(),
            found => of_each_phase.saturating_sub(found.copied().unwrap_or(0)) * 2,
        };
        let aims: Vec<Phase> =
            Phase::ALL.into_iter().flat_map(|phase| vec![phase; missing(&phase)]).collect();
        let jobs: Vec<Point> =
            aims.into_iter().zip(next..).map(|(aim, number)| Point { number, aim }).collect();
        next += jobs.len();
        let seed = (round + 1).to_string();
        let seed = ["--seed", seed.as_str()];
        let (exact, lagging) = ([&FAULTS[..], &seed].concat(), [&FAULTS[..], &LAG, &seed].concat());
        wrong.extend(with_servers(&[&exact, &lagging], jobs, |server, point| {
            let outcome = meet(point, calls, server);
            let mut tally = tally.lock().unwrap();
            for phase in &outcome.killed_in {
                *tally.0.entry(*phase).or_insert(0) += 1;
            }
            tally.1 += usize::from(outcome.killed_in.len() > 1);
            tally.2 += outcome.doubled;
            tally.3 += outcome.lost;
            outcome.wrong
        }));
    }
    let (phases, twice, doubled, lost) = tally.into_inner().unwrap();
    let kills: usize = phases.values().sum();
    println!(
        "{kills} kills in {next} runs, {twice} of them killed again during resume, {:?}",
        begin.elapsed()
    );
    for (phase, count) in &phases {
        println!("{phase:>16} {count:>6}");
    }
    println!("{doubled} doubled, {lost} lost, {} audits found something", wrong.len());
    assert!(wrong.is_empty(), "{} of {next} went wrong; the first:\n{}", wrong.len(), wrong[0]);
    for phase in Phase::ALL {
        let count = phases.get(&phase).copied().unwrap_or(0);
        assert!(count >= of_each_phase, "only {count} kills while {phase}");
    }
    assert!(kills >= points && twice * 3 >= points, "{kills} kills, {twice} runs killed twice");
}

/// `INCS_PROOF_KILLS=5000 cargo test --release --test it proof::kills -- --nocapture` is the long mode.
#[test]
fn killed_at_any_call_nobody_is_doubled_and_nobody_is_lost() {
    let wanted = std::env::var("INCS_PROOF_KILLS").ok().and_then(|count| count.parse().ok());
    let points = wanted.unwrap_or(POINTS);
    sweep(points, OF_EACH_PHASE * points / POINTS);
}
