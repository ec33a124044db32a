//! One POST to a webhook, tried a few times, and what its answer means.
//!
//! The address is a secret: it is in no word that leaves this file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, Request, Response};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::words::harmless;
use super::{Why, secret};
use crate::api::client::{careful, chain};
use crate::cli::parse::HookUrl;
use crate::cli::refusal::Refusal;
use crate::cli::settings::{HookPlace, Notify};
use crate::cli::upload::Environment;
use crate::lang::say;

/// So much of an answer is looked at.
const LARGEST: usize = 1 << 16;
/// So much of what a server says is told.
const SAID: usize = 160;

/// How long is waited and tried.
#[derive(Debug, Clone)]
pub(super) struct Patience {
    /// For one answer.
    pub(super) answer: Duration,
    /// For all of it.
    pub(super) whole: Duration,
    /// Before each further attempt.
    pub(super) pauses: Vec<Duration>,
}

impl Patience {
    /// Three attempts within 15 seconds: a run has ended, and somebody may be waiting for its exit code.
    pub(super) fn usual() -> Self {
        Self {
            answer: Duration::from_secs(10),
            whole: Duration::from_secs(15),
            pauses: vec![Duration::from_secs(1), Duration::from_secs(3)],
        }
    }
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Failure {
    /// It was not sent, or not answered: the library's words, without the address.
    Lost(String),
    /// No answer in time.
    Timeout,
    /// Another status than 2xx; with how long to wait, and what the server said.
    Status(u16, Option<Duration>, String),
    /// A robot that answers 2xx and says no: its code and its words.
    Refused(String, String),
}

impl Failure {
    /// Whether another attempt may go better. What may have arrived is sent again too: a message that comes twice does no
    /// harm.
    fn may_pass(&self) -> bool {
        match self {
            Self::Lost(_) | Self::Timeout => true,
            Self::Status(status, ..) => *status == 429 || *status >= 500,
            Self::Refused(..) => false,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Lost(why) => why.clone(),
            Self::Timeout => say!("engine-no-answer-in-time"),
            Self::Status(status, _, said) if said.is_empty() => {
                say!("engine-status", status = status.to_string())
            }
            Self::Status(status, _, said) => {
                say!("notify-status-and-words", status = status.to_string(), said = said)
            }
            Self::Refused(code, said) => say!("notify-robot-refused", code = code, said = said),
        }
    }
}

impl Failure {
    /// The words without those of the server.
    fn outline(&self) -> String {
        match self {
            Self::Status(status, ..) => say!("engine-status", status = status.to_string()),
            Self::Refused(code, _) => {
                let words = say!("notify-robot-refused", code = code, said = "");
                words.trim_end_matches([':', '：', ' ']).to_owned()
            }
            Self::Lost(_) | Self::Timeout => self.words(),
        }
    }
}

/// A webhook with all its secrets.
pub(super) struct Webhook {
    url: HookUrl,
    authorization: Option<HeaderValue>,
    /// What no server's words may repeat.
    secrets: Vec<String>,
}

impl Webhook {
    /// The configured one; `None` where there is none. A file that others can read is noted as open.
    ///
    /// # Errors
    /// A secret cannot be read, is not what it should be, or would go over the network for anybody to read.
    pub(super) fn of(
        notify: &Notify,
        environment: Environment<'_>,
        open: &mut Vec<PathBuf>,
    ) -> Result<Option<Self>, Refusal> {
        let url = match &notify.webhook {
            None => return Ok(None),
            Some(HookPlace::Here(url)) => url.clone(),
            Some(HookPlace::Elsewhere(place)) => {
                let text = secret::read(place, environment, open)?;
                HookUrl::parse(text.expose_secret()).map_err(|why| {
                    Refusal::new(say!("notify-bad-url", why = why)).at(place).hint(say!("notify-mend-url"))
                })?
            }
        };
        let mut secrets = vec![url.expose().as_str().to_owned()];
        secrets.push(
            url.expose().query().map_or_else(String::new, |query| format!("{}?{query}", url.expose().path())),
        );
        secrets.extend(url.expose().path_segments().into_iter().flatten().map(str::to_owned));
        secrets.extend(url.expose().query_pairs().map(|(_, value)| value.into_owned()));
        let mut authorization = None;
        if let Some(place) = &notify.authorization {
            if !url.is_private() {
                return Err(Refusal::new(say!("notify-authorization-over-http", host = url.host()))
                    .hint(say!("notify-mend-authorization-over-http")));
            }
            let text = secret::read(place, environment, open)?;
            let text = text.expose_secret();
            let odd = |_| Refusal::new(say!("notify-secret-odd")).at(place);
            let mut value = HeaderValue::from_str(text).map_err(odd)?;
            value.set_sensitive(true);
            authorization = Some(value);
            secrets.extend(text.split(' ').map(str::to_owned));
        }
        // A short one may be part of any word.
        secrets.retain(|secret| secret.len() >= 8);
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Ok(Some(Self { url, authorization, secrets }))
    }

