//! Being asked to stop: once to finish what is in flight, twice to leave at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::lang::say;
use crate::platform::StopSignals;
use crate::upload::Interrupt;

/// Whether a moment, in milliseconds since 1970, has come.
fn has_come(moment: i64) -> bool {
    SystemClock.now() >= moment
}

/// What is wished before anybody could say anything.
fn at_first(deadline: Option<i64>) -> Interrupt {
    if deadline.is_some_and(has_come) { Interrupt::Deadline } else { Interrupt::None }
}

/// Says when it is late, unless somebody has asked to stop before. The time of day is looked at each second: the clock may
/// be set, and the machine may have slept.
async fn watch_clock(deadline: i64, stop: watch::Sender<Interrupt>, console: Console) {
    while !has_come(deadline) {
        let left = u64::try_from(deadline - SystemClock.now()).unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(left.min(1000))).await;
    }
    stop.send_if_modified(|interrupt| {
        let is_first = *interrupt == Interrupt::None;
        if is_first {
            *interrupt = Interrupt::Deadline;
        }
        is_first
    });
    if *stop.borrow() == Interrupt::Deadline {
        console.note(say!("upload-deadline"));
    }
}

/// What a command that goes on after a run is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Busy {
    /// Nothing: it waits, and is woken.
    Idle,
    /// Something that may end at any moment, with nothing begun.
    Preparing,
    /// A run: it ends gracefully.
    Running,
}

/// Listens for the life of a command: once listened for, a signal does not end the process by itself any more. The first
/// asks a run for a drain, and ends at once what has not begun; the second ends the process, which the ledger survives as it
/// survives a kill.
#[derive(Debug)]
pub(super) struct Vigil {
    runtime: tokio::runtime::Runtime,
    interrupt: watch::Receiver<Interrupt>,
    busy: Arc<AtomicU8>,
}

impl Vigil {
    /// Begins to listen, and to watch the clock where there is a deadline.
    ///
    /// # Errors
    /// The system has no thread for it.
    pub(super) fn begin(console: Console, deadline: Option<i64>) -> Result<Self, Refusal> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime =
            runtime.map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
        let (stop, interrupt) = watch::channel(at_first(deadline));
        if let Some(deadline) = deadline {
            runtime.spawn(watch_clock(deadline, stop.clone(), console));
        }
        let busy = Arc::new(AtomicU8::new(Busy::Idle as u8));
        let listening = Arc::clone(&busy);
        let mut signals = {
            let _inside = runtime.enter();
            StopSignals::listen()
        };
        runtime.spawn(async move {
            signals.next().await;
            // Told before it is asked what is going on; `Vigil::is_asked` is asked in the opposite order.
            let _ = stop.send(Interrupt::Drain);
            let busy = listening.load(Ordering::SeqCst);
            if busy == Busy::Running as u8 {
                console.note(say!("upload-stopping"));
            }
            if busy != Busy::Preparing as u8 {
                signals.next().await;
            }
            std::process::exit(i32::from(exit::INTERRUPTED));
        });
        Ok(Self { runtime, interrupt, busy })
    }

    /// Says what goes on from now on; gives whether it has been asked to stop, or it is late.
    pub(super) fn is_asked(&self, busy: Busy) -> bool {
        self.wish(busy) != Interrupt::None
    }

    /// The same, but a deadline that is over does not count: the run is recorded, and keeps what it had no time for.
    pub(super) fn is_stopped(&self, busy: Busy) -> bool {
        self.wish(busy) == Interrupt::Drain
    }

    fn wish(&self, busy: Busy) -> Interrupt {
        self.busy.store(busy as u8, Ordering::SeqCst);
        *self.interrupt.borrow()
    }

    /// The wish to stop, for the loop that sends.
    pub(super) fn interrupt(&self) -> watch::Receiver<Interrupt> {
        self.interrupt.clone()
    }

    /// Waits so long, or until it is asked to stop; gives whether it was.
    pub(super) fn wait(&self, time: Duration) -> bool {
        self.wait_or(time, std::future::pending())
    }

    /// The same, but no longer than until an event.
    pub(super) fn wait_or(&self, time: Duration, event: impl Future<Output = ()>) -> bool {
        let mut interrupt = self.interrupt.clone();
        let asked = interrupt.wait_for(|interrupt| *interrupt != Interrupt::None);
        self.runtime.block_on(async {
            tokio::select! {
                // Whoever asks is heard, whatever else happens.
                biased;
                _ = asked => true,
                () = event => false,
                () = tokio::time::sleep(time) => false,
            }
        })
    }
}

/// Waits for one signal. It is listened for from the call on, not only once somebody waits.
pub(super) fn once() -> impl Future<Output = ()> {
    let mut signals = StopSignals::listen();
    async move { signals.next().await }
}
