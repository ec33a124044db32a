//! From open files to a plan: look at the leading rows, lay out, then read everything once.
//!
//! Reading and planning run on two threads, since parsing a workbook takes about as long as all the rest.

use std::sync::mpsc::{SyncSender, sync_channel};

use super::elsewhere::Elsewhere;
use super::finish::finish;
use super::intake::Intake;
use super::layout::{Layout, LayoutRules, PlannedTable, Role, lay_out};
use super::look::{look_at, of_file};
use super::orders::{OrderReader, ReadOrder};
use super::{Context, Plan};
use crate::domain::cell::Row;
use crate::domain::code::Severity;
use crate::domain::detail::Detail;
use crate::domain::field::Field;
use crate::domain::file::Unreadable;
use crate::domain::place::{Names, Place, TableName};
use crate::domain::problem::{Problem, Reason};
use crate::domain::rules::TotalAmount;

use crate::input::header::{ColumnName, HeaderRules};
use crate::input::{Flow, Kind, Note, Source};

/// Rows that cross from the reading thread at once.
const BATCH: usize = 256;

/// A batch goes out before it is full when its texts take more bytes than this.
const BATCH_BYTES: usize = 1024 * 1024;

/// Batches that wait between the threads: enough to even out, few enough to bound the memory.
const WAITING: usize = 4;

/// A file that the user named.
pub struct InputFile {
    /// As the user named it.
    pub name: String,
    /// The open file, or why it could not be opened.
    pub source: Result<Box<dyn Source>, Unreadable>,
    /// Set by `--users` and `--orders`.
    pub role: Option<Role>,
    /// The sheet named with them.
    pub sheet: Option<String>,
}

impl InputFile {
    /// Lets go of the open file.
    fn close(&mut self) {
        self.source = Err(Unreadable::Io { detail: "it was closed".to_owned() });
    }
}

impl std::fmt::Debug for InputFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InputFile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The input cannot be used at all: nothing may be sent.
#[derive(Debug, Default)]
pub struct Unusable {
    /// Why, errors among them.
    pub problems: Vec<Problem>,
    /// The names for the places.
    pub names: Names,
    /// What the readers decided by themselves: the file, and what.
    pub notes: Vec<(String, Note)>,
}

/// Reads all files and plans their tasks.
///
/// # Errors
/// A file that cannot be read, a column that is missing or unclear, sheets that do not fit together.
pub fn plan(files: &mut [InputFile], rules: &LayoutRules, context: &Context) -> Result<Plan, Unusable> {
    let given = context.given();
    let rules = &LayoutRules { header: HeaderRules { given, ..rules.header.clone() }, ..rules.clone() };
    let from = rules.header.row.unwrap_or_default();
    let mut origins = Vec::new();
    let mut candidates = Vec::new();
    let mut problems = Vec::new();
    let mut fix_books = Vec::new();
    for (number, file) in files.iter_mut().enumerate() {
        fix_books.extend(look_at(number, file, from, &mut candidates, &mut origins, &mut problems));
    }
    if candidates.len() > usize::from(u16::MAX) {
        let flaw = Unreadable::TooBig { detail: Detail::ListSheets };
        problems.push(of_file(flaw, 0));
    }
    let layout = if problems.is_empty() { lay_out(&mut candidates, rules) } else { Layout::default() };
    problems.extend(layout.problems);
    if !has_errors(&problems) {
        problems.extend(missing_columns(&layout.tables, context));
    }
    let mut names: Vec<TableName> = candidates.iter().map(|candidate| candidate.name.clone()).collect();
    if has_errors(&problems) {
        // What is wrong with the input as a whole has its place behind all tables.
        let file = files.first().map(|file| file.name.clone()).unwrap_or_default();
        names.push(TableName { file, ..TableName::default() });
    }
    let names = Names(names);
    let notes = notes(files);
    if has_errors(&problems) {
        return Err(Unusable { problems, names, notes });
    }

    let joins_by_id = joins_by_id(&layout.tables);
    let mut intake = Intake::new(context, joins_by_id, problems);
    intake.elsewhere = Elsewhere::of(fix_books);
    for planned in &layout.tables {
        let origin = &origins[usize::from(planned.table)];
        let read = match &mut files[origin.file].source {
            Ok(source) => take_in(source.as_mut(), origin.table, planned, &mut intake),
            Err(flaw) => Err(flaw.clone()),
        };
        if let Err(flaw) = read {
            let problem = of_file(flaw, planned.table);
            return Err(Unusable { problems: vec![problem], names, notes });
        }
    }
    if intake.rows.is_empty()
        && let Some(first) = layout.tables.iter().find(|planned| planned.origin.is_some())
    {
        intake.problems.push(Problem::at(Reason::NoRows, Place::table(first.table)));
    }
    // Everything is in: the texts of a workbook need not be held beside the plan.
    files.iter_mut().for_each(InputFile::close);
    intake.withhold_doubted();
    if layout.joined_by_itself && intake.joined.orphans * 2 > intake.joined.orders {
        let reason = Reason::PoorJoin { orphans: intake.joined.orphans, orders: intake.joined.orders };
        let at = Place::table(layout.tables.last().map_or(0, |planned| planned.table));
        return Err(Unusable { problems: vec![Problem::at(reason, at)], names, notes });
    }
    if intake.arena.is_full() {
        let flaw = Unreadable::TooBig { detail: Detail::ListText };
        let problems = vec![Problem::at(Reason::File(Box::new(flaw)), Place::table(0))];
        return Err(Unusable { problems, names, notes });
    }
    let file_names = files.iter().map(|file| file.name.clone()).collect();
    let file_of_table = candidates.iter().map(|candidate| candidate.file).collect();
    let unmatched_ignores = unmatched_ignores(&layout.tables, rules);
    let plan = finish(intake, layout.tables, names, file_names, file_of_table, notes);
    Ok(Plan { unmatched_ignores, ..plan })
}

