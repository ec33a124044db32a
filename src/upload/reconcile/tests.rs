use super::*;

const AT: i64 = 1_000_000;

fn listed(id: i64, created_at: i64) -> Listed {
    Listed {
        id,
        creation_id: Some(1),
        auth_id: Some(7),
        name: "Reminder".to_owned(),
        user_phone: "6281234567890".to_owned(),
        assignee_username: "incs_1".to_owned(),
        created_at: Some(created_at),
    }
}

fn wanted() -> Wanted {
    Wanted::of(
        br#"{"name":"Reminder","type":3,"auth_id":7,"user_phone":"6281234567890","assignee_username":"incs_1"}"#,
    )
    .unwrap()
}

/// A complete reading of the tasks given, of which `ours` are known to be ours.
fn reading(tasks: &[Listed], ours: &[(i64, i64)], owned: &[i64]) -> Reading {
    use sweep::{Part, Step, Sweep};
    let read = Span { from: AT - 1_000, to: AT + 1_000 };
    let page = crate::api::list::Page { total: tasks.len() as u64, tasks: tasks.to_vec() };
    let behind = crate::api::list::Page { tasks: Vec::new(), ..page };
    let mut sweep = Sweep::new(vec![Part::Created(read)]);
    let mut step = sweep.take(page, &|_| true);
    if matches!(step, Step::Next) {
        step = sweep.take(behind, &|_| true);
    }
    let Step::Done(listing) = step else { panic!("{step:?}") };
    Reading {
        listing,
        survey: Survey { ours: ours.to_vec(), owned: owned.to_vec() },
        owned: owned.iter().copied().collect(),
        zone: Some(Zone { low: 0, high: 0 }),
        clock_is_known: true,
        read: vec![read],
        known: Known::default(),
    }
}

fn ask(reading: &Reading, is_settled: bool, first: Option<u64>) -> Finding {
    let likely = Span { from: AT - 10, to: AT + 60 };
    let possible = Span { from: AT - 500, to: AT + 500 };
    let window = Window { likely, possible, over: AT + 5, needed: AT + 55 };
    let wanted = wanted();
    decide(&Question { wanted: &wanted, window, is_settled, first }, reading)
}

#[test]
fn what_is_found_is_ours_at_any_time() {
    let task = listed(5, AT);
    let reading = reading(&[task.clone(), listed(6, AT + 900)], &[], &[]);
    for settled in [false, true] {
        assert_eq!(ask(&reading, settled, None), Finding::Found(task.clone()));
    }
}

#[test]
fn everything_has_to_be_equal() {
    let task = listed(5, AT);
    for other in [
        Listed { auth_id: Some(8), ..task.clone() },
        Listed { auth_id: None, ..task.clone() },
        Listed { name: "Reminders".to_owned(), ..task.clone() },
        Listed { user_phone: "6281234567891".to_owned(), ..task.clone() },
    ] {
        let reading = reading(std::slice::from_ref(&other), &[], &[]);
        assert!(matches!(ask(&reading, true, None), Finding::Once { .. }), "{other:?}");
    }
}

/// The server may write a name or an agent in another way, show the agent only once its queue has come to it, or somebody
/// has given the task to another agent since.
#[test]
fn a_task_that_differs_only_in_what_a_server_changes_is_not_absent() {
    let task = listed(5, AT);
    for other in [
        Listed { name: " REMINDER".to_owned(), ..task.clone() },
        Listed { assignee_username: "INCS_1".to_owned(), ..task.clone() },
        Listed { assignee_username: String::new(), ..task.clone() },
        Listed { assignee_username: "incs_2".to_owned(), ..task.clone() },
    ] {
        let found = reading(std::slice::from_ref(&other), &[], &[]);
        assert_eq!(ask(&found, false, None), Finding::TooEarly, "{other:?}");
        let want = Finding::Undecided(Lookup::Unplaced { ids: vec![5] });
        assert_eq!(ask(&found, true, None), want, "{other:?}");
        assert!(wanted().may_be(&other) && !wanted().is(&other));
        // One that is equal in all goes before it.
        let both = reading(&[Listed { id: 6, ..other }, task.clone()], &[], &[]);
        assert_eq!(ask(&both, true, None), Finding::Found(task.clone()));
    }
}

#[test]
fn what_is_ours_already_is_not_taken_twice() {
    let reading = reading(&[listed(5, AT)], &[(5, AT)], &[5]);
    assert!(matches!(ask(&reading, true, None), Finding::Once { .. }));
}

#[test]
fn before_the_settle_time_nothing_is_absent_and_nothing_undecided() {
    for tasks in [vec![], vec![listed(5, AT), listed(6, AT)], vec![listed(5, AT + 400)]] {
        assert_eq!(ask(&reading(&tasks, &[], &[]), false, None), Finding::TooEarly);
    }
}

#[test]
fn a_reading_that_ends_before_the_settle_time_does_proves_nothing() {
    let mut reading = reading(&[], &[], &[]);
    reading.read = vec![Span { from: AT - 1_000, to: AT + 54 }];
    assert_eq!(ask(&reading, true, None), Finding::TooEarly);
    reading.read = vec![Span { from: AT - 1_000, to: AT + 55 }];
    assert!(matches!(ask(&reading, true, None), Finding::Once { .. }));
}

