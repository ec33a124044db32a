//! Reading a list completely that grows and shifts meanwhile: functions from pages to the next page.
//!
//! What is new pushes other tasks to later pages, where they are seen twice, and are taken once. What leaves the list (a
//! task that no longer has the status asked for) pulls others to earlier pages, which were read already: that is noticed
//! by the totals, or by a second reading where it has to be expected. A further reading ends as soon as nothing can be missing.

use std::collections::HashSet;

use crate::api::tasks::{Task, TaskPage};

/// A list that keeps moving is read so often.
const READINGS: u32 = 6;

/// What a task is known by: its id, or if it has none, all of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Id(i64),
    Whole(String),
}

impl Key {
    fn of(task: &Task) -> Self {
        task.id.map_or_else(|| Self::Whole(task.json.clone()), Self::Id)
    }
}

/// What comes after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Next {
    /// This page, counted from 1.
    Page(u64),
    /// Everything was read.
    Done,
    /// It moved however often it was read: something may be missing.
    Restless,
}

/// A reading under way.
#[derive(Debug)]
pub(in crate::cli) struct Paging {
    page_size: u64,
    /// Whether tasks leave the list by themselves.
    may_leave: bool,
    /// Whether the totals are those of the whole list.
    trusts_totals: bool,
    seen: HashSet<Key>,
    readings: u32,
    /// The greatest id of the first reading: greater ones were created since.
    greatest: i64,
    reading: Reading,
}

/// One way through the pages.
#[derive(Debug, Default)]
struct Reading {
    page: u64,
    /// Tasks on its pages, repeated ones too.
    listed: u64,
    keys: HashSet<Key>,
    /// Tasks that it was the first to show, and that were not created since the first reading.
    finds: u64,
    /// The total on its first page, and on its last one.
    totals: Option<(u64, u64)>,
    has_shrunk: bool,
    /// Whether more tasks were shown twice than new ones can have pushed along.
    has_slipped: bool,
    /// Whether it has to go through all pages, whatever the totals say.
    is_thorough: bool,
}

impl Paging {
    /// `may_leave`: a condition that tasks cease to meet is asked for.
    pub(in crate::cli) fn new(page_size: u64, may_leave: bool) -> Self {
        Self {
            page_size,
            may_leave,
            trusts_totals: true,
            seen: HashSet::new(),
            readings: 1,
            greatest: i64::MIN,
            reading: Reading { page: 1, ..Reading::default() },
        }
    }

    /// Takes in the page that was asked for; gives the tasks that were not seen before, and what comes next.
    pub(in crate::cli) fn take(&mut self, page: TaskPage) -> (Vec<Task>, Next) {
        let TaskPage { total, tasks } = page;
        let count = tasks.len() as u64;
        let was_read = self.reading.page > 1 && self.has_listed_all();
        let (mut fresh, mut repeats) = (Vec::new(), 0);
        for task in tasks {
            let key = Key::of(&task);
            repeats += u64::from(!self.reading.keys.insert(key.clone()));
            if !self.seen.insert(key) {
                continue;
            }
            let is_younger = self.readings > 1 && task.id.is_some_and(|id| id > self.greatest);
            self.reading.finds += u64::from(!is_younger);
            if self.readings == 1 {
                self.greatest = self.greatest.max(task.id.unwrap_or(i64::MIN));
            }
            fresh.push(task);
        }
        let reading = &mut self.reading;
        reading.listed += count;
        match (total, reading.totals) {
            (Some(total), Some((first, before))) => {
                reading.has_shrunk |= total < before;
                reading.has_slipped |= repeats > total.saturating_sub(before);
                reading.totals = Some((first, total));
            }
            (Some(total), None) => reading.totals = Some((total, total)),
            (None, _) => self.trusts_totals = false,
        }
        // More than there is: it is the most that the server counts, or the count of a page.
        if was_read && repeats < count && self.has_listed_more() {
            self.trusts_totals = false;
        }
        let next = self.next(count, count - repeats, was_read);
        (fresh, next)
    }

    fn totals(&self) -> Option<(u64, u64)> {
        self.reading.totals.filter(|_| self.trusts_totals)
    }

