//! The doubts of a run: each is a case that begins with an attempt or with what the ledger recalls, is judged after each
//! reading of the list, and ends with a resolution in the ledger.

use std::cmp::Reverse;
use std::time::Duration;

use tokio::time::Instant;

use super::looking::Looking;
use super::{Done, Engine, Ready};
use crate::api::list::Listed;
use crate::domain::clock::Clock;
use crate::domain::note::{Doubt, Lookup, Note, ServerWords};
use crate::domain::outcome::State;
use crate::ledger::{Claimed, Claims, Doubtful, LastAttempt, LedgerError, Resolution, Settled};
use crate::upload::event::{Attempt, Event};
use crate::upload::reconcile::window::{Lead, Moment, Sent, Window};
use crate::upload::reconcile::{Finding, Question, Reading, Wanted, decide};

/// The first look comes so long after the attempt, if the settle time is longer: most tasks are listed by then.
pub(super) const FIRST_LOOK: Duration = Duration::from_secs(1);

/// Two looks are so far apart at the least.
const SOONEST: Duration = Duration::from_millis(200);

/// A look that proved nothing is repeated so often.
const LOOKS: u32 = 4;

/// So long before its sending an intent may have been recorded: what is staged for longer is given back instead.
pub(super) const STALE: Duration = Duration::from_secs(30);

/// A task that may exist.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) task: i64,
    /// `None` for a task of another run.
    seq: Option<u32>,
    body: Vec<u8>,
    pub(super) user_phone: String,
    attempt: u32,
    attempts_used: u32,
    throttles: u32,
    doubt: Doubt,
    detail: String,
    pub(super) sent: Sent,
    ended: Instant,
    pub(super) due: Instant,
    settled_at: Instant,
    first: Option<u64>,
    looks: u32,
    /// Tasks of this run that wait for it.
    waiting: Vec<u32>,
}

impl<C: Clock> Engine<C> {
    /// Takes over what the ledger knows of a doubt: of this run before it was taken up again, or of another run.
    pub(super) fn recall(&mut self, doubtful: Doubtful, waiting: Option<u32>) {
        let (now, begun) = (Instant::now(), self.begun);
        let task = doubtful.task;
        let until = match doubtful.last {
            LastAttempt::Ended(at) => at,
            LastAttempt::Intended { alive_at, timeout_ms } => {
                alive_at.saturating_add(STALE.as_millis() as i64).saturating_add(timeout_ms)
            }
        };
        let moment = |wall| Moment { wall, steady: None };
        let case = self.cases.entry(task).or_insert_with(|| Case {
            task,
            seq: doubtful.seq,
            body: doubtful.body,
            user_phone: doubtful.user_phone,
            attempt: doubtful.attempt,
            attempts_used: doubtful.attempts_used,
            throttles: 0,
            doubt: doubtful.doubt,
            detail: doubtful.detail,
            sent: Sent {
                since: moment(doubtful.since),
                last: moment(doubtful.since),
                until: moment(until),
                over_by: Some(begun),
                lead: doubtful.dated.map(|answer| Lead::of(answer.date, answer.sent_at, answer.ended_at)),
            },
            ended: now,
            due: now,
            // What another process left may still be on its way: the settle time begins with this one.
            settled_at: self.begun + self.options.settle,
            first: None,
            looks: 0,
            waiting: Vec::new(),
        });
        case.waiting.extend(waiting);
    }

    /// A doubt of this process, once it is durable.
    pub(super) fn doubted(
        &mut self,
        ready: Ready,
        doubt: Doubt,
        detail: String,
        since: Moment,
        until: Moment,
    ) {
        if self.ending.is_some() {
            return;
        }
        let now = Instant::now();
        let ended = until.steady.unwrap_or(now);
        let task = (self.run << 32) | i64::from(ready.claimed.seq);
        let case = Case {
            task,
            seq: Some(ready.claimed.seq),
            body: ready.claimed.body,
            user_phone: ready.claimed.user_phone,
            attempt: ready.claimed.attempt,
            attempts_used: ready.claimed.attempts_used,
            throttles: ready.throttles,
            doubt,
            detail,
            sent: Sent {
                since: ready.doubted.unwrap_or(since),
                last: since,
                until,
                over_by: None,
                lead: None,
            },
            ended,
            due: ended + FIRST_LOOK.min(self.options.settle / 4),
            settled_at: ended + self.options.settle,
            first: None,
            looks: 0,
            waiting: Vec::new(),
        };
        self.cases.insert(task, case);
        self.tell_of_cases();
    }

    /// Tells how many doubts there are.
    pub(super) fn tell_of_cases(&self) {
        let last = self.cases.values().map(|case| case.settled_at).max();
        let wait = last.map(|last| last.saturating_duration_since(Instant::now())).unwrap_or_default();
        self.tell(Event::Settling { doubts: self.cases.len(), wait });
    }

