//! The audit after every run: server against ledger against reports.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{Desk, Server};
use crate::support::TOKEN;

/// What a scenario allows besides "created once, and told so".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// Whether "may exist" is an honest answer: the server could not tell.
    pub(super) doubts: bool,
    /// Other outcomes that are honest ends of a user without a task.
    pub(super) without: &'static [&'static str],
    /// The outcome that the server itself claims for a task that it made.
    pub(super) claimed: Option<&'static str>,
}

impl Terms {
    /// Everybody has to be created.
    pub(super) const ALL_CREATED: Self = Self { doubts: false, without: &[], claimed: None };
}

/// What an audit found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Phones with more than one task at the server.
    pub(super) doubled: usize,
    /// Phones without a task, and without an honest word about it.
    pub(super) lost: usize,
    /// All of it in words.
    pub(super) wrong: Vec<String>,
    /// How the tasks of the last run for each phone stand.
    pub(super) outcomes: BTreeMap<&'static str, usize>,
}

impl Findings {
    fn add(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} doubled, {} lost", self.doubled, self.lost)?;
        self.wrong.iter().try_for_each(|what| writeln!(f, "  {what}"))
    }
}

/// A task of the ledger.
struct Task {
    run: i64,
    outcome: &'static str,
    phone: Option<String>,
    server_id: Option<i64>,
    rows: u64,
    body: Option<String>,
    /// Attempts that were not given back.
    attempts: usize,
}

struct RunRow {
    number: i64,
    id: String,
    state: u8,
    rows: u64,
    exit_code: Option<i32>,
}

/// The outcome of a state, written apart from the program on purpose.
fn outcome_of(state: u8) -> &'static str {
    match state {
        0 => "pending",
        1..=3 => "unresolved",
        10 => "created",
        11 => "incomplete_task",
        12 => "rejected",
        13 => "failed",
        14 => "skipped",
        15 => "invalid",
        _ => "unknown",
    }
}

/// What the server made for each phone: ids and bodies.
fn at_server(path: &Path) -> BTreeMap<String, Vec<(i64, String)>> {
    let mut made = BTreeMap::<_, Vec<_>>::new();
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        let body = line.split_once(r#""body":"#).unwrap().1.strip_suffix('}').unwrap().to_owned();
        let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
        let phone = parsed["body"]["user_phone"].as_str().unwrap().to_owned();
        made.entry(phone).or_default().push((parsed["id"].as_i64().unwrap(), body));
    }
    made
}

