//! What every request passes on its way in, and every answer on its way out.
//!
//! In: the request is counted, what is to go wrong with it is decided, and it is written down. Out: the answer is bent as
//! was decided, held back, and marked. Without faults only the mark is left of all that.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use tokio::sync::watch;

use super::answer::{self, Failure};
use super::clock::Clock;
use super::config::Config;
use super::faults::{self, Fault, ListFault, Trouble};
use super::journal::{Journal, Line};
use super::json::Json;
use super::server::{self, Crossed, Shifted, TASKS};
use super::window::Window;
use super::wire::{Cut, Scissors};

/// On every answer, so that a client can tell that nothing real was created.
const MARK: HeaderName = HeaderName::from_static("x-incs-sandbox");

/// What is to go wrong, and what has been asked so far.
pub(super) struct Guard {
    config: Config,
    clock: Clock,
    journal: Option<Journal>,
    stopped: watch::Receiver<()>,
    /// Whether a request can meet anything at all; if not, it is not even looked at.
    watches: bool,
    /// Requests of any kind.
    requests: AtomicU64,
    /// Requests for lists.
    lists: AtomicU64,
    window: Option<Mutex<Window>>,
    /// How often each phone was POSTed, where that decides anything.
    posts: Mutex<HashMap<String, u64>>,
}

/// The fields of a POST's body that matter here; `None` where they are not there as texts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Posted {
    phone: Option<String>,
    name: Option<String>,
}

impl Posted {
    /// Reads them from whatever was sent.
    fn read(body: &[u8]) -> Self {
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else { return Self::default() };
        let text = |wanted| {
            members.iter().find_map(|(key, value)| match value {
                Json::Text(text) if key == wanted => Some(text.clone().into_owned()),
                _ => None,
            })
        };
        Self { phone: text("user_phone"), name: text("name") }
    }
}

impl Guard {
    pub(super) fn new(config: Config, journal: Option<Journal>, stopped: watch::Receiver<()>) -> Self {
        let list = &config.list;
        let watches = journal.is_some()
            || !config.chances.is_none()
            || config.rate_limit.is_some()
            || config.captive_from.is_some()
            || config.unauthorized_from.is_some()
            || config.redirect.is_some()
            || !config.forbidden.is_empty()
            || config.errors_as_200
            || config.list.fails_from.is_some()
            || list.fault > 0.0
            || list.unstable > 0.0;
        Self {
            clock: config.clock(),
            watches,
            journal,
            stopped,
            requests: AtomicU64::new(0),
            lists: AtomicU64::new(0),
            window: config.rate_limit.map(|(count, per)| Mutex::new(Window::new(count, per))),
            posts: Mutex::default(),
            config,
        }
    }

    /// What goes wrong with the `n`th request; `posted` if it is one that would create a task.
    fn decide(&self, n: u64, posted: Option<&Posted>, is_list: bool) -> Option<Trouble> {
        let config = &self.config;
        let reached = |from: Option<u64>| from.is_some_and(|from| n >= from);
        // Counted whatever comes of it, so that the numbers mean the same under every setting.
        let nth_list = is_list.then(|| self.lists.fetch_add(1, Ordering::Relaxed) + 1);
        if reached(config.captive_from) {
            return Some(Trouble::Captive);
        }
        if !self.has_room() {
            return Some(Trouble::RateLimit);
        }
        if reached(config.unauthorized_from) {
            return Some(Trouble::Unauthorized);
        }
        match (posted, nth_list) {
            (Some(_), _) if config.redirect.is_some() => Some(Trouble::Redirect),
            (Some(posted), _)
                if config.forbidden.iter().any(|phone| posted.phone.as_ref() == Some(phone)) =>
            {
                Some(Trouble::Forbidden)
            }
            (Some(posted), _) => self.post_fault(posted).map(Trouble::Post),
            (None, Some(nth)) => faults::decide_list(config.seed, &config.list, nth).map(Trouble::List),
            (None, None) => None,
        }
    }

