//! A local stand-in for the INCS API, for trials and tests: `incs-import sandbox` and `upload --sandbox`.
//!
//! It behaves as the two pages of the API say, keeps everything in memory, and listens on the loopback address only.
//! Every answer carries `X-Incs-Sandbox: 1`, so that nobody takes its tasks for real ones.
//!
//! It shares no code with the rest of the crate, the shape of a task least of all: it reads requests with structs of
//! its own and refuses whatever the pages do not name, so that a misspelt key of our client cannot pass unseen.
//!
//! It can be told to go wrong in the ways in which servers and what lies before them do ([`Config`]). One layer, the
//! guard, decides and does that, by seed; what answers requests knows almost nothing of it.
//!
//! Where the pages are silent it does this:
//!
//! - Times are UTC unless [`Config::zone`] says otherwise, and a list is ordered by `id`, the oldest task first.
//! - `name` finds tasks whose name contains the text, in upper or lower case alike.
//! - A `page_size` above 100 is 100; a page behind the last one is empty; an unknown parameter is refused (422).
//! - `HEAD` is answered as `GET` without a body, as HTTP asks.

mod answer;
mod audit;
mod clock;
mod config;
mod faults;
mod guard;
mod history;
mod journal;
mod json;
mod query;
mod server;
mod store;
#[cfg(test)]
mod tests;
mod validate;
mod window;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use audit::Audit;
pub use config::{Agents, Config, ListFaults};
pub use faults::{BadChances, Chances, Fault};
use guard::Guard;
use journal::Journal;
use server::Shared;
use store::Store;
use wire::{Door, Scissors};

/// How long [`Running::stop`] waits for requests in flight before it returns.
const GRACE: Duration = Duration::from_secs(3);

/// Starts a sandbox on the current tokio runtime and returns once it accepts connections.
///
/// # Errors
/// The port is taken; the message names it.
pub async fn start(mut config: Config) -> io::Result<Running> {
    let audit = config.audit.take().map(Audit::new);
    let journal = config.requests.take().map(Journal::new);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on 127.0.0.1:{}: {error}", config.port))
    })?;
    let address = listener.local_addr()?;

    let store = Store::new(config.finish_after, first_number())
        .listing(&config.list, config.seed)
        .worked_on(&config.agents, config.seed);
    let shared = Arc::new(Shared::new(store, audit, &config));
    let (stop, stopped) = watch::channel(());
    let guard = Arc::new(Guard::new(config, journal, stopped.clone()));
    let router = server::router(Arc::clone(&shared), guard);
    let serving = tokio::spawn(async move {
        let shutdown = asked_to_stop(stopped);
        let service = router.into_make_service_with_connect_info::<Scissors>();
        axum::serve(Door(listener), service).with_graceful_shutdown(shutdown).await
    });
    Ok(Running { address, shared, stop, serving })
}

/// Waits until nobody holds the other end any more: [`Running`] is dropped, or was told to stop.
async fn asked_to_stop(mut stopped: watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
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
    stop: watch::Sender<()>,
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

    /// Takes no new connections and waits for the requests in flight, 3 seconds at most. Whatever is held back on purpose
    /// is let go: late tasks are not created any more.
    pub async fn stop(self) {
        let Self { stop, mut serving, .. } = self;
        drop(stop);
        if tokio::time::timeout(GRACE, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}
