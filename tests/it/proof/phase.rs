//! Where a run stood when it was killed, told from what the kill left: the ledger, and the trace of the calls.

use std::fmt;
use std::path::Path;

use super::audit::open;
use super::shim::{Class, Event};

/// The parts of a run, in the order of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// The ledger has no run yet, or is none yet: the list is read, checked, and being recorded.
    Planning,
    /// The run is recorded, and no request of an open intent left: tasks are claimed, or about to be.
    Staging,
    /// A POST left whose end the ledger does not have.
    Sending,
    /// Nothing is on the wire, a task is in doubt, and no reading of the list is under way: the settle time runs.
    Settling,
    /// The same, and the list is being read, or what was read is being written down.
    LookingUp,
    /// Every task has its fate, and the run is not closed: the reports are being written.
    Reporting,
    /// The run is closed.
    Over,
}

impl Phase {
    /// Those that a kill can meet.
    pub(super) const ALL: [Self; 6] =
        [Self::Planning, Self::Staging, Self::Sending, Self::Settling, Self::LookingUp, Self::Reporting];

    /// Reads it off the ledger of one list that is uploaded once, and the trace of all processes that worked on it;
    /// `of_last` is where the trace of the last one begins.
    pub(super) fn at_kill(ledger: &Path, events: &[Event], of_last: usize) -> Self {
        let Some(ledger) = open(ledger) else { return Self::Planning };
        let Ok(state) = ledger
            .query_row("SELECT state FROM run ORDER BY number DESC LIMIT 1", [], |row| row.get::<_, u8>(0))
        else {
            return Self::Planning;
        };
        let mut query = ledger
            .prepare("SELECT user_phone, state, attempts - given_back FROM task WHERE state < 10")
            .unwrap();
        let open: Vec<(String, u8, u32)> = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let posts = |phone: &str| {
            let left =
                |event: &&Event| !event.done && event.class == Some(Class::Post) && event.path == phone;
            events.iter().filter(left).count()
        };
        let asked = reads(&events[of_last..]);
        let on_the_wire =
            |(phone, state, attempts): &(String, u8, u32)| *state == 1 && posts(phone) >= *attempts as usize;
        let in_doubt = |(_, state, _): &(String, u8, u32)| *state == 2;
        if open.iter().any(on_the_wire) {
            // Found by a later process, an intent is a doubt like any other.
            let sends = events[of_last..].iter().any(|event| event.class == Some(Class::Post));
            match (of_last, sends, asked) {
                (0, ..) | (_, true, _) => Self::Sending,
                (_, false, true) => Self::LookingUp,
                (_, false, false) => Self::Settling,
            }
        } else if open.iter().any(in_doubt) {
            if asked { Self::LookingUp } else { Self::Settling }
        } else if open.iter().any(|(_, state, _)| *state != 3) {
            Self::Staging
        } else if state == 0 || of_last > 0 {
            Self::Reporting
        } else {
            Self::Over
        }
    }
}

/// Whether a reading is under way: since the answer to the last GET the program has hardly waited for anything.
fn reads(events: &[Event]) -> bool {
    let is = |event: &Event, class, done| event.class == Some(class) && event.done == done;
    let Some(asked) = events.iter().rposition(|event| is(event, Class::Get, false)) else { return false };
    let since = &events[asked..];
    let Some(answered) = since.iter().position(|event| is(event, Class::Recv, true) && event.result > 0)
    else {
        return true;
    };
    since[answered..].iter().filter(|event| is(event, Class::Wait, false)).count() < 4
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Planning => "planning",
            Self::Staging => "staging",
            Self::Sending => "sending",
            Self::Settling => "settling",
            Self::LookingUp => "looking up",
            Self::Reporting => "report writing",
            Self::Over => "over",
        })
    }
}
