//! Finding out whether an attempt in doubt made its task: functions from data to data.
//!
//! A task found is ours at once. That there is none is believed only after the settle time, and only on two complete and
//! equal readings of a closed window that show every other task of ours in it. Anything less leaves the task unresolved.

pub mod sweep;
pub mod window;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::api::list::Listed;
use crate::domain::note::Lookup;
use crate::ledger::Survey;
use sweep::Listing;
use window::{Span, Window, Zone, may_lie_in, on_the_wall};

/// What a task has to be equal in to be ours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Wanted {
    auth_id: i64,
    /// The phone.
    pub user_phone: String,
    name: String,
    assignee_username: String,
}

impl Wanted {
    /// Reads it from the body that was sent.
    pub fn of(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// Whether a listed task is equal to it.
    pub fn is(&self, task: &Listed) -> bool {
        task.auth_id == Some(self.auth_id)
            && task.user_phone == self.user_phone
            && task.name == self.name
            && task.assignee_username == self.assignee_username
    }

    /// Whether a listed task is it but for what a server, or a person there, may have changed since: how the name is
    /// written, and the agent. It is not taken for ours, but neither is ours believed to be absent beside it.
    pub fn may_be(&self, task: &Listed) -> bool {
        task.auth_id == Some(self.auth_id)
            && task.user_phone == self.user_phone
            && folded(&task.name) == folded(&self.name)
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A complete reading, and what the ledger says about it.
#[derive(Debug)]
pub struct Reading {
    /// What was listed.
    pub listing: Listing,
    /// What is ours.
    pub survey: Survey,
    /// The ids of the survey that are owned, for quick looks.
    pub owned: HashSet<i64>,
    /// The server's zone, if it is known.
    pub zone: Option<Zone>,
    /// Whether anything tells what the server's wall showed when the doubts were sent.
    pub clock_is_known: bool,
    /// The spans of the server's wall that were read.
    pub read: Vec<Span>,
    /// What is the same for all doubts, found out once: there may be many of both.
    pub known: Known,
}

/// What follows from a reading alone.
#[derive(Debug, Default)]
pub struct Known {
    is_complete: OnceCell<bool>,
    /// The latest time of a task of ours that is listed.
    latest: OnceCell<Option<i64>>,
    /// Where the tasks of a phone stand among those that were kept.
    by_phone: OnceCell<HashMap<String, Vec<usize>>>,
}

impl Reading {
    /// The tasks of a phone that were kept.
    fn kept_for(&self, phone: &str) -> impl Iterator<Item = &Listed> {
        let by_phone = self.known.by_phone.get_or_init(|| {
            let mut by_phone: HashMap<String, Vec<usize>> = HashMap::new();
            for (place, task) in self.listing.kept.iter().enumerate() {
                by_phone.entry(task.user_phone.clone()).or_default().push(place);
            }
            by_phone
        });
        by_phone.get(phone).into_iter().flatten().filter_map(|place| self.listing.kept.get(*place))
    }

    /// Whether a time of the server's wall lies well inside of what was read.
    fn covers(&self, created_at: i64) -> bool {
        self.read.iter().any(|span| span.from < created_at && created_at < span.to)
    }

    /// Whether what was read goes on to this second of the server's UTC clock.
    fn goes_to(&self, second: i64) -> bool {
        let needed = on_the_wall(Span { from: second, to: second }, self.zone).to;
        self.read.iter().any(|span| span.to >= needed)
    }

    /// Whether every task of ours that has to be there is there.
    fn is_complete(&self) -> bool {
        let is_shown = |(id, at): &(i64, i64)| !self.covers(*at) || self.listing.ids.contains(id);
        *self.known.is_complete.get_or_init(|| self.survey.ours.iter().all(is_shown))
    }

    /// Whether a task of ours is listed that was created after this second of the server's UTC clock: then what was
    /// created before it is listed too, however far the list lags behind.
    fn has_later_than(&self, second: i64) -> bool {
        let Some(zone) = self.zone else { return false };
        let is_listed = |(id, at): &&(i64, i64)| self.covers(*at) && self.listing.ids.contains(id);
        let latest = || self.survey.ours.iter().filter(is_listed).map(|(_, at)| *at).max();
        self.known.latest.get_or_init(latest).is_some_and(|at| at > second + zone.high)
    }
}

/// What is known of a doubt before this reading.
#[derive(Debug)]
pub struct Question<'a> {
    /// What is looked for.
    pub wanted: &'a Wanted,
    /// When it may have been made.
    pub window: Window,
    /// Whether the settle time is over.
    pub is_settled: bool,
    /// The fingerprint of an earlier reading after the settle time.
    pub first: Option<u64>,
}

/// What a reading says about a doubt.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// This is it.
    Found(Listed),
    /// It was not made.
    Absent,
    /// Nothing yet, and it is too early to believe that.
    TooEarly,
    /// Not listed; a second reading has to say the same.
    Once {
        /// What that reading has to be equal to.
        fingerprint: u64,
        /// Whether it may come at once, or only after the settle time.
        at_once: bool,
    },
    /// This reading proves nothing; another may.
    NoProof(Lookup),
    /// A person has to decide.
    Undecided(Lookup),
}

/// Decides what a reading says about a doubt.
pub fn decide(question: &Question<'_>, reading: &Reading) -> Finding {
    // Not every quarter of an hour from it: a clock may be off by more than its zone.
    let possible_span = on_the_wall(question.window.possible, reading.zone);
    let is_possible = |task: &&Listed| task.created_at.is_none_or(|at| possible_span.has(at));
    let is_candidate = |task: &&Listed| {
        question.wanted.may_be(task) && !reading.owned.contains(&task.id) && is_possible(task)
    };
    let possible: Vec<&Listed> = reading.kept_for(&question.wanted.user_phone).filter(is_candidate).collect();
    let equal: Vec<&&Listed> = possible.iter().filter(|task| question.wanted.is(task)).collect();
    if let [task] = equal.as_slice()
        && task.created_at.is_some_and(|at| may_lie_in(at, question.window.likely, reading.zone))
    {
        return Finding::Found((**task).clone());
    }
    if !question.is_settled || !reading.goes_to(question.window.needed) {
        return Finding::TooEarly;
    }
    let ids: Vec<i64> = possible.iter().map(|task| task.id).collect();
    match ids.len() {
        0 => {}
        1 => return Finding::Undecided(Lookup::Unplaced { ids }),
        _ => return Finding::Undecided(Lookup::Candidates { ids }),
    }
    if !reading.clock_is_known {
        return Finding::NoProof(Lookup::UnknownClock);
    }
    if !reading.is_complete() {
        return Finding::NoProof(Lookup::Incomplete);
    }
    // What is created later than is needed says nothing about this doubt, and while a run goes on there is always more.
    let needed = Span { from: question.window.possible.from, to: question.window.needed };
    let fingerprint = reading.listing.fingerprint(on_the_wall(needed, reading.zone));
    if question.first == Some(fingerprint) {
        return Finding::Absent;
    }
    Finding::Once { fingerprint, at_once: reading.has_later_than(question.window.over) }
}

#[cfg(test)]
mod tests;
