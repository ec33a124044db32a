//! Looking for tasks in doubt: waiting for the settle time without holding a slot, reading the list, writing down what
//! was found. What a reading means is decided in [`reconcile`](crate::upload::reconcile).

use std::cmp::Reverse;
use std::collections::HashSet;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::{Done, Engine, Ready};
use crate::api::classify::{Answer, SendFailure};
use crate::api::list::{Listed, page};
use crate::domain::clock::Clock;
use crate::domain::note::{Doubt, Lookup, Note, ServerWords};
use crate::domain::outcome::State;
use crate::ledger::{
    Claimed, Claims, Doubtful, LastAttempt, LedgerError, Resolution, Settled, Survey, ZoneSample,
};
use crate::upload::event::Event;
use crate::upload::reconcile::sweep::{Listing, Part, Step, Sweep};
use crate::upload::reconcile::window::{
    Lead, Moment, Now, Sent, Span, Window, Zone, merged, on_the_wall, window, zone,
};
use crate::upload::reconcile::{Finding, Question, Reading, Wanted, decide};

/// The first look comes so long after the attempt, if the settle time is longer: most tasks are listed by then.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// Two looks are so far apart at the least.
const SOONEST: Duration = Duration::from_millis(200);

/// A look that proved nothing is repeated so often.
const LOOKS: u32 = 4;

/// So long before its sending an intent may have been recorded: what is staged for longer is given back instead.
pub(super) const STALE: Duration = Duration::from_secs(30);

/// The window that is read reaches at most so much further than the doubts need, to show newer tasks of ours.
const FURTHER: i64 = 3_600;

/// A task that may exist.
#[derive(Debug)]
pub(super) struct Case {
    task: i64,
    /// `None` for a task of another run.
    seq: Option<u32>,
    body: Vec<u8>,
    user_phone: String,
    attempt: u32,
    attempts_used: u32,
    throttles: u32,
    doubt: Doubt,
    detail: String,
    sent: Sent,
    ended: Instant,
    due: Instant,
    settled_at: Instant,
    first: Option<u64>,
    looks: u32,
    /// Tasks of this run that wait for it.
    waiting: Vec<u32>,
}

/// A reading of the list for some of the doubts.
#[derive(Debug)]
pub(super) struct Looking {
    cases: Vec<i64>,
    begun: Instant,
    now: Now,
    zone: Option<Zone>,
    read: Vec<Span>,
    /// `None` while the server is asked for its clock.
    sweep: Option<Sweep>,
    listing: Option<Listing>,
    phones: HashSet<String>,
    /// When the next page may be asked for; `None` while something is under way.
    pub(super) page_at: Option<Instant>,
    tries: u32,
    asking: Option<AbortHandle>,
}

impl Looking {
    /// Leaves the page that is under way: a GET may be left at any moment.
    pub(super) fn abort(self) {
        if let Some(asking) = self.asking {
            asking.abort();
        }
    }
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
        self.tell_of_cases();
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

    fn tell_of_cases(&self) {
        let last = self.cases.values().map(|case| case.settled_at).max();
        let wait = last.map(|last| last.saturating_duration_since(Instant::now())).unwrap_or_default();
        self.tell(Event::Settling { doubts: self.cases.len(), wait });
    }

    /// When the next look is due; `None` while one is under way or there is nothing to look for.
    pub(super) fn look_at(&self) -> Option<Instant> {
        if self.looking.is_some() || self.ending.is_some() {
            return None;
        }
        let due = self.cases.values().map(|case| case.due).min()?;
        Some(due.max(self.rest_until))
    }

    /// Begins a reading for all doubts that are due.
    pub(super) fn look(&mut self) {
        let now = Instant::now();
        if self.is_held() || self.look_at().is_none_or(|at| at > now) {
            return;
        }
        let due: Vec<i64> =
            self.cases.values().filter(|case| case.due <= now).map(|case| case.task).collect();
        let phones =
            due.iter().filter_map(|task| self.cases.get(task)).map(|case| case.user_phone.clone()).collect();
        self.looking = Some(Looking {
            cases: due,
            begun: now,
            now: self.now(),
            zone: None,
            read: Vec::new(),
            sweep: None,
            listing: None,
            phones,
            page_at: None,
            tries: 0,
            asking: None,
        });
        if self.lead.is_some() || self.asked_clock {
            self.ask_zone();
        } else {
            // Its clock decides what is asked for, so that comes first.
            self.asked_clock = true;
            self.page_again(Duration::ZERO);
        }
    }

    fn now(&self) -> Now {
        Now { wall: self.clock.now(), steady: Instant::now(), lead: self.lead }
    }

    fn windows(&self, looking: &Looking) -> Vec<(i64, Window)> {
        let window_of = |task: &i64| {
            let case = self.cases.get(task)?;
            Some((*task, window(&case.sent, &looking.now, self.options.settle)))
        };
        looking.cases.iter().filter_map(window_of).collect()
    }

    fn ask_zone(&mut self) {
        let Some(mut looking) = self.looking.take() else { return };
        looking.now = self.now();
        let windows = self.windows(&looking);
        let from = windows.iter().map(|(_, window)| window.possible.from).min().unwrap_or_default();
        let to = windows.iter().map(|(_, window)| window.possible.to).max().unwrap_or_default();
        let wide = on_the_wall(Span { from: from - FURTHER, to: to + FURTHER }, None);
        let samples = self.ledger.zone(wide.from, wide.to);
        self.work.spawn(async move { Done::Zone(samples.await) });
        self.looking = Some(looking);
    }