/// The columns named by `--ignore` that are in none of the tables.
fn unmatched_ignores(tables: &[PlannedTable], rules: &LayoutRules) -> Vec<String> {
    let idle = |index: &usize| tables.iter().all(|planned| planned.header.idle_ignores.contains(index));
    let named = rules.header.ignore.iter().enumerate();
    named.filter(|(index, _)| idle(index)).map(|(_, ColumnName(name))| name.clone()).collect()
}

/// What the readers of all files decided by themselves.
fn notes(files: &[InputFile]) -> Vec<(String, Note)> {
    let read = files.iter().filter_map(|file| Some((&file.name, file.source.as_ref().ok()?)));
    read.flat_map(|(name, source)| source.notes().iter().map(|note| (name.clone(), note.clone()))).collect()
}

/// Whether orders find their users by `user_id`.
pub(super) fn joins_by_id(tables: &[PlannedTable]) -> bool {
    tables.iter().any(|planned| planned.role == Role::Orders && !planned.header.has(Field::UserPhone))
}

fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity() == Severity::Error)
}

/// Fields that have to come from somewhere, and do not.
fn missing_columns(tables: &[PlannedTable], context: &Context) -> Vec<Problem> {
    let mut problems = Vec::new();
    let anywhere = |field: Field| tables.iter().any(|planned| planned.header.has(field));
    let users_have_ids =
        tables.iter().any(|planned| planned.role == Role::Users && planned.header.has(Field::UserId));
    let at = |planned: &PlannedTable| Place::row(planned.table, planned.header.row);
    let mut missing = |reason: Reason, at: Place, field: Field| {
        problems.push(Problem { field: Some(field), ..Problem::at(reason, at) });
    };
    for planned in tables {
        let by_id = planned.role == Role::Orders && users_have_ids && planned.header.has(Field::UserId);
        if !planned.header.has(Field::UserPhone) && !by_id {
            missing(Reason::MissingColumn, at(planned), Field::UserPhone);
        }
    }
    for planned in tables.iter().filter(|planned| planned.role == Role::Orders) {
        if !Field::ORDER.into_iter().any(|field| planned.header.has(field)) {
            problems.push(Problem::at(Reason::NoOrderColumns, at(planned)));
        }
    }
    let mut missing = |reason: Reason, at: Place, field: Field| {
        problems.push(Problem { field: Some(field), ..Problem::at(reason, at) });
    };
    let Some(first) = tables.first().map(at) else { return problems };
    for field in [Field::AssigneeUsername, Field::Name, Field::AuthId] {
        if !anywhere(field) && !context.defaults.has(field) {
            missing(Reason::MissingColumn, first, field);
        }
    }
    let total = match context.total {
        Some(TotalAmount::Column) => Some(Field::TotalAmount),
        Some(TotalAmount::SumDue) => Some(Field::DueAmount),
        Some(TotalAmount::SumLoan) => Some(Field::LoanAmount),
        None => None,
    };
    for field in context.require.iter().copied().chain(total) {
        if !anywhere(field) {
            missing(Reason::RequiredColumn, first, field);
        }
    }
    problems
}