    fn has_listed_all(&self) -> bool {
        self.totals().is_some_and(|(_, total)| self.reading.listed >= total)
    }

    fn has_listed_more(&self) -> bool {
        self.totals().is_some_and(|(_, total)| self.reading.keys.len() as u64 > total)
    }

    /// `new_here`: tasks that no earlier page of this reading had.
    fn next(&mut self, count: u64, new_here: u64, was_read: bool) -> Next {
        let seen = self.seen.len() as u64;
        let is_whole = self.totals().is_none_or(|(_, total)| seen >= total);
        if self.readings > 1 && !self.reading.is_thorough && is_whole && self.totals().is_some() {
            return Next::Done;
        }
        let ends = match self.totals() {
            // Behind the last page servers show nothing, or something again.
            None => new_here == 0,
            Some(_) if was_read => new_here == 0,
            // A full last page may be no more than the most that a server counts.
            Some(_) => count == 0 || self.has_listed_all() && count < self.page_size,
        };
        if !ends {
            self.reading.page += 1;
            return Next::Page(self.reading.page);
        }
        let is_moved = self.trusts_totals && self.reading.has_shrunk;
        let is_smooth = self.totals().is_none() || !self.reading.has_slipped;
        let is_settled = !is_moved
            && match self.readings {
                // All that was there at the beginning; what is new pushes others along, and hides none of them.
                1 => {
                    let has_beginning = self.totals().is_none_or(|(first, _)| seen >= first);
                    let may_have_left = self.may_leave && self.reading.page > 1;
                    (is_whole || is_smooth && has_beginning) && !may_have_left
                }
                _ => self.reading.finds == 0 && (is_whole || is_smooth),
            };
        if is_settled {
            return Next::Done;
        }
        if self.readings == READINGS {
            return Next::Restless;
        }
        let is_thorough = is_moved || self.may_leave;
        self.readings += 1;
        self.reading = Reading { page: 1, is_thorough, ..Reading::default() };
        Next::Page(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tasks::task_page;

    /// A server with these tasks, in the order of its list.
    struct List(Vec<i64>);

    impl List {
        fn page(&self, page: u64, size: usize) -> TaskPage {
            let first = (page as usize - 1) * size;
            Self::shown(self.0.len(), self.0.iter().skip(first).take(size).copied())
        }

        fn shown(total: usize, ids: impl Iterator<Item = i64>) -> TaskPage {
            let tasks: Vec<String> = ids.map(|id| format!(r#"{{"id":{id}}}"#)).collect();
            let body = format!(r#"{{"data":{{"total":{total},"data":[{}]}}}}"#, tasks.join(","));
            task_page(body.as_bytes()).unwrap()
        }
    }

    /// Reads all pages of 10; `between` changes the list before each request. Gives what was shown, the number of requests,
    /// and whether all was read.
    fn read(
        list: &mut List,
        may_leave: bool,
        mut between: impl FnMut(u64, &mut List),
    ) -> (Vec<i64>, u64, bool) {
        let mut paging = Paging::new(10, may_leave);
        let (mut shown, mut page, mut requests) = (Vec::new(), 1, 0);
        loop {
            between(requests, list);
            requests += 1;
            assert!(requests < 500, "it never ends");
            let (fresh, next) = paging.take(list.page(page, 10));
            shown.extend(fresh.iter().map(|task| task.id.unwrap()));
            match next {
                Next::Page(next) => page = next,
                next => return (shown, requests, next == Next::Done),
            }
        }
    }

    fn assert_all(shown: &[i64], wanted: impl IntoIterator<Item = i64>, what: &str) {
        let once: HashSet<i64> = shown.iter().copied().collect();
        assert_eq!(once.len(), shown.len(), "{what}: twice");
        for id in wanted {
            assert!(once.contains(&id), "{what}: {id} is missing");
        }
    }

    #[test]
    fn a_list_that_stands_still_is_read_once() {
        for (count, requests) in [(0, 1), (1, 1), (9, 1), (10, 2), (11, 2), (95, 10), (100, 11)] {
            let ids: Vec<i64> = (1..=count).collect();
            let (shown, made, done) = read(&mut List(ids.clone()), false, |_, _| {});
            assert_eq!((shown, made, done), (ids, requests, true), "{count}");
        }
        let (shown, made, done) = read(&mut List((1..=25).collect()), true, |_, _| {});
        assert_eq!((shown.len(), made, done), (25, 6, true), "by status, a second time");
        let (_, made, _) = read(&mut List((1..=9).collect()), true, |_, _| {});
        assert_eq!(made, 1, "a single page is what it is");
    }

    #[test]
    fn what_grows_shows_each_task_once_and_none_is_missed() {
        for newest_first in [false, true] {
            let mut ids: Vec<i64> = (1..=95).collect();
            if newest_first {
                ids.reverse();
            }
            let (shown, made, done) = read(&mut List(ids), false, |request, list| {
                for id in 0..3 {
                    let id = 1_000 + request as i64 * 10 + id;
                    if request < 20 {
                        if newest_first { list.0.insert(0, id) } else { list.0.push(id) }
                    }
                }
            });
            assert!(done && made <= 40, "{made}");
            assert_all(&shown, 1..=95, "growing");
        }
    }

    #[test]
    fn what_leaves_takes_nobody_with_it() {
        for may_leave in [false, true] {
            let (shown, _, done) = read(&mut List((1..=95).collect()), may_leave, |request, list| {
                if (2..6).contains(&request) {
                    list.0.remove(0);
                    // Where tasks are expected to leave, others may come at the same time, so that no total tells it.
                    if may_leave {
                        list.0.push(2_000 + request as i64);
                    }
                }
            });
            assert!(done);
            assert_all(&shown, 5..=95, "leaving");
        }
    }

    #[test]
    fn shifted_pages_are_read_again() {
        // As the sandbox does it: a page begins with the last task of the page before instead of its own first.
        let list = List((1..=95).collect());
        let mut paging = Paging::new(10, false);
        let (mut shown, mut page, mut random) = (Vec::new(), 1_u64, 7_u64);
        let done = loop {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let first = (page as i64 - 1) * 10;
            let mut ids: Vec<i64> = (first + 1..=(first + 10).min(95)).collect();
            if (random >> 33).is_multiple_of(3) && page > 1 && !ids.is_empty() {
                ids[0] = first;
            }
            let (fresh, next) = paging.take(List::shown(list.0.len(), ids.into_iter()));
            shown.extend(fresh.iter().map(|task| task.id.unwrap()));
            match next {
                Next::Page(next) => page = next,
                next => break next,
            }
        };
        assert_eq!(done, Next::Done);
        assert_all(&shown, 1..=95, "shifted");
    }

    #[test]
    fn servers_that_page_in_their_own_way() {
        let play = |answer: &dyn Fn(u64) -> TaskPage| {
            let mut paging = Paging::new(10, false);
            let (mut shown, mut page, mut requests) = (Vec::new(), 1, 0);
            loop {
                requests += 1;
                assert!(requests < 100);
                let (fresh, next) = paging.take(answer(page));
                shown.extend(fresh);
                match next {
                    Next::Page(next) => page = next,
                    next => return (shown.len(), requests, next),
                }
            }
        };
        let list = List((1..=25).collect());
        // Smaller pages than were asked for.
        assert_eq!(play(&|page| list.page(page, 4)), (25, 7, Next::Done));
        // A total that is the count of the page, and one that is none.
        assert_eq!(
            play(&|page| {
                let mut page = list.page(page, 10);
                page.total = Some(page.tasks.len() as u64);
                page
            })
            .0,
            25
        );
        assert_eq!(play(&|page| TaskPage { total: None, ..list.page(page, 10) }), (25, 4, Next::Done));
        // The same page again and again.
        let (shown, _, next) = play(&|_| list.page(1, 10));
        assert_eq!((shown, next), (10, Next::Restless));
        // A last page that is shown again behind the end.
        let full = List((1..=20).collect());
        assert_eq!(play(&|page| full.page(page.min(2), 10)), (20, 3, Next::Done));
        // Tasks without an id.
        let nameless = || task_page(br#"{"data":{"total":2,"data":[{"name":"a"},{"name":"b"}]}}"#).unwrap();
        assert_eq!(play(&|_| nameless()), (2, 1, Next::Done));
    }
}
