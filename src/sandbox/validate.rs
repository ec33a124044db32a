//! The rules of `create-task.md`, taken strictly: exact types, no unknown keys, no key twice.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::json::Json;

/// The only task type there is: a message task.
pub(super) const TASK_TYPE: u64 = 3;

const TASK_KEYS: [&str; 8] = [
    "name",
    "type",
    "auth_id",
    "description",
    "user_name",
    "user_phone",
    "assignee_username",
    "task_module_info",
];
const MODULE_KEYS: [&str; 3] = ["module_id", "total_amount", "orders"];
const ORDER_KEYS: [&str; 7] = [
    "order_number",
    "username",
    "phone_number",
    "loan_amount",
    "due_amount",
    "next_due_date",
    "confirm_loan_time",
];

/// More than so many bad fields are counted but not listed: an answer must not grow with a hostile body.
const LISTED_FLAWS: usize = 100;

/// A task as it was asked for. What the list never shows (the orders) is checked and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewTask {
    pub(super) name: String,
    /// `""` when it was left out.
    pub(super) description: String,
    pub(super) auth_id: u64,
    pub(super) user_phone: String,
    /// `""` when it was left out.
    pub(super) user_name: String,
    pub(super) assignee_username: String,
}

/// What is wrong with a request, by field; the `error` object of an envelope.
#[derive(Debug, Default)]
pub(super) struct Flaws {
    listed: Vec<(String, Vec<&'static str>)>,
    unlisted: usize,
}

impl Flaws {
    pub(super) fn add(&mut self, field: impl Into<String>, reason: &'static str) {
        let field = field.into();
        if let Some((_, reasons)) = self.listed.iter_mut().find(|(known, _)| *known == field) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        } else if self.listed.len() < LISTED_FLAWS {
            self.listed.push((field, vec![reason]));
        } else {
            self.unlisted += 1;
        }
    }

    /// `None` when there is nothing wrong.
    pub(super) fn found(self) -> Option<Self> {
        (!self.listed.is_empty()).then_some(self)
    }

    /// The first flaw in words, and how many more there are.
    pub(super) fn message(&self) -> String {
        let Some((field, reasons)) = self.listed.first() else { return String::new() };
        let reason = reasons.first().copied().unwrap_or_default();
        let all: usize = self.listed.iter().map(|(_, reasons)| reasons.len()).sum();
        match all + self.unlisted {
            1 => format!("{field} {reason}."),
            2 => format!("{field} {reason} (and 1 more error)."),
            count => format!("{field} {reason} (and {} more errors).", count - 1),
        }
    }
}

impl Serialize for Flaws {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.listed.iter().map(|(field, reasons)| (field, reasons)))
    }
}

/// Reads the body of a create request.
///
/// # Errors
/// Every field that breaks a rule, nested ones as `task_module_info.orders.0.due_amount`.
pub(super) fn new_task(body: &Json<'_>) -> Result<NewTask, Flaws> {
    let mut flaws = Flaws::default();
    let task = Object::read(body, "", &TASK_KEYS, &mut flaws).and_then(|task| {
        let name = task.text("name", Presence::Required, length_1_to_256, &mut flaws);
        let kind = task.number("type", |number| number == TASK_TYPE, "must be the number 3", &mut flaws);
        let auth_id =
            task.number("auth_id", |number| number > 0, "must be a whole number above 0", &mut flaws);
        let description = task.text("description", Presence::Optional, length_to_256, &mut flaws);
        let user_name = task.text("user_name", Presence::Optional, anything, &mut flaws);
        let user_phone = task.text("user_phone", Presence::Required, phone, &mut flaws);
        let assignee = task.text("assignee_username", Presence::Required, not_blank, &mut flaws);
        if let Some(module) = task.get("task_module_info") {
            check_module(module, &mut flaws);
        }
        kind?;
        Some(NewTask {
            name: name?.to_owned(),
            description: description?.to_owned(),
            auth_id: auth_id?,
            user_phone: user_phone?.to_owned(),
            user_name: user_name?.to_owned(),
            assignee_username: assignee?.to_owned(),
        })
    });
    match (flaws.found(), task) {
        (None, Some(task)) => Ok(task),
        (flaws, _) => Err(flaws.unwrap_or_default()),
    }
}

