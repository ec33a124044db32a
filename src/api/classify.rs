//! The answer table: what an answer to a POST, or its absence, proves. The first rule that fits decides.
//!
//! POST is not idempotent and the server knows no key for it, so a task is sent again only where the table proves that
//! the first request was not acted on.

use super::types::{Envelope, Status, TaskData, begins_as_json, envelope};
use crate::domain::note::{Doubt, ServerWords, is_incomplete_task};
use crate::lang::say;

/// An answer that came.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The status line's code.
    pub status: u16,
    /// The body, whole.
    pub body: Vec<u8>,
    /// `Retry-After`, as it stands.
    pub retry_after: Option<String>,
    /// `Date`, seconds since 1970.
    pub date: Option<i64>,
    /// Whether it carries the sandbox's mark.
    pub sandbox: bool,
}

/// No answer, or not all of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendFailure {
    /// Refused, DNS, TLS, connect timeout: nothing reached the application.
    Connect(String),
    /// Nothing came in time.
    Timeout,
    /// The answer is beyond all size.
    TooLarge {
        /// The status line's code.
        status: u16,
    },
    /// The connection broke, or the answer was cut.
    Lost {
        /// The status line's code, if one came.
        status: Option<u16>,
        /// What the library said.
        detail: String,
    },
}

impl SendFailure {
    /// What happened, for a person.
    pub fn words(&self) -> String {
        match self {
            Self::Connect(detail) | Self::Lost { detail, .. } => detail.clone(),
            Self::Timeout => say!("engine-no-answer-in-time"),
            Self::TooLarge { status } => say!("engine-answer-too-large", status = status.to_string()),
        }
    }
}

/// Why a run must not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A redirect, or a page that is not the API's.
    WrongServer {
        /// The status line's code.
        status: u16,
    },
    /// A 2xx that is not the API's: a login page, a captive portal.
    ForeignAnswer,
    /// An answer belongs to another task.
    CrossedAnswers,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The task exists.
    Created {
        /// The ids.
        id: i64,
        /// The batch.
        creation_id: Option<i64>,
        /// The conversation.
        conversation_id: Option<i64>,
        /// When, in seconds of the server's clock on the wall ([`naive_seconds`](super::types::naive_seconds)).
        created_at: Option<i64>,
    },
    /// The user has an unfinished task.
    IncompleteTask(ServerWords),
    /// Refused for good.
    Rejected(ServerWords),
    /// 401 or 403: one GET with the same token decides between a bad token and a bad task.
    Barred(ServerWords),
    /// 429: not acted on.
    Throttled,
    /// Never reached the application.
    NotSent(String),
    /// The wrong server; the task stays as it was.
    Misdirected(Stop),
    /// It may exist.
    InDoubt {
        /// Why.
        doubt: Doubt,
        /// More, for a person.
        detail: String,
        /// Set where the run must not go on.
        stop: Option<Stop>,
    },
}

/// Applies the table to an answer. `phone` is the one that was sent.
pub fn classify(answer: &Answer, phone: &str) -> Verdict {
    let status = answer.status;
    let envelope = envelope(&answer.body);
    if let Some(Envelope { status: Status::Success, task: Some(task), .. }) = &envelope
        && let Some(id) = task.id
    {
        return created(id, task, phone);
    }
    if let Some(Envelope { status: Status::Odd, task: Some(TaskData { id: Some(id), .. }), .. }) = &envelope {
        // Whatever else it says, it names a task, and that task may be ours.
        return doubt(Doubt::UnreadableAnswer, format!("status {status}, task {id}"));
    }
    let code = envelope.as_ref().filter(|envelope| envelope.status != Status::Success).and_then(|it| it.code);
    let words = || {
        envelope.as_ref().map_or_else(
            || ServerWords { code: Some(i64::from(status)), ..ServerWords::default() },
            |it| ServerWords { code: it.code, message: it.message.clone(), error: it.error.clone() },
        )
    };
    if matches!(status, 401 | 403) || matches!(code, Some(401 | 403)) {
        return Verdict::Barred(words());
    }
    if status == 429 || code == Some(429) {
        return Verdict::Throttled;
    }
    if status == 408 || status >= 500 {
        return doubt(Doubt::ServerError(status), detail(envelope.as_ref()));
    }
    if let Some(code) = code.filter(|code| (500..600).contains(code)) {
        let code = u16::try_from(code).unwrap_or(500);
        return doubt(Doubt::ServerError(code), detail(envelope.as_ref()));
    }
    let is_error = envelope.as_ref().is_some_and(|envelope| envelope.status == Status::Error);
    match status {
        301..=303 => {
            let stop = Some(Stop::WrongServer { status });
            return Verdict::InDoubt { doubt: Doubt::Redirected(status), detail: String::new(), stop };
        }
        300..400 => return Verdict::Misdirected(Stop::WrongServer { status }),
        404 | 405 if !(is_error && envelope.as_ref().is_some_and(|envelope| envelope.in_words)) => {
            return Verdict::Misdirected(Stop::WrongServer { status });
        }
        _ => {}
    }
    if is_error && (200..500).contains(&status) {
        let words = words();
        return if is_incomplete_task(&words.message) {
            Verdict::IncompleteTask(words)
        } else {
            Verdict::Rejected(words)
        };
    }
    let is_foreign = envelope.as_ref().is_none_or(|it| it.status == Status::Odd && !it.in_words);
    if (400..500).contains(&status) && is_foreign {
        return Verdict::Rejected(ServerWords { code: Some(i64::from(status)), ..words() });
    }
    if (200..300).contains(&status) && !is_blank(&answer.body) && !begins_as_json(&answer.body) {
        return Verdict::InDoubt {
            doubt: Doubt::ForeignAnswer,
            detail: String::new(),
            stop: Some(Stop::ForeignAnswer),
        };
    }
    doubt(Doubt::UnreadableAnswer, format!("status {status}"))
}

