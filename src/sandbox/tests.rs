//! The sandbox through a real socket, in raw HTTP.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::*;

const TASKS: &str = "/external/tasks";
const GOOD_TOKEN: &str = "Authorization: Bearer t0ken\r\n";

struct Answer {
    status: u16,
    /// Lower case.
    head: String,
    body: Value,
}

impl Answer {
    fn assert_error(&self, code: u16) -> &str {
        let body = &self.body;
        assert_eq!(
            (self.status, &body["code"], &body["status"]),
            (code, &json!(code), &json!("error")),
            "{body}"
        );
        assert_eq!(body["data"], json!({}));
        assert!(body["error"].is_object());
        body["message"].as_str().unwrap()
    }
}

async fn exchange(sandbox: &Running, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let address = sandbox.address();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.contains("\r\nx-incs-sandbox: 1"), "{head}");
    assert!(head.contains("\r\ndate: "), "{head}");
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: serde_json::from_str(body).unwrap_or_default() }
}

async fn post(sandbox: &Running, body: &str) -> Answer {
    let headers = format!("{GOOD_TOKEN}Content-Type: application/json; charset=utf-8\r\n");
    exchange(sandbox, "POST", TASKS, &headers, body).await
}

async fn get(sandbox: &Running, parameters: &str) -> Answer {
    exchange(sandbox, "GET", &format!("{TASKS}?{parameters}"), GOOD_TOKEN, "").await
}

fn body(phone: &str) -> String {
    format!(
        r#"{{"name": "by api","type":3,"auth_id":30058,"user_name":"路人A","user_phone":"{phone}","assignee_username":"incs_1"}}"#
    )
}

async fn sandbox() -> Running {
    start(Config { token: Some("t0ken".to_owned()), ..Config::default() }).await.unwrap()
}

#[tokio::test]
async fn a_task_is_created_once_and_listed() {
    let sandbox = sandbox().await;
    let created = post(&sandbox, &body("6281200000001")).await;
    assert_eq!(created.status, 200);
    let mut task = created.body["data"].clone();
    let keys: Vec<_> = task.as_object().unwrap().keys().cloned().collect();
    let mut want = [
        "id",
        "creation_id",
        "auth_id",
        "name",
        "description",
        "type",
        "user_name",
        "user_phone",
        "assignee_username",
        "conversation_id",
        "status",
        "created_at",
        "updated_at",
        "logs",
    ];
    want.sort_unstable();
    assert_eq!(keys, want);
    assert_eq!((&task["status"], &task["logs"], &task["description"]), (&json!(0), &json!([]), &json!("")));

    let again = post(&sandbox, &body("6281200000001")).await;
    assert_eq!(again.assert_error(400), "User is in an incomplete task.");
    assert_eq!(again.body["error"], json!({}));
    assert_eq!(sandbox.created(), 1);

    let listed = get(&sandbox, &format!("task_id={}&name=BY+api&status=0", task["id"])).await;
    assert_eq!(listed.body["data"]["total"], 1);
    let mut listed = listed.body["data"]["data"][0].clone();
    let logs = listed["logs"].take();
    assert_eq!(logs.as_array().unwrap().len(), 2);
    assert_eq!((&logs[0]["type"], &logs[1]["type"]), (&json!(1), &json!(2)));
    assert_eq!(
        (&logs[0]["assignee_username"], &logs[1]["assignee_username"]),
        (&json!(""), &json!("incs_1"))
    );
    // Apart from the logs, a list shows all that the creation showed but the conversation.
    task.as_object_mut().unwrap().remove("conversation_id");
    task["logs"].take();
    assert_eq!(listed, task);
    sandbox.stop().await;
}

#[tokio::test]
async fn without_the_right_token_nothing_is_told() {
    let sandbox = sandbox().await;
    for headers in
        ["", "Authorization: Bearer other\r\n", "Authorization: Bearer \r\n", "Authorization: t0ken\r\n"]
    {
        exchange(&sandbox, "POST", TASKS, headers, "not even JSON").await.assert_error(401);
        exchange(&sandbox, "GET", TASKS, headers, "").await.assert_error(401);
    }
    let open = start(Config::default()).await.unwrap();
    exchange(&open, "GET", TASKS, "", "").await.assert_error(401);
    assert_eq!(exchange(&open, "GET", TASKS, "authorization: bearer any\r\n", "").await.status, 200);
}

