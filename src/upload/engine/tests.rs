//! The engine as a whole: against a ledger in a temporary folder that can be slow or fail, and a small server on loopback.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::cases::STALE;
use super::*;
use crate::ledger::trial::{Trial, commit, phone, settlement};
use crate::ledger::{Op, Reply, SqliteStore, Store, doubts_of};

/// What happens before a commit.
type Before = Box<dyn FnMut(&[Op]) -> Result<(), LedgerError> + Send>;

/// What happened, in its order.
#[derive(Debug, Clone, PartialEq)]
enum Happened {
    /// These intents were acknowledged.
    Intended(Vec<u32>),
    /// These are no open intents any more.
    Closed(Vec<u32>),
    /// A commit failed.
    Failed,
    /// A POST was read whole.
    Post(u32),
}

type Log = Arc<Mutex<Vec<Happened>>>;

/// A clock that is set by hand, and stands still but for that.
#[derive(Clone)]
struct HandClock(Arc<AtomicI64>);

impl Clock for HandClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

const T0: i64 = 1_700_000_000_000;

/// Hands everything on to SQLite, and keeps what it acknowledged.
struct Watched {
    inner: SqliteStore,
    log: Log,
    /// Done before each acknowledgement; an error takes the place of it.
    before: Before,
}

impl Store for Watched {
    fn commit(&mut self, ops: &[Op]) -> Result<Vec<Reply>, LedgerError> {
        let result = self.inner.commit(ops).and_then(|replies| (self.before)(ops).map(|()| replies));
        let mut log = self.log.lock().unwrap();
        let Ok(replies) = &result else {
            log.push(Happened::Failed);
            return result;
        };
        for (op, reply) in ops.iter().zip(replies) {
            log.push(match (op, reply) {
                (Op::Intend { seq, .. }, _) => Happened::Intended(vec![*seq]),
                (_, Reply::Claims(claims)) => {
                    Happened::Intended(claims.tasks.iter().map(|task| task.seq).collect())
                }
                (Op::Settle(settlement), _) => Happened::Closed(vec![settlement.seq]),
                (Op::GiveBack(tasks), _) => Happened::Closed(tasks.clone()),
                _ => continue,
            });
        }
        result
    }
}

/// What the server answers, and when.
struct Respond {
    status: u16,
    headers: &'static str,
    body: String,
    after: Duration,
    /// Waits until this is true.
    until: Option<watch::Receiver<bool>>,
}

impl Respond {
    fn with(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: "", body: body.into(), after: Duration::ZERO, until: None }
    }

    fn created(seq: u32) -> Self {
        let (id, phone) = (seq + 1, phone(seq));
        Self::with(
            200,
            format!(r#"{{"status":"success","code":200,"data":{{"id":{id},"user_phone":"{phone}"}}}}"#),
        )
    }

    fn nothing_listed() -> Self {
        // `T0`, since from a server that tells no time nothing is known to be absent.
        let headers = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n";
        Self { headers, ..Self::with(200, r#"{"status":"success","code":200,"data":{"total":0,"data":[]}}"#) }
    }

    fn throttled(headers: &'static str) -> Self {
        Self { headers, ..Self::with(429, "") }
    }
}

/// A request of which `seq` is the task; `None` for a GET.
type Script = Arc<dyn Fn(usize, Option<u32>) -> Respond + Send + Sync>;

#[derive(Default)]
struct Counts {
    requests: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
}

async fn serve(mut stream: TcpStream, script: Script, log: Log, counts: Arc<Counts>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        let (head, length) = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length = length.map_or(0, |length| length.parse().unwrap());
                if bytes.len() >= end + 4 + length {
                    break (head, end + 4 + length);
                }
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Ok(());
            }
        };
        let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
        bytes.drain(..length);
        let seq = head.starts_with("post").then(|| {
            let digits = text.split("62812").nth(1).unwrap();
            digits[..8].parse::<u32>().unwrap() - 10_000_000
        });
        if let Some(seq) = seq {
            log.lock().unwrap().push(Happened::Post(seq));
        }
        let number = counts.requests.fetch_add(1, Ordering::SeqCst);
        counts.most.fetch_max(counts.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let respond = script(number, seq);
        if let Some(mut until) = respond.until {
            drop(until.wait_for(|open| *open).await);
        }
        tokio::time::sleep(respond.after).await;
        counts.now.fetch_sub(1, Ordering::SeqCst);
        let Respond { status, headers, body, .. } = respond;
        let answer =
            format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await?;
    }
}

