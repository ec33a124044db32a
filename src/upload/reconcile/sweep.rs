//! Reading a part of the list completely: page after page, and again from the start when it moved meanwhile.

use std::collections::HashSet;

use crate::api::list::{Listed, Page};
use crate::api::types::naive_text;
use crate::domain::note::Lookup;

use super::window::Span;

/// The most that a page may hold. Source: the page on listing tasks.
const PAGE_SIZE: u64 = 100;

/// A part that keeps moving is read so often.
const READINGS: u32 = 4;

/// Two million tasks: what is longer is no window around a doubt.
const LONGEST: u64 = 20_000 * PAGE_SIZE;

/// Which part of the list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Created between these times of the server's clock on the wall. No status filter: a task that is finished by now
    /// was created all the same.
    Created(Span),
    /// Of this status, whenever created.
    Status(u8),
}

impl Part {
    /// The parameters of the request for one page, counted from 1.
    pub fn query(self, page: u64) -> Vec<(&'static str, String)> {
        let mut query = match self {
            Self::Created(span) => {
                vec![("start_at", naive_text(span.from)), ("end_at", naive_text(span.to))]
            }
            Self::Status(status) => vec![("status", status.to_string())],
        };
        query.push(("page", page.to_string()));
        query.push(("page_size", PAGE_SIZE.to_string()));
        query
    }
}

/// All that was read of some parts.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Every task, by its id.
    pub ids: HashSet<i64>,
    /// When each was created, on the server's wall, with its id; those without a time are not here.
    times: Vec<(i64, i64)>,
    /// The sum of the mixed ids up to each of `times`.
    sums: Vec<u64>,
    undated: u64,
    /// The tasks that were asked for.
    pub kept: Vec<Listed>,
}

impl Listing {
    /// A number that is the same for two readings if both show the same tasks in this span of the server's wall, and
    /// the same ones without a time.
    pub fn fingerprint(&self, span: Span) -> u64 {
        let sum_before =
            |count: usize| count.checked_sub(1).and_then(|last| self.sums.get(last)).copied().unwrap_or(0);
        let from = self.times.partition_point(|(at, _)| *at < span.from);
        let to = self.times.partition_point(|(at, _)| *at <= span.to).max(from);
        self.undated.wrapping_add(sum_before(to)).wrapping_sub(sum_before(from))
    }

    fn finish(mut self) -> Self {
        self.times.sort_unstable();
        let mut sum = 0_u64;
        self.sums = self
            .times
            .iter()
            .map(|(_, id)| {
                sum = sum.wrapping_add(mixed(*id));
                sum
            })
            .collect();
        self
    }

    fn add(&mut self, task: &Listed) {
        match task.created_at {
            Some(at) => self.times.push((at, task.id)),
            None => self.undated = self.undated.wrapping_add(mixed(task.id)),
        }
    }
}