/// Applies the table to the absence of an answer.
pub fn classify_failure(failure: &SendFailure) -> Verdict {
    match failure {
        SendFailure::Connect(detail) => Verdict::NotSent(detail.clone()),
        SendFailure::Timeout => doubt(Doubt::Timeout, String::new()),
        SendFailure::TooLarge { status } => {
            doubt(Doubt::UnreadableAnswer, format!("status {status}, and far too large"))
        }
        SendFailure::Lost { detail, .. } => doubt(Doubt::ConnectionLost, detail.clone()),
    }
}

/// What a GET comes to, as one status: the envelope's error code where the HTTP status hides it behind a 200.
///
/// A 2xx that is no success envelope of the API counts as 502: whatever answered, it was not the API.
pub fn get_status(answer: &Answer) -> u16 {
    if !(200..300).contains(&answer.status) {
        return answer.status;
    }
    match envelope(&answer.body) {
        Some(Envelope { status: Status::Success, .. }) => answer.status,
        Some(Envelope { code: Some(code), .. }) => u16::try_from(code).unwrap_or(502),
        _ => 502,
    }
}

fn created(id: i64, task: &TaskData, phone: &str) -> Verdict {
    if task.user_phone.as_deref().is_some_and(|echo| echo != phone) {
        let stop = Some(Stop::CrossedAnswers);
        return Verdict::InDoubt { doubt: Doubt::Crossed, detail: format!("task {id}"), stop };
    }
    Verdict::Created {
        id,
        creation_id: task.creation_id,
        conversation_id: task.conversation_id,
        created_at: task.created_at,
    }
}

fn doubt(doubt: Doubt, detail: String) -> Verdict {
    Verdict::InDoubt { doubt, detail, stop: None }
}

fn detail(envelope: Option<&Envelope>) -> String {
    envelope.map(|envelope| envelope.message.clone()).unwrap_or_default()
}

