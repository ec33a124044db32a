//! Looking for tasks in doubt: reading the list, page after page, beside the sending and at its pace. What a reading
//! means is decided in [`reconcile`](crate::upload::reconcile).

use std::collections::HashSet;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::{Done, Engine};
use crate::api::classify::{Answer, SendFailure};
use crate::api::list::{Listed, page};
use crate::domain::clock::Clock;
use crate::domain::note::Lookup;
use crate::ledger::{LedgerError, Survey, WallEvidence};
use crate::upload::event::{Event, Trouble};
use crate::upload::reconcile::sweep::{Listing, Part, Step, Sweep};
use crate::upload::reconcile::window::{
    Now, Span, Window, Zone, is_within_reach, merged, on_the_wall, window, zone, zone_by_our_clock,
};
use crate::upload::reconcile::{Known, Reading};

/// The window that is read reaches at most so much further than the doubts need, to show newer tasks of ours.
const FURTHER: i64 = 3_600;

/// A reading of the list for some of the doubts.
#[derive(Debug)]
pub(super) struct Looking {
    cases: Vec<i64>,
    pub(super) begun: Instant,
    now: Now,
    zone: Option<Zone>,
    clock_is_known: bool,
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
        self.tell(Event::Looking { doubts: due.len() });
        let phones =
            due.iter().filter_map(|task| self.cases.get(task)).map(|case| case.user_phone.clone()).collect();
        self.looking = Some(Looking {
            cases: due,
            begun: now,
            now: self.now(),
            zone: None,
            clock_is_known: false,
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

    pub(super) fn now(&self) -> Now {
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
        let evidence = self.ledger.zone(wide.from, wide.to);
        self.work.spawn(async move { Done::Zone(evidence.await) });
        self.looking = Some(looking);
    }

    pub(super) fn zone_known(&mut self, evidence: Result<WallEvidence, LedgerError>) {
        let WallEvidence { samples, by_our_clock } = match evidence {
            Ok(evidence) => evidence,
            Err(error) => return self.ledger_failed(&error),
        };
        let Some(mut looking) = self.looking.take() else { return };
        let tells_time = looking.now.lead.is_some();
        looking.zone = if tells_time { zone(&samples) } else { zone_by_our_clock(&by_our_clock) };
        looking.clock_is_known = tells_time || looking.zone.is_some() || is_within_reach(&by_our_clock);
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
            GetResult::Failed(trouble) => self.no_proof(looking, &trouble.as_lookup()),
            GetResult::Answer(answer) => {
                let Some(sweep) = &mut looking.sweep else {
                    self.looking = Some(looking);
                    return self.ask_zone();
                };
                let step = match page(&answer.body) {
                    Ok(page) => sweep.take(page, &|task: &Listed| looking.phones.contains(&task.user_phone)),
                    Err(bad) => Step::Failed(Trouble::List(bad).as_lookup()),
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
            clock_is_known: looking.clock_is_known,
            read: looking.read.clone(),
            known: Known::default(),
        };
        self.rest(&looking);
        for (task, window) in self.windows(&looking) {
            let Some(case) = self.cases.remove(&task) else { continue };
            self.judge(case, window, &looking, &reading);
        }
        self.tell_of_cases();
    }

    /// A reading is not repeated without end: as long as it took, twice over, nothing is read.
    fn rest(&mut self, looking: &Looking) {
        self.rest_until = Instant::now() + looking.begun.elapsed() * 2;
    }

    /// The reading failed for everybody.
    fn no_proof(&mut self, looking: Looking, why: &Lookup) {
        self.rest(&looking);
        let nothing = Reading {
            listing: Listing::default(),
            survey: Survey::default(),
            owned: HashSet::new(),
            zone: looking.zone,
            clock_is_known: looking.clock_is_known,
            read: looking.read,
            known: Known::default(),
        };
        for task in looking.cases {
            if let Some(case) = self.cases.remove(&task) {
                self.look_again(case, why.clone(), &nothing);
            }
        }
    }
}

/// What came of a GET.
pub(super) enum GetResult {
    /// A success envelope.
    Answer(Answer),
    /// To be asked again after this.
    Again(Duration),
    /// Not to be had.
    Failed(Trouble),
    /// The run ends.
    Ended,
}