fn check_module(json: &Json<'_>, flaws: &mut Flaws) {
    let Some(module) = Object::read(json, "task_module_info", &MODULE_KEYS, flaws) else { return };
    module.text("module_id", Presence::Required, uuid, flaws);
    module.text("total_amount", Presence::Required, anything, flaws);
    let path = module.path("orders");
    match module.get("orders") {
        None => flaws.add(path, "is required"),
        Some(Json::List(orders)) => {
            for (index, order) in orders.iter().enumerate() {
                let Some(order) = Object::read(order, &format!("{path}.{index}"), &ORDER_KEYS, flaws) else {
                    continue;
                };
                for key in ORDER_KEYS {
                    order.text(key, Presence::Required, anything, flaws);
                }
            }
        }
        Some(_) => flaws.add(path, "must be an array"),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
}

/// A JSON object whose keys are known to be known ones, and its path in the body.
struct Object<'j, 'a> {
    entries: &'j [(Cow<'a, str>, Json<'a>)],
    path: String,
}

impl<'j, 'a> Object<'j, 'a> {
    fn read(json: &'j Json<'a>, path: &str, known: &[&str], flaws: &mut Flaws) -> Option<Self> {
        let Json::Object(entries) = json else {
            flaws.add(if path.is_empty() { "body" } else { path }, "must be an object");
            return None;
        };
        let object = Self { entries, path: path.to_owned() };
        let mut seen = vec![false; known.len()];
        for (key, _) in entries {
            match known.iter().position(|name| name == key).and_then(|index| seen.get_mut(index)) {
                None => flaws.add(object.path(key), "is not a field of the API"),
                Some(true) => flaws.add(object.path(key), "is there more than once"),
                Some(seen) => *seen = true,
            }
        }
        Some(object)
    }

    fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn get(&self, key: &str) -> Option<&'j Json<'a>> {
        self.entries.iter().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The text of a field, `""` for an optional one that is not there; `None` after a flaw.
    fn text(&self, key: &str, presence: Presence, rule: Rule, flaws: &mut Flaws) -> Option<&'j str> {
        let reason = match self.get(key) {
            None if presence == Presence::Optional => return Some(""),
            None => "is required",
            Some(Json::Text(text)) => match rule(text) {
                None => return Some(text),
                Some(reason) => reason,
            },
            Some(_) => "must be a string",
        };
        flaws.add(self.path(key), reason);
        None
    }

    /// The number of a required field that passes; `None` after a flaw.
    fn number(
        &self,
        key: &str,
        passes: fn(u64) -> bool,
        reason: &'static str,
        flaws: &mut Flaws,
    ) -> Option<u64> {
        let reason = match self.get(key) {
            None => "is required",
            Some(Json::Whole(number)) if passes(*number) => return Some(*number),
            Some(_) => reason,
        };
        flaws.add(self.path(key), reason);
        None
    }
}

/// `None` if the text is good, else the reason why it is not.
type Rule = fn(&str) -> Option<&'static str>;

fn anything(_: &str) -> Option<&'static str> {
    None
}

fn not_blank(text: &str) -> Option<&'static str> {
    text.trim().is_empty().then_some("must not be empty")
}

fn length_to_256(text: &str) -> Option<&'static str> {
    (text.chars().count() > 256).then_some("must be at most 256 characters long")
}

fn length_1_to_256(text: &str) -> Option<&'static str> {
    if text.is_empty() { Some("must not be empty") } else { length_to_256(text) }
}

fn phone(text: &str) -> Option<&'static str> {
    let good = (8..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !good {
        return Some("must be 8 to 15 digits and nothing else");
    }
    text.starts_with('0').then_some("must begin with a country code, and none begins with 0")
}

