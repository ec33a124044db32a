//! A server that answers each request as the test says, and keeps a log that nothing else can touch.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request that was read whole.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) at: Instant,
}

impl Request {
    /// The phone in a POST; empty for a GET.
    pub(crate) fn phone(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["user_phone"].as_str().unwrap_or_default().to_owned()
    }
}

impl Request {
    /// The token it came with.
    pub(crate) fn token(&self) -> &str {
        let value = self.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value);
        value.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
    }
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    /// Status, headers, body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// These bytes, whatever they are, then the end of the connection.
    Raw(Vec<u8>),
    /// The end of the connection.
    Cut,
    /// The answer after a while.
    Late(Duration, Box<Action>),
}

impl Action {
    /// An answer of the API, with the headers that every server sends.
    pub(crate) fn json(status: u16, body: String) -> Self {
        let date = httpdate::fmt_http_date(std::time::SystemTime::now());
        Self::Answer(status, vec![("Date", date), ("Content-Type", "application/json".to_owned())], body)
    }
}

type Script = Box<dyn Fn(usize, &Request) -> Action + Send + Sync>;

struct Shared {
    script: Script,
    requests: Mutex<Vec<Request>>,
    stopped: AtomicBool,
}

/// The server; it stops when this is dropped.
pub(crate) struct Scripted {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Scripted {
    /// Starts a server whose answers `script` gives: it gets the number of the request, from 0, and the request.
    pub(crate) fn start(script: impl Fn(usize, &Request) -> Action + Send + Sync + 'static) -> Self {
        Self::serve(TcpListener::bind("127.0.0.1:0").unwrap(), script)
    }

    fn serve(
        listener: TcpListener,
        script: impl Fn(usize, &Request) -> Action + Send + Sync + 'static,
    ) -> Self {
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            script: Box::new(script),
            requests: Mutex::new(Vec::new()),
            stopped: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.stopped.load(Ordering::Relaxed) {
                    break;
                }
                let (Ok(stream), serving) = (stream, Arc::clone(&serving)) else { break };
                thread::spawn(move || drop(serve(&stream, &serving)));
            }
        });
        Self { address, shared }
    }

    /// A server that answers every POST with a new task and every GET with an empty list.
    pub(crate) fn creating() -> Self {
        Self::start(|number, request| match request.method.as_str() {
            "POST" => Action::json(200, super::created(number as u64 + 1, &request.phone())),
            _ => Action::json(200, EMPTY_LIST.to_owned()),
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests that were read whole, in the order in which they were.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    pub(crate) fn posts(&self) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.method == "POST").collect()
    }

    /// How often each phone was POSTed.
    pub(crate) fn posts_by_phone(&self) -> BTreeMap<String, usize> {
        let mut posts = BTreeMap::new();
        for post in self.posts() {
            *posts.entry(post.phone()).or_default() += 1;
        }
        posts
    }

    /// Waits until so many POSTs were read.
    pub(crate) fn wait_for_posts(&self, count: usize) {
        let begin = Instant::now();
        while self.posts().len() < count {
            assert!(begin.elapsed() < Duration::from_secs(60), "only {} POSTs came", self.posts().len());
            thread::sleep(Duration::from_millis(2));
        }
    }
}

/// A server that is down: its port is taken, and nobody answers there.
pub(crate) struct Down {
    socket: tokio::net::TcpSocket,
    address: SocketAddr,
}

impl Down {
    pub(crate) fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = socket.local_addr().unwrap();
        Self { socket, address }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Brings it up.
    pub(crate) fn up(self, script: impl Fn(usize, &Request) -> Action + Send + Sync + 'static) -> Scripted {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        let listener = runtime.block_on(async { self.socket.listen(64).unwrap().into_std().unwrap() });
        listener.set_nonblocking(false).unwrap();
        Scripted::serve(listener, script)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        // The listener waits in accept; one connection wakes it.
        drop(TcpStream::connect(self.address));
    }
}

/// A list without tasks.
pub(crate) const EMPTY_LIST: &str =
    r#"{"status":"success","code":200,"message":"","data":{"total":0,"data":[]},"error":{}}"#;

fn serve(stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        let number = {
            let mut requests = shared.requests.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        let mut action = (shared.script)(number, &request);
        while let Action::Late(wait, then) = action {
            thread::sleep(wait);
            action = *then;
        }
        let mut out = stream;
        match action {
            Action::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                out.write_all(format!("{head}\r\n{body}").as_bytes())?;
            }
            Action::Raw(bytes) => {
                out.write_all(&bytes)?;
                return stream.shutdown(Shutdown::Both);
            }
            Action::Cut => return stream.shutdown(Shutdown::Both),
            Action::Late(..) => {}
        }
    }
    Ok(())
}

fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Request>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut words = first.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).unwrap_or_default();
    Ok(Some(Request { method, path, headers, body, at: Instant::now() }))
}
