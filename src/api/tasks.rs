//! Whole tasks as the list shows them, for people: read so tolerantly that nothing a server writes can hide a task.
//!
//! A field that is not there or null is empty, one of another type is the text it is written in, and unknown ones are kept.
//! What doubts are decided by is [`list`](super::list), which takes less for granted.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

pub use super::status::{LogKind, TaskStatus};
use super::types::{Data, Object, integer, naive_seconds, strip_bom};
use crate::lang::say;

/// A line of a task's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// What it is about.
    pub kind: LogKind,
    /// The status after it.
    pub status: TaskStatus,
    /// The status before it.
    pub pre_status: TaskStatus,
    /// To whom the task was given, or who did it.
    pub assignee_username: String,
    /// The text of a remark.
    pub comment: String,
    /// The server's clock on the wall, as it is written.
    pub created_at: String,
    /// The whole log on one line.
    pub json: String,
    /// What it is sorted by: its time, then its id.
    age: (Option<i64>, Option<i64>),
}

/// The fields that the page on listing tasks names, in its order, without the logs.
pub const FIELDS: [&str; 12] = [
    "id",
    "creation_id",
    "auth_id",
    "name",
    "description",
    "type",
    "user_name",
    "user_phone",
    "assignee_username",
    "status",
    "created_at",
    "updated_at",
];

/// A task with all that the server says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The object as the server gave it, on one line: the same keys in the same order, numbers as they are written.
    pub json: String,
    /// Its id, if it is an integer.
    pub id: Option<i64>,
    /// What became of it.
    pub status: TaskStatus,
    /// Its history, oldest first.
    pub logs: Vec<Log>,
    /// What the page does not name, compactly, by name.
    pub others: BTreeMap<String, String>,
    /// The texts of [`FIELDS`], in their order.
    texts: [String; FIELDS.len()],
}

impl Task {
    /// The text of one of [`FIELDS`]; empty for what is not there, null, or no such field.
    pub fn text(&self, field: &str) -> &str {
        let place = FIELDS.iter().position(|known| *known == field);
        place.and_then(|place| self.texts.get(place)).map(String::as_str).unwrap_or_default()
    }

    /// The last log.
    pub fn last_log(&self) -> Option<&Log> {
        self.logs.last()
    }

    /// The remarks, oldest first.
    pub fn remarks(&self) -> impl DoubleEndedIterator<Item = &Log> {
        self.logs.iter().filter(|log| log.kind == LogKind::Remark)
    }

    fn of(raw: &RawValue) -> Option<Self> {
        let Fields(fields) = serde_json::from_str(raw.get()).ok()?;
        let find = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, raw)| *raw);
        let texts = FIELDS.map(|field| find(field).map(text).unwrap_or_default());
        let listed = find("logs").map(|raw| serde_json::from_str::<Vec<&RawValue>>(raw.get()));
        let has_logs = matches!(listed, Some(Ok(_)));
        let mut logs: Vec<Log> =
            listed.and_then(Result::ok).unwrap_or_default().iter().map(|raw| log(raw)).collect();
        // Stable: those that tell neither time nor id stay where they are listed, before the others.
        logs.sort_by_key(|log| log.age);
        let is_read = |key: &str, raw: &RawValue| {
            FIELDS.contains(&key) || key == "logs" && (has_logs || raw.get() == "null")
        };
        let others = fields
            .iter()
            .filter(|(key, raw)| !is_read(key, raw))
            .map(|(key, raw)| (key.clone(), compact(raw.get())));
        Some(Self {
            json: compact(raw.get()),
            id: find("id").and_then(integer),
            status: TaskStatus::of(find("status")),
            logs,
            others: others.collect(),
            texts,
        })
    }
}

