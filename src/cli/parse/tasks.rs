//! Values that tasks of the server are asked for by.

use jiff::civil::{Date, DateTime, Time};

use super::{FromText, text_values, wants};
use crate::api::tasks::TaskStatus;
use crate::lang::say;

text_values! { [] NamedStatus, [] WallTime, }

/// A status by its number or its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedStatus(pub TaskStatus);

impl FromText for NamedStatus {
    fn wanted() -> String {
        say!("tracking-wants-status")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        TaskStatus::from_name(text).map(Self).ok_or_else(wants::<Self>)
    }
}

/// A time on a clock on the wall, or a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallTime {
    date: Date,
    /// `None`: the day.
    time: Option<Time>,
}

impl WallTime {
    /// Where it begins.
    pub fn first(self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }

    /// Its last second.
    pub fn last(self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::constant(23, 59, 59, 0)))
    }
}

impl FromText for WallTime {
    fn wanted() -> String {
        say!("tracking-wants-time")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        // The parser alone would take `2026-4-7 5:0:0` too.
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let form = match shape.as_str() {
            "0000-00-00" => {
                let date = Date::strptime("%Y-%m-%d", text).map_err(|_| wants::<Self>())?;
                return Ok(Self { date, time: None });
            }
            "0000-00-00 00:00:00" => "%Y-%m-%d %H:%M:%S",
            "0000-00-00T00:00:00" => "%Y-%m-%dT%H:%M:%S",
            "0000-00-00 00:00" => "%Y-%m-%d %H:%M",
            "0000-00-00T00:00" => "%Y-%m-%dT%H:%M",
            _ => return Err(wants::<Self>()),
        };
        let at = DateTime::strptime(form, text).map_err(|_| wants::<Self>())?;
        Ok(Self { date: at.date(), time: Some(at.time()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_days() {
        let read =
            |text: &str| WallTime::from_text(text).map(|at| (at.first().to_string(), at.last().to_string()));
        for (text, first, last) in [
            ("2026-04-07 17:00:01", "2026-04-07T17:00:01", "2026-04-07T17:00:01"),
            ("2026-04-07T17:00:01", "2026-04-07T17:00:01", "2026-04-07T17:00:01"),
            (" 2026-04-07 17:05 ", "2026-04-07T17:05:00", "2026-04-07T17:05:00"),
            ("2026-04-07", "2026-04-07T00:00:00", "2026-04-07T23:59:59"),
        ] {
            assert_eq!(read(text), Ok((first.to_owned(), last.to_owned())), "{text:?}");
        }
        for text in
            ["", "17:00", "2026-4-7", "2026-02-30", "2026-04-07 25:00", "07/04/2026", "2026-04-07Z", "now"]
        {
            assert!(read(text).unwrap_err().starts_with("wants a time such as"), "{text:?}");
        }
    }

    #[test]
    fn statuses_are_named_or_numbered() {
        assert_eq!(NamedStatus::from_text("In-Progress"), Ok(NamedStatus(TaskStatus::InProgress)));
        assert_eq!(NamedStatus::from_text("2"), Ok(NamedStatus(TaskStatus::Completed)));
        assert!(NamedStatus::from_text("done").unwrap_err().contains("3 terminated"));
    }
}
