//! The tasks: one unfinished per phone, completed by the clock alone, listed by filter and page.

use std::collections::HashMap;
use std::time::Duration;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::config::{Agents, ListFaults};
use super::faults;
use super::history::{Course, Entry, LOGS_PER_TASK, Status};
use super::query::Filter;
use super::validate::{NewTask, TASK_TYPE};

// Ranges that do not overlap, so that one kind of id taken for another is seen at once.
const FIRST_TASK_ID: u64 = 1_000_001;
const FIRST_CREATION_ID: u64 = 500_000_001;
const FIRST_CONVERSATION_ID: u64 = 900_000_001;
const FIRST_LOG_ID: u64 = 2_000_000_001;

/// A task of the sandbox.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) new: NewTask,
    /// How many were created before it, from the store's first number on; all ids are made from it.
    index: u64,
    created: Timestamp,
    course: Course,
    /// Whether no list ever shows it.
    missed: bool,
}

impl Task {
    pub(super) fn id(&self) -> u64 {
        FIRST_TASK_ID + self.index
    }

    pub(super) fn creation_id(&self) -> u64 {
        FIRST_CREATION_ID + self.index
    }

    pub(super) fn conversation_id(&self) -> u64 {
        FIRST_CONVERSATION_ID + self.index
    }

    /// The id of its log line `number`, counted from 0.
    pub(super) fn log_id(&self, number: u64) -> u64 {
        FIRST_LOG_ID + self.index * LOGS_PER_TASK + number
    }

    /// UTC, whole seconds, as it is shown and searched.
    pub(super) fn created_at(&self) -> DateTime {
        shown(self.created)
    }

    /// Its log lines, oldest first, each with its time in the same form.
    pub(super) fn logs(&self, now: Timestamp) -> Vec<(Entry, DateTime)> {
        let at = |entry: &Entry| shown(self.created.checked_add(entry.after).unwrap_or(now));
        let entries = self.course.entries(self.age(now));
        entries.into_iter().map(|entry| (entry, at(&entry))).collect()
    }

    pub(super) fn status(&self, now: Timestamp) -> Status {
        self.course.status(self.age(now))
    }

    /// None before its creation, where the clock was set back.
    fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.created).max(SignedDuration::ZERO)
    }

    fn passes(&self, filter: &Filter, now: Timestamp) -> bool {
        !self.missed
            && filter.creation_id.is_none_or(|id| id == self.creation_id())
            && filter.status.is_none_or(|status| status == self.status(now).number())
            && filter.name.as_deref().is_none_or(|part| self.new.name.to_lowercase().contains(part))
    }
}

fn shown(moment: Timestamp) -> DateTime {
    let moment = Offset::UTC.to_datetime(moment);
    moment.with().subsec_nanosecond(0).build().unwrap_or(moment)
}

/// Why a task was not created.
#[derive(Debug)]
pub(super) enum Refused<E> {
    /// The phone has an unfinished task.
    Incomplete,
    /// The record of it could not be kept.
    Unrecorded(E),
}

/// The tasks that match a list request.
pub(super) struct Page<'s> {
    /// How many match on all pages.
    pub(super) total: usize,
    /// Those of the page asked for.
    pub(super) tasks: Vec<&'s Task>,
}

/// All tasks, in the order of their creation. Their times never fall, whatever the clock does.
pub(super) struct Store {
    tasks: Vec<Task>,
    /// The newest task of each phone: only that one can be unfinished.
    newest: HashMap<String, usize>,
    finish_after: Option<SignedDuration>,
    start_after: Option<SignedDuration>,
    agents: Agents,
    first: u64,
    seed: u64,
    misses: f64,
    lag: SignedDuration,
}

impl Store {
    /// All ids are counted from `first`.
    pub(super) fn new(finish_after: Option<Duration>, first: u64) -> Self {
        // What is too long for the type is never, for all purposes.
        let finish_after = finish_after.and_then(|duration| SignedDuration::try_from(duration).ok());
        let (tasks, newest, lag) = (Vec::new(), HashMap::new(), SignedDuration::ZERO);
        let (start_after, agents) = (None, Agents::default());
        Self { tasks, newest, finish_after, start_after, agents, first, seed: 0, misses: 0.0, lag }
    }

