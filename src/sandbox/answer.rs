//! The shapes of the answers, key by key as the pages show them.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Serialize, Serializer};

use super::clock::Clock;
use super::history::{Entry, LogKind, Status};
use super::store::{Page, Task};
use super::validate::{Flaws, TASK_TYPE};

#[derive(Serialize)]
struct Envelope<'a, D, E> {
    status: &'static str,
    code: u16,
    message: &'a str,
    data: D,
    error: E,
}

/// Serialises as `{}`.
#[derive(Serialize)]
struct Nothing {}

/// A request that is answered with an error envelope; the HTTP status is the envelope's code.
#[derive(Debug)]
pub(super) struct Failure {
    code: StatusCode,
    message: String,
    flaws: Flaws,
}

impl Failure {
    pub(super) fn new(code: StatusCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), flaws: Flaws::default() }
    }
}

impl From<Flaws> for Failure {
    fn from(flaws: Flaws) -> Self {
        Self { code: StatusCode::UNPROCESSABLE_ENTITY, message: flaws.message(), flaws }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self { code, message, flaws } = self;
        let envelope = Envelope {
            status: "error",
            code: code.as_u16(),
            message: &message,
            data: Nothing {},
            error: flaws,
        };
        (code, json(&envelope)).into_response()
    }
}

/// A success envelope around `data`.
fn success(data: impl Serialize) -> Response {
    json(&Envelope { status: "success", code: 200, message: "", data, error: Nothing {} })
}

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        // No shape of this file has a key that is not a string, so this is not reached.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The answer to a create request.
pub(super) fn created(task: &Task, clock: &Clock) -> Response {
    success(CreatedView::new(task, clock))
}

/// A success envelope that tells of nothing.
pub(super) fn nothing() -> Response {
    success(Nothing {})
}

/// The answer to a POST for a user who has an unfinished task.
pub(super) fn busy() -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, "User is in an incomplete task.")
}

/// A page as gateways and portals show it.
pub(super) fn html(status: StatusCode, title: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    );
    (status, Html(page)).into_response()
}

/// The answer to a list request.
pub(super) fn listed(page: &Page<'_>, now: Timestamp, clock: &Clock) -> Response {
    let tasks: Vec<_> = page.tasks.iter().map(|task| ListedView::new(task, now, clock)).collect();
    success(PageView { total: page.total, data: tasks })
}

#[derive(Serialize)]
struct PageView<'a> {
    total: usize,
    data: Vec<ListedView<'a>>,
}

/// A task right after its creation: not started and without logs, even if it is to finish at once.
#[derive(Serialize)]
struct CreatedView<'a> {
    id: u64,
    creation_id: u64,
    auth_id: u64,
    name: &'a str,
    description: &'a str,
    r#type: u64,
    user_name: &'a str,
    user_phone: &'a str,
    assignee_username: &'a str,
    conversation_id: u64,
    status: u64,
    created_at: Moment,
    updated_at: Moment,
    logs: [LogView<'a>; 0],
}

impl<'a> CreatedView<'a> {
    fn new(task: &'a Task, clock: &Clock) -> Self {
        let created_at = Moment(clock.shown(task.created_at()));
        Self {
            id: task.id(),
            creation_id: task.creation_id(),
            auth_id: task.new.auth_id,
            name: &task.new.name,
            description: &task.new.description,
            r#type: TASK_TYPE,
            user_name: &task.new.user_name,
            user_phone: &task.new.user_phone,
            assignee_username: &task.new.assignee_username,
            conversation_id: task.conversation_id(),
            status: Status::NotStarted.number(),
            created_at,
            updated_at: created_at,
            logs: [],
        }
    }
}

/// A task in a list: with its logs, and as on the page without `conversation_id`.
#[derive(Serialize)]
struct ListedView<'a> {
    id: u64,
    creation_id: u64,
    auth_id: u64,
    name: &'a str,
    description: &'a str,
    r#type: u64,
    user_name: &'a str,
    user_phone: &'a str,
    assignee_username: &'a str,
    status: u64,
    created_at: Moment,
    updated_at: Moment,
    logs: Vec<LogView<'a>>,
}

impl<'a> ListedView<'a> {
    fn new(task: &'a Task, now: Timestamp, clock: &Clock) -> Self {
        let created_at = Moment(clock.shown(task.created_at()));
        let assignee = task.new.assignee_username.as_str();
        let logs: Vec<_> = (0..)
            .zip(task.logs(now))
            .map(|(number, (entry, at))| {
                LogView::new(task.log_id(number), &entry, assignee, Moment(clock.shown(at)))
            })
            .collect();
        Self {
            id: task.id(),
            creation_id: task.creation_id(),
            auth_id: task.new.auth_id,
            name: &task.new.name,
            description: &task.new.description,
            r#type: TASK_TYPE,
            user_name: &task.new.user_name,
            user_phone: &task.new.user_phone,
            assignee_username: assignee,
            status: task.status(now).number(),
            created_at,
            updated_at: logs.last().map_or(created_at, |log| log.updated_at),
            logs,
        }
    }
}

#[derive(Serialize)]
struct LogView<'a> {
    id: u64,
    r#type: u8,
    status: u64,
    pre_status: u64,
    assignee_username: &'a str,
    comment: &'static str,
    created_at: Moment,
    updated_at: Moment,
}

impl<'a> LogView<'a> {
    fn new(id: u64, entry: &Entry, assignee_username: &'a str, at: Moment) -> Self {
        Self {
            id,
            r#type: entry.kind as u8,
            status: entry.status.number(),
            pre_status: entry.pre_status.number(),
            assignee_username: if entry.kind == LogKind::Created { "" } else { assignee_username },
            comment: entry.comment,
            created_at: at,
            updated_at: at,
        }
    }
}

/// A time as the pages write it: `2026-04-16 17:44:48`.
#[derive(Clone, Copy)]
struct Moment(DateTime);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = self.0;
        serializer.collect_str(&format_args!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        ))
    }
}
