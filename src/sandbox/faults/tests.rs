use super::*;

const DRAWS: u32 = 100_000;

fn phone(number: u32) -> String {
    format!("62812{number:08}")
}

/// How often each happens, with neighbouring phones, as lists have them.
fn counts(seed: u64, chances: &Chances) -> Vec<(Fault, u32)> {
    let mut counts: Vec<_> = Fault::ALL.into_iter().map(|fault| (fault, 0)).collect();
    for number in 0..DRAWS {
        if let Some(fault) = decide(seed, chances, &phone(number), "Follow up", 1) {
            counts.iter_mut().find(|(known, _)| *known == fault).unwrap().1 += 1;
        }
    }
    counts
}

#[test]
fn faults_are_as_likely_as_they_were_asked_to_be() {
    let wanted = |fault: Fault| match fault {
        Fault::TooManyRequests => 0.2,
        Fault::DropAfter => 0.05,
        Fault::Late => 0.001,
        Fault::BusyAfter => 0.5,
        _ => 0.0,
    };
    let chances = Chances::new(Fault::ALL.map(|fault| (fault, wanted(fault)))).unwrap();
    for seed in [0, 1, u64::MAX] {
        for (fault, count) in counts(seed, &chances) {
            let mean = wanted(fault) * f64::from(DRAWS);
            // Five standard deviations: a fair draw leaves them once in a million tables.
            let room = 5.0 * (mean * (1.0 - wanted(fault))).sqrt();
            assert!((f64::from(count) - mean).abs() <= room, "{fault:?} {count} times, seed {seed}");
        }
    }
}

#[test]
fn certain_and_impossible_are_exact() {
    for fault in Fault::ALL {
        let certain = Chances::new([(fault, 1.0)]).unwrap();
        let never = Chances::new([(fault, 0.0)]).unwrap();
        assert!(never.is_none() && !certain.is_none());
        for number in 0..1000 {
            assert_eq!(decide(7, &certain, &phone(number), "a", 1), Some(fault));
            assert_eq!(decide(7, &never, &phone(number), "a", 1), None);
        }
    }
}

#[test]
fn each_thing_it_depends_on_changes_it() {
    let half = Chances::new([(Fault::Html, 0.5)]).unwrap();
    let decisions = |seed, name, nth| -> Vec<_> {
        (0..1000).map(|number| decide(seed, &half, &phone(number), name, nth).is_some()).collect()
    };
    let first = decisions(0, "a", 1);
    assert_eq!(first, decisions(0, "a", 1), "nothing else counts");
    for other in [decisions(1, "a", 1), decisions(0, "b", 1), decisions(0, "a", 2)] {
        // Independent ones agree on half of the phones.
        let equal = first.iter().zip(&other).filter(|(one, other)| one == other).count();
        assert!((400..600).contains(&equal), "{equal}");
    }
    // Text does not run over from one part into the next.
    assert_ne!(draw(0, "post", &[b"ab", b"c"]).to_bits(), draw(0, "post", &[b"a", b"bc"]).to_bits());
}

#[test]
fn decisions_stay_what_they_were() {
    // Others rely on a seed to mean the same faults in the next version.
    let chances = Chances::new(Fault::ALL.map(|fault| (fault, 1.0 / 16.0))).unwrap();
    let names: Vec<_> = (0..8)
        .map(|number| decide(42, &chances, &phone(number), "Follow up", 1).map_or("-", Fault::name))
        .collect();
    assert_eq!(names.join(" "), "late 408 truncate html 503 - drop-before no-id");
}

#[test]
fn chances_that_cannot_be_are_refused() {
    use Fault::{Empty, Html, Late};
    for (chances, want) in [
        (vec![(Html, 0.5), (Late, 0.5)], None),
        (vec![(Html, 0.1), (Late, 0.2), (Empty, 0.7)], None), // 1.0000000000000002 in binary
        (vec![(Html, 0.8), (Late, 0.3)], Some("add up to 1.1:")),
        (vec![(Html, -0.1)], Some("--fault-html wants a probability from 0 to 1")),
        (vec![(Html, 1.1)], Some("--fault-html wants a probability from 0 to 1")),
        (vec![(Late, f64::NAN)], Some("--fault-late wants a probability from 0 to 1")),
    ] {
        let found = Chances::new(chances.clone()).err().map(|error| error.to_string());
        let fits = match (&found, want) {
            (Some(found), Some(want)) => found.contains(want),
            (found, want) => found.is_none() && want.is_none(),
        };
        assert!(fits, "{chances:?}: {found:?}");
    }
}

#[test]
fn list_requests_fail_in_turn_and_from_a_number_on() {
    let names = |seed, faults: &ListFaults| -> Vec<_> {
        (1..=6).map(|nth| decide_list(seed, faults, nth).map_or("-", ListFault::name)).collect()
    };
    let always = ListFaults { fault: 1.0, ..ListFaults::default() };
    assert_eq!(names(0, &always)[..4], ["list-cut", "list-truncate", "list-html", "list-500"]);
    assert_eq!(names(1, &always)[..2], ["list-truncate", "list-html"]);
    assert_eq!(names(0, &ListFaults::default()), ["-"; 6]);
    let dying = ListFaults { fails_from: Some(3), unstable: 1.0, ..ListFaults::default() };
    let shifts = ["list-unstable", "list-unstable", "list-500", "list-500", "list-500", "list-500"];
    assert_eq!(names(0, &dying), shifts);
    let some = ListFaults { fault: 0.25, ..ListFaults::default() };
    let count = (1..=u64::from(DRAWS)).filter(|&nth| decide_list(5, &some, nth).is_some()).count();
    assert!((24_300..25_700).contains(&count), "{count}");
}

#[test]
fn a_share_of_the_tasks_is_never_listed() {
    let missed = |seed, chance| {
        (0..DRAWS).filter(|&number| happens_to(seed, "miss", chance, &phone(number), "Follow up")).count()
    };
    assert_eq!((missed(0, 0.0), missed(0, 1.0)), (0, DRAWS as usize));
    assert!((9_500..10_500).contains(&missed(3, 0.1)));
}