fn is_blank(body: &[u8]) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str = "6281234567890";
    const CREATED: &str = r#"{"status":"success","code":200,"message":"","data":{"id":239,"creation_id":106,"user_phone":"6281234567890","conversation_id":1023},"error":{}}"#;
    const BUSY: &str =
        r#"{"status":"error","code":400,"message":"User is in an incomplete task.","data":{},"error":{}}"#;
    const REFUSED: &str =
        r#"{"status":"error","code":422,"message":"Bad auth_id.","data":[],"error":{"auth_id":["unknown"]}}"#;
    const NO_CODE: &str = r#"{"status":"error","message":"No.","data":null}"#;
    const ERROR_500: &str = r#"{"status":"error","code":500,"message":"Server Error"}"#;
    const ERROR_401: &str = r#"{"status":"error","code":401,"message":"Unauthenticated."}"#;
    const ERROR_429: &str = r#"{"status":"error","code":429,"message":"Too Many Attempts."}"#;
    const NO_ID: &str = r#"{"status":"success","code":200,"data":[]}"#;
    const ID_ZERO: &str = r#"{"status":"success","code":200,"data":{"id":0}}"#;
    const OTHER_PHONE: &str =
        r#"{"status":"success","code":200,"data":{"id":5,"user_phone":"6281299999999"}}"#;
    const CUT: &str = r#"{"status":"success","code":200,"data":{"id":2"#;
    const HTML: &str = "<html><body>Log in</body></html>";
    const BARE_MESSAGE: &str = r#"{"message":"Not Found"}"#;
    const SPRING: &str = r#"{"timestamp":"x","status":404,"error":"Not Found","path":"/external/tasks"}"#;
    const CODE_ONLY: &str = r#"{"code":404,"message":"Not Found"}"#;

    /// One word for a verdict.
    fn word(status: u16, body: &str) -> &'static str {
        let answer = Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() };
        match classify(&answer, PHONE) {
            Verdict::Created { .. } => "created",
            Verdict::IncompleteTask(_) => "incomplete",
            Verdict::Rejected(_) => "rejected",
            Verdict::Barred(_) => "barred",
            Verdict::Throttled => "throttled",
            Verdict::NotSent(_) => "not sent",
            Verdict::Misdirected(_) => "wrong server",
            Verdict::InDoubt { stop: None, .. } => "doubt",
            Verdict::InDoubt { stop: Some(_), .. } => "doubt, stop",
        }
    }

    #[test]
    fn the_answer_table() {
        let statuses = [
            200, 201, 204, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 413, 415, 422,
            429, 500, 502, 503, 504, 520,
        ];
        let bodies = [
            CREATED,
            BUSY,
            REFUSED,
            NO_CODE,
            ERROR_500,
            ERROR_401,
            ERROR_429,
            NO_ID,
            ID_ZERO,
            OTHER_PHONE,
            CUT,
            HTML,
            BARE_MESSAGE,
            "",
        ];
        for status in statuses {
            for body in bodies {
                // The table once more, in the words of the contract.
                let has_error = [BUSY, REFUSED, NO_CODE].contains(&body);
                let want = if body == CREATED {
                    "created"
                } else if body == OTHER_PHONE {
                    "doubt, stop"
                } else if [401, 403].contains(&status) || body == ERROR_401 {
                    "barred"
                } else if status == 429 || body == ERROR_429 {
                    "throttled"
                } else if status == 408 || status >= 500 || body == ERROR_500 {
                    "doubt"
                } else if (301..=303).contains(&status) {
                    "doubt, stop"
                } else if (300..400).contains(&status) || ([404, 405].contains(&status) && !has_error) {
                    "wrong server"
                } else if body == BUSY {
                    "incomplete"
                } else if has_error || (400..500).contains(&status) && ![NO_ID, ID_ZERO].contains(&body) {
                    "rejected"
                } else if body == HTML {
                    "doubt, stop"
                } else {
                    "doubt"
                };
                assert_eq!(word(status, body), want, "{status} {body}");
            }
        }
    }

    #[test]
    fn another_servers_404_is_no_answer_of_the_api() {
        for status in [404, 405] {
            for body in [SPRING, CODE_ONLY, BARE_MESSAGE, HTML, ""] {
                assert_eq!(word(status, body), "wrong server", "{status} {body}");
            }
            assert_eq!(word(status, REFUSED), "rejected");
        }
        assert_eq!(word(400, CODE_ONLY), "rejected");
        // A gateway in front of the API that refuses in its own words did not let the request through.
        for (status, body) in
            [(413, r#"{"status":413,"error":"Payload Too Large"}"#), (415, r#"{"status":415}"#)]
        {
            assert_eq!(word(status, body), "rejected", "{body}");
            assert_eq!(word(200, body), "doubt", "{body}");
        }
    }

    #[test]
    fn an_answer_that_names_a_task_and_does_not_refuse_is_never_sent_again_unseen() {
        for body in [
            r#"{"code":200,"message":"","data":{"id":9}}"#,
            r#"{"code":0,"message":"success","data":{"id":9}}"#,
            r#"{"status":"ok","code":200,"message":"","data":{"id":9}}"#,
            r#"{"status":"success","code":429,"data":{"id":9}}"#,
            r#"{"status":"success","code":401,"data":{"id":9}}"#,
            r#"{"status":true,"code":400,"data":{"id":9}}"#,
        ] {
            for status in [200, 201, 400, 401, 422, 429, 500] {
                assert_eq!(word(status, body), "doubt", "{status} {body}");
            }
        }
        // Without a task in it, and without a refusal, it is no success.
        for body in [r#"{"code":200,"message":""}"#, r#"{"status":"ok","code":1,"data":[]}"#] {
            assert_eq!(word(200, body), "doubt", "{body}");
        }
    }

    #[test]
    fn the_words_of_the_server_are_kept() {
        let answer = Answer { status: 422, body: REFUSED.as_bytes().to_vec(), ..Answer::default() };
        assert_eq!(
            classify(&answer, PHONE),
            Verdict::Rejected(ServerWords {
                code: Some(422),
                message: "Bad auth_id.".to_owned(),
                error: r#"{"auth_id":["unknown"]}"#.to_owned()
            })
        );
    }

    #[test]
    fn incomplete_task_in_any_case_and_at_any_status_below_500() {
        for status in [200, 400, 409, 422] {
            let body = r#"{"status":"error","code":"400","message":"user IS in an INCOMPLETE TASK"}"#;
            assert_eq!(word(status, body), "incomplete");
        }
    }

    #[test]
    fn only_a_connect_failure_proves_that_nothing_was_sent() {
        assert_eq!(
            classify_failure(&SendFailure::Connect("refused".to_owned())),
            Verdict::NotSent("refused".to_owned())
        );
        for failure in [
            SendFailure::Timeout,
            SendFailure::TooLarge { status: 400 },
            SendFailure::Lost { status: None, detail: "reset".to_owned() },
            SendFailure::Lost { status: Some(200), detail: "cut".to_owned() },
        ] {
            assert!(matches!(classify_failure(&failure), Verdict::InDoubt { stop: None, .. }), "{failure:?}");
        }
    }
}