    /// The address, for what may be shown of it.
    pub(super) fn url(&self) -> &HookUrl {
        &self.url
    }

    /// Tells it a body.
    ///
    /// # Errors
    /// Why it was not taken, in words that hold no secret.
    pub(super) async fn tell(&self, body: &[u8], patience: &Patience) -> Result<(), Why> {
        let client = self.client(patience).map_err(|error| self.shown(&chain(&error.without_url())))?;
        let begin = Instant::now();
        let mut pauses = patience.pauses.iter();
        loop {
            let left = patience.whole.saturating_sub(begin.elapsed());
            let failure = match self.attempt(&client, body, patience.answer.min(left)).await {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            };
            let asked = match &failure {
                Failure::Status(_, asked, _) => *asked,
                _ => None,
            };
            let left = patience.whole.saturating_sub(begin.elapsed());
            match pauses.next().map(|pause| asked.unwrap_or_default().max(*pause)) {
                Some(pause) if failure.may_pass() && pause < left => tokio::time::sleep(pause).await,
                _ => {
                    let (words, outline) = (self.shown(&failure.words()), self.shown(&failure.outline()));
                    return Err(Why { words, outline });
                }
            }
        }
    }

    /// As careful as the client of the API: no redirects, no proxies, no repeats by itself.
    fn client(&self, patience: &Patience) -> Result<Client, reqwest::Error> {
        careful(self.url.expose())
            .connect_timeout(patience.answer.mul_f64(0.5))
            .pool_max_idle_per_host(0)
            .build()
    }

    async fn attempt(&self, client: &Client, body: &[u8], time: Duration) -> Result<(), Failure> {
        let mut request = Request::new(Method::POST, self.url.expose().clone());
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        *request.body_mut() = Some(body.to_vec().into());
        *request.timeout_mut() = Some(time);
        let mut response = client.execute(request).await.map_err(lost)?;
        let status = response.status().as_u16();
        let wait = retry_after(&response);
        let mut answer = Vec::new();
        // A status is an answer, whatever becomes of the rest.
        while let Ok(Some(chunk)) = response.chunk().await {
            answer.extend_from_slice(&chunk);
            if answer.len() > LARGEST {
                break;
            }
        }
        judge(status, wait, &answer)
    }

    /// Words of a server or of the library without our secrets.
    fn shown(&self, words: &str) -> String {
        let hidden = self.secrets.iter().fold(words.to_owned(), |words, secret| words.replace(secret, "…"));
        harmless(&hidden, 2 * SAID)
    }
}

fn lost(error: reqwest::Error) -> Failure {
    if error.is_timeout() { Failure::Timeout } else { Failure::Lost(chain(&error.without_url())) }
}

/// How long to wait, in seconds or until a date.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(std::time::SystemTime::now()).ok(),
    }
}

/// What an answer means. The robots of some chats answer every request with 200, and say in the body whether they took it:
/// `errcode` of DingTalk and WeCom, `code` (once `StatusCode`) of Feishu. Elsewhere `code` may repeat the status.
fn judge(status: u16, wait: Option<Duration>, body: &[u8]) -> Result<(), Failure> {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    let text = |keys: &[&str]| {
        let answer = answer.as_ref()?;
        keys.iter().find_map(|key| answer.get(key)?.as_str()).map(|text| harmless(text, SAID))
    };
    let words = ["errmsg", "msg", "StatusMessage", "message", "error"];
    if !(200..300).contains(&status) {
        let said = text(&words).or_else(|| is_plain(body)).unwrap_or_default();
        return Err(Failure::Status(status, wait, said));
    }
    let code = |key: &str| answer.as_ref()?.get(key)?.as_i64();
    let bad = [("errcode", false), ("code", true), ("StatusCode", true)].into_iter().find_map(
        |(key, may_be_status)| {
            code(key).filter(|code| *code != 0 && !(may_be_status && (200..300).contains(code)))
        },
    );
    match bad {
        Some(code) => Err(Failure::Refused(code.to_string(), text(&words).unwrap_or_default())),
        None => Ok(()),
    }
}

