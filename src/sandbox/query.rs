//! The parameters of `list-tasks.md`.

use jiff::civil::DateTime;

use super::clock::Clock;
use super::validate::Flaws;

const PAGE_SIZE_DEFAULT: u64 = 20;
const PAGE_SIZE_MAX: u64 = 100;

/// Which tasks a list shows. Conditions left out are `None`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) task_id: Option<u64>,
    pub(super) creation_id: Option<u64>,
    pub(super) kind: Option<u64>,
    pub(super) status: Option<u64>,
    /// In lower case.
    pub(super) name: Option<String>,
    /// Inclusive; in the server's zone until [`Filter::in_utc`].
    pub(super) start_at: Option<DateTime>,
    /// Inclusive; likewise.
    pub(super) end_at: Option<DateTime>,
    /// Counted from 1.
    pub(super) page: u64,
    /// 1 to 100.
    pub(super) page_size: u64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            task_id: None,
            creation_id: None,
            kind: None,
            status: None,
            name: None,
            start_at: None,
            end_at: None,
            page: 1,
            page_size: PAGE_SIZE_DEFAULT,
        }
    }
}

impl Filter {
    /// The same with its times as the store has them.
    pub(super) fn in_utc(mut self, clock: &Clock) -> Self {
        for time in [&mut self.start_at, &mut self.end_at] {
            *time = time.map(|time| clock.utc(time));
        }
        self
    }
}

/// Reads the decoded parameters of a list request.
///
/// # Errors
/// Every parameter that is unknown, there twice, or not of its form.
pub(super) fn filter(parameters: &[(String, String)]) -> Result<Filter, Flaws> {
    let mut filter = Filter::default();
    let mut flaws = Flaws::default();
    let mut seen: Vec<&str> = Vec::new();
    for (key, text) in parameters {
        let read = match key.as_str() {
            "task_id" => whole(text).map(|number| filter.task_id = Some(number)),
            "creation_id" => whole(text).map(|number| filter.creation_id = Some(number)),
            "type" => whole(text).map(|number| filter.kind = Some(number)),
            "status" => status(text).map(|number| filter.status = Some(number)),
            "name" => {
                filter.name = Some(text.to_lowercase());
                Ok(())
            }
            "start_at" => moment(text).map(|moment| filter.start_at = Some(moment)),
            "end_at" => moment(text).map(|moment| filter.end_at = Some(moment)),
            "page" => positive(text).map(|number| filter.page = number),
            "page_size" => positive(text).map(|number| filter.page_size = number.min(PAGE_SIZE_MAX)),
            _ => Err("is not a parameter of the API"),
        };
        if let Err(reason) = read {
            flaws.add(key, reason);
        } else if seen.contains(&key.as_str()) {
            flaws.add(key, "is there more than once");
        } else {
            seen.push(key);
        }
    }
    match flaws.found() {
        None => Ok(filter),
        Some(flaws) => Err(flaws),
    }
}

/// Digits and nothing else: a sign or a space is no integer as the page means it.
fn whole(text: &str) -> Result<u64, &'static str> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or("must be a whole number")
}

fn positive(text: &str) -> Result<u64, &'static str> {
    whole(text).ok().filter(|&number| number > 0).ok_or("must be a whole number above 0")
}

fn status(text: &str) -> Result<u64, &'static str> {
    whole(text).ok().filter(|&number| number <= 3).ok_or("must be 0, 1, 2 or 3")
}

fn moment(text: &str) -> Result<DateTime, &'static str> {
    // The parser alone would take `2026-4-7 5:0:0` too.
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    Some(text)
        .filter(|_| shape.eq(*b"0000-00-00 00:00:00"))
        .and_then(|text| DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok())
        .ok_or("must be a time such as 2026-04-07 17:00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> Result<Filter, String> {
        let owned: Vec<_> = parameters.iter().map(|&(key, text)| (key.to_owned(), text.to_owned())).collect();
        filter(&owned).map_err(|flaws| flaws.message())
    }

    #[test]
    fn every_parameter_is_read() {
        assert_eq!(read(&[]).unwrap(), Filter::default());
        let all = read(&[
            ("task_id", "1"),
            ("creation_id", "2"),
            ("type", "3"),
            ("status", "0"),
            ("name", "Jaķarta"),
            ("start_at", "2026-04-07 17:00:00"),
            ("end_at", "9999-12-31 23:59:59"),
            ("page", "4"),
            ("page_size", "101"),
        ]);
        let want = Filter {
            task_id: Some(1),
            creation_id: Some(2),
            kind: Some(3),
            status: Some(0),
            name: Some("jaķarta".to_owned()),
            start_at: Some(jiff::civil::date(2026, 4, 7).at(17, 0, 0, 0)),
            end_at: Some(jiff::civil::date(9999, 12, 31).at(23, 59, 59, 0)),
            page: 4,
            page_size: 100,
        };
        assert_eq!(all.unwrap(), want);
    }

    #[test]
    fn odd_parameters_are_refused() {
        let number = "must be a whole number";
        let above = "must be a whole number above 0";
        let time = "must be a time such as 2026-04-07 17:00:00";
        for (key, text, reason) in [
            ("task_id", "", number),
            ("task_id", "+1", number),
            ("task_id", "1.0", number),
            ("task_id", "99999999999999999999", number),
            ("creation_id", "x", number),
            ("type", "-3", number),
            ("status", "4", "must be 0, 1, 2 or 3"),
            ("page", "0", above),
            ("page_size", "0", above),
            ("page_size", "many", above),
            ("start_at", "", time),
            ("start_at", "2026-04-07", time),
            ("start_at", "2026-04-07T17:00:00", time),
            ("start_at", "2026-4-7 17:0:00.00", time),
            ("end_at", "2026-02-30 00:00:00", time),
            ("end_at", "２026-02-20 00:00", time),
            ("end_at", "2026-02-20 24:00:00", time),
            ("pagesize", "5", "is not a parameter of the API"),
        ] {
            assert_eq!(read(&[(key, text)]).unwrap_err(), format!("{key} {reason}."), "{text}");
        }
        assert_eq!(read(&[("page", "1"), ("page", "2")]).unwrap_err(), "page is there more than once.");
    }
}
