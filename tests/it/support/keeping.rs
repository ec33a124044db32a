//! A scripted server that remembers what it created and lists it, so that doubts can be looked up.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Value, json};

use super::{Action, Request, Scripted};

/// What it has, shared with the script of a test.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tasks {
    tasks: Arc<Mutex<Vec<(Instant, Value)>>>,
    lag: Duration,
    /// How far its clock on the wall is ahead, in seconds, if its answers tell no time besides.
    silent: Option<i64>,
}

impl Tasks {
    /// Lists a task only so long after it was made.
    pub(crate) fn lagging(lag: Duration) -> Self {
        Self { lag, ..Self::default() }
    }

    /// Sends no `Date`, and has a clock that is so many seconds ahead.
    pub(crate) fn silent(ahead: i64) -> Self {
        Self { silent: Some(ahead), ..Self::default() }
    }

    /// Creates the task of a POST; gives its answer.
    pub(crate) fn create(&self, request: &Request) -> Action {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        answer(self.put(json!({
            "auth_id": body["auth_id"], "name": body["name"], "user_phone": body["user_phone"],
            "assignee_username": body["assignee_username"],
        })))
    }

    /// Creates the task, and answers something else.
    pub(crate) fn create_but(&self, request: &Request, action: Action) -> Action {
        drop(self.create(request));
        action
    }

    /// Adds a finished task of this moment, whose other fields are those of `task`.
    pub(crate) fn put(&self, task: Value) -> Value {
        let mut tasks = self.tasks.lock().unwrap();
        let id = tasks.len() + 1;
        let mut whole = json!({
            "id": id, "creation_id": id + 500, "type": 3, "status": 2, "created_at": self.wall(), "logs": [],
        });
        whole.as_object_mut().unwrap().extend(task.as_object().unwrap().clone());
        tasks.push((Instant::now(), whole.clone()));
        whole
    }

    fn wall(&self) -> String {
        let ahead = jiff::SignedDuration::from_secs(self.silent.unwrap_or(0));
        shown(Timestamp::now() + ahead)
    }

    /// Gives the task of this id another status.
    pub(crate) fn set_status(&self, id: usize, status: u8) {
        self.tasks.lock().unwrap()[id - 1].1["status"] = json!(status);
    }

    /// Gives the task of this id other fields.
    pub(crate) fn change(&self, id: usize, fields: Value) {
        let task = &mut self.tasks.lock().unwrap()[id - 1].1;
        task.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    }

    /// Lists the task of this id no more.
    pub(crate) fn forget(&self, id: usize) {
        self.change(id, json!({"forgotten": true}));
    }

    /// The ids of each phone's tasks, as `results.csv` writes them.
    pub(crate) fn ids(&self) -> BTreeMap<String, Vec<String>> {
        let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, task) in self.tasks.lock().unwrap().iter() {
            ids.entry(task["user_phone"].as_str().unwrap().to_owned())
                .or_default()
                .push(task["id"].to_string());
        }
        ids
    }

    /// The page of the list that a GET asks for.
    pub(crate) fn list(&self, request: &Request) -> Action {
        let asked: BTreeMap<String, String> = parameters(&request.path).into_iter().collect();
        let number = |key: &str, default: usize| asked.get(key).map_or(default, |text| text.parse().unwrap());
        let (page, size) = (number("page", 1), number("page_size", 20));
        let is_wanted = |task: &Value| {
            let at = task["created_at"].as_str().unwrap();
            let is = |key: &str, field: &str| asked.get(key).is_none_or(|_| task[field] == number(key, 0));
            is("task_id", "id")
                && is("status", "status")
                && asked.get("start_at").is_none_or(|from| from.as_str() <= at)
                && asked.get("end_at").is_none_or(|to| at <= to.as_str())
        };
        let tasks = self.tasks.lock().unwrap();
        let is_listed = |(made, task): &&(Instant, Value)| {
            made.elapsed() >= self.lag && task["forgotten"] != true && is_wanted(task)
        };
        let found: Vec<&Value> = tasks.iter().filter(is_listed).map(|(_, task)| task).collect();
        let shown: Vec<_> = found.iter().skip((page - 1) * size).take(size).collect();
        answer(json!({"total": found.len(), "data": shown}))
    }

    /// GET and POST as they should be.
    pub(crate) fn answer(&self, request: &Request) -> Action {
        let answer = if request.method == "GET" { self.list(request) } else { self.create(request) };
        match answer {
            Action::Answer(status, mut headers, body) if self.silent.is_some() => {
                headers.retain(|(name, _)| *name != "Date");
                Action::Answer(status, headers, body)
            }
            answer => answer,
        }
    }
}

/// The server's clock on the wall, which shows UTC, so long ago.
pub(crate) fn wall(ago: Duration) -> String {
    shown(Timestamp::now() - ago)
}

fn shown(at: Timestamp) -> String {
    Offset::UTC.to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn parameters(path: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://localhost{path}")).unwrap();
    url.query_pairs().into_owned().collect()
}

fn answer(data: Value) -> Action {
    let body =
        json!({"status": "success", "code": 200, "message": "", "data": data, "error": {}}).to_string();
    Action::json(200, body)
}

impl Scripted {
    /// A server that does everything right, but not for everybody: the token `old` makes so many tasks only and is refused
    /// from then on, with `portal` and `hidden` every POST is answered by a login page, and with `hidden` its task is made
    /// all the same.
    pub(crate) fn barring(tasks: &Tasks, count: usize) -> Self {
        let (tasks, let_in) = (tasks.clone(), AtomicUsize::new(0));
        Self::start(move |_, request| {
            let is_post = request.method == "POST";
            let page = || Action::Answer(200, Vec::new(), "<html>Please log in</html>".to_owned());
            match request.token() {
                "old" if !is_post || let_in.fetch_add(1, Ordering::Relaxed) >= count => {
                    Action::json(401, super::refused(401, "Unauthenticated."))
                }
                "portal" if is_post => page(),
                "hidden" if is_post => tasks.create_but(request, page()),
                _ => tasks.answer(request),
            }
        })
    }

    /// A server that takes so long for each answer, and does everything right.
    pub(crate) fn keeping(latency: Duration) -> Self {
        let tasks = Tasks::default();
        Self::start(move |_, request| Action::Late(latency, Box::new(tasks.answer(request))))
    }
}