    pub(super) fn zone_known(&mut self, samples: Result<Vec<ZoneSample>, LedgerError>) {
        let samples = match samples {
            Ok(samples) => samples,
            Err(error) => return self.ledger_failed(&error),
        };
        let Some(mut looking) = self.looking.take() else { return };
        looking.zone = zone(&samples);
        // A part that is over already does not change any more; where the zone is unknown, that cannot be told.
        let known = looking.zone.filter(|_| looking.now.lead.is_some());
        let over = known.map(|zone| looking.now.server() + zone.low - 1);
        let spans = self.windows(&looking).into_iter().map(|(_, window)| {
            let wide = on_the_wall(window.possible, looking.zone);
            let to = over.map_or(wide.to, |over| over.min(wide.to.saturating_add(FURTHER)));
            Span { from: wide.from, to: to.max(wide.from) }
        });
        looking.read = merged(spans.collect());
        looking.sweep = Some(Sweep::new(looking.read.iter().map(|span| Part::Created(*span)).collect()));
        self.looking = Some(looking);
        self.page_again(Duration::ZERO);
    }

    fn page_again(&mut self, wait: Duration) {
        if let Some(looking) = &mut self.looking {
            looking.page_at = Some(Instant::now() + wait);
        }
    }

    /// Asks for the next page; the caller has taken the right to start a request.
    pub(super) fn send_page(&mut self) {
        let query = match &self.looking {
            Some(Looking { sweep: Some(sweep), .. }) => sweep.query().unwrap_or_default(),
            _ => vec![("page", "1".to_owned()), ("page_size", "1".to_owned())],
        };
        let page = self.get(query);
        if let Some(looking) = &mut self.looking {
            looking.page_at = None;
            looking.asking = Some(page);
        }
    }

    pub(super) fn paged(&mut self, answer: Result<Answer, SendFailure>) {
        let Some(mut looking) = self.looking.take() else { return };
        looking.asking = None;
        if self.ending.is_some() {
            return;
        }
        match self.page_of(answer, &mut looking.tries) {
            GetResult::Again(wait) => {
                self.looking = Some(looking);
                self.page_again(wait);
            }
            GetResult::Ended => {}
            GetResult::Failed(detail) => self.no_proof(looking, &Lookup::Unreadable { detail }),
            GetResult::Answer(answer) => {
                let Some(sweep) = &mut looking.sweep else {
                    self.looking = Some(looking);
                    return self.ask_zone();
                };
                let step = match page(&answer.body) {
                    Ok(page) => sweep.take(page, &|task: &Listed| looking.phones.contains(&task.user_phone)),
                    Err(detail) => Step::Failed(Lookup::Unreadable { detail }),
                };
                match step {
                    Step::Next => {
                        self.looking = Some(looking);
                        self.page_again(Duration::ZERO);
                    }
                    Step::Failed(why) => self.no_proof(looking, &why),
                    Step::Done(listing) => self.ask_whose(looking, listing),
                }
            }
        }
    }

    fn ask_whose(&mut self, mut looking: Looking, listing: Listing) {
        let from = looking.read.iter().map(|span| span.from).min().unwrap_or_default();
        let to = looking.read.iter().map(|span| span.to).max().unwrap_or_default();
        let ids = listing.kept.iter().map(|task| task.id).collect();
        let survey = self.ledger.survey(from, to, ids);
        self.work.spawn(async move { Done::Surveyed(survey.await) });
        looking.listing = Some(listing);
        self.looking = Some(looking);
    }

    pub(super) fn surveyed(&mut self, survey: Result<Survey, LedgerError>) {
        let survey = match survey {
            Ok(survey) => survey,
            Err(error) => return self.ledger_failed(&error),
        };
        let Some(mut looking) = self.looking.take() else { return };
        if self.ending.is_some() {
            return;
        }
        let owned = survey.owned.iter().copied().collect();
        let reading = Reading {
            listing: looking.listing.take().unwrap_or_default(),
            survey,
            owned,
            zone: looking.zone,
            read: looking.read.clone(),
        };
        self.rest(&looking);
        for (task, window) in self.windows(&looking) {
            let Some(case) = self.cases.remove(&task) else { continue };
            self.judge(case, window, &looking, &reading);
        }
        if !self.cases.is_empty() {
            self.tell_of_cases();
        }
    }

    /// A reading is not repeated without end: as long as it took, twice over, nothing is read.
    fn rest(&mut self, looking: &Looking) {
        self.rest_until = Instant::now() + looking.begun.elapsed() * 2;
    }

    fn judge(&mut self, mut case: Case, window: Window, looking: &Looking, reading: &Reading) {
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

    fn look_again(&mut self, mut case: Case, why: Lookup, reading: &Reading) {
        case.looks += 1;
        case.first = None;
        let now = Instant::now();
        if case.looks >= LOOKS && now >= case.settled_at {
            return self.conclude(case, Conclusion::Unknown(why), reading);
        }
        case.due = now + (self.options.settle / 2).max(FIRST_LOOK.min(self.options.settle));
        self.cases.insert(case.task, case);
    }

    /// The reading failed for everybody.
    fn no_proof(&mut self, looking: Looking, why: &Lookup) {
        self.rest(&looking);
        let nothing = Reading {
            listing: Listing::default(),
            survey: Survey::default(),
            owned: HashSet::new(),
            zone: looking.zone,
            read: looking.read,
        };
        for task in looking.cases {
            if let Some(case) = self.cases.remove(&task) {
                self.look_again(case, why.clone(), &nothing);
            }
        }
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
        let Some(seq) = case.seq else { return };
        if state != State::Planned {
            self.finished(state.outcome());
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

/// What came of a GET.
pub(super) enum GetResult {
    /// A success envelope.
    Answer(Answer),
    /// To be asked again after this.
    Again(Duration),
    /// Not to be had.
    Failed(String),
    /// The run ends.
    Ended,
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