    fn post_fault(&self, posted: &Posted) -> Option<Fault> {
        let Config { seed, chances, .. } = &self.config;
        if chances.is_none() {
            return None;
        }
        let phone = posted.phone.as_deref().unwrap_or_default();
        let nth = {
            let mut posts = self.posts.lock().unwrap_or_else(PoisonError::into_inner);
            let nth = posts.entry(phone.to_owned()).or_default();
            *nth += 1;
            *nth
        };
        faults::decide(*seed, chances, phone, posted.name.as_deref().unwrap_or_default(), nth)
    }

    fn has_room(&self) -> bool {
        let admit = |window: &Mutex<Window>| {
            window.lock().unwrap_or_else(PoisonError::into_inner).admit(Instant::now())
        };
        self.window.as_ref().is_none_or(admit)
    }

    /// Waits, but not longer than the sandbox runs; says whether it waited to the end.
    async fn wait(&self, time: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(time) => true,
            () = super::asked_to_stop(self.stopped.clone()) => false,
        }
    }

    /// 429, and when to come again.
    fn too_many(&self) -> Response {
        let after = self.config.retry_after;
        let seconds = after.as_secs().saturating_add(u64::from(after.subsec_nanos() > 0));
        let date = if self.config.retry_after_date {
            self.clock.http_date(Duration::from_secs(seconds))
        } else {
            None
        };
        let mut response = failure(StatusCode::TOO_MANY_REQUESTS, "Too many requests.");
        let when = date.unwrap_or_else(|| seconds.to_string());
        set(&mut response, header::RETRY_AFTER, &when);
        response
    }

    /// The answer to a request that meets trouble, and where it is cut.
    async fn trouble(
        self: Arc<Self>,
        trouble: Trouble,
        mut request: Request,
        next: Next,
    ) -> (Response, Option<Cut>) {
        let whole = |response| (response, None);
        match trouble {
            Trouble::Captive => whole(answer::html(StatusCode::OK, "Sign in to the network")),
            Trouble::RateLimit | Trouble::Post(Fault::TooManyRequests) => whole(self.too_many()),
            Trouble::Unauthorized => {
                whole(failure(StatusCode::UNAUTHORIZED, "The bearer token is not valid any more."))
            }
            Trouble::Forbidden => whole(failure(StatusCode::FORBIDDEN, "This user is not yours to assign.")),
            Trouble::Redirect => whole(self.redirect()),
            Trouble::Post(Fault::ServerError) | Trouble::List(ListFault::ServerError) => {
                whole(failure(StatusCode::INTERNAL_SERVER_ERROR, "Server Error"))
            }
            Trouble::Post(Fault::Unavailable) => {
                whole(failure(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"))
            }
            Trouble::Post(Fault::RequestTimeout) => {
                whole(answer::html(StatusCode::REQUEST_TIMEOUT, "408 Request Time-out"))
            }
            Trouble::Post(Fault::Html) | Trouble::List(ListFault::Html) => {
                whole(answer::html(StatusCode::BAD_GATEWAY, "502 Bad Gateway"))
            }
            Trouble::Post(Fault::DropBefore) | Trouble::List(ListFault::Cut) => {
                (StatusCode::OK.into_response(), Some(Cut::AtOnce))
            }
            Trouble::Post(Fault::DropAfter) => (next.run(request).await, Some(Cut::AtOnce)),
            Trouble::Post(Fault::Truncate) | Trouble::List(ListFault::Truncate) => {
                let response = next.run(request).await;
                let length = response.body().size_hint().lower();
                (response, Some(Cut::InBody(length / 2)))
            }
            Trouble::Post(Fault::Late) => self.late(request, next).await,
            Trouble::Post(Fault::GatewayTimeout) => {
                drop(next.run(request).await);
                whole(answer::html(StatusCode::GATEWAY_TIMEOUT, "504 Gateway Time-out"))
            }
            Trouble::Post(Fault::Empty) => {
                instead(next.run(request).await, || StatusCode::OK.into_response())
            }
            Trouble::Post(Fault::NoId) => instead(next.run(request).await, answer::nothing),
            Trouble::Post(Fault::BusyAfter) => {
                instead(next.run(request).await, || answer::busy().into_response())
            }
            Trouble::Post(Fault::Cross) => {
                request.extensions_mut().insert(Crossed);
                whole(next.run(request).await)
            }
            Trouble::List(ListFault::Shifted) => {
                request.extensions_mut().insert(Shifted);
                whole(next.run(request).await)
            }
        }
    }

    /// Acts on a request after a while. In a task of its own: the connection and its future may be gone by then.
    async fn late(self: Arc<Self>, request: Request, next: Next) -> (Response, Option<Cut>) {
        let acting = tokio::spawn(async move {
            if self.wait(self.config.late_by).await { Some(next.run(request).await) } else { None }
        });
        match acting.await {
            Ok(Some(response)) => (response, None),
            // Stopped before its time came.
            Ok(None) | Err(_) => (StatusCode::OK.into_response(), Some(Cut::AtOnce)),
        }
    }

    /// To a place on this server, so that whoever follows is seen.
    fn redirect(&self) -> Response {
        let status = self.config.redirect.and_then(|status| StatusCode::from_u16(status).ok());
        let mut response = answer::html(status.unwrap_or(StatusCode::FOUND), "Moved");
        set(&mut response, header::LOCATION, "/moved");
        response
    }

    /// The last touches on every answer.
    fn finish(&self, response: &mut Response) {
        let status = response.status();
        let is_refusal = matches!(status.as_u16(), 400 | 401 | 403 | 422);
        if self.config.errors_as_200 && is_refusal {
            *response.status_mut() = StatusCode::OK;
        }
        response.headers_mut().insert(MARK, HeaderValue::from_static("1"));
        if self.config.close {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(date) = self.clock.date() {
            set(response, header::DATE, &date);
        }
    }
}

/// The layer.
pub(super) async fn pass(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
    next: Next,
) -> Response {
    let (mut response, cut) = if guard.watches {
        watched(Arc::clone(&guard), request, next)
            .await
            .unwrap_or_else(|failure| (failure.into_response(), None))
    } else {
        (next.run(request).await, None)
    };
    if !guard.config.latency.is_zero() {
        guard.wait(guard.config.latency).await;
    }
    guard.finish(&mut response);
    if let Some(cut) = cut {
        scissors.cut(cut);
    }
    response
}

/// Counts a request, decides, writes it down, and has it answered.
///
/// # Errors
/// When the body cannot be read or the request not be written down; nothing has been done then.
async fn watched(
    guard: Arc<Guard>,
    request: Request,
    next: Next,
) -> Result<(Response, Option<Cut>), Failure> {
    let n = guard.requests.fetch_add(1, Ordering::Relaxed) + 1;
    let at = Timestamp::now();
    let is_tasks = request.uri().path() == TASKS;
    let is_list = is_tasks && request.method() == Method::GET;
    let is_post = is_tasks && request.method() == Method::POST;

    let (head, body) = request.into_parts();
    let (body, posted) = if is_post {
        let bytes: Result<Bytes, _> = server::body_of(Request::from_parts(head.clone(), body)).await;
        let posted = bytes.as_ref().map(|bytes| Posted::read(bytes)).unwrap_or_default();
        (bytes.map(Body::from), Some(posted))
    } else {
        (Ok(body), None)
    };
    let trouble = guard.decide(n, posted.as_ref(), is_list);
    if let Some(journal) = &guard.journal {
        let Posted { phone, name } = posted.unwrap_or_default();
        let line = Line {
            at,
            n,
            method: head.method.as_str(),
            target: head.uri.path_and_query().map_or("", |target| target.as_str()),
            phone: phone.as_deref(),
            name: name.as_deref(),
            fault: trouble.map(|trouble| trouble.to_string()),
        };
        journal.record(&line).map_err(|error| server::unrecorded("requests", &error))?;
    }
    let request = Request::from_parts(head, body?);
    Ok(match trouble {
        None => (next.run(request).await, None),
        Some(trouble) => guard.trouble(trouble, request, next).await,
    })
}

/// Another answer, if this one tells of a created task.
fn instead(response: Response, other: impl FnOnce() -> Response) -> (Response, Option<Cut>) {
    (if response.status() == StatusCode::OK { other() } else { response }, None)
}

fn failure(code: StatusCode, message: &str) -> Response {
    Failure::new(code, message).into_response()
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
