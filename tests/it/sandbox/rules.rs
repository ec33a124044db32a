//! What holds for the whole server: its clock and zone, its limits, and when it stops knowing us.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::client::{Answer, Connection, ask, get, post};
use super::{created, faults, lines, with_files};
use crate::support::{StandIn, WorkDir, phone};

/// The `Date` of an answer.
fn date(answer: &Answer) -> Timestamp {
    jiff::fmt::rfc2822::parse(answer.header("date").unwrap()).unwrap().timestamp()
}

/// When a task was created, as it is shown.
fn created_at(answer: &Answer) -> String {
    answer.json()["data"]["created_at"].as_str().unwrap().to_owned()
}

fn is_about(found: SignedDuration, wanted: SignedDuration) -> bool {
    (found - wanted).abs() < SignedDuration::from_secs(60)
}

#[test]
fn times_are_shown_and_read_in_the_zone() {
    for (zone, minutes) in [("+08:00", 480), ("-03:30", -210), ("+0545", 345), ("+00:00", 0)] {
        let work = WorkDir::new();
        let stand_in = StandIn::start(&work, &["--zone", zone]);
        let answer = post(&stand_in, &phone(1));
        let shown: DateTime = created_at(&answer).parse().unwrap();
        let utc = jiff::tz::Offset::UTC.to_datetime(date(&answer));
        let ahead = SignedDuration::from_mins(minutes);
        assert!(is_about(shown.duration_since(utc), ahead), "{zone}: {shown} at {utc}");

        // A window of a second in the same zone; one shifted by the zone's distance finds nothing.
        let window = |from: DateTime| {
            let text = from.strftime("%Y-%m-%d+%H:%M:%S").to_string();
            get(&stand_in, &format!("?start_at={text}&end_at={text}")).total()
        };
        assert_eq!(window(shown), 1, "{zone}");
        if minutes != 0 {
            assert_eq!(window(shown - ahead), 0, "{zone}");
        }
        let listed = get(&stand_in, "").json()["data"]["data"][0].clone();
        for at in [&listed["created_at"], &listed["updated_at"], &listed["logs"][0]["created_at"]] {
            assert_eq!(at, &created_at(&answer), "{zone}");
        }
    }
}

#[test]
fn a_clock_that_is_wrong_is_wrong_in_all_it_tells() {
    for (skew, seconds) in [("-26h", -93_600), ("+90m", 5400)] {
        let work = WorkDir::new();
        let stand_in = StandIn::start(&work, &with_files(&["--clock-skew", skew, "--finish-after", "0"]));
        let answer = post(&stand_in, &phone(1));
        let wrong = SignedDuration::from_secs(seconds);
        assert!(is_about(date(&answer).duration_since(Timestamp::now()), wrong), "{skew}: {answer:?}");
        let shown: DateTime = created_at(&answer).parse().unwrap();
        let now = jiff::tz::Offset::UTC.to_datetime(Timestamp::now());
        assert!(is_about(shown.duration_since(now), wrong), "{skew}: {shown}");
        assert_eq!(get(&stand_in, "?status=2").total(), 1, "finished by the same clock");
        // The files of the test keep the true time.
        for name in ["audit.jsonl", "requests.jsonl"] {
            let at: Timestamp = lines(&work, name)[0]["at"].as_str().unwrap().parse().unwrap();
            assert!(is_about(at.duration_since(Timestamp::now()), SignedDuration::ZERO), "{name}");
        }
    }
}

#[test]
fn refusals_can_come_with_status_200() {
    let work = WorkDir::new();
    let arguments =
        ["--errors-as-200", "--token", crate::support::TOKEN, "--forbid", &phone(9), "--rate-limit", "6/h"];
    let stand_in = StandIn::start(&work, &arguments);
    let code = |answer: Answer| (answer.status, answer.json()["code"].as_u64().unwrap());
    assert_eq!(code(post(&stand_in, &phone(1))), (200, 200));
    assert_eq!(code(post(&stand_in, &phone(1))), (200, 400));
    assert_eq!(code(ask(&stand_in, "POST", "", "{}")), (200, 422));
    assert_eq!(code(get(&stand_in, "?page=0")), (200, 422));
    assert_eq!(code(post(&stand_in, &phone(9))), (200, 403));
    assert_eq!(code(ask(&stand_in, "GET", "/other", "")), (404, 404), "that is no refusal of a request");
    assert_eq!(code(post(&stand_in, &phone(2))), (429, 429));
}