fn log(raw: &RawValue) -> Log {
    // What is no object has no fields, and is still shown as it is written.
    let Fields(fields) = serde_json::from_str(raw.get()).unwrap_or_default();
    let find = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, raw)| *raw);
    let words = |key: &str| find(key).map(text).unwrap_or_default();
    let created_at = words("created_at");
    Log {
        kind: LogKind::of(find("type")),
        status: TaskStatus::of(find("status")),
        pre_status: TaskStatus::of(find("pre_status")),
        assignee_username: words("assignee_username"),
        comment: words("comment"),
        json: compact(raw.get()),
        age: (naive_seconds(&created_at), find("id").and_then(integer)),
        created_at,
    }
}

/// A page of whole tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// How many match on all pages; `None` where the server does not say.
    pub total: Option<u64>,
    /// Those of this page.
    pub tasks: Vec<Task>,
}

#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow, default)]
    total: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
}

/// Reads the `data` of a success envelope as a page of whole tasks.
///
/// Source: the answer of the page on listing tasks.
///
/// # Errors
/// It is no page, or holds something that is no object: a page is never shortened silently.
pub fn task_page(body: &[u8]) -> Result<TaskPage, String> {
    let unlike = |error: serde_json::Error| say!("engine-list-unlike", error = error.to_string());
    let Object(Data { data: Object(page) }): Object<Data<RawPage<'_>>> =
        serde_json::from_slice(strip_bom(body)).map_err(unlike)?;
    let total = page.total.and_then(integer).and_then(|total| u64::try_from(total).ok());
    let tasks = page.data.into_iter().map(Task::of).collect::<Option<Vec<_>>>();
    Ok(TaskPage { total, tasks: tasks.ok_or_else(|| say!("tracking-not-a-task"))? })
}

/// The members of an object, a repeated one as it is written last.
#[derive(Default)]
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyObject;
        impl<'de> Visitor<'de> for AnyObject {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields: Vec<(String, &'de RawValue)> = Vec::new();
                while let Some((key, raw)) = map.next_entry::<String, &'de RawValue>()? {
                    match fields.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, value)) => *value = raw,
                        None => fields.push((key, raw)),
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(AnyObject).map(Fields)
    }
}

/// The text of a JSON value: of a string what it says, of null nothing, of anything else how it is written.
pub(super) fn text(raw: &RawValue) -> String {
    match raw.get() {
        "null" => String::new(),
        written if written.starts_with('"') => {
            // Half of a surrogate pair is no text; it is shown as it is written.
            serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned())
        }
        written => compact(written),
    }
}

