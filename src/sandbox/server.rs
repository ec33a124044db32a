//! Routes, and the order in which a request is judged: route, token, content type, size, JSON, rules, store. What goes
//! wrong on purpose stands before all that, in the guard.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use jiff::Timestamp;

use super::answer::{self, Failure};
use super::audit::Audit;
use super::clock::Clock;
use super::config::Config;
use super::guard::{self, Guard};
use super::json::Json;
use super::store::{Refused, Store};
use super::{query, validate};

const BODY_LIMIT: usize = 1024 * 1024;

/// The only path there is.
pub(super) const TASKS: &str = "/external/tasks";

/// What all requests share.
pub(super) struct Shared {
    books: Mutex<Books>,
    token: Option<String>,
    clock: Clock,
}

/// Behind one lock, so that the audit has the order of the ids. It is held for microseconds and never across a wait.
struct Books {
    store: Store,
    audit: Option<Audit>,
}

impl Shared {
    pub(super) fn new(store: Store, audit: Option<Audit>, config: &Config) -> Self {
        let books = Mutex::new(Books { store, audit });
        Self { books, token: config.token.clone(), clock: config.clock() }
    }

    pub(super) fn created(&self) -> usize {
        self.books().store.len()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // A task is added by a single push, so a panic elsewhere cannot have left it half done.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn authorise(&self, headers: &HeaderMap) -> Result<(), Failure> {
        let token = headers.get(header::AUTHORIZATION).and_then(bearer);
        match (token, &self.token) {
            (Some(_), None) => Ok(()),
            (Some(token), Some(wanted)) if token == wanted.as_bytes() => Ok(()),
            (None, _) => Err(Failure::new(StatusCode::UNAUTHORIZED, "A bearer token is missing.")),
            (Some(_), Some(_)) => {
                Err(Failure::new(StatusCode::UNAUTHORIZED, "The bearer token is not valid."))
            }
        }
    }
}

/// The token of an `Authorization` header, `None` if there is none in it.
fn bearer(header: &HeaderValue) -> Option<&[u8]> {
    let (scheme, token) = header.as_bytes().split_at_checked("Bearer ".len())?;
    let token = token.trim_ascii();
    (scheme.eq_ignore_ascii_case(b"Bearer ") && !token.is_empty()).then_some(token)
}

/// The whole service. What acts on every answer, whoever gives it, is a layer at the end.
pub(super) fn router(shared: Arc<Shared>, guard: Arc<Guard>) -> Router {
    Router::new()
        .route(TASKS, get(list).post(create))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(guard, guard::pass))
        // The guard reads bodies too.
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(shared)
}

async fn not_found(uri: Uri) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, format!("There is no route {}.", uri.path()))
}

async fn method_not_allowed(method: Method) -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("The method {method} is not supported for this route."),
    )
}

async fn create(State(shared): State<Arc<Shared>>, request: Request) -> Result<Response, Failure> {
    shared.authorise(request.headers())?;
    if !is_json(request.headers()) {
        let message = "The Content-Type must be application/json.";
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let crossed = request.extensions().get::<Crossed>().is_some();
    let body = body_of(request).await?;
    let json: Json<'_> = serde_json::from_slice(&body).map_err(|error| {
        Failure::new(StatusCode::BAD_REQUEST, format!("The body is not valid JSON: {error}."))
    })?;
    let new = validate::new_task(&json)?;

    let clock = &shared.clock;
    let mut books = shared.books();
    let Books { store, audit } = &mut *books;
    let created = store.create(new, clock.now(), |task| match audit {
        Some(audit) => audit.record(Timestamp::now(), task.id(), &body),
        None => Ok(()),
    });
    match created {
        Ok(task) if crossed => {
            let id = task.id();
            let told = store.before(id).or_else(|| store.newest());
            Ok(told.map_or_else(answer::nothing, |task| answer::created(task, clock)))
        }
        Ok(task) => Ok(answer::created(task, clock)),
        Err(Refused::Incomplete) => Err(answer::busy()),
        Err(Refused::Unrecorded(error)) => Err(unrecorded("audit", &error)),
    }
}

/// Goes with a request that is to be answered with the task before its own.
#[derive(Clone, Copy)]
pub(super) struct Crossed;

/// Goes with a list request whose page is to be shifted.
#[derive(Clone, Copy)]
pub(super) struct Shifted;

/// The whole body.
///
/// # Errors
/// When it is too large, or ends too early.
pub(super) async fn body_of(request: Request) -> Result<Bytes, Failure> {
    Bytes::from_request(request, &()).await.map_err(|rejection| {
        let message = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "The body is larger than 1 MiB.".to_owned(),
            _ => rejection.body_text(),
        };
        Failure::new(rejection.status(), message)
    })
}

/// What is answered when a file for tests cannot be written.
pub(super) fn unrecorded(what: &str, error: &io::Error) -> Failure {
    let message = format!("The {what} file cannot be written, so nothing was done: {error}.");
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, message)
}

async fn list(
    State(shared): State<Arc<Shared>>,
    shifted: Option<Extension<Shifted>>,
    headers: HeaderMap,
    parameters: Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    shared.authorise(&headers)?;
    let clock = &shared.clock;
    let filter = query::filter(&parameters)?.in_utc(clock);
    let now = clock.now();
    let books = shared.books();
    Ok(answer::listed(&books.store.list(&filter, now, shifted.is_some()), now, clock))
}

/// Whether the body is said to be JSON; parameters such as `charset` do not matter.
fn is_json(headers: &HeaderMap) -> bool {
    let essence = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.as_bytes().split(|&byte| byte == b';').next());
    essence.is_some_and(|essence| essence.trim_ascii().eq_ignore_ascii_case(b"application/json"))
}