#[test]
fn above_the_rate_everything_has_to_wait() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--rate-limit", "2/h"]));
    assert_eq!((post(&stand_in, &phone(1)).status, get(&stand_in, "").status), (200, 200));
    for answer in [post(&stand_in, &phone(2)), get(&stand_in, "")] {
        assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")));
        assert_eq!(answer.json()["code"], 429);
    }
    assert_eq!(created(&work), [phone(1)]);
    assert_eq!(faults(&work), ["-", "-", "rate-limit", "rate-limit"]);
}

#[test]
fn what_a_429_asks_for() {
    for (arguments, want) in [
        (&[][..], Some("1")),
        (&["--retry-after", "0s"], Some("0")),
        (&["--retry-after", "1500ms"], Some("2")),
        (&["--retry-after", "20m"], Some("1200")),
        (&["--retry-after", "20m", "--retry-after-date"], None),
        (&["--retry-after", "20m", "--retry-after-date", "--clock-skew", "-26h"], None),
    ] {
        let work = WorkDir::new();
        let stand_in = StandIn::start(&work, &[&["--fault-429", "1"], arguments].concat());
        let answer = post(&stand_in, &phone(1));
        let asked = answer.header("retry-after").unwrap();
        match want {
            Some(want) => assert_eq!(asked, want),
            None => {
                let when = jiff::fmt::rfc2822::parse(asked).unwrap().timestamp();
                // By the server's own clock.
                assert!(
                    is_about(when.duration_since(date(&answer)), SignedDuration::from_mins(20)),
                    "{asked}"
                );
            }
        }
    }
}

#[test]
fn the_server_can_stop_knowing_us() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--unauthorized-from", "3"]));
    let statuses =
        [post(&stand_in, &phone(1)), get(&stand_in, ""), post(&stand_in, &phone(2)), get(&stand_in, "")];
    assert_eq!(statuses.map(|answer| answer.status), [200, 200, 401, 401]);
    assert_eq!(created(&work), [phone(1)]);

    let stand_in = StandIn::start(&work, &["--captive-from", "2"]);
    assert_eq!(get(&stand_in, "").json()["code"], 200);
    for answer in [post(&stand_in, &phone(1)), get(&stand_in, "")] {
        assert_eq!((answer.status, answer.body.starts_with("<!DOCTYPE html>")), (200, true));
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    }
}

#[test]
fn one_user_can_be_forbidden_and_posts_sent_elsewhere() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--forbid", &phone(1), "--forbid", &phone(3)]));
    let statuses = [1, 2, 3].map(|user| post(&stand_in, &phone(user)).status);
    assert_eq!(statuses, [403, 200, 403]);
    assert_eq!(created(&work), [phone(2)]);

    for status in ["301", "302", "303", "307", "308"] {
        let stand_in = StandIn::start(&work, &["--redirect", status]);
        let answer = post(&stand_in, &phone(1));
        assert_eq!((answer.status.to_string().as_str(), answer.header("location")), (status, Some("/moved")));
        assert_eq!(get(&stand_in, "").total(), 0);
    }
}

#[test]
fn connections_stay_or_end_as_told() {
    let work = WorkDir::new();
    let stays = StandIn::start(&work, &[]);
    let mut connection = Connection::open(&stays);
    for _ in 0..2 {
        connection.send("GET", "", "");
        assert_eq!(connection.answer().header("connection"), None);
    }
    let closes = StandIn::start(&work, &["--close"]);
    let mut connection = Connection::open(&closes);
    connection.send("GET", "", "");
    assert_eq!(connection.answer().header("connection"), Some("close"));
    assert!(connection.is_over());
}

#[test]
fn a_slow_server_has_acted_before_it_answers() {
    let work = WorkDir::new();
    let stand_in = StandIn::start(&work, &with_files(&["--latency", "1h"]));
    let mut waits = Connection::open(&stand_in);
    waits.send("POST", "", &super::client::body(&phone(1)));
    super::until(|| created(&work) == [phone(1)]);
    // What is held back does not hold up the end.
    let start = std::time::Instant::now();
    assert!(stand_in.stop().success());
    assert!(start.elapsed() < std::time::Duration::from_secs(3), "{:?}", start.elapsed());

    let stand_in = StandIn::start(&work, &["--latency", "100ms"]);
    let start = std::time::Instant::now();
    assert_eq!(get(&stand_in, "").total(), 0);
    assert!(start.elapsed() >= std::time::Duration::from_millis(100), "{:?}", start.elapsed());
}