    pub(super) fn judge(&mut self, mut case: Case, window: Window, looking: &Looking, reading: &Reading) {
        let Some(wanted) = Wanted::of(&case.body) else {
            let detail = "what was sent cannot be read any more".to_owned();
            return self.conclude(case, Conclusion::Unknown(Lookup::Unreadable { detail }), reading);
        };
        let now = Instant::now();
        let question = Question {
            wanted: &wanted,
            window,
            is_settled: looking.begun >= case.settled_at,
            first: case.first,
        };
        match decide(&question, reading) {
            Finding::Found(task) => self.conclude(case, Conclusion::Found(task), reading),
            Finding::Absent => self.conclude(case, Conclusion::Absent, reading),
            Finding::Undecided(why) => self.conclude(case, Conclusion::Unknown(why), reading),
            Finding::TooEarly => {
                // Ever longer waits up to the settle time; after it, until the server's clock has passed it too.
                let soon = now + FIRST_LOOK.min(self.options.settle / 4).max(SOONEST);
                case.due = (now + (now - case.ended) * 3).min(case.settled_at).max(soon);
                self.cases.insert(case.task, case);
            }
            Finding::Once { fingerprint, at_once } => {
                // Something new appeared between two readings: the second one does not count as a proof, but as a first.
                case.looks += u32::from(case.first.is_some());
                if case.looks >= LOOKS {
                    return self.conclude(case, Conclusion::Unknown(Lookup::Unsteady), reading);
                }
                case.first = Some(fingerprint);
                case.due = if at_once { now } else { now + self.options.settle };
                self.cases.insert(case.task, case);
            }
            Finding::NoProof(why) => self.look_again(case, why, reading),
        }
    }

    pub(super) fn look_again(&mut self, mut case: Case, why: Lookup, reading: &Reading) {
        case.looks += 1;
        case.first = None;
        let now = Instant::now();
        if case.looks >= LOOKS && now >= case.settled_at {
            return self.conclude(case, Conclusion::Unknown(why), reading);
        }
        case.due = now + (self.options.settle / 2).max(FIRST_LOOK.min(self.options.settle));
        self.cases.insert(case.task, case);
    }

    fn conclude(&mut self, case: Case, conclusion: Conclusion, reading: &Reading) {
        let mut resolution = Resolution {
            task: case.task,
            state: State::Unresolved,
            note: None,
            server_id: None,
            creation_id: None,
            created_at: None,
            evidence: evidence(reading),
            at: self.clock.now(),
        };
        match conclusion {
            Conclusion::Found(task) => {
                resolution.state = State::Created;
                resolution.server_id = Some(task.id);
                resolution.creation_id = task.creation_id;
                resolution.created_at = task.created_at;
            }
            Conclusion::Absent if case.doubt == Doubt::Busy => {
                let words = ServerWords { code: None, message: case.detail.clone(), error: String::new() };
                resolution.state = State::IncompleteTask;
                resolution.note = Some(Note::Server(words));
            }
            Conclusion::Absent if case.attempts_used >= self.options.max_attempts => {
                resolution.state = State::Failed;
                resolution.note = Some(Note::Absent { doubt: case.doubt, detail: case.detail.clone() });
            }
            Conclusion::Absent => resolution.state = State::Planned,
            Conclusion::Unknown(lookup) => {
                let (doubt, detail) = (case.doubt, case.detail.clone());
                resolution.note = Some(Note::Doubt { doubt, detail, lookup: Some(lookup) });
            }
        }
        let (state, id) = (resolution.state, resolution.server_id);
        let resolved = self.ledger.resolve(resolution);
        self.work
            .spawn(async move { Done::Resolved { case: Box::new(case), state, id, result: resolved.await } });
    }

    pub(super) fn resolved(
        &mut self,
        mut case: Case,
        state: State,
        id: Option<i64>,
        result: Result<Settled, LedgerError>,
    ) {
        match result {
            Err(error) => return self.ledger_failed(&error),
            Ok(Settled::Crossed) => {
                // Another doubt was quicker to take that id: it is not this one's.
                case.due = Instant::now() + FIRST_LOOK;
                self.cases.insert(case.task, case);
                return;
            }
            Ok(Settled::Recorded) => {}
        }
        for seq in std::mem::take(&mut case.waiting) {
            if self.ending.is_none() {
                let at = self.clock.now();
                let claims = self.ledger.reclaim(seq, case.task, at);
                self.work.spawn(async move { Done::Reclaimed { claims: claims.await, at } });
            }
        }
        self.ids.extend(id);
        let attempt = Attempt { seq: case.seq, number: Some(case.attempt), ..Attempt::default() };
        let outcome = (state != State::Planned).then(|| state.outcome());
        self.tell(Event::LookedUp { outcome, attempt });
        let Some(seq) = case.seq else { return };
        if let Some(outcome) = outcome {
            self.finished(outcome, attempt);
        } else if self.ending.is_none() {
            let claimed = Claimed {
                seq,
                attempt: case.attempt,
                attempts_used: case.attempts_used,
                user_phone: case.user_phone,
                body: case.body,
                doubted_since: Some(case.sent.since.wall),
            };
            let ready =
                Ready { claimed, throttles: case.throttles, doubted: Some(case.sent.since), intended_at: 0 };
            self.waiting.insert(Reverse((Instant::now(), seq)), ready);
        }
    }

    /// What came of tasks that waited for a doubt of another run.
    pub(super) fn reclaimed(&mut self, claims: Result<Claims, LedgerError>, at: i64) {
        match claims {
            Ok(claims) => self.take_claims(claims, at),
            Err(error) => self.ledger_failed(&error),
        }
    }
}

/// How a doubt ends.
enum Conclusion {
    Found(Listed),
    Absent,
    Unknown(Lookup),
}

/// What was read, for whoever wants to check the proof later.
fn evidence(reading: &Reading) -> String {
    let read: Vec<[i64; 2]> = reading.read.iter().map(|span| [span.from, span.to]).collect();
    serde_json::json!({
        "read": read,
        "zone": reading.zone.map(|zone| [zone.low, zone.high]),
        "listed": reading.listing.ids.len(),
        "ours": reading.survey.ours.len(),
    })
    .to_string()
}
