//! What an operations lead wants to know of a run: who was not tasked and why, what it is worth, and whose work it is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::domain::note::Note;
use crate::domain::outcome::Outcome;
use crate::domain::place::Names;
use crate::domain::words::settled_by;
use crate::ledger::read::{ResultRow, Tally};

/// So many lines of a group are shown as examples.
const EXAMPLES: usize = 5;

/// So many reasons are told apart by the server's words. Beyond them (a server that puts a number into each message) they are told
/// apart by their code only.
const APART: usize = 200;

/// What is told of a run as a whole: as large as there are reasons and assignees.
#[derive(Debug, Default)]
pub(super) struct Overview {
    /// Lines, rows and money by outcome.
    pub(super) outcomes: BTreeMap<Outcome, Tally>,
    /// Why lines were not created, those with the most lines first.
    pub(super) reasons: Vec<Reason>,
    /// By assignee; those of whom none is known come under the empty name.
    pub(super) assignees: BTreeMap<String, BTreeMap<Outcome, Tally>>,
    /// Where each group stands in `reasons`.
    places: BTreeMap<Group, usize>,
}

/// One reason, and whom it hit.
#[derive(Debug)]
pub(super) struct Reason {
    /// How these lines ended.
    pub(super) outcome: Outcome,
    /// As in the column `error_code`; empty where there is none.
    pub(super) code: String,
    /// What happened: to all of them, or to the first.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: String,
    /// How many, and what they are worth.
    pub(super) tally: Tally,
    /// The first of them.
    pub(super) examples: Vec<Example>,
}

/// A line of the results that stands for others.
#[derive(Debug)]
pub(super) struct Example {
    /// File (and sheet) of its first row.
    pub(super) source: String,
    /// `17..19;25`
    pub(super) rows: String,
    /// As sent, or as it came.
    pub(super) user_phone: String,
    /// As sent, or as it came.
    pub(super) user_name: String,
    /// What happened to this one.
    pub(super) message: String,
}

/// Lines that ended alike for the same reason: outcome, code and, for the words of a server, these words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group(Outcome, String, String);

impl Group {
    fn of(row: &ResultRow<'_>) -> Self {
        let code = row.note.as_ref().map(Note::code).unwrap_or_default();
        let words = match &row.note {
            Some(Note::Server(words)) => format!("{}\n{}", words.message, words.error),
            _ => String::new(),
        };
        Self(row.outcome, code, words)
    }
}

impl Overview {
    /// Counts a line in, in the order of the results.
    pub(super) fn add(&mut self, row: &ResultRow<'_>, names: &Names) {
        let (rows, total) = (u64::from(row.row_count), row.total_amount);
        self.outcomes.entry(row.outcome).or_default().add(rows, total);
        let assignee = row.assignee_username.unwrap_or_default();
        // Names are few and lines are many: no new text for a name that is there.
        if !self.assignees.contains_key(assignee) {
            self.assignees.insert(assignee.to_owned(), BTreeMap::new());
        }
        if let Some(outcomes) = self.assignees.get_mut(assignee) {
            outcomes.entry(row.outcome).or_default().add(rows, total);
        }
        if row.outcome == Outcome::Created {
            return;
        }
        let mut group = Group::of(row);
        if self.reasons.len() >= APART && !self.places.contains_key(&group) {
            group.2.clear();
        }
        let place = *self.places.entry(group).or_insert_with(|| {
            let note = row.note.as_ref();
            self.reasons.push(Reason {
                outcome: row.outcome,
                code: note.map(Note::code).unwrap_or_default(),
                message: note.map(|note| note.message(names)).unwrap_or_default(),
                hint: row.remedy(names),
                tally: Tally::default(),
                examples: Vec::new(),
            });
            self.reasons.len() - 1
        });
        let reason = &mut self.reasons[place];
        reason.tally.add(rows, total);
        // What mends one cell, or is typed for one phone, is not what settles them all.
        match &row.note {
            Some(Note::Problem { reason: why, .. }) if reason.tally.lines == 2 => {
                reason.hint = settled_by(why.code()).to_owned();
            }
            Some(_) if reason.tally.lines == 2 => reason.hint = row.remedy_of_group(names),
            _ => {}
        }
        if reason.examples.len() < EXAMPLES {
            reason.examples.push(Example {
                source: row.source.to_owned(),
                rows: row.rows.to_owned(),
                user_phone: row.user_phone.unwrap_or_default().to_owned(),
                user_name: row.user_name.unwrap_or_default().to_owned(),
                message: row.note.as_ref().map(|note| note.message(names)).unwrap_or_default(),
            });
        }
    }

    /// Puts the reasons with the most lines first. To be called once, when all lines are counted in.
    pub(super) fn sort(&mut self) {
        // The order of the outcomes settles a tie, and then the list's.
        let mut numbered: Vec<(usize, Reason)> = self.reasons.drain(..).enumerate().collect();
        numbered.sort_by_key(|(_, reason)| (Reverse(reason.tally.lines), reason.outcome));
        let moved: BTreeMap<usize, usize> =
            numbered.iter().enumerate().map(|(to, (from, _))| (*from, to)).collect();
        for place in self.places.values_mut() {
            *place = moved.get(place).copied().unwrap_or(*place);
        }
        self.reasons = numbered.into_iter().map(|(_, reason)| reason).collect();
    }

    /// Where the reason of a line stands in `reasons`; `None` for a line that was created.
    pub(super) fn reason_of(&self, row: &ResultRow<'_>) -> Option<usize> {
        if row.outcome == Outcome::Created {
            return None;
        }
        let mut group = Group::of(row);
        if !self.places.contains_key(&group) {
            group.2.clear();
        }
        self.places.get(&group).copied()
    }

    /// What an outcome comes to.
    pub(super) fn tally(&self, outcome: Outcome) -> Tally {
        self.outcomes.get(&outcome).cloned().unwrap_or_default()
    }

    /// Everything that is not created, together.
    pub(super) fn not_created(&self) -> Tally {
        let mut all = Tally::default();
        for (_, tally) in self.outcomes.iter().filter(|(outcome, _)| **outcome != Outcome::Created) {
            all.merge(tally);
        }
        all
    }
}