#[test]
fn several_or_unplaced_candidates_are_for_a_person() {
    let two = reading(&[listed(5, AT), listed(6, AT + 1)], &[], &[]);
    assert_eq!(ask(&two, true, None), Finding::Undecided(Lookup::Candidates { ids: vec![5, 6] }));
    let one_may_be_older = reading(&[listed(5, AT), listed(6, AT - 300)], &[], &[]);
    assert_eq!(
        ask(&one_may_be_older, true, None),
        Finding::Undecided(Lookup::Candidates { ids: vec![5, 6] })
    );
    let elsewhere = reading(&[listed(5, AT + 400)], &[], &[]);
    assert_eq!(ask(&elsewhere, true, None), Finding::Undecided(Lookup::Unplaced { ids: vec![5] }));
    let timeless = reading(&[Listed { created_at: None, ..listed(5, 0) }], &[], &[]);
    assert_eq!(ask(&timeless, true, None), Finding::Undecided(Lookup::Unplaced { ids: vec![5] }));
}

#[test]
fn an_unknown_zone_hides_no_candidate() {
    // Seven minutes off any zone there is: the clock of the database may be another one than that of `Date`.
    let mut reading = reading(&[listed(5, AT + 25_200 + 420)], &[], &[]);
    reading.zone = None;
    reading.read = vec![Span { from: AT - 100_000, to: AT + 100_000 }];
    let likely = Span { from: AT - 10, to: AT + 60 };
    let window = Window { likely, possible: likely, over: AT + 5, needed: AT + 55 };
    let question = Question { wanted: &wanted(), window, is_settled: true, first: None };
    assert_eq!(decide(&question, &reading), Finding::Undecided(Lookup::Unplaced { ids: vec![5] }));
}

#[test]
fn absence_takes_two_equal_readings() {
    let other = |id| Listed { user_phone: "6281200000000".to_owned(), ..listed(id, AT) };
    let first = reading(&[other(1), other(2)], &[], &[]);
    let Finding::Once { fingerprint, at_once: false } = ask(&first, true, None) else { panic!() };
    assert_eq!(ask(&reading(&[other(2), other(1)], &[], &[]), true, Some(fingerprint)), Finding::Absent);
    let changed = reading(&[other(1), other(2), other(3)], &[], &[]);
    match ask(&changed, true, Some(fingerprint)) {
        Finding::Once { fingerprint: second, .. } => assert_ne!(second, fingerprint),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_created_after_the_settle_time_does_not_make_two_readings_differ() {
    let other = |id, at| Listed { user_phone: "6281200000000".to_owned(), ..listed(id, at) };
    let first = reading(&[other(1, AT)], &[], &[]);
    let Finding::Once { fingerprint, .. } = ask(&first, true, None) else { panic!() };
    // The run goes on meanwhile.
    let second = reading(&[other(1, AT), other(2, AT + 57)], &[], &[]);
    assert_eq!(ask(&second, true, Some(fingerprint)), Finding::Absent);
    let late = reading(&[other(1, AT), other(2, AT + 55)], &[], &[]);
    assert!(matches!(ask(&late, true, Some(fingerprint)), Finding::Once { .. }));
}

#[test]
fn a_list_that_lacks_a_task_of_ours_proves_nothing() {
    let lacking = reading(&[], &[(9, AT + 20)], &[]);
    assert_eq!(ask(&lacking, true, None), Finding::NoProof(Lookup::Incomplete));
    // At the edge of what was read it need not be there.
    let at_the_edge = reading(&[], &[(9, AT + 1_000), (8, AT - 1_000)], &[]);
    assert!(matches!(ask(&at_the_edge, true, None), Finding::Once { at_once: false, .. }));
}

#[test]
fn the_second_reading_may_come_at_once_if_a_newer_task_of_ours_is_listed() {
    let ours = |at| Listed { user_phone: "6281200000000".to_owned(), ..listed(9, at) };
    for (at, want) in [(AT + 6, true), (AT + 5, false), (AT - 5, false)] {
        let reading = reading(&[ours(at)], &[(9, at)], &[9]);
        match ask(&reading, true, None) {
            Finding::Once { at_once, .. } => assert_eq!(at_once, want, "{at}"),
            other => panic!("{other:?}"),
        }
    }
    // Without its zone, times cannot be compared.
    let mut reading = reading(&[ours(AT + 6)], &[(9, AT + 6)], &[9]);
    reading.zone = None;
    reading.read = vec![Span { from: AT - 100_000, to: AT + 100_000 }];
    assert!(matches!(ask(&reading, true, None), Finding::Once { at_once: false, .. }));
}

/// After a night of failures there may be many doubts, and in their window there are all tasks of the run.
#[test]
fn ten_thousand_doubts_in_a_list_of_a_hundred_thousand() {
    let begin = std::time::Instant::now();
    let phone = |user: i64| format!("62812{user:08}");
    let tasks: Vec<Listed> =
        (1..=100_000).map(|id| Listed { user_phone: phone(id), ..listed(id, AT + id % 40) }).collect();
    let ours: Vec<(i64, i64)> =
        tasks.iter().filter(|task| task.id % 10 != 0).map(|task| (task.id, AT)).collect();
    let owned: Vec<i64> = ours.iter().map(|(id, _)| *id).collect();
    let reading = reading(&tasks, &ours, &owned);
    let likely = Span { from: AT - 10, to: AT + 60 };
    let window = Window { likely, possible: likely, over: AT + 5, needed: AT + 55 };
    let mut found = 0;
    for id in (10..=100_000).step_by(10) {
        // Every other one was not created.
        let user_phone = phone(if id % 20 == 0 { id } else { -id });
        let wanted = Wanted { user_phone, ..wanted() };
        match decide(&Question { wanted: &wanted, window, is_settled: true, first: None }, &reading) {
            Finding::Found(task) => found += usize::from(task.id == id),
            Finding::Once { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(found, 5_000);
    assert!(begin.elapsed() < std::time::Duration::from_secs(10), "{:?}", begin.elapsed());
}