    /// With lists that are behind, or lack tasks.
    pub(super) fn listing(self, faults: &ListFaults, seed: u64) -> Self {
        let lag = SignedDuration::try_from(faults.lag).unwrap_or(SignedDuration::MAX);
        Self { seed, misses: faults.misses, lag, ..self }
    }

    /// With agents who work on the tasks.
    pub(super) fn worked_on(self, agents: &Agents, seed: u64) -> Self {
        let start_after = agents.start_after.and_then(|after| SignedDuration::try_from(after).ok());
        Self { seed, start_after, agents: agents.clone(), ..self }
    }

    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Creates a task, unless its phone has an unfinished one. `record` sees it before it counts as created.
    ///
    /// # Errors
    /// When the phone is busy, or with the error of `record`; in both cases there is no task.
    pub(super) fn create<E>(
        &mut self,
        new: NewTask,
        now: Timestamp,
        record: impl FnOnce(&Task) -> Result<(), E>,
    ) -> Result<&Task, Refused<E>> {
        let newest = self.newest.get(&new.user_phone).and_then(|&index| self.tasks.get(index));
        if newest.is_some_and(|task| !task.status(now).is_over()) {
            return Err(Refused::Incomplete);
        }
        let index = self.tasks.len();
        let created = self.tasks.last().map_or(now, |last| now.max(last.created));
        let missed = faults::happens_to(self.seed, "miss", self.misses, &new.user_phone, &new.name);
        let course = self.course(&new, index);
        let task = Task { new, index: self.first + index as u64, created, course, missed };
        record(&task).map_err(Refused::Unrecorded)?;
        self.newest.insert(task.new.user_phone.clone(), index);
        Ok(self.tasks.push_mut(task))
    }

    /// What is to become of a task, decided by seed.
    fn course(&self, new: &NewTask, index: usize) -> Course {
        let happens = |what, chance| faults::happens_to(self.seed, what, chance, &new.user_phone, &new.name);
        Course {
            start_after: self.start_after,
            finish_after: self.finish_after,
            is_terminated: happens("terminate", self.agents.terminated),
            remark: happens("remark", self.agents.remarks).then_some(index),
        }
    }

    /// The task that was created last.
    pub(super) fn newest(&self) -> Option<&Task> {
        self.tasks.last()
    }

    /// The task that was created before the one with this id.
    pub(super) fn before(&self, id: u64) -> Option<&Task> {
        let place = self.tasks.partition_point(|task| task.id() < id);
        self.tasks.get(place.checked_sub(1)?)
    }