/// How many POSTs the server read for each phone, whatever came of them.
fn posts(path: &Path) -> BTreeMap<String, usize> {
    let mut posts = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        if line["method"] == "POST" {
            *posts.entry(line["phone"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    posts
}

/// A copy of the ledger: reading the file itself would fold its WAL into it, and the next start is to find what the last
/// one left.
pub(super) struct Copy {
    connection: Connection,
    _folder: tempfile::TempDir,
}

impl std::ops::Deref for Copy {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

/// Opens a copy of the ledger; `None` where there is none yet, or one without tables.
pub(super) fn open(ledger: &Path) -> Option<Copy> {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("ledger.db");
    for end in ["", "-wal", "-journal"] {
        let (mut from, mut to) = (ledger.as_os_str().to_owned(), copy.as_os_str().to_owned());
        from.push(end);
        to.push(end);
        if Path::new(&from).exists() {
            fs::copy(from, to).unwrap();
        }
    }
    if !copy.exists() {
        return None;
    }
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let table = connection.query_row("SELECT 1 FROM sqlite_master WHERE name = 'series'", [], |_| Ok(()));
    table.is_ok().then_some(Copy { connection, _folder: folder })
}

fn tasks(ledger: &Connection) -> Vec<Task> {
    let sql = "SELECT task.id >> 32, state, user_phone, server_id, row_count, body.json,
                      attempts - given_back
               FROM task LEFT JOIN body ON body.task = task.id ORDER BY task.id";
    let mut query = ledger.prepare(sql).unwrap();
    let tasks = query.query_map([], |row| {
        let body: Option<Vec<u8>> = row.get(5)?;
        Ok(Task {
            run: row.get(0)?,
            outcome: outcome_of(row.get(1)?),
            phone: row.get(2)?,
            server_id: row.get(3)?,
            rows: row.get::<_, i64>(4)?.cast_unsigned(),
            body: body.map(|body| String::from_utf8(body).unwrap()),
            attempts: row.get::<_, u32>(6)? as usize,
        })
    });
    tasks.unwrap().map(Result::unwrap).collect()
}

fn runs(ledger: &Connection) -> Vec<RunRow> {
    let mut query = ledger.prepare("SELECT number, id, state, rows, exit_code FROM run").unwrap();
    let runs = query.query_map([], |row| {
        let rows: i64 = row.get(3)?;
        Ok(RunRow {
            number: row.get(0)?,
            id: row.get(1)?,
            state: row.get(2)?,
            rows: rows.cast_unsigned(),
            exit_code: row.get(4)?,
        })
    });
    runs.unwrap().map(Result::unwrap).collect()
}

/// Holds all that is known about the users `phones` against each other.
pub(super) fn audit(desk: &Desk, server: &Server, phones: &[String], terms: &Terms) -> Findings {
    let mut found = Findings::default();
    let made = at_server(&server.audit_file());
    let posts = posts(&server.requests_file());
    let (tasks, runs) = match open(&desk.ledger()) {
        Some(ledger) => {
            let sound: String = ledger.query_row("PRAGMA quick_check", [], |row| row.get(0)).unwrap();
            if sound != "ok" {
                found.add(format!("the ledger is damaged: {sound}"));
            }
            (tasks(&ledger), runs(&ledger))
        }
        None => (Vec::new(), Vec::new()),
    };
    for phone in phones {
        let none = Vec::new();
        let at_server = made.get(phone).unwrap_or(&none);
        let ours: Vec<&Task> =
            tasks.iter().filter(|task| task.phone.as_deref() == Some(phone.as_str())).collect();
        one_user(phone, at_server, &ours, terms, &mut found);
        let (read, intended) =
            (posts.get(phone).copied().unwrap_or(0), ours.iter().map(|it| it.attempts).sum());
        if read > intended {
            found.add(format!("{phone}: the server read {read} POSTs, the ledger has {intended} intents"));
        }
    }
    for task in &tasks {
        if !task.phone.as_ref().is_some_and(|phone| phones.contains(phone)) {
            found.add(format!("a task of nobody in the list: {:?}", task.phone));
        }
    }
    for run in &runs {
        let of_run: Vec<&Task> = tasks.iter().filter(|task| task.run == run.number).collect();
        one_report(desk, run, &of_run, &mut found);
    }
    last_word(desk, &runs, &tasks, &mut found);
    token_is_nowhere(desk, &mut found);
    found
}

fn one_user(phone: &str, at_server: &[(i64, String)], ours: &[&Task], terms: &Terms, found: &mut Findings) {
    if at_server.len() > 1 {
        found.doubled += 1;
        let ids: Vec<i64> = at_server.iter().map(|(id, _)| *id).collect();
        found.add(format!("DOUBLED: {phone} has the tasks {ids:?}"));
    }
    let told: Vec<&str> = ours.iter().map(|task| task.outcome).collect();
    if let Some(last) = told.last() {
        *found.outcomes.entry(last).or_insert(0) += 1;
    }
    for task in ours.iter().filter(|task| task.outcome == "created") {
        let real = at_server.iter().find(|(id, _)| Some(*id) == task.server_id);
        match (real, &task.body) {
            (None, _) => {
                found.add(format!("{phone} is told created as {:?}, which is not so", task.server_id));
            }
            (Some((_, body)), Some(ours)) if body != ours => {
                found.add(format!("{phone}: the server got another body:\n    {body}\n    {ours}"));
            }
            _ => {}
        }
    }
    let doubtful = told.contains(&"unresolved");
    if doubtful && !terms.doubts {
        found.add(format!("{phone} is unresolved, although the server could tell: {told:?}"));
    }
    for (id, _) in at_server {
        let known = ours.iter().any(|task| task.outcome == "created" && task.server_id == Some(*id));
        let claimed = told.last() == terms.claimed.as_ref();
        if !known && !doubtful && !claimed {
            found.add(format!("{phone} has task {id}, and is told {told:?}"));
        }
    }
    if at_server.is_empty() {
        let honest = |task: &&Task| {
            task.outcome == "unresolved" && terms.doubts || terms.without.contains(&task.outcome)
        };
        if !ours.last().is_some_and(honest) {
            found.lost += 1;
            found.add(format!("LOST: {phone} has no task, and is told {told:?}"));
        }
    }
    let skipped = told.last() == Some(&"skipped");
    if skipped && !told.contains(&"created") && !doubtful {
        found.add(format!("{phone} is skipped for no reason: {told:?}"));
    }
}

/// The rows in a cell such as `2;4..5`.
fn count_rows(cell: &str) -> u64 {
    let rows = cell.split(';').map(|part| match part.split_once("..") {
        Some((first, last)) => last.parse::<u64>().unwrap() - first.parse::<u64>().unwrap() + 1,
        None => 1,
    });
    rows.sum()
}

/// The reports of a run say what the ledger says, and no row is missing.
fn one_report(desk: &Desk, run: &RunRow, tasks: &[&Task], found: &mut Findings) {
    let id = &run.id;
    if run.state == 0 {
        return found.add(format!("run {id} was never brought to its end"));
    }
    let folder = desk.path("reports").join(id);
    let (Ok(results), Ok(summary)) =
        (fs::read(folder.join("results.csv")), fs::read(folder.join("summary.json")))
    else {
        return found.add(format!("run {id} has no reports"));
    };
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    let mut reader = csv::Reader::from_reader(results.as_slice());
    let lines: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    if lines.len() != tasks.len() {
        found.add(format!(
            "run {id}: {} lines in the results, {} tasks in the ledger",
            lines.len(),
            tasks.len()
        ));
    }
    for (line, task) in lines.iter().zip(tasks) {
        let reported = (line["user_phone"].as_str(), line["outcome"].as_str(), line["task_id"].parse().ok());
        let kept = (task.phone.as_deref().unwrap_or_default(), task.outcome, task.server_id);
        if reported != kept {
            found.add(format!("run {id}: the results say {reported:?}, the ledger says {kept:?}"));
        }
    }
    let rows: u64 = lines.iter().map(|line| count_rows(&line["rows"])).sum();
    let counted: u64 = tasks.iter().map(|task| task.rows).sum();
    if (rows, counted) != (run.rows, run.rows) || summary["input"]["rows"] != run.rows {
        found.add(format!("run {id} read {} rows; the results have {rows}, the ledger {counted}", run.rows));
    }
    for outcome in
        ["created", "incomplete_task", "rejected", "failed", "unresolved", "skipped", "pending", "invalid"]
    {
        let count = tasks.iter().filter(|task| task.outcome == outcome).count();
        if summary["tasks"][outcome] != count {
            found.add(format!(
                "run {id}: summary.json has {} {outcome}, not {count}",
                summary["tasks"][outcome]
            ));
        }
    }
    if summary["exit_code"].as_i64() != run.exit_code.map(i64::from) {
        found.add(format!("run {id}: exit code {} and {:?}", summary["exit_code"], run.exit_code));
    }
}

/// The exit code of the last command, against the run that it worked on.
fn last_word(desk: &Desk, runs: &[RunRow], tasks: &[Task], found: &mut Findings) {
    let Some(last) = desk.runs.last() else { return };
    if desk.runs.iter().any(|run| run.stdout.contains("IS NOT")) {
        found.add("rows read IS NOT the sum of what became of them");
    }
    let Some(run) = runs.iter().find(|run| last.stdout.contains(&format!("run {} ", run.id))) else { return };
    let of_run = || tasks.iter().filter(|task| task.run == run.number);
    let well = |task: &Task| {
        let elsewhere = tasks.iter().any(|other| other.phone == task.phone && other.outcome == "created");
        task.outcome == "created" || task.outcome == "skipped" && elsewhere
    };
    let should = if of_run().all(well) { 0 } else { 1 };
    let early = matches!(run.state, 2 | 3);
    if !early && last.code != should {
        found.add(format!("run {} ended with exit code {}, not {should}", run.id, last.code));
    }
    if early && last.code != 3 && last.code != 130 {
        found.add(format!("run {} stopped early with exit code {}", run.id, last.code));
    }
}

fn token_is_nowhere(desk: &Desk, found: &mut Findings) {
    let token = TOKEN.as_bytes();
    for path in desk.work.all_files() {
        let content = fs::read(&path).unwrap_or_default();
        if content.windows(token.len()).any(|window| window == token) {
            found.add(format!("the token is in {}", path.display()));
        }
    }
    if desk.runs.iter().any(|run| run.stdout.contains(TOKEN) || run.stderr.contains(TOKEN)) {
        found.add("the token was printed");
    }
}

/// Fails the test with all that is needed to do it again, unless the audit is clean.
#[track_caller]
pub(super) fn expect_clean(desk: &Desk, server: &Server, phones: &[String], terms: &Terms) {
    let found = audit(desk, server, phones, terms);
    assert!(found.wrong.is_empty(), "{found}\n{}", desk.transcript());
}
