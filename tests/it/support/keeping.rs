//! A scripted server that remembers what it created and lists it, so that doubts can be looked up.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Value, json};

use super::{Action, Request, Scripted};

/// What it has, shared with the script of a test.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tasks(Arc<Mutex<Vec<Value>>>);

impl Tasks {
    /// Creates the task of a POST; gives its answer.
    pub(crate) fn create(&self, request: &Request) -> Action {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        let mut tasks = self.0.lock().unwrap();
        let id = tasks.len() + 1;
        let at = Offset::UTC.to_datetime(Timestamp::now()).strftime("%Y-%m-%d %H:%M:%S").to_string();
        let task = json!({
            "id": id, "creation_id": id + 500, "auth_id": body["auth_id"], "name": body["name"], "type": 3,
            "user_phone": body["user_phone"], "assignee_username": body["assignee_username"],
            "status": 2, "created_at": at, "logs": [],
        });
        tasks.push(task.clone());
        answer(task)
    }

    /// Creates the task, and answers something else.
    pub(crate) fn create_but(&self, request: &Request, action: Action) -> Action {
        drop(self.create(request));
        action
    }

    /// The page of the list that a GET asks for; the times are not looked at.
    pub(crate) fn list(&self, request: &Request) -> Action {
        let number = |key: &str, default: usize| {
            let found = request.path.split(['?', '&']).find_map(|part| part.strip_prefix(&format!("{key}=")));
            found.map_or(default, |text| text.parse().unwrap())
        };
        let (page, size, wanted) = (number("page", 1), number("page_size", 20), number("task_id", 0));
        let tasks = self.0.lock().unwrap();
        let found: Vec<&Value> = tasks.iter().filter(|task| wanted == 0 || task["id"] == wanted).collect();
        let shown: Vec<_> = found.iter().skip((page - 1) * size).take(size).collect();
        answer(json!({"total": found.len(), "data": shown}))
    }

    /// GET and POST as they should be.
    pub(crate) fn answer(&self, request: &Request) -> Action {
        if request.method == "GET" { self.list(request) } else { self.create(request) }
    }
}

fn answer(data: Value) -> Action {
    let body =
        json!({"status": "success", "code": 200, "message": "", "data": data, "error": {}}).to_string();
    let date = httpdate::fmt_http_date(std::time::SystemTime::now());
    Action::Answer(200, vec![("Date", date), ("Content-Type", "application/json".to_owned())], body)
}

impl Scripted {
    /// A server that takes so long for each answer, and does everything right.
    pub(crate) fn keeping(latency: Duration) -> Self {
        let tasks = Tasks::default();
        Self::start(move |_, request| Action::Late(latency, Box::new(tasks.answer(request))))
    }
}