    /// The tasks that match, the oldest first. On a page that is `shifted` the last task of the page before stands in the
    /// place of its own first.
    pub(super) fn list(&self, filter: &Filter, now: Timestamp, shifted: bool) -> Page<'_> {
        let candidates =
            if filter.kind.is_none_or(|kind| kind == TASK_TYPE) { self.narrowed(filter, now) } else { &[] };
        let mut page = Page { total: 0, tasks: Vec::new() };
        let first = (filter.page - 1).saturating_mul(filter.page_size);
        let mut before = None;
        for task in candidates.iter().filter(|task| task.passes(filter, now)) {
            let place = page.total as u64;
            if place >= first && place - first < filter.page_size {
                page.tasks.push(task);
            } else if place < first {
                before = Some(task);
            }
            page.total += 1;
        }
        if let (true, Some(own), Some(before)) = (shifted, page.tasks.first_mut(), before) {
            *own = before;
        }
        page
    }

    /// The stretch of tasks within the filter's id and times that are listed already, found without looking at the others.
    fn narrowed(&self, filter: &Filter, now: Timestamp) -> &[Task] {
        let (mut from, mut to) = (0, self.tasks.len());
        if !self.lag.is_zero() {
            to = self.tasks.partition_point(|task| now.duration_since(task.created) >= self.lag);
        }
        if let Some(start) = filter.start_at {
            from = self.tasks.partition_point(|task| task.created_at() < start);
        }
        if let Some(end) = filter.end_at {
            to = to.min(self.tasks.partition_point(|task| task.created_at() <= end));
        }
        if let Some(id) = filter.task_id {
            from = from.max(self.tasks.partition_point(|task| task.id() < id));
            to = to.min(self.tasks.partition_point(|task| task.id() <= id));
        }
        self.tasks.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    const START: &str = "2026-04-16T10:00:00.9Z";

    fn at(seconds: i64) -> Timestamp {
        START.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    fn new(name: &str, phone: u64) -> NewTask {
        NewTask {
            name: name.to_owned(),
            description: String::new(),
            auth_id: 30_058,
            user_phone: phone.to_string(),
            user_name: String::new(),
            assignee_username: "incs_1".to_owned(),
        }
    }

    fn create(store: &mut Store, name: &str, phone: u64, now: Timestamp) -> Result<u64, Refused<Infallible>> {
        store.create(new(name, phone), now, |_| Ok(())).map(Task::id)
    }

    /// 25 tasks, one a second, `Task 1` to `Task 25`.
    fn filled(finish_after: Option<Duration>) -> Store {
        let mut store = Store::new(finish_after, 0);
        for number in 1..=25_i64 {
            let phone = 6_281_200_000_000 + number.unsigned_abs();
            create(&mut store, &format!("Task {number}"), phone, at(number)).unwrap();
        }
        store
    }

    #[test]
    fn a_phone_has_one_unfinished_task() {
        let mut store = Store::new(Some(Duration::from_secs(60)), 0);
        let first = create(&mut store, "a", 62_812_000, at(0)).unwrap();
        assert!(matches!(create(&mut store, "b", 62_812_000, at(59)), Err(Refused::Incomplete)));
        assert_eq!(create(&mut store, "c", 62_812_001, at(59)).unwrap(), first + 1);
        assert_eq!(create(&mut store, "d", 62_812_000, at(60)).unwrap(), first + 2);
        assert!(matches!(create(&mut store, "e", 62_812_000, at(61)), Err(Refused::Incomplete)));
        assert_eq!(store.len(), 3);
    }

    #[test]
    fn what_cannot_be_recorded_is_not_created() {
        let mut store = Store::new(None, 0);
        let refused = store.create(new("a", 62_812_000), at(0), |_| Err("disk full"));
        assert!(matches!(refused, Err(Refused::Unrecorded("disk full"))));
        assert_eq!(store.len(), 0);
        assert!(create(&mut store, "a", 62_812_000, at(0)).is_ok());
    }

    #[test]
    fn filters() {
        let store = filled(Some(Duration::from_secs(60)));
        let none = Filter::default();
        let time = |text: &str| Some(text.parse::<DateTime>().unwrap());
        let cases = [
            (Filter { ..none }, 25, Some(FIRST_TASK_ID)),
            (Filter { task_id: Some(FIRST_TASK_ID + 4), ..Filter::default() }, 1, Some(FIRST_TASK_ID + 4)),
            (Filter { task_id: Some(FIRST_CREATION_ID), ..Filter::default() }, 0, None),
            (
                Filter { creation_id: Some(FIRST_CREATION_ID + 24), ..Filter::default() },
                1,
                Some(FIRST_TASK_ID + 24),
            ),
            (Filter { kind: Some(3), ..Filter::default() }, 25, Some(FIRST_TASK_ID)),
            (Filter { kind: Some(2), ..Filter::default() }, 0, None),
            (Filter { name: Some("task 2".to_owned()), ..Filter::default() }, 7, Some(FIRST_TASK_ID + 1)),
            // created at 10:00:01.9, shown and searched as 10:00:01
            (Filter { end_at: time("2026-04-16T10:00:01"), ..Filter::default() }, 1, Some(FIRST_TASK_ID)),
            (
                Filter { start_at: time("2026-04-16T10:00:25"), ..Filter::default() },
                1,
                Some(FIRST_TASK_ID + 24),
            ),
            (Filter { start_at: time("2026-04-16T10:00:26"), ..Filter::default() }, 0, None),
            (
                Filter {
                    start_at: time("2026-04-16T10:00:05"),
                    end_at: time("2026-04-16T10:00:03"),
                    ..Filter::default()
                },
                0,
                None,
            ),
            // at 70 s those created up to second 10 are finished
            (Filter { status: Some(2), ..Filter::default() }, 10, Some(FIRST_TASK_ID)),
            (Filter { status: Some(0), ..Filter::default() }, 15, Some(FIRST_TASK_ID + 10)),
            (Filter { status: Some(3), ..Filter::default() }, 0, None),
        ];
        for (filter, total, first) in cases {
            let page = store.list(&filter, at(70), false);
            assert_eq!((page.total, page.tasks.first().map(|task| task.id())), (total, first), "{filter:?}");
        }
    }

    #[test]
    fn pages() {
        let store = filled(None);
        for (page, page_size, count, first) in [
            (1, 20, 20, Some(0)),
            (2, 20, 5, Some(20)),
            (3, 20, 0, None),
            (25, 1, 1, Some(24)),
            (u64::MAX, 100, 0, None),
        ] {
            let filter = Filter { page, page_size, ..Filter::default() };
            let listed = store.list(&filter, at(70), false);
            let ids: Vec<_> = listed.tasks.iter().map(|task| task.id()).collect();
            assert_eq!((listed.total, ids.len()), (25, count), "page {page}");
            assert_eq!(ids.first().copied(), first.map(|first: u64| FIRST_TASK_ID + first), "page {page}");
        }
    }

    #[test]
    fn a_shifted_page_repeats_the_one_before() {
        let store = filled(None);
        let ids = |page, shifted| -> Vec<_> {
            let filter = Filter { page, page_size: 10, ..Filter::default() };
            let listed = store.list(&filter, at(70), shifted);
            assert_eq!(listed.total, 25);
            listed.tasks.iter().map(|task| task.id() - FIRST_TASK_ID).collect()
        };
        assert_eq!(ids(1, true), ids(1, false), "nothing stands before the first page");
        assert_eq!(ids(3, true), [19, 21, 22, 23, 24]);
        assert_eq!(ids(4, true), [] as [u64; 0]);
    }

    #[test]
    fn a_list_that_is_behind_shows_and_counts_what_is_old_enough() {
        let faults = ListFaults { lag: Duration::from_secs(30), ..ListFaults::default() };
        let store = filled(None).listing(&faults, 0);
        for (seconds, total) in [(25, 0), (31, 1), (40, 10), (55, 25)] {
            assert_eq!(store.list(&Filter::default(), at(seconds), false).total, total, "{seconds} s");
        }
        let end_at = Some("2026-04-16T10:00:05".parse().unwrap());
        let early = Filter { end_at, ..Filter::default() };
        assert_eq!(store.list(&early, at(40), false).total, 5);
        let late = Filter { start_at: end_at, ..Filter::default() };
        assert_eq!(store.list(&late, at(31), false).total, 0);
    }

    #[test]
    fn a_missed_task_is_in_no_list_but_keeps_its_phone_busy() {
        let faults = ListFaults { misses: 1.0, ..ListFaults::default() };
        let mut store = Store::new(None, 0).listing(&faults, 0);
        let id = create(&mut store, "a", 62_812_000, at(0)).unwrap();
        let filter = Filter { task_id: Some(id), ..Filter::default() };
        assert_eq!(store.list(&filter, at(70), false).total, 0);
        assert!(matches!(create(&mut store, "a", 62_812_000, at(1)), Err(Refused::Incomplete)));
    }

    #[test]
    fn a_clock_that_goes_back_leaves_the_times_in_order() {
        let mut store = filled(None);
        create(&mut store, "late", 62_812_000, at(-500)).unwrap();
        let times: Vec<_> = store.tasks.iter().map(Task::created_at).collect();
        assert!(times.is_sorted());
    }
}
