//! Moves one request and its answer, and repeats nothing by itself.
//!
//! The settings below are for safety, not for style: with the library's defaults a 307 sends a POST twice, and some
//! protocol errors do too. `is_connect` proves "not sent" only with redirects and retries off.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER,
};
use reqwest::{Client as Http, ClientBuilder, Request, Response, Url};
use secrecy::{ExposeSecret as _, SecretString};

use super::classify::{Answer, SendFailure};
use crate::lang::say;

/// No answer of the API comes near this; what does is not the API's.
const LARGEST_BODY: usize = 1 << 20;

/// A list page of 100 tasks with long logs may be larger.
const LARGEST_PAGE: usize = 32 << 20;

/// Servers close idle connections from 2 s up; a shorter life here avoids the race, and with it a doubt.
const IDLE: Duration = Duration::from_millis(1_500);

/// Shorter than any request timeout, so that a slow handshake is proved to be one.
const CONNECT: Duration = Duration::from_secs(5);

/// Where the tasks live below the base URL. Source: both API pages.
const TASKS: [&str; 2] = ["external", "tasks"];

/// The client could not be made.
#[derive(Debug, Clone)]
pub struct SetupError(String);

impl std::fmt::Display for SetupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&say!("engine-client-setup", error = &self.0))
    }
}

impl std::error::Error for SetupError {}

/// A connection pool for one server and one token; clones are the same one.
#[derive(Debug, Clone)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: Http,
    tasks: Url,
    headers: HeaderMap,
    token: SecretString,
}

/// The beginning of every client for this address: it repeats nothing, follows nothing, goes by no proxy, and falls back from
/// TLS to nothing.
pub fn careful(url: &Url) -> ClientBuilder {
    // A second call finds it installed, which is all that is wanted.
    drop(rustls::crypto::ring::default_provider().install_default());
    let is_https = url.scheme() == "https";
    let builder = Http::builder();
    // Without TLS there is nobody to trust, and the certificates of the system need not be read.
    let builder = if is_https { builder } else { builder.tls_certs_only([]) };
    builder
        .user_agent(concat!("incs-import/", env!("CARGO_PKG_VERSION")))
        .http1_only()
        .retry(reqwest::retry::never())
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .https_only(is_https)
}

impl Client {
    /// Makes a client for `base_url`; the token goes to that host only.
    ///
    /// `timeout` bounds a whole request, answer included.
    ///
    /// # Errors
    /// The token cannot stand in a header, or TLS cannot be set up.
    pub fn new(base_url: &Url, token: &SecretString, timeout: Duration) -> Result<Self, SetupError> {
        let failed = |error: &dyn std::fmt::Display| SetupError(error.to_string());
        let mut headers = HeaderMap::new();
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
            .map_err(|_| SetupError(say!("engine-token-not-a-header")))?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let http = careful(base_url)
            .connect_timeout(CONNECT.min(timeout.mul_f64(0.8)))
            .timeout(timeout)
            .pool_idle_timeout(IDLE)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| failed(&error.without_url()))?;
        let mut tasks = base_url.clone();
        tasks
            .path_segments_mut()
            .map_err(|()| SetupError(say!("engine-base-url-without-path")))?
            .pop_if_empty()
            .extend(TASKS);
        Ok(Self(Arc::new(Inner { http, tasks, headers, token: token.clone() })))
    }

    /// POSTs one body.
    ///
    /// # Errors
    /// No answer, or not all of one; [`SendFailure`] says what that proves.
    pub async fn create(&self, body: Vec<u8>) -> Result<Answer, SendFailure> {
        let mut request = Request::new(reqwest::Method::POST, self.0.tasks.clone());
        *request.headers_mut() = self.0.headers.clone();
        *request.body_mut() = Some(body.into());
        self.send(request, LARGEST_BODY).await
    }

    /// GETs one page of the list with the given query.
    ///
    /// # Errors
    /// As [`Client::create`]; a GET may be repeated freely.
    pub async fn list(&self, query: &[(&str, String)]) -> Result<Answer, SendFailure> {
        let mut url = self.0.tasks.clone();
        url.query_pairs_mut().extend_pairs(query);
        let mut request = Request::new(reqwest::Method::GET, url);
        *request.headers_mut() = self.0.headers.clone();
        // Two readings of the list are two only if the server was asked twice.
        request.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        self.send(request, LARGEST_PAGE).await
    }

    async fn send(&self, request: Request, largest: usize) -> Result<Answer, SendFailure> {
        let mut response = self.0.http.execute(request).await.map_err(|error| failure(error, None))?;
        let status = response.status().as_u16();
        let mut answer = Answer {
            status,
            body: Vec::new(),
            retry_after: header(&response, RETRY_AFTER.as_str()),
            date: date(&response),
            sandbox: response.headers().contains_key("x-incs-sandbox"),
        };
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(error, Some(status)))? {
            if answer.body.len() + chunk.len() > largest {
                return Err(SendFailure::TooLarge { status });
            }
            answer.body.extend_from_slice(&chunk);
        }
        self.forget_token(&mut answer.body);
        Ok(answer)
    }

    /// A server that repeats the token in its message must not bring it into a report.
    fn forget_token(&self, body: &mut Vec<u8>) {
        let token = self.0.token.expose_secret().as_bytes();
        // A short one may be part of any word; it is an invented one of a trial.
        if token.len() < 8 {
            return;
        }
        while let Some(at) = memchr::memmem::find(body, token) {
            body.splice(at..at + token.len(), *b"[token]");
        }
    }
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// The server's clock; `None` where the answer comes from a cache, and tells the time at which it was put there.
fn date(response: &Response) -> Option<i64> {
    let is_fresh = response.headers().get(AGE).is_none_or(|age| age.as_bytes() == b"0");
    header(response, DATE.as_str()).filter(|_| is_fresh).and_then(|date| unix_seconds(&date))
}

fn unix_seconds(date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(date).ok()?;
    i64::try_from(time.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
}

fn failure(error: reqwest::Error, status: Option<u16>) -> SendFailure {
    // Once a status line came, the request was surely sent, whatever the library calls the rest.
    if status.is_none() && error.is_connect() {
        return SendFailure::Connect(chain(&error.without_url()));
    }
    if error.is_timeout() {
        return SendFailure::Timeout;
    }
    SendFailure::Lost { status, detail: chain(&error.without_url()) }
}

/// The error and its causes in one line; the library's own sentences name no cause.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if words.last() != Some(&text) {
            words.push(text);
        }
        next = cause.source();
    }
    if words.is_empty() { error.to_string() } else { words.join(": ") }
}