/// A number whose sums tell sets of ids apart (the finaliser of SplitMix64, which has no fixed pattern in its bits).
fn mixed(id: i64) -> u64 {
    let mut bits = id.cast_unsigned().wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// What comes after a page.
#[derive(Debug)]
pub enum Step {
    /// The next page.
    Next,
    /// All was read.
    Done(Listing),
    /// It cannot be read completely.
    Failed(Lookup),
}

/// A reading under way.
#[derive(Debug)]
pub struct Sweep {
    parts: Vec<Part>,
    at: usize,
    page: u64,
    total: u64,
    seen: Vec<Listed>,
    seen_ids: HashSet<i64>,
    readings: u32,
    is_strict: bool,
    listing: Listing,
}

impl Sweep {
    /// A reading of these parts, which do not overlap.
    pub fn new(parts: Vec<Part>) -> Self {
        Self {
            parts,
            at: 0,
            page: 1,
            total: 0,
            seen: Vec::new(),
            seen_ids: HashSet::new(),
            readings: 1,
            is_strict: true,
            listing: Listing::default(),
        }
    }

    /// A reading of what changes all the time: each task that is seen counts, and nothing follows from one that is not.
    pub fn loosely(parts: Vec<Part>) -> Self {
        Self { is_strict: false, ..Self::new(parts) }
    }

    /// The request for the next page; `None` when there is nothing to read.
    pub fn query(&self) -> Option<Vec<(&'static str, String)>> {
        Some(self.parts.get(self.at)?.query(self.page))
    }

    /// Takes in the page that [`Sweep::query`] asked for. Tasks for which `keeps` says so are kept whole.
    pub fn take(&mut self, page: Page, keeps: &dyn Fn(&Listed) -> bool) -> Step {
        if self.page == 1 {
            self.total = page.total;
        }
        if self.total > LONGEST {
            let detail = format!("{} tasks are too many to look through", self.total);
            return Step::Failed(Lookup::Unreadable { detail });
        }
        let (is_empty, is_full) = (page.tasks.is_empty(), page.tasks.len() as u64 >= PAGE_SIZE);
        let (before, was_all) = (self.seen.len(), self.page > 1 && self.seen.len() as u64 == self.total);
        let mut is_steady = page.total == self.total;
        for task in page.tasks {
            let is_new = self.seen_ids.insert(task.id);
            is_steady &= is_new;
            if is_new {
                self.seen.push(task);
            }
        }
        let count = self.seen.len() as u64;
        let is_new = self.seen.len() > before;
        if was_all && !is_new && page.total == self.total {
            // Whatever a server shows behind the last page, it is no other task.
            return self.finish_part(keeps);
        }
        if self.is_strict && (!is_steady || count > self.total || (is_empty && count < self.total)) {
            return self.read_again();
        }
        if !is_new && !is_empty {
            // The same page again and again.
            return Step::Failed(Lookup::Unsteady);
        }
        // A total that ends with a full page may be the most that the server counts, or the count of the page.
        if !is_empty && (count < self.total || self.is_strict && is_full) {
            self.page += 1;
            return Step::Next;
        }
        self.finish_part(keeps)
    }

    fn finish_part(&mut self, keeps: &dyn Fn(&Listed) -> bool) -> Step {
        for task in std::mem::take(&mut self.seen) {
            self.listing.add(&task);
            if keeps(&task) {
                self.listing.kept.push(task);
            }
        }
        self.listing.ids.extend(self.seen_ids.drain());
        (self.at, self.page) = (self.at + 1, 1);
        if self.at < self.parts.len() {
            return Step::Next;
        }
        Step::Done(std::mem::take(&mut self.listing).finish())
    }

    fn read_again(&mut self) -> Step {
        self.seen.clear();
        self.seen_ids.clear();
        self.page = 1;
        self.readings += 1;
        if self.readings > READINGS { Step::Failed(Lookup::Unsteady) } else { Step::Next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: i64) -> Listed {
        Listed {
            id,
            creation_id: None,
            auth_id: Some(1),
            name: "n".to_owned(),
            user_phone: (62_812_000 + id).to_string(),
            assignee_username: "a".to_owned(),
            created_at: Some(id),
        }
    }

    fn page(total: u64, ids: std::ops::Range<i64>) -> Page {
        Page { total, tasks: ids.map(task).collect() }
    }

    fn created(from: i64, to: i64) -> Part {
        Part::Created(Span { from, to })
    }

    #[test]
    fn the_queries_are_those_of_the_page_and_never_filter_by_status() {
        let query = created(1_775_668_921, 1_775_668_922).query(3);
        assert_eq!(
            query,
            [
                ("start_at", "2026-04-08 17:22:01".to_owned()),
                ("end_at", "2026-04-08 17:22:02".to_owned()),
                ("page", "3".to_owned()),
                ("page_size", "100".to_owned()),
            ]
        );
    }

    #[test]
    fn all_pages_of_all_parts() {
        let mut sweep = Sweep::new(vec![created(0, 1_000), created(2_000, 3_000)]);
        assert!(matches!(sweep.take(page(250, 1..101), &|_| false), Step::Next));
        assert!(matches!(sweep.take(page(250, 101..201), &|_| false), Step::Next));
        assert!(matches!(sweep.take(page(250, 201..251), &|task| task.id == 222), Step::Next));
        assert!(sweep.query().unwrap()[0].1.starts_with("1970-01-01 00:33:20"));
        match sweep.take(page(2, 2_001..2_003), &|task| task.id == 2_002) {
            Step::Done(listing) => {
                assert_eq!(listing.ids.len(), 252);
                let kept: Vec<i64> = listing.kept.iter().map(|task| task.id).collect();
                assert_eq!(kept, [222, 2_002]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_empty_part_is_complete() {
        let mut sweep = Sweep::new(vec![created(0, 1)]);
        assert!(
            matches!(sweep.take(page(0, 0..0), &|_| true), Step::Done(listing) if listing.ids.is_empty())
        );
    }

    #[test]
    fn a_server_with_smaller_pages_is_read_to_the_end() {
        let mut sweep = Sweep::new(vec![created(0, 1)]);
        assert!(matches!(sweep.take(page(30, 1..21), &|_| true), Step::Next));
        assert!(matches!(sweep.take(page(30, 21..31), &|_| true), Step::Done(_)));
    }

    #[test]
    fn what_moves_is_read_again_and_then_given_up() {
        for second in [page(150, 100..150), page(151, 101..151), page(150, 0..0), page(150, 101..152)] {
            let mut sweep = Sweep::new(vec![created(0, 1)]);
            for reading in 1..=READINGS {
                assert!(matches!(sweep.take(page(150, 1..101), &|_| true), Step::Next));
                let step = sweep.take(second.clone(), &|_| true);
                if reading < READINGS {
                    assert!(matches!(step, Step::Next), "{reading}");
                    assert!(sweep.query().unwrap().contains(&("page", "1".to_owned())));
                } else {
                    assert!(matches!(step, Step::Failed(Lookup::Unsteady)), "{reading}");
                }
            }
        }
    }

    #[test]
    fn a_loose_reading_takes_what_it_sees() {
        let mut sweep = Sweep::loosely(vec![Part::Status(0)]);
        assert!(matches!(sweep.take(page(150, 1..101), &|_| true), Step::Next));
        assert!(matches!(sweep.take(page(149, 100..120), &|_| true), Step::Next));
        match sweep.take(page(148, 0..0), &|_| true) {
            Step::Done(listing) => assert_eq!(listing.kept.len(), 119),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_total_that_ends_with_a_full_page_is_not_believed_before_the_next_one_is_empty() {
        // Search engines count no further than to a limit, and some servers count the page.
        for (total, pages) in [(100, 1), (300, 3)] {
            let behind_the_last = |last: Page| {
                let mut sweep = Sweep::new(vec![created(0, 1)]);
                for number in 0..pages {
                    let full = page(total, number * 100 + 1..number * 100 + 101);
                    assert!(matches!(sweep.take(full, &|_| true), Step::Next));
                }
                assert!(sweep.query().unwrap().contains(&("page", (pages + 1).to_string())));
                let step = sweep.take(last, &|_| true);
                (step, sweep)
            };
            let same_again = page(total, (pages - 1) * 100 + 1..pages * 100 + 1);
            for nothing_new in [page(total, 0..0), same_again] {
                let (step, _) = behind_the_last(nothing_new);
                assert!(matches!(step, Step::Done(listing) if listing.ids.len() as u64 == total));
            }
            for more in [page(total, pages * 100 + 1..pages * 100 + 2), page(total + 1, 0..0)] {
                let (step, sweep) = behind_the_last(more);
                assert!(matches!(step, Step::Next));
                assert!(sweep.query().unwrap().contains(&("page", "1".to_owned())), "from the start");
            }
        }
    }

    #[test]
    fn a_server_that_knows_only_one_page_is_not_asked_for_ever() {
        let mut sweep = Sweep::loosely(vec![Part::Status(0)]);
        assert!(matches!(sweep.take(page(150, 1..101), &|_| true), Step::Next));
        let step = (0..10)
            .map(|_| sweep.take(page(150, 1..101), &|_| true))
            .find(|step| !matches!(step, Step::Next));
        assert!(matches!(step, Some(Step::Failed(Lookup::Unsteady))), "{step:?}");
    }

    #[test]
    fn what_is_too_long_is_refused_at_once() {
        let mut sweep = Sweep::new(vec![created(0, 1)]);
        let step = sweep.take(page(LONGEST + 1, 1..101), &|_| true);
        assert!(matches!(step, Step::Failed(Lookup::Unreadable { .. })));
    }

    #[test]
    fn a_fingerprint_is_of_the_tasks_in_its_span_in_any_order() {
        let of = |ids: &[i64], span: Span| {
            let mut listing = Listing::default();
            ids.iter().for_each(|&id| listing.add(&task(id)));
            listing.finish().fingerprint(span)
        };
        let span = Span { from: 10, to: 20 };
        assert_eq!(of(&[10, 15, 20], span), of(&[20, 10, 15, 21, 9], span));
        assert_ne!(of(&[10, 15, 20], span), of(&[10, 15], span));
        assert_ne!(of(&[10, 15, 20], span), of(&[10, 14, 20], span));
        for empty in [Span { from: 21, to: 30 }, Span { from: 0, to: 9 }, Span { from: 16, to: 12 }] {
            assert_eq!(of(&[10, 15, 20], empty), 0, "{empty:?}");
        }
    }
}