fn uuid(text: &str) -> Option<&'static str> {
    let good = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    (!good).then_some("must be a UUID")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"name":"n","type":3,"auth_id":30058,"description":"d","user_name":"路人A",
        "user_phone":"6281200000001","assignee_username":"incs_1","task_module_info":{
        "module_id":"019d3dcd-f5a8-70e7-aff8-c54bde267f38","total_amount":"20000.00","orders":[{
        "order_number":"WD1","username":"张三","phone_number":"13800138000","loan_amount":"","due_amount":"",
        "next_due_date":"2026-04-15","confirm_loan_time":"2026-03-01 10:00:00"}]}}"#;

    fn read(text: &str) -> Result<NewTask, String> {
        let json: Json<'_> = serde_json::from_str(text).unwrap();
        new_task(&json).map_err(|flaws| serde_json::to_string(&flaws).unwrap())
    }

    #[test]
    fn what_the_page_shows_is_good() {
        let task = read(GOOD).unwrap();
        assert_eq!((task.name.as_str(), task.auth_id, task.user_name.as_str()), ("n", 30_058, "路人A"));
        let least = r#"{"assignee_username":"a","user_phone":"62812000","auth_id":1,"type":3,"name":"n"}"#;
        let task = read(least).unwrap();
        assert_eq!((task.description.as_str(), task.user_name.as_str()), ("", ""));
    }

    #[test]
    fn one_change_that_keeps_it_good() {
        let longest = format!(r#""name":"{}""#, "字".repeat(256));
        for (from, to) in [
            (r#""name":"n""#, longest.as_str()),
            (r#""description":"d""#, r#""description":"""#),
            (r#""total_amount":"20000.00""#, r#""total_amount":"""#),
            (r#""user_phone":"6281200000001""#, r#""user_phone":"628120000000123""#),
            ("019d3dcd-f5a8", "019D3DCD-F5A8"),
        ] {
            assert!(GOOD.contains(from), "{from}");
            assert!(read(&GOOD.replace(from, to)).is_ok(), "{to}");
        }
    }

    #[test]
    fn one_change_that_breaks_a_rule() {
        let too_long = format!(r#""description":"{}""#, "x".repeat(257));
        let name_too_long = format!(r#""name":"{}""#, "字".repeat(257));
        let number_of_orders = r#""orders":7,"x":[{"#;
        for (from, to, want) in [
            (r#""name":"n","#, "", r#"{"name":["is required"]}"#),
            (r#""name":"n""#, r#""name":"""#, r#"{"name":["must not be empty"]}"#),
            (r#""name":"n""#, r#""name":7"#, r#"{"name":["must be a string"]}"#),
            (r#""name":"n""#, &name_too_long, r#"{"name":["must be at most 256 characters long"]}"#),
            (r#""name":"n""#, r#""name":"n","name":"n""#, r#"{"name":["is there more than once"]}"#),
            (r#""name":"n""#, r#""name":"n","Name":"n""#, r#"{"Name":["is not a field of the API"]}"#),
            (r#""type":3,"#, "", r#"{"type":["is required"]}"#),
            (r#""type":3"#, r#""type":"3""#, r#"{"type":["must be the number 3"]}"#),
            (r#""type":3"#, r#""type":3.0"#, r#"{"type":["must be the number 3"]}"#),
            (r#""type":3"#, r#""type":2"#, r#"{"type":["must be the number 3"]}"#),
            (
                r#""auth_id":30058"#,
                r#""auth_id":"30058""#,
                r#"{"auth_id":["must be a whole number above 0"]}"#,
            ),
            (r#""auth_id":30058"#, r#""auth_id":0"#, r#"{"auth_id":["must be a whole number above 0"]}"#),
            (r#""auth_id":30058"#, r#""auth_id":-1"#, r#"{"auth_id":["must be a whole number above 0"]}"#),
            (r#""description":"d""#, r#""description":null"#, r#"{"description":["must be a string"]}"#),
            (r#""description":"d""#, &too_long, r#"{"description":["must be at most 256 characters long"]}"#),
            (r#""路人A""#, "1", r#"{"user_name":["must be a string"]}"#),
            (r#""6281200000001""#, "6281200000001", r#"{"user_phone":["must be a string"]}"#),
            (
                "6281200000001",
                "+6281200000001",
                r#"{"user_phone":["must be 8 to 15 digits and nothing else"]}"#,
            ),
            ("6281200000001", "6281200", r#"{"user_phone":["must be 8 to 15 digits and nothing else"]}"#),
            (
                "6281200000001",
                "6281200000001234",
                r#"{"user_phone":["must be 8 to 15 digits and nothing else"]}"#,
            ),
            (
                "6281200000001",
                "081200000001",
                r#"{"user_phone":["must begin with a country code, and none begins with 0"]}"#,
            ),
            ("6281200000001", "６２８１２", r#"{"user_phone":["must be 8 to 15 digits and nothing else"]}"#),
            (r#""incs_1""#, r#"" ""#, r#"{"assignee_username":["must not be empty"]}"#),
            (r#""task_module_info":{"#, r#""task_module_info":[],"x":{"#, ""),
            ("019d3dcd-f5a8", "019d3dcdf-5a8", r#"{"task_module_info.module_id":["must be a UUID"]}"#),
            (r#""20000.00""#, "20000", r#"{"task_module_info.total_amount":["must be a string"]}"#),
            (r#""orders":[{"#, number_of_orders, ""),
            (r#""username":"张三","#, "", r#"{"task_module_info.orders.0.username":["is required"]}"#),
            (
                r#""due_amount":"""#,
                r#""due_amount":1500"#,
                r#"{"task_module_info.orders.0.due_amount":["must be a string"]}"#,
            ),
            (
                r#""due_amount":"""#,
                r#""due_amount":"","dueAmount":"""#,
                r#"{"task_module_info.orders.0.dueAmount":["is not a field of the API"]}"#,
            ),
        ] {
            assert!(GOOD.contains(from), "{from}");
            let flaws = read(&GOOD.replace(from, to)).unwrap_err();
            assert!(want.is_empty() || flaws == want, "{to}: {flaws}");
        }
        for body in ["[]", "3", "null", r#""text""#] {
            assert_eq!(read(body).unwrap_err(), r#"{"body":["must be an object"]}"#);
        }
    }

    #[test]
    fn the_message_names_the_first_field_and_counts_the_rest() {
        let json: Json<'_> = serde_json::from_str(r#"{"type":3,"auth_id":1,"name":"n"}"#).unwrap();
        let flaws = new_task(&json).unwrap_err();
        assert_eq!(flaws.message(), "user_phone is required (and 1 more error).");
    }

    #[test]
    fn a_hostile_body_gets_a_short_answer() {
        let orders = vec!["1"; 100_000].join(",");
        let body = GOOD.replace(r#""orders":["#, &format!(r#""orders":[{orders},"#));
        let flaws = read(&body).unwrap_err();
        assert!(flaws.len() < 10_000, "{}", flaws.len());
        let keys: Vec<String> = (0..100_000).map(|number| format!(r#""k{number}":1"#)).collect();
        assert!(read(&format!("{{{}}}", keys.join(","))).is_err());
    }
}