/// JSON on one line, without the spaces between its parts, and without characters that a terminal obeys: within strings
/// they are written as escapes, which say the same.
fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut is_string, mut is_escape) = (false, false);
    for c in json.chars() {
        if !is_string && c.is_ascii_whitespace() {
            continue;
        }
        if is_string && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            compact.push_str(&format!("\\u{:04x}", u32::from(c)));
            continue;
        }
        compact.push(c);
        (is_string, is_escape) = match c {
            '"' if !is_escape => (!is_string, false),
            '\\' => (is_string, is_string && !is_escape),
            _ => (is_string, false),
        };
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(data: &str) -> Result<TaskPage, String> {
        task_page(format!(r#"{{"status":"success","code":200,"data":{data},"error":{{}}}}"#).as_bytes())
    }

    fn one(task: &str) -> Task {
        tasks(&format!(r#"{{"total":1,"data":[{task}]}}"#)).unwrap().tasks.remove(0)
    }

    #[test]
    fn the_example_of_the_api_page() {
        let task = one(
            r#"{ "id": 237, "creation_id": 104, "auth_id": 30058, "name": "4.8", "description": "1111", "type": 3,
                 "user_name": "Erin", "user_phone": "6281519140316", "assignee_username": "incs_1", "status": 3,
                 "created_at": "2026-04-08 17:22:01", "updated_at": "2026-04-08 17:28:54",
                 "logs": [ { "id": 534, "type": 4, "status": 1, "pre_status": 1, "assignee_username": "incs_1",
                             "comment": "已经跟进", "created_at": "2026-04-08 17:25:01" },
                           { "id": 531, "type": 1, "created_at": "2026-04-08 17:22:01" } ] }"#,
        );
        assert_eq!((task.id, &task.status), (Some(237), &TaskStatus::Terminated));
        assert_eq!((task.text("name"), task.text("type"), task.text("status")), ("4.8", "3", "3"));
        let kinds: Vec<_> = task.logs.iter().map(|log| log.kind.code()).collect();
        assert_eq!(kinds, ["created", "remark"], "oldest first");
        assert_eq!(task.remarks().next_back().unwrap().comment, "已经跟进");
        assert!(task.others.is_empty());
        assert!(
            task.json.starts_with(r#"{"id":237,"creation_id":104,"auth_id":30058,"name":"4.8","#),
            "{}",
            task.json
        );
    }

    #[test]
    fn nothing_hides_a_task() {
        let empty = one("{}");
        assert_eq!((empty.id, &empty.status, empty.logs.len()), (None, &TaskStatus::Other(String::new()), 0));
        let odd = one(
            r#"{"id":"5","id":"7","status":"2","name":null,"user_phone":6281234567890,"user_name":["a", 1.50],
                "description":true,"logs":"none","extra":{"deep": [1, null]},"created_at":"yesterday","type":{}}"#,
        );
        assert_eq!((odd.id, &odd.status), (Some(7), &TaskStatus::Completed));
        assert_eq!((odd.text("name"), odd.text("user_phone")), ("", "6281234567890"));
        assert_eq!((odd.text("user_name"), odd.text("description")), (r#"["a",1.50]"#, "true"));
        let others: Vec<_> = odd.others.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(others, [("extra", r#"{"deep":[1,null]}"#), ("logs", r#""none""#)]);
        let logs = one(r#"{"logs":[null,5,{"type":9,"comment":"x"},{"type":"4","comment":7}]}"#).logs;
        let kinds: Vec<_> = logs.iter().map(|log| log.kind.code()).collect();
        assert_eq!(kinds, ["", "", "9", "remark"]);
        assert_eq!((logs[0].json.as_str(), logs[3].comment.as_str()), ("null", "7"));
        assert_eq!(one(r#"{"name":"\ud800","status":4}"#).text("name"), r"\ud800");
        assert_eq!(one(r#"{"status":4}"#).status.code(), "4");
        assert_eq!(one(r#"{"id":99999999999999999999}"#).text("id"), "99999999999999999999");
    }

    #[test]
    fn a_page_is_never_shorter_than_it_is() {
        assert_eq!(tasks(r#"{"data":[]}"#), Ok(TaskPage { total: None, tasks: Vec::new() }));
        assert_eq!(tasks(r#"{"total":"12","data":[{}]}"#).unwrap().total, Some(12));
        for odd in ["{}", "[]", "null", r#"{"total":1,"data":{}}"#, r#"{"total":1,"data":[5]}"#] {
            assert!(tasks(odd).is_err(), "{odd}");
        }
        assert!(task_page(b"<html>").is_err());
    }

    #[test]
    fn json_on_one_line_says_the_same() {
        for (json, want) in [
            ("{ \"a\" :\n [ 1.0 , 2e5 ] }", r#"{"a":[1.0,2e5]}"#),
            (r#"{"a b":" \" : , \\"}"#, r#"{"a b":" \" : , \\"}"#),
            (r#"["\\", " x "]"#, r#"["\\"," x "]"#),
            ("\"a\u{9b}31m\u{7f}\u{2028}\"", r#""a\u009b31m\u007f\u2028""#),
        ] {
            assert_eq!(compact(json), want);
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(json), value(want));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_body_breaks_it(body in r#"(\{"data":\{"data":\[)?(\PC|[\[\]{}",:0-9\\]){0,60}"#) {
            drop(task_page(body.as_bytes()));
        }
    }
}