/// A short answer in plain words, such as `invalid_payload`; no page.
fn is_plain(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    (!text.is_empty() && text.len() <= SAID && !text.starts_with(['<', '{', '[']))
        .then(|| harmless(text, SAID))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn answers_and_what_they_mean() {
        for (status, body, want) in [
            (200, "ok", None),
            (204, "", None),
            (200, "<html>", None),
            (200, r#"{"errcode":0,"errmsg":"ok"}"#, None),
            (200, r#"{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}"#, None),
            (200, r#"{"code":200,"message":"taken"}"#, None),
            (200, r#"{"code":"A1"}"#, None),
            (
                200,
                r#"{"errcode":310000,"errmsg":"keywords not in content"}"#,
                Some("it says no (310000): keywords not in content"),
            ),
            (
                200,
                r#"{"errcode":93000,"errmsg":"invalid webhook url, hint: [1]"}"#,
                Some("it says no (93000): invalid webhook url, hint: [1]"),
            ),
            (
                200,
                r#"{"code":19024,"msg":"Key Words Not Found"}"#,
                Some("it says no (19024): Key Words Not Found"),
            ),
            (200, r#"{"StatusCode":9499}"#, Some("it says no (9499): ")),
            (200, r#"{"errcode":200}"#, Some("it says no (200): ")),
            (400, "invalid_payload", Some("status 400: invalid_payload")),
            (404, r#"{"message":"gone <b>"}"#, Some("status 404: gone ‹b›")),
            (302, "", Some("status 302")),
            (500, "<html><body>a page</body></html>", Some("status 500")),
        ] {
            let said = judge(status, None, body.as_bytes()).err().map(|failure| failure.words());
            assert_eq!(said.as_deref(), want, "{status} {body}");
        }
        let passing = |status, body: &str| judge(status, None, body.as_bytes()).unwrap_err().may_pass();
        assert!(passing(500, "") && passing(503, "") && passing(429, ""));
        assert!(
            !passing(400, "") && !passing(404, "") && !passing(302, "") && !passing(200, r#"{"errcode":1}"#)
        );
    }

    fn webhook(url: &str) -> Webhook {
        Webhook {
            url: HookUrl::parse(url).unwrap(),
            authorization: None,
            secrets: vec!["s3cret-key".to_owned()],
        }
    }

    fn tell(webhook: &Webhook, patience: &Patience) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(webhook.tell(b"{}", patience)).map_err(|why| why.words)
    }

    /// Answers the connections that come, each with one of these texts; gives its address.
    fn answering(answers: &'static [&'static str]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        format!("http://{address}/s3cret-key")
    }

    fn brisk() -> Patience {
        Patience {
            answer: Duration::from_millis(300),
            whole: Duration::from_secs(60),
            pauses: vec![Duration::ZERO; 2],
        }
    }

    const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    const DOWN: &str = "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n";

    #[test]
    fn what_may_pass_is_tried_three_times() {
        assert_eq!(tell(&webhook(&answering(&[DOWN, "", OK])), &brisk()), Ok(()));
        assert_eq!(
            tell(&webhook(&answering(&[DOWN, DOWN, DOWN, OK])), &brisk()),
            Err("status 503".to_owned())
        );
        let gone: &[&str] = &["HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", OK];
        assert_eq!(tell(&webhook(&answering(gone)), &brisk()), Err("status 410".to_owned()));
    }

    #[test]
    fn a_server_that_wants_a_long_pause_is_left_alone() {
        let busy = "HTTP/1.1 429 Busy\r\nContent-Length: 0\r\nRetry-After: 0\r\n\r\n";
        let hours = "HTTP/1.1 429 Busy\r\nContent-Length: 0\r\nRetry-After: 9000\r\n\r\n";
        assert_eq!(tell(&webhook(&answering(Box::leak(Box::new([busy, OK])))), &brisk()), Ok(()));
        let told = tell(&webhook(&answering(Box::leak(Box::new([hours, OK])))), &brisk());
        assert_eq!(told, Err("status 429".to_owned()));
    }

    #[test]
    fn a_server_that_does_not_answer_is_given_up() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/s3cret-key", silent.local_addr().unwrap());
        let patience = Patience { answer: Duration::from_millis(20), ..brisk() };
        assert_eq!(tell(&webhook(&url), &patience), Err("no answer in time".to_owned()));
        let patience = Patience { whole: Duration::ZERO, ..brisk() };
        assert!(tell(&webhook(&url), &patience).is_err());
    }

    #[test]
    fn no_secret_is_repeated() {
        let echo = "HTTP/1.1 404 No\r\nContent-Length: 31\r\n\r\nno such robot: s3cret-key, sorry";
        let said = tell(&webhook(&answering(Box::leak(Box::new([echo])))), &brisk()).unwrap_err();
        assert!(said.starts_with("status 404: no such robot: …"), "{said}");
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let said = tell(&webhook(&format!("http://{closed}/s3cret-key")), &brisk()).unwrap_err();
        assert!(!said.contains("s3cret") && !said.is_empty(), "{said}");
    }
}
