//! A client that sees the bytes: a socket, and no library that would mend or hide anything.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::support::{StandIn, TOKEN};

/// What came before the connection ended or the answer was whole.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// 0 if not a byte came.
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// How long the body was said to be.
    pub(crate) fn announced(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The total of a list.
    #[track_caller]
    pub(crate) fn total(&self) -> u64 {
        self.json()["data"]["total"].as_u64().unwrap()
    }

    /// The phones of a list.
    #[track_caller]
    pub(crate) fn phones(&self) -> Vec<String> {
        let tasks = self.json()["data"]["data"].as_array().unwrap().clone();
        tasks.iter().map(|task| task["user_phone"].as_str().unwrap().to_owned()).collect()
    }
}

/// One connection.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(stand_in: &StandIn) -> Self {
        let stream = TcpStream::connect(stand_in.url.strip_prefix("http://").unwrap()).unwrap();
        // Longer than anything here takes: a test that hangs is to fail.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends a request and leaves the answer to be read.
    pub(crate) fn send(&mut self, method: &str, query: &str, body: &str) {
        let request = format!(
            "{method} /external/tasks{query} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
    }

    /// Reads one answer, as much as there is of it.
    pub(crate) fn answer(&mut self) -> Answer {
        let mut answer = Answer::default();
        loop {
            let mut line = String::new();
            // A connection that is cut ends; it is not reset.
            if self.0.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
                break;
            }
            match line.split_once(": ") {
                Some((name, value)) => {
                    answer.headers.push((name.to_lowercase(), value.trim_end().to_owned()));
                }
                None => answer.status = line.split(' ').nth(1).unwrap().parse().unwrap(),
            }
        }
        if answer.status != 0 {
            let length = answer.announced() as u64;
            (&mut self.0).take(length).read_to_string(&mut answer.body).unwrap();
        }
        answer
    }

    /// Whether the server ended it.
    pub(crate) fn is_over(&mut self) -> bool {
        self.0.read(&mut [0]).unwrap() == 0
    }
}

/// One request on a connection of its own.
pub(crate) fn ask(stand_in: &StandIn, method: &str, query: &str, body: &str) -> Answer {
    let mut connection = Connection::open(stand_in);
    connection.send(method, query, body);
    connection.answer()
}

/// Creates the task of a user.
pub(crate) fn post(stand_in: &StandIn, phone: &str) -> Answer {
    ask(stand_in, "POST", "", &body(phone))
}

/// Lists tasks; `query` begins with `?` or is empty.
pub(crate) fn get(stand_in: &StandIn, query: &str) -> Answer {
    ask(stand_in, "GET", query, "")
}

/// The body of a good POST.
pub(crate) fn body(phone: &str) -> String {
    format!(
        r#"{{"name":"Follow up","type":3,"auth_id":30058,"user_phone":"{phone}","assignee_username":"incs_1"}}"#
    )
}