#[tokio::test]
async fn bad_requests_get_envelopes_that_say_why() {
    let sandbox = sandbox().await;
    let wrong = post(&sandbox, &body("+6281200000001")).await;
    assert_eq!(wrong.assert_error(422), "user_phone must be 8 to 15 digits and nothing else.");
    assert_eq!(wrong.body["error"], json!({"user_phone": ["must be 8 to 15 digits and nothing else"]}));
    assert!(post(&sandbox, "{").await.assert_error(400).starts_with("The body is not valid JSON"));
    post(&sandbox, &" ".repeat(1024 * 1024 + 1)).await.assert_error(413);
    exchange(&sandbox, "POST", TASKS, GOOD_TOKEN, &body("6281200000001")).await.assert_error(415);
    exchange(&sandbox, "GET", "/external/task", GOOD_TOKEN, "").await.assert_error(404);
    let put = exchange(&sandbox, "PUT", TASKS, GOOD_TOKEN, "{}").await;
    put.assert_error(405);
    assert!(put.head.contains("\r\nallow: get,head,post"), "{}", put.head);
    assert_eq!(
        get(&sandbox, "page_size=0").await.assert_error(422),
        "page_size must be a whole number above 0."
    );
    assert_eq!(sandbox.created(), 0);
}

#[tokio::test]
async fn a_list_has_pages_and_time_windows() {
    let sandbox = sandbox().await;
    for number in 0..5 {
        assert_eq!(post(&sandbox, &body(&format!("628120000000{number}"))).await.status, 200);
    }
    let page = get(&sandbox, "page=2&page_size=2").await;
    let ids = |answer: &Answer| -> Vec<u64> {
        answer.body["data"]["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task["id"].as_u64().unwrap())
            .collect()
    };
    let all = ids(&get(&sandbox, "").await);
    assert!(all.is_sorted() && all.len() == 5);
    assert_eq!((&page.body["data"]["total"], ids(&page)), (&json!(5), all[2..4].to_vec()));

    let first = page.body["data"]["data"][0]["created_at"].as_str().unwrap().replace(' ', "%20");
    assert_eq!(get(&sandbox, &format!("start_at={first}&end_at=2999-01-01+00:00:00")).await.status, 200);
    assert_eq!(get(&sandbox, "end_at=2020-01-01+00:00:00").await.body["data"]["total"], 0);
}

#[tokio::test]
async fn tasks_finish_by_themselves() {
    let sandbox = start(Config { finish_after: Some(Duration::ZERO), ..Config::default() }).await.unwrap();
    for _ in 0..2 {
        let created = post(&sandbox, &body("6281200000001")).await;
        assert_eq!((created.status, &created.body["data"]["status"]), (200, &json!(0)));
    }
    let finished = get(&sandbox, "status=2").await;
    assert_eq!(finished.body["data"]["total"], 2);
    let log = &finished.body["data"]["data"][1]["logs"][2];
    assert_eq!((&log["type"], &log["status"], &log["pre_status"]), (&json!(3), &json!(2), &json!(0)));
}

#[tokio::test]
async fn the_audit_holds_the_bodies_as_received() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.jsonl");
    let file = std::fs::OpenOptions::new().create(true).append(true).open(&path).unwrap();
    let sandbox = start(Config { audit: Some(file), ..Config::default() }).await.unwrap();
    let mut want = String::new();
    for number in 1..=2 {
        let body = body(&format!("628120000000{number}"));
        let created = post(&sandbox, &body).await;
        // On disk before the answer.
        let text = std::fs::read_to_string(&path).unwrap();
        let line = text.lines().last().unwrap();
        assert!(
            line.ends_with(&format!(r#","id":{},"body":{body}}}"#, created.body["data"]["id"])),
            "{line}"
        );
        want.push_str(line);
        want.push('\n');
        post(&sandbox, &body).await.assert_error(400);
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), want);
}

#[tokio::test]
async fn start_says_what_it_could_not_get() {
    let sandbox = sandbox().await;
    let port = sandbox.address().port();
    let error = start(Config { port, ..Config::default() }).await.err().unwrap();
    assert!(error.to_string().starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")), "{error}");
}

#[tokio::test]
async fn it_stops_when_told_and_when_dropped() {
    let stopped = sandbox().await;
    let address = stopped.address();
    let idle = TcpStream::connect(address).unwrap();
    stopped.stop().await;
    assert!(TcpStream::connect(address).is_err());
    drop(idle);

    let dropped = sandbox().await;
    let address = dropped.address();
    drop(dropped);
    while TcpStream::connect(address).is_ok() {
        tokio::task::yield_now().await;
    }
}
