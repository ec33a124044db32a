//! What the HTTP library does by itself: nothing. The answer table rests on this, so an upgrade has to pass it.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use incs_import::api::classify::SendFailure;
use incs_import::api::client::Client;
use secrecy::SecretString;

use crate::support::{Action, Scripted};

fn client(url: &str) -> Client {
    let url = reqwest::Url::parse(url).unwrap();
    Client::new(&url, &SecretString::from("t"), Duration::from_secs(3)).unwrap()
}

async fn post(server: &Scripted) -> Result<u16, SendFailure> {
    client(&server.url()).create(b"{}".to_vec()).await.map(|answer| answer.status)
}

#[tokio::test]
async fn redirects_are_handed_over_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Scripted::creating();
        let target = elsewhere.url();
        let server = Scripted::start(move |_, _| {
            Action::Answer(status, vec![("Location", target.clone())], String::new())
        });
        assert_eq!(post(&server).await, Ok(status));
        assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0), "{status}");
    }
}

#[tokio::test]
async fn a_request_that_was_read_is_not_repeated() {
    for (case, action) in [
        ("cut", Action::Cut),
        ("half a head", Action::Raw(b"HTTP/1.1 200".to_vec())),
        ("half a body", Action::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".to_vec())),
        ("garbage", Action::Raw(b"\0\0\0\r\n\r\n".to_vec())),
    ] {
        let server = Scripted::start(move |_, _| action.clone());
        let failure = post(&server).await.unwrap_err();
        assert!(matches!(failure, SendFailure::Lost { .. }), "{case}: {failure:?} must prove nothing");
        assert_eq!(server.requests().len(), 1, "{case}");
    }
    let server = Scripted::start(|_, _| Action::Late(Duration::from_secs(5), Box::new(Action::Cut)));
    assert_eq!(post(&server).await, Err(SendFailure::Timeout));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn only_a_failed_connection_is_called_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(client(&url).create(Vec::new()).await, Err(SendFailure::Connect(_))));
    // TLS with a server that speaks none.
    let server = Scripted::start(|_, _| Action::Cut);
    let failure = client(&server.url().replace("http:", "https:")).create(Vec::new()).await.unwrap_err();
    assert!(matches!(failure, SendFailure::Connect(_)), "{failure:?}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_while_idle_is_no_doubt() {
    let server =
        Scripted::start(|_, _| Action::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()));
    let client = client(&server.url());
    for _ in 0..20 {
        assert_eq!(client.create(b"{}".to_vec()).await.map(|answer| answer.status), Ok(200));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.requests().len(), 20);
}

/// The connection ends right behind each answer, so that some of the next requests meet it while it ends.
#[tokio::test]
async fn what_fails_on_a_kept_connection_is_a_doubt_and_is_not_repeated() {
    let server =
        Scripted::start(|_, _| Action::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()));
    let client = client(&server.url());
    let mut answered = 0;
    for number in 0..300 {
        match client.create(b"{}".to_vec()).await {
            Ok(_) => answered += 1,
            Err(failure) => assert!(matches!(failure, SendFailure::Lost { .. }), "{number}: {failure:?}"),
        }
    }
    assert_eq!(server.requests().len(), answered);
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_request_is_a_doubt() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // Closed with bytes that nobody read, a connection is reset.
        stream.read_exact(&mut [0; 10]).unwrap();
        drop(stream);
        listener.set_nonblocking(true).unwrap();
        listener
    });
    let failure = client(&url).create(vec![b' '; 100_000]).await.unwrap_err();
    assert!(matches!(failure, SendFailure::Lost { status: None, .. }), "{failure:?}");
    assert!(connections.join().unwrap().accept().is_err(), "nobody came again");
}

#[tokio::test]
async fn a_connection_is_left_before_servers_close_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()));
    // Each connection is good for as many requests as come on it.
    let ports = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&ports);
    std::thread::spawn(move || {
        while let Ok((mut stream, from)) = listener.accept() {
            let seen = Arc::clone(&seen);
            std::thread::spawn(move || {
                while stream.read(&mut [0; 4_096]).is_ok_and(|length| length > 0) {
                    seen.lock().unwrap().push(from.port());
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap();
                }
            });
        }
    });
    for wait in [0, 1_700, 0] {
        tokio::time::sleep(Duration::from_millis(wait)).await;
        client.list(&[]).await.unwrap();
    }
    let ports = ports.lock().unwrap();
    assert_eq!((ports[0] == ports[1], ports[1] == ports[2]), (false, true), "{ports:?}");
}

#[tokio::test]
async fn a_name_that_no_resolver_knows_is_a_failed_connection() {
    // No label may be that long, so nobody is asked.
    let url = format!("http://{}.invalid", "x".repeat(64));
    assert!(matches!(client(&url).create(Vec::new()).await, Err(SendFailure::Connect(_))));
}

#[tokio::test]
async fn a_handshake_that_hangs_is_a_failed_connection_only_with_a_limit_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let ours =
        Client::new(&url.parse().unwrap(), &SecretString::from("t"), Duration::from_millis(800)).unwrap();
    let failure = ours.create(b"{}".to_vec()).await.unwrap_err();
    assert!(matches!(failure, SendFailure::Connect(_)), "{failure:?}");
    // Why it has one: with one limit for all, nobody can tell what was sent.
    let bare = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(300)).build().unwrap();
    let failure = bare.get(&url).send().await.unwrap_err();
    assert!(failure.is_timeout() && !failure.is_connect(), "{failure:?}");
}

#[tokio::test]
async fn what_an_error_says_holds_neither_the_address_nor_the_token() {
    let failure = client("http://127.0.0.1:1/secret-path").create(Vec::new()).await.unwrap_err();
    let words = format!("{failure:?}");
    assert!(!words.contains("secret-path") && !words.contains("Bearer"), "{words}");
}

#[tokio::test]
async fn the_clock_of_a_cached_answer_is_not_the_servers() {
    let date = "Sun, 22 Nov 2026 01:30:00 GMT".to_owned();
    for (age, want) in [
        (None, Some(1_795_311_000)),
        (Some("0"), Some(1_795_311_000)),
        (Some("3600"), None),
        (Some("x"), None),
    ] {
        let mut headers = vec![("Date", date.clone())];
        headers.extend(age.map(|age| ("Age", age.to_owned())));
        let server = Scripted::start(move |_, _| Action::Answer(200, headers.clone(), String::new()));
        let answer = client(&server.url()).list(&[("page", "1".to_owned())]).await.unwrap();
        assert_eq!(answer.date, want, "{age:?}");
        let asked = &server.requests()[0].headers;
        assert!(asked.contains(&("cache-control".to_owned(), "no-cache".to_owned())), "{asked:?}");
    }
}
