//! The envelope around every answer, read tolerantly: a server that writes `"400"` for `400`, or `[]` for `{}`, is
//! still understood, and what is not understood is never taken for a success.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// The longest server message that is kept, in characters.
const MESSAGE: usize = 500;

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawTask<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    creation_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    conversation_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    user_phone: Option<&'a RawValue>,
    #[serde(borrow, default)]
    created_at: Option<&'a RawValue>,
}

/// A JSON object read as `T`. A struct by itself is read from a list too, whose first number would then be an id.
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// An envelope of which only the `data` counts, since the rest was read already.
#[derive(Deserialize)]
pub(super) struct Data<T> {
    pub(super) data: Object<T>,
}

/// What the envelope says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// `"status": "success"`, and no code that contradicts it.
    Success,
    /// `"status": "error"`; or another word or none beside a message, and a code that says so.
    Error,
    /// It contradicts itself, or says something unheard of.
    Odd,
}

/// An answer that is an envelope of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Whether it went well.
    pub status: Status,
    /// Whether it says so in words; without them it may be another server's.
    pub in_words: bool,
    /// The code, if it is a number, bare or quoted.
    pub code: Option<i64>,
    /// The message, at most 500 characters.
    pub message: String,
    /// The `error` object, compact; empty for `{}`, `[]` and null; at most 500 characters.
    pub error: String,
    /// The created task, if `data` has an `id`.
    pub task: Option<TaskData>,
}

/// The part of a created task that we need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskData {
    /// The id, if it is a positive integer.
    pub id: Option<i64>,
    /// The batch.
    pub creation_id: Option<i64>,
    /// The conversation.
    pub conversation_id: Option<i64>,
    /// The phone as the server echoes it.
    pub user_phone: Option<String>,
    /// When it was created: seconds since 1970 if the server's clock on the wall were UTC.
    pub created_at: Option<i64>,
}

/// Reads a body as an envelope; `None` if it is not JSON, or not an object with `status` or with `code` and `message`.
///
/// Source: the answers of both API pages. Unknown keys are ignored; `data` may be anything.
pub fn envelope(body: &[u8]) -> Option<Envelope> {
    let Object(raw): Object<Raw<'_>> = serde_json::from_slice(strip_bom(body)).ok()?;
    let status_text = raw.status.and_then(string);
    let code = raw.code.and_then(integer);
    let status = match status_text.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("success") if code.is_none_or(|code| (200..300).contains(&code)) => Status::Success,
        Some("success") => Status::Odd,
        Some("error") => Status::Error,
        // Without the word it is the code that refuses; 0 and 200 are how other APIs say that it went well.
        Some(_) if code.is_some_and(|code| (400..600).contains(&code)) => Status::Error,
        Some(_) => Status::Odd,
        None if raw.status.is_some() => Status::Odd,
        None if raw.code.is_some() && raw.message.is_some() => match code {
            Some(400..600) => Status::Error,
            _ => Status::Odd,
        },
        None => return None,
    };
    let task = raw
        .data
        .and_then(|data| serde_json::from_str::<Object<RawTask<'_>>>(data.get()).ok())
        .and_then(|Object(task)| {
            task.id?;
            Some(TaskData {
                id: task.id.and_then(integer).filter(|&id| id > 0),
                creation_id: task.creation_id.and_then(integer),
                conversation_id: task.conversation_id.and_then(integer),
                user_phone: task.user_phone.and_then(text),
                created_at: task.created_at.and_then(text).and_then(|at| naive_seconds(&at)),
            })
        });
    Some(Envelope {
        status,
        in_words: status_text.is_some(),
        code,
        message: raw.message.and_then(text).map(|message| cut(&message)).unwrap_or_default(),
        error: raw.error.map(compact).unwrap_or_default(),
        task,
    })
}

/// Whether a body at least begins like JSON, so that it may be an answer of the API that was cut or garbled.
pub fn begins_as_json(body: &[u8]) -> bool {
    let body = strip_bom(body);
    let begins = matches!(body.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'{' | b'[' | b'"'));
    begins || serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