/// An upload and all that it meets.
struct Scene {
    trial: Trial,
    run: i64,
    log: Log,
    clock: HandClock,
    counts: Arc<Counts>,
    options: Options,
    before: Before,
    stop: watch::Sender<Interrupt>,
    /// How many tasks were said to be in doubt, one after the other.
    doubts_told: Vec<usize>,
}

impl Scene {
    fn with(tasks: u32) -> Self {
        let trial = Trial::new();
        let run = trial.record("r1", tasks, T0);
        Self {
            trial,
            run,
            log: Log::default(),
            clock: HandClock(Arc::new(AtomicI64::new(T0))),
            counts: Arc::default(),
            options: Options {
                rate: Rate { count: NonZeroU32::new(100_000).unwrap(), per: Duration::from_secs(1) },
                burst: NonZeroU32::new(8).unwrap(),
                concurrency: 4,
                max_attempts: 3,
                settle: Duration::from_millis(200),
                preludes: Vec::new(),
            },
            before: Box::new(|_| Ok(())),
            stop: watch::Sender::new(Interrupt::None),
            doubts_told: Vec::new(),
        }
    }

    async fn play(
        &mut self,
        script: impl Fn(usize, Option<u32>) -> Respond + Send + Sync + 'static,
    ) -> Ended {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (script, log, counts) =
            (Arc::new(script) as Script, Arc::clone(&self.log), Arc::clone(&self.counts));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&log), Arc::clone(&counts)));
            }
        });
        let store = Watched {
            inner: self.trial.store(self.run),
            log: Arc::clone(&self.log),
            before: std::mem::replace(&mut self.before, Box::new(|_| Ok(()))),
        };
        let (secret, token) = (self.trial.secret(), SecretString::from("token"));
        let (events, mut told) = mpsc::unbounded_channel();
        let upload = Upload {
            run: self.run,
            doubts: doubts_of(&self.trial.connection(), self.run).unwrap(),
            phone_key: Box::new(move |phone| secret.phone_key("server", phone)),
            client: Client::new(&url.parse().unwrap(), &token, Duration::from_secs(5)).unwrap(),
            ledger: Arc::new(Ledger::start(store).unwrap()),
            options: self.options.clone(),
            clock: self.clock.clone(),
            events,
            interrupt: self.stop.subscribe(),
        };
        let ended = tokio::time::timeout(Duration::from_secs(30), upload.run()).await.expect("it ends");
        serving.abort();
        while let Ok(event) = told.try_recv() {
            if let Event::Settling { doubts, .. } = event {
                self.doubts_told.push(doubts);
            }
        }
        ended
    }

    fn happened(&self) -> Vec<Happened> {
        self.log.lock().unwrap().clone()
    }

    fn posts(&self) -> Vec<u32> {
        let post = |happened: &Happened| if let Happened::Post(seq) = happened { Some(*seq) } else { None };
        self.happened().iter().filter_map(post).collect()
    }

    /// The ceiling at the end, as the ledger has it.
    fn last_concurrency(&self) -> u32 {
        let sql = "SELECT concurrency FROM series ORDER BY at DESC LIMIT 1";
        self.trial.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn count(&self, state: State) -> usize {
        self.trial.states(self.run).into_iter().filter(|found| *found == state).count()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_leaves_before_its_intent_is_durable() {
    let mut scene = Scene::with(40);
    // Written long before it is acknowledged: whoever does not wait is seen.
    scene.before = Box::new(|ops| {
        if ops.iter().any(|op| matches!(op, Op::Claim { .. } | Op::Intend { .. })) {
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    });
    let throttled = AtomicUsize::new(0);
    let ended = scene
        .play(move |_, seq| match seq {
            // Once each for some: the second attempt needs an intent of its own.
            Some(seq) if seq % 8 == 0 && throttled.fetch_add(1, Ordering::SeqCst) < 5 => {
                Respond::throttled("Retry-After: 0\r\n")
            }
            seq => Respond::created(seq.unwrap()),
        })
        .await;
    assert!(ended.early.is_none());
    assert_eq!((scene.count(State::Created), scene.posts().len()), (40, 45));
    let mut open = HashSet::new();
    for happened in scene.happened() {
        match happened {
            Happened::Intended(seqs) => open.extend(seqs),
            Happened::Closed(seqs) => seqs.iter().for_each(|seq| _ = open.remove(seq)),
            Happened::Post(seq) => assert!(open.contains(&seq), "{seq} left without an intent"),
            Happened::Failed => panic!(),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_sent_is_given_back_on_a_stop() {
    let mut scene = Scene::with(60);
    let (stop, release) = (scene.stop.clone(), watch::Sender::new(false));
    let (counts, released) = (Arc::clone(&scene.counts), release.subscribe());
    let log = Arc::clone(&scene.log);
    tokio::spawn(async move {
        let intents = |log: &Log| {
            let log = log.lock().unwrap();
            log.iter().map(|it| if let Happened::Intended(seqs) = it { seqs.len() } else { 0 }).sum::<usize>()
        };
        while counts.requests.load(Ordering::SeqCst) < 4 || intents(&log) < 8 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        stop.send_replace(Interrupt::Drain);
        tokio::time::sleep(Duration::from_millis(30)).await;
        release.send_replace(true);
    });
    let ended = scene
        .play(move |_, seq| Respond { until: Some(released.clone()), ..Respond::created(seq.unwrap()) })
        .await;
    assert_eq!(ended.early, Some(Ending::Interrupted));
    assert_eq!(scene.posts().len(), 4, "nothing new was started");
    assert_eq!((scene.count(State::Created), scene.count(State::Planned)), (4, 56));
    let given_back: i64 =
        scene.trial.connection().query_row("SELECT sum(given_back) FROM task", [], |row| row.get(0)).unwrap();
    assert!(given_back >= 4, "{given_back}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_commit_ends_the_run_and_nothing_is_sent_after_it() {
    let mut scene = Scene::with(300);
    let mut settled = 0;
    scene.before = Box::new(move |ops| {
        settled += ops.iter().filter(|op| matches!(op, Op::Settle(_))).count();
        if settled < 20 { Ok(()) } else { Err(LedgerError::Failed("disk I/O error".to_owned())) }
    });
    let log = Arc::clone(&scene.log);
    let ended = scene
        .play(move |_, seq| {
            // From then on no slot gets free before the failure is heard of.
            let has_failed = log.lock().unwrap().contains(&Happened::Failed);
            let after = Duration::from_millis(if has_failed { 300 } else { 5 });
            Respond { after, ..Respond::created(seq.unwrap()) }
        })
        .await;
    assert!(matches!(ended.early, Some(Ending::Ledger(..))), "{:?}", ended.early);
    let happened = scene.happened();
    let failed = happened.iter().position(|it| *it == Happened::Failed).unwrap();
    let later = happened[failed..].iter().filter(|it| matches!(it, Happened::Post(_))).count();
    // Those that were on their way to the server while the ledger failed.
    assert!(later <= 4, "{later} POSTs after the failure");
    // How many left before it is for the speed of the ledger to say; the rest of the 300 never do.
    assert!(scene.posts().len() < 300, "{}", scene.posts().len());
    let tells_more =
        happened[failed + 1..].iter().any(|it| matches!(it, Happened::Intended(_) | Happened::Closed(_)));
    assert!(!tells_more, "a failed store is not believed again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrency_begins_low_grows_to_its_ceiling_and_falls_when_told_to_wait() {
    let mut scene = Scene::with(200);
    scene.options.concurrency = 12;
    let (release, counts) = (watch::Sender::new(false), Arc::clone(&scene.counts));
    let (released, first) = (release.subscribe(), Arc::new(AtomicUsize::new(0)));
    let wave = Arc::clone(&first);
    tokio::spawn(async move {
        while counts.requests.load(Ordering::SeqCst) < 4 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
        wave.store(counts.requests.load(Ordering::SeqCst), Ordering::SeqCst);
        release.send_replace(true);
    });
    let after = Duration::from_millis(4);
    let ended = scene
        .play(move |_, seq| Respond {
            until: Some(released.clone()),
            after,
            ..Respond::created(seq.unwrap())
        })
        .await;
    assert!(ended.early.is_none());
    assert_eq!(first.load(Ordering::SeqCst), 4, "before any answer");
    assert_eq!(scene.counts.most.load(Ordering::SeqCst), 12, "the ceiling, and no more");

    assert_eq!(scene.last_concurrency(), 12);

    let mut scene = Scene::with(120);
    scene.options.concurrency = 12;
    let ended = scene
        .play(move |number, seq| match number {
            60.. if number % 4 == 3 => Respond::throttled("Retry-After: 0\r\n"),
            _ => Respond { after, ..Respond::created(seq.unwrap()) },
        })
        .await;
    assert!(ended.early.is_none());
    assert_eq!(scene.counts.most.load(Ordering::SeqCst), 12, "before the first 429");
    assert!(scene.last_concurrency() <= 6, "{}", scene.last_concurrency());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_holds_everybody() {
    let mut scene = Scene::with(30);
    let times = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&times);
    let ended = scene
        .play(move |number, seq| {
            seen.lock().unwrap().push(Instant::now());
            // The three beside it hold their slots until it is heard.
            let after = Duration::from_millis(if (6..9).contains(&number) { 500 } else { 0 });
            match number {
                5 => Respond::throttled("Retry-After: 1\r\n"),
                _ => Respond { after, ..Respond::created(seq.unwrap()) },
            }
        })
        .await;
    assert!(ended.early.is_none());
    let times = times.lock().unwrap();
    let at_once = times.iter().filter(|at| **at - times[5] < Duration::from_secs(1)).count();
    assert!(at_once <= 9, "{at_once}");
    assert_eq!(times.len(), 31);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doubts_that_end_together_are_not_all_intended_together() {
    let mut scene = Scene::with(300);
    let mut store = scene.trial.store(scene.run);
    commit(&mut store, Op::Claim { limit: 300, at: T0 });
    let doubts = (0..300).map(|seq| settlement(seq, State::InDoubt, T0, T0 + 50));
    store.commit(&doubts.map(|doubt| Op::Settle(Box::new(doubt))).collect::<Vec<_>>()).unwrap();
    drop(store);
    // At this rate the stage is small however slow the disk is, and nobody has to wait for it.
    scene.options.rate = Rate::TEN_PER_SECOND;
    scene.options.burst = NonZeroU32::new(400).unwrap();
    let ended = scene.play(|_, seq| seq.map_or_else(Respond::nothing_listed, Respond::created)).await;
    assert!(ended.early.is_none());
    assert_eq!((scene.count(State::Created), scene.posts().len()), (300, 300));
    assert_eq!((scene.doubts_told.first(), scene.doubts_told.last()), (Some(&300), Some(&0)));
    let (mut open, mut most) = (0_usize, 0);
    for happened in scene.happened() {
        match happened {
            Happened::Intended(seqs) => open += seqs.len(),
            Happened::Closed(seqs) => open -= seqs.len(),
            Happened::Post(_) | Happened::Failed => {}
        }
        most = most.max(open);
    }
    assert!(most < 150, "{most} would be doubts again after a kill");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_intent_that_took_long_to_be_durable_is_made_anew() {
    let mut scene = Scene::with(8);
    let (clock, mut slow) = (scene.clock.clone(), 2);
    scene.before = Box::new(move |ops| {
        if slow > 0 && ops.iter().any(|op| matches!(op, Op::Claim { .. } | Op::Intend { .. })) {
            slow -= 1;
            clock.0.fetch_add(40_000, Ordering::SeqCst);
        }
        Ok(())
    });
    let ended = scene.play(|_, seq| Respond::created(seq.unwrap())).await;
    assert!(ended.early.is_none());
    assert_eq!((scene.count(State::Created), scene.posts().len()), (8, 8));
    let longest: i64 = scene
        .trial
        .connection()
        .query_row("SELECT max(sent_at - intent_at) FROM attempt WHERE verdict = 'answered'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(longest <= STALE.as_millis() as i64, "sent {longest} ms after its intent");
}
