//! Being asked to stop: once to finish what is in flight, twice to leave at once.

use tokio::sync::watch;

use super::console::Console;
use crate::lang::say;
use crate::upload::Interrupt;

/// Listens until the runtime ends. The first signal asks for a drain; the second ends the process, which the ledger
/// survives as it survives a kill.
pub(super) async fn listen(stop: watch::Sender<Interrupt>, console: Console) {
    let mut signals = Signals::new();
    signals.next().await;
    console.note(say!("upload-stopping"));
    // Nobody listening means that the work is over.
    let _ = stop.send(Interrupt::Drain);
    signals.next().await;
    #[expect(clippy::exit, reason = "leaving at once is what was asked for")]
    std::process::exit(i32::from(super::exit::INTERRUPTED));
}

/// Waits for one signal. It is listened for from the call on, not only once somebody waits.
pub(super) fn once() -> impl Future<Output = ()> {
    let mut signals = Signals::new();
    async move { signals.next().await }
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        // A signal that cannot be listened to keeps its default: the process ends, which is safe.
        Self(kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect())
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let came = self.0.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            if came { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
