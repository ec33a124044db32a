//! A local stand-in for the INCS API, for trials and tests: `incs-import sandbox` and `upload --sandbox`.
//!
//! It behaves as the two pages of the API say, keeps everything in memory, and listens on the loopback address only.
//! Every answer carries `X-Incs-Sandbox: 1`, so that nobody takes its tasks for real ones.
//!
//! It shares no code with the rest of the crate, the shape of a task least of all: it reads requests with structs of
//! its own and refuses whatever the pages do not name, so that a misspelt key of our client cannot pass unseen.
//!
//! Where the pages are silent it does this:
//!
//! - Times are UTC, and a list is ordered by `id`, the oldest task first.
//! - `name` finds tasks whose name contains the text, in upper or lower case alike.
//! - A `page_size` above 100 is 100; a page behind the last one is empty; an unknown parameter is refused (422).
//! - `HEAD` is answered as `GET` without a body, as HTTP asks.

mod answer;
mod audit;
mod json;
mod query;
mod server;
mod store;
#[cfg(test)]
mod tests;
mod validate;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use audit::Audit;
use server::Shared;
use store::Store;

/// How long [`Running::stop`] waits for requests in flight before it returns.
const GRACE: Duration = Duration::from_secs(3);

/// What the sandbox is to do. The default is any free port, any token, no audit, and tasks that stay unfinished.
#[derive(Clone, Default)]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The only bearer token that is accepted; `None` accepts any. A request without a token is refused in either case.
    pub token: Option<String>,
    /// File that gets one JSON line `{"at","id","body"}` per created task; appended to, made if it is not there.
    pub audit: Option<PathBuf>,
    /// How long after its creation a task becomes completed by itself; `None` is never.
    pub finish_after: Option<Duration>,
}

/// Starts a sandbox on the current tokio runtime and returns once it accepts connections.
///
/// # Errors
/// When the port is taken or the audit file cannot be opened; the message names which.
pub async fn start(config: Config) -> io::Result<Running> {
    let audit = config.audit.as_deref().map(Audit::open).transpose()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on 127.0.0.1:{}: {error}", config.port))
    })?;
    let address = listener.local_addr()?;
    // An answer is one small write: waiting to fill a packet would only delay it. Failing to say so does no harm.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));

    let store = Store::new(config.finish_after, first_number());
    let shared = Arc::new(Shared::new(store, audit, config.token));
    let (stop, stopped) = oneshot::channel::<()>();
    let router = server::router(Arc::clone(&shared));
    let serving = tokio::spawn(async move {
        // Ends on a message and on a dropped sender alike.
        let shutdown = async move { drop(stopped.await) };
        axum::serve(listener, router).with_graceful_shutdown(shutdown).await
    });
    Ok(Running { address, shared, stop, serving })
}

/// The microseconds since 2026 began: a sandbox that is started again must not give out the ids of the one before, or
/// whoever remembers those takes its answers for crossed ones.
fn first_number() -> u64 {
    const START_OF_2026: u64 = 1_767_225_600;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_micros()).unwrap_or(0).saturating_sub(START_OF_2026 * 1_000_000)
}

/// A sandbox at work. It stops when this is dropped; [`Running::stop`] also waits until it has.
pub struct Running {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Where it listens: `http://{address}` is the base URL.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many tasks were created so far.
    pub fn created(&self) -> usize {
        self.shared.created()
    }

    /// Takes no new connections and waits for the requests in flight, 3 seconds at most.
    pub async fn stop(self) {
        let Self { stop, mut serving, .. } = self;
        drop(stop);
        if tokio::time::timeout(GRACE, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}