pub(super) fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// A JSON string and nothing else: `"status": 404` is another server's habit.
fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn text(raw: &RawValue) -> Option<String> {
    match serde_json::from_str(raw.get()).ok()? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An integer, bare or quoted.
pub(super) fn integer(raw: &RawValue) -> Option<i64> {
    match serde_json::from_str(raw.get()).ok()? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a time as both pages write it, `2026-04-16 17:44:48`, as seconds since 1970 of a clock in UTC: its zone is
/// not told there. `None` for any other form.
pub fn naive_seconds(text: &str) -> Option<i64> {
    let at = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", text.trim()).ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(at).ok()?.as_second())
}

/// Writes seconds since 1970 of a clock in UTC in the form of [`naive_seconds`].
pub fn naive_text(seconds: i64) -> String {
    let at = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn compact(raw: &RawValue) -> String {
    match serde_json::from_str::<Value>(raw.get()) {
        Ok(Value::Null) | Err(_) => String::new(),
        Ok(Value::Object(map)) if map.is_empty() => String::new(),
        Ok(Value::Array(list)) if list.is_empty() => String::new(),
        Ok(Value::String(text)) => cut(&text),
        Ok(value) => cut(&value.to_string()),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MESSAGE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_envelope() {
        let status = |body: &str| envelope(body.as_bytes()).map(|envelope| envelope.status);
        for (body, want) in [
            (
                r#"{"status":"success","code":200,"message":"","data":{"id":1},"error":{}}"#,
                Some(Status::Success),
            ),
            (r#"{"status":"SUCCESS","data":null}"#, Some(Status::Success)),
            (r#"{"status":"success","code":"201"}"#, Some(Status::Success)),
            (r#"{"status":"success","code":500}"#, Some(Status::Odd)),
            (r#"{"status":"error","code":400,"message":"x","data":[]}"#, Some(Status::Error)),
            (r#"{"status":"error"}"#, Some(Status::Error)),
            (r#"{"status":"error","code":0,"message":"x"}"#, Some(Status::Error)),
            (r#"{"status":"fail","code":422,"message":"x"}"#, Some(Status::Error)),
            (r#"{"status":"ok","code":200,"data":{"id":1}}"#, Some(Status::Odd)),
            (r#"{"code":422,"message":"no"}"#, Some(Status::Error)),
            (r#"{"code":200,"message":"","data":{"id":1}}"#, Some(Status::Odd)),
            (r#"{"code":0,"message":"success","data":{"id":1}}"#, Some(Status::Odd)),
            (r#"{"status":false}"#, Some(Status::Odd)),
            (r#"{"status":404,"error":"Not Found"}"#, Some(Status::Odd)),
            (r#"{"message":"Not Found"}"#, None),
            (r#"{"status":"succ"#, None),
            ("[]", None),
            ("<html>", None),
            ("", None),
        ] {
            assert_eq!(status(body), want, "{body}");
        }
    }

    #[test]
    fn ids_are_positive_integers_or_nothing() {
        let id = |id: &str| {
            envelope(format!(r#"{{"status":"success","data":{{"id":{id}}}}}"#).as_bytes())
                .and_then(|envelope| envelope.task)
                .and_then(|task| task.id)
        };
        for (text, want) in [
            ("239", Some(239)),
            ("\"239\"", Some(239)),
            ("0", None),
            ("-1", None),
            ("1.5", None),
            ("true", None),
            ("null", None),
            ("[1]", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(id(text), want, "{text}");
        }
    }

    /// The library reads a struct from a list too, by place.
    #[test]
    fn a_list_is_no_task_and_no_envelope() {
        for data in ["[239]", "[239,106,1023]", r#"[{"id":239}]"#] {
            let body = format!(r#"{{"status":"success","code":200,"data":{data}}}"#);
            assert_eq!(envelope(body.as_bytes()).unwrap().task, None, "{data}");
        }
        assert_eq!(envelope(br#"["success",200,"",{"id":239},{}]"#), None);
    }

    #[test]
    fn the_error_object_is_kept_compactly_and_cut() {
        let long = "長".repeat(600);
        let body = format!(
            r#"{{"status":"error","code":"422","message":"{long}","data":[],"error":{{ "name" : ["x"] }}}}"#
        );
        let envelope = envelope(body.as_bytes()).unwrap();
        assert_eq!(envelope.code, Some(422));
        assert_eq!(envelope.message.chars().count(), 500);
        assert_eq!(envelope.error, r#"{"name":["x"]}"#);
    }

    #[test]
    fn what_begins_as_json() {
        for (body, want) in [
            (" \n{\"a", true),
            ("\u{feff}{", true),
            ("[", true),
            ("null", true),
            ("-12.5", true),
            ("12 users", false),
            ("<html>", false),
            ("Please log in", false),
            ("", false),
            ("  ", false),
        ] {
            assert_eq!(begins_as_json(body.as_bytes()), want, "{body:?}");
        }
    }
}