/// Reads one table on a thread of its own and hands its rows over in batches.
fn take_in(
    source: &mut dyn Source,
    table: usize,
    planned: &PlannedTable,
    intake: &mut Intake<'_>,
) -> Result<(), Unreadable> {
    let merges = source.merges(table)?;
    let mut current = intake.table(planned, source.epoch(), &merges);
    let before = intake.rows.len();
    let (batches, full) = sync_channel::<Vec<Taken>>(WAITING);
    let (used, empty) = sync_channel::<Vec<Taken>>(WAITING + 2);
    let header = planned.header.row;
    let orders = intake.order_reader(&current);
    // Taking a workbook apart keeps its thread busy enough; records of text are there at once.
    let ahead = (source.kind() == Kind::Csv).then_some(orders);
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut batch = Batch { rows: Vec::new(), filled: 0, bytes: 0, orders: ahead, batches, empty };
            source.read(table, &mut |row| {
                if row.number <= header { Flow::Continue } else { batch.push(row) }
            })?;
            batch.flush();
            Ok(())
        });
        while let Ok(mut rows) = full.recv() {
            if ahead.is_none() {
                rows.iter_mut().for_each(|Taken { row, order }| orders.read(row, order));
            }
            let mut previous = None;
            for Taken { row, order } in rows.iter().take_while(|taken| taken.row.number != 0) {
                intake.row(row, previous, order, &mut current);
                previous = Some(row);
            }
            if intake.arena.is_full() {
                break;
            }
            // A full return path only costs an allocation.
            drop(used.try_send(rows));
        }
        // The reader ends when nobody takes its rows any more.
        drop(full);
        reading.join().unwrap_or(Err(Unreadable::broken(Detail::ReaderFailed)))
    })?;
    intake.end_table(&current);
    // A fix workbook keeps the sheets of its list, those without anything to mend too.
    if intake.rows.len() == before && planned.origin.is_none() {
        intake.problems.push(Problem::at(Reason::NoRows, Place::table(planned.table)));
    }
    Ok(())
}

/// A row, and what was read of its order fields.
#[derive(Default)]
struct Taken {
    row: Row,
    order: ReadOrder,
}

/// Rows on their way to the planning thread; their memory comes back and is used again.
struct Batch<'c> {
    rows: Vec<Taken>,
    filled: usize,
    bytes: usize,
    /// Reads the order fields on this thread.
    orders: Option<OrderReader<'c>>,
    batches: SyncSender<Vec<Taken>>,
    empty: std::sync::mpsc::Receiver<Vec<Taken>>,
}

impl Batch<'_> {
    fn push(&mut self, row: &Row) -> Flow {
        if self.filled == self.rows.len() {
            self.rows.push(Taken::default());
        }
        let taken = &mut self.rows[self.filled];
        taken.row.clone_from(row);
        if let Some(orders) = &self.orders {
            orders.read(row, &mut taken.order);
        }
        self.filled += 1;
        self.bytes += row.text_bytes();
        if self.filled == BATCH || self.bytes > BATCH_BYTES { self.flush() } else { Flow::Continue }
    }

    fn flush(&mut self) -> Flow {
        for unused in &mut self.rows[self.filled..] {
            unused.row.start(0);
        }
        (self.filled, self.bytes) = (0, 0);
        let next = self.empty.try_recv().unwrap_or_default();
        match self.batches.send(std::mem::replace(&mut self.rows, next)) {
            Ok(()) => Flow::Continue,
            // Nobody takes rows any more: the planning thread has failed, and says so itself.
            Err(_) => Flow::Stop,
        }
    }
}
