//! What differs from one run of a page to the next: ids, times, durations, ports, sizes.

/// The day on which the pages play.
const PAGE_DAY: &str = "2026-11-22";

/// What stands between words.
const BETWEEN: [char; 12] = [' ', '/', ',', '"', ';', '(', ')', '\'', '[', ']', '=', '`'];

/// Whether a word is the id of a run.
fn is_run(word: &str) -> bool {
    let shape = word.as_bytes();
    shape.len() == 20
        && shape[8] == b'-'
        && shape[15] == b'-'
        && shape[..8].iter().chain(&shape[9..15]).all(u8::is_ascii_digit)
}

/// Whether a word is an id that a server gives: longer than any phone of the pages.
fn is_task(word: &str) -> bool {
    word.len() >= 14 && word.bytes().all(|one| one.is_ascii_digit())
}

/// The ids of runs and tasks in a text, in order.
pub(super) fn ids(text: &str) -> Vec<&str> {
    let words = text.split(BETWEEN).map(|word| word.trim_end_matches([':', '.']));
    words
        .map(|word| word.get(..20).filter(|id| is_run(id)).unwrap_or(word))
        .filter(|id| is_run(id) || is_task(id))
        .collect()
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(|one| one.is_ascii_digit() || one == '.')
}

/// A word with `0` in place of each digit.
fn shape(word: &str) -> String {
    word.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect()
}

/// A line as it is each time; days are those around the moment.
pub(super) fn masked(line: &str, days: &[String]) -> String {
    let words: Vec<&str> = line.split_inclusive(BETWEEN).collect();
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        let core = word.trim_end_matches(BETWEEN);
        let (core, end) = word.split_at(core.trim_end_matches([':', '.']).len());
        let unit = words.get(at + 1).map_or("", |next| next.trim_end_matches(BETWEEN).trim_end_matches('.'));
        let is_day = |day: &str| day == PAGE_DAY || days.iter().any(|one| one == day);
        match shape(core).as_str() {
            _ if is_run(core) => text.push_str("RUN"),
            _ if is_task(core) => text.push_str("ID"),
            _ if is_run(core.get(..20).unwrap_or_default()) => {
                text.push_str("RUN");
                text.push_str(&core[20..]);
            }
            "0000-00-00" if is_day(core) => text.push_str("DAY"),
            "00:00:00" | "00:00" => text.push_str("TIME"),
            shape if shape.starts_with("0000-00-00T00:00") => text.push_str("MOMENT"),
            shape if shape.starts_with("000.0.0.0:") => text.push_str("HERE"),
            _ if is_number(core)
                && ["s", "ms", "min", "h", "B", "KiB", "MiB", "GiB", "TiB"].contains(&unit) =>
            {
                text.push('N');
            }
            _ => text.push_str(core),
        }
        text.push_str(end);
    }
    // The width of a column may come from what is masked.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_differs_and_what_does_not() {
    let days = ["2027-01-02".to_owned()];
    for (line, want) in [
        ("run 20261122-051714-rw9x completed in 20 s", "run RUN completed in N s"),
        ("  a/20261122-051714-rw9x-list.csv   b", "a/RUN-list.csv b"),
        (
            "2027-01-02 10:11:12 http://127.0.0.1:38107; due 2026-04-05",
            "DAY TIME http://HERE; due 2026-04-05",
        ),
        ("at 2026-11-22T05:17:14.5Z, 9.9/s", "at MOMENT, N/s"),
        ("rows read 412 = 403 created", "rows read 412 = 403 created"),
        ("3 min 4 s, 12.5 GiB", "N min N s, N GiB"),
    ] {
        assert_eq!(masked(line, &days), want, "{line}");
    }
    let line = "resume 20261122-051714-rw9x, a/20261122-051715-abcd-x, 28141994685862: 6281277000001";
    assert_eq!(ids(line), ["20261122-051714-rw9x", "20261122-051715-abcd", "28141994685862"]);
}
