//! Taking in rows one by one: each cell is read once, for its field, and what is wrong is noted with its place.

use std::collections::HashMap;

use super::arena::{Arena, Span};
use super::cells::{Current, read_key, shown, total_word, user_field, value_of};
use super::elsewhere::Elsewhere;
use super::layout::{PlannedTable, Role};
use super::orders::{OrderReader, ReadOrder};
use super::{Context, NOBODY, Orders, RowRecord, User, slot};
use crate::domain::cell::{Cell, Epoch, Row};
use crate::domain::code::{Code, Severity};
use crate::domain::field::Field;
use crate::domain::phone::PhoneForm;
use crate::domain::place::Place;
use crate::domain::problem::{Problem, Reason};
use crate::domain::reading::CarriedRow;
use crate::domain::rules::HiddenRows;
use crate::domain::text::is_blank;
use crate::input::MergedArea;
use crate::input::carry::Carry;

/// The user's own fields that belong to the person: never carried down to another phone.
pub(super) const PERSONAL: [Field; 4] =
    [Field::UserName, Field::Description, Field::TotalAmount, Field::UserId];

/// The same where the id is the key of the row.
pub(super) const PERSONAL_BUT_ID: [Field; 3] = [Field::UserName, Field::Description, Field::TotalAmount];

/// Collects users, orders and problems while rows come in.
#[derive(Debug)]
pub(super) struct Intake<'c> {
    pub(super) context: &'c Context,
    pub(super) arena: Arena,
    pub(super) users: Vec<User>,
    pub(super) rows: Vec<RowRecord>,
    pub(super) orders: Orders,
    pub(super) problems: Vec<Problem>,
    /// The first problem of each row that belongs to no user.
    pub(super) strays: Vec<(u32, u32)>,
    pub(super) joined: Joined,
    /// Rows that the sheets hide.
    pub(super) hidden: u64,
    pub(super) carried: Vec<CarriedRow>,
    /// What is known of the list that a fix workbook came from.
    pub(super) elsewhere: Elsewhere,
    pub(super) by_phone: HashMap<u64, u32>,
    pub(super) by_id: HashMap<String, Owner>,
    joins_by_id: bool,
    /// Ids in rows without a user, and what is wrong there.
    doubted_ids: Vec<(String, u32)>,
    pub(super) scratch: String,
    pub(super) last_phone: (String, Option<(PhoneForm, u64)>),
}

/// Whose a `user_id` is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    /// This user's.
    User(u32),
    /// Somebody's whose row has this problem: whoever else has the id may be the same person.
    Doubtful(u32),
    /// That of several users, where nothing is joined by it: it says nothing.
    Nobodys,
}

/// How well the orders found their users.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Joined {
    pub(super) orders: u64,
    pub(super) orphans: u64,
}

impl<'c> Intake<'c> {
    /// `joins_by_id` says that orders find their users by `user_id`; otherwise it is a column like any other, and whoever
    /// fills it with `-` means nothing by it.
    pub(super) fn new(context: &'c Context, joins_by_id: bool, problems: Vec<Problem>) -> Self {
        Self {
            context,
            arena: Arena::default(),
            users: Vec::new(),
            rows: Vec::new(),
            orders: Orders::default(),
            problems,
            strays: Vec::new(),
            joined: Joined::default(),
            hidden: 0,
            carried: Vec::new(),
            elsewhere: Elsewhere::default(),
            by_phone: HashMap::new(),
            by_id: HashMap::new(),
            joins_by_id,
            doubted_ids: Vec::new(),
            scratch: String::new(),
            last_phone: Default::default(),
        }
    }

    /// Begins a table.
    pub(super) fn table(&mut self, planned: &PlannedTable, epoch: Epoch, areas: &[MergedArea]) -> Current {
        let mut columns = [None; Field::ALL.len()];
        for (column, field) in (0_u16..).zip(&planned.header.fields) {
            if let Some(field) = field {
                columns[*field as usize] = Some(column);
            }
        }
        // All that was carried down stands in the rows of a fix workbook, which have other neighbours now.
        let fill_down = self.context.fill_down && !planned.is_of_fix();
        let carry = Carry::new(|field| columns[field as usize], areas, fill_down);
        self.last_phone = Default::default();
        Current {
            table: planned.table,
            role: planned.role,
            is_narrow: planned.is_narrow,
            // The first column of a sheet of a fix workbook is ours, and says nothing.
            first_column: u16::from(planned.header.is_fix()),
            header_columns: u16::try_from(planned.header.fields.len())
                .unwrap_or(u16::MAX)
                .max(planned.header.cells),
            columns,
            joins_by_id: planned.role == Role::Orders && columns[Field::UserPhone as usize].is_none(),
            carry,
            carried_problems: Default::default(),
            epoch,
            above: NOBODY,
            phone_above: 0,
            clean_of: NOBODY,
            told_columns: (0..planned.header.width)
                .map(|column| planned.header.is_spoken_for(column))
                .collect(),
            header_row: planned.header.row,
            hidden: 0,
        }
    }

    /// Reads the order fields of its rows.
    pub(super) fn order_reader(&self, current: &Current) -> OrderReader<'c> {
        OrderReader::new(self.context, &current.columns, current.epoch)
    }

    /// No more rows of this table.
    pub(super) fn end_table(&mut self, current: &Current) {
        if current.hidden == 0 {
            return;
        }
        self.hidden += u64::from(current.hidden);
        let (left_out, settled) =
            (self.context.hidden == Some(HiddenRows::Skip), self.context.hidden.is_some());
        let reason = Reason::HiddenRows { count: current.hidden, left_out, settled };
        self.problems.push(Problem::at(reason, Place::table(current.table)));
    }

    /// Takes in one row below the header. `previous` is the row of the table before it, where that is at hand, and
    /// `order` what was read of its order fields.
    pub(super) fn row(
        &mut self,
        row: &Row,
        previous: Option<&Row>,
        order: &ReadOrder,
        current: &mut Current,
    ) {
        let clean_of = std::mem::replace(&mut current.clean_of, NOBODY);
        if current.cells(row).all(|cell| is_blank(&cell.value)) {
            return;
        }
        let index = u32::try_from(self.rows.len()).unwrap_or(NOBODY);
        self.rows.push(RowRecord { number: row.number, user: NOBODY, table: current.table, flags: 0 });
        if row.hidden {
            current.hidden += 1;
            if self.context.hidden == Some(HiddenRows::Skip) {
                self.rows[index as usize].flags |= RowRecord::HIDDEN;
                self.pass_hidden(row, current);
                return;
            }
        }
        if let Some(word) = total_word(row, current) {
            self.rows[index as usize].flags |= RowRecord::LEFT_OUT;
            let at = Place::row(current.table, row.number);
            self.problems.push(Problem { value: Some(word.into()), ..Problem::at(Reason::TotalRow, at) });
            // What follows a total is nobody's.
            current.carry.forget(row, &Field::ALL[..9]);
            return;
        }
        let problems_before = self.problems.len();
        self.ragged(row, current);
        self.nameless(row, current);

        let user = self.user_of(row, current, index);
        if let Some(user) = user {
            self.rows[index as usize].user = user;
        }
        // What the row before said of the same user, without an error, need not be heard twice.
        let heard = previous.filter(|_| user == Some(clean_of) && !current.carry.is_active());
        self.user_fields(row, heard, current, index, user);
        self.order_fields(row, order, current, index);

        let mut errors =
            self.problems[problems_before..].iter().filter(|it| it.severity() == Severity::Error);
        let Some(first) = errors.next() else {
            current.clean_of = user.unwrap_or(NOBODY);
            return;
        };
        // A row that is only held back because of another one has no error of its own.
        let own = errors.chain([first]).any(|problem| problem.code() != Code::Withheld);
        self.rows[index as usize].flags |= if own { RowRecord::WRONG } else { RowRecord::HELD_BACK };
        let cause = self.first_error(problems_before);
        match user {
            Some(user) => self.withhold(user, cause),
            None => {
                self.strays.push((index, cause));
                self.doubt_id(row, current, cause);
                self.keep_carried(row, current);
            }
        }
    }

    /// A row without a user that names one by his id: he is not sent with part of his orders.
    fn doubt_id(&mut self, row: &Row, current: &Current, cause: u32) {
        let Some(cell) = value_of(row, current, Field::UserId) else { return };
        self.scratch.clear();
        if read_key(&cell, &mut self.scratch).is_err() || self.scratch.is_empty() {
            return;
        }
        self.doubted_ids.push((self.scratch.clone(), cause));
        if self.joins_by_id && !self.by_id.contains_key(&self.scratch) {
            self.by_id.insert(self.scratch.clone(), Owner::Doubtful(cause));
        }
    }

    /// Remembers what of the person above counted for a row without a user: alone it could not be told any more.
    fn keep_carried(&mut self, row: &Row, current: &Current) {
        let phone_is_blank = value_of(row, current, Field::UserPhone).is_none();
        let counted = |field: &&Field| {
            // Of a row with a bad phone only the id says anything.
            (**field == Field::UserId || phone_is_blank)
                && current.is_carried(row, **field)
                && value_of(row, current, **field).is_some()
        };
        let fields = PERSONAL.iter().filter(counted).fold(0, |bits, field| bits | 1 << *field as u16);
        if fields != 0 {
            self.carried.push(CarriedRow(current.table, row.number, fields));
        }
    }

    /// Withholds whoever is named by his id in a row without a user, now that all users are known.
    pub(super) fn withhold_doubted(&mut self) {
        for (id, cause) in std::mem::take(&mut self.doubted_ids) {
            if let Some(Owner::User(user)) = self.by_id.get(&id).copied() {
                self.withhold(user, cause);
            }
        }
    }

    /// The error that comes first in the row, among those found since.
    fn first_error(&self, from: usize) -> u32 {
        let errors = self.problems.iter().enumerate().skip(from);
        let first = errors
            .filter(|(_, problem)| problem.severity() == Severity::Error)
            .min_by_key(|(_, problem)| problem.at);
        first.map_or(0, |(index, _)| u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Marks a user as withheld; the first cause counts.
    pub(super) fn withhold(&mut self, user: u32, cause: u32) {
        self.users[user as usize].cause.get_or_insert(cause);
    }

    pub(super) fn problem(&mut self, reason: Reason, current: &Current, row: u32, field: Field, value: &str) {
        let at = match current.columns[field as usize] {
            Some(column) => Place::cell(current.table, row, column),
            None => Place::row(current.table, row),
        };
        self.problems.push(Problem::with_value(reason, at, field, value));
    }

    fn ragged(&mut self, row: &Row, current: &Current) {
        if !current.is_narrow {
            return;
        }
        let extra = row.cells().rev().take_while(|cell| cell.column >= current.header_columns);
        if let Some(cell) = extra.filter(|cell| !is_blank(&cell.value)).last() {
            let reason = Reason::RaggedRow { columns: current.header_columns };
            let value = Some(shown(&cell).into());
            self.problems
                .push(Problem { value, ..Problem::at(reason, Place::row(current.table, row.number)) });
        }
    }

    /// Data in a column without a header may be what somebody needs: it is told once that it is not read.
    fn nameless(&mut self, row: &Row, current: &mut Current) {
        for cell in row.cells() {
            let at = usize::from(cell.column);
            let is_told = current.told_columns.get(at).copied().unwrap_or(false);
            // What stands beyond a header that counts its columns is told in every row.
            let is_ragged = current.is_narrow && cell.column >= current.header_columns;
            if is_told || is_ragged || is_blank(&cell.value) {
                continue;
            }
            if current.told_columns.len() <= at {
                current.told_columns.resize(at + 1, false);
            }
            current.told_columns[at] = true;
            let place = Place::cell(current.table, current.header_row, cell.column);
            self.problems.push(Problem::at(Reason::NamelessColumn, place));
        }
    }

    // Fields ------------------------------------------------------------------------------------------------------

    /// Reads the user's fields; without a user only to say what is wrong with them.
    fn user_fields(
        &mut self,
        row: &Row,
        heard: Option<&Row>,
        current: &mut Current,
        index: u32,
        user: Option<u32>,
    ) {
        for field in &Field::ALL[1..9] {
            let field = *field;
            let Some(column) = current.columns[field as usize] else { continue };
            // The key by which the orders of a table find their user has been read.
            if field == Field::UserId && current.joins_by_id {
                continue;
            }
            if heard.is_some_and(|heard| row.repeats(heard, column)) {
                continue;
            }
            current.carry(row, field);
            let Some(cell) = value_of(row, current, field) else { continue };
            if is_blank(&cell.value) {
                continue;
            }
            match (self.arena.keep(|out| user_field(&cell, field, self.context, out)), user) {
                (Ok(span), _) if span.is_empty() => {}
                (Ok(span), None) => self.arena.undo(span),
                (Ok(span), Some(user)) => {
                    self.keep_user_field(&cell, current, row.number, index, user, field, span);
                }
                // What stands above and is carried down has been told there; whoever it counts for waits until it is mended.
                (Err(_), _) if current.is_carried(row, field) => {
                    if let (Some(user), Some(cause)) = (user, current.carried_problems[field as usize]) {
                        self.withhold(user, cause);
                    }
                }
                (Err(reason), _) => {
                    let problem = u32::try_from(self.problems.len()).ok();
                    self.problem(reason, current, row.number, field, &shown(&cell));
                    current.carried_problems[field as usize] = problem;
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one cell with all its bearings")]
    fn keep_user_field(
        &mut self,
        cell: &Cell<'_>,
        current: &Current,
        row: u32,
        index: u32,
        user: u32,
        field: Field,
        span: Span,
    ) {
        let record = &mut self.users[user as usize];
        let Some((kept, first)) = record.fields[slot(field)] else {
            record.fields[slot(field)] = Some((span, index));
            if field == Field::UserId {
                self.own_id(cell, current, row, user, span);
            }
            return;
        };
        if self.arena.get(kept) == self.arena.get(span) {
            self.arena.undo(span);
            return;
        }
        if field == Field::Description {
            // Remarks often stand per order: each different one counts once.
            if record.more_descriptions.iter().any(|other| self.arena.get(*other) == self.arena.get(span)) {
                self.arena.undo(span);
            } else {
                record.more_descriptions.push(span);
            }
            return;
        }
        let first = self.rows[first as usize];
        let value = self.arena.get(kept).into();
        self.arena.undo(span);
        let at = Place {
            column: current.columns[field as usize].filter(|_| first.table == current.table),
            ..first.place()
        };
        self.problem(Reason::Conflict { first: at, value }, current, row, field, &shown(cell));
    }

    /// Notes whose an id is. Where orders are joined by it, one id of two users tells nothing: both are held back, and so
    /// is whatever names it.
    fn own_id(&mut self, cell: &Cell<'_>, current: &Current, row: u32, user: u32, span: Span) {
        let id = self.arena.get(span).to_owned();
        match self.by_id.get(&id).copied() {
            None => drop(self.by_id.insert(id, Owner::User(user))),
            Some(Owner::User(owner)) if owner == user => {}
            Some(Owner::User(_)) if !self.joins_by_id => drop(self.by_id.insert(id, Owner::Nobodys)),
            Some(Owner::Nobodys) => {}
            Some(Owner::User(owner)) => {
                let cause = u32::try_from(self.problems.len()).unwrap_or(u32::MAX);
                let first = self.rows[self.users[owner as usize].first_row as usize].place();
                self.problem(Reason::SharedUserId { first }, current, row, Field::UserId, &shown(cell));
                self.withhold(owner, cause);
                self.by_id.insert(id, Owner::Doubtful(cause));
            }
            Some(Owner::Doubtful(cause)) => self.withhold(user, cause),
        }
    }

    fn order_fields(&mut self, row: &Row, order: &ReadOrder, current: &Current, index: u32) {
        if order.is_blank() && order.flaws.is_empty() {
            return;
        }
        let (whole, ends) = order.keep_in(&mut self.arena);
        for (field, reason, value) in &order.flaws {
            self.problem(reason.clone(), current, row.number, *field, value);
        }
        self.rows[index as usize].flags |= RowRecord::ORDER;
        for field in self.context.require.iter().filter(|field| field.is_order()) {
            let at = Field::ORDER.iter().position(|other| other == field).unwrap_or(0);
            let column = current.columns[*field as usize];
            if order.lacks(at)
                && column.is_some_and(|column| row.get(column).is_none_or(|cell| is_blank(&cell.value)))
            {
                self.problem(Reason::MissingValue, current, row.number, *field, "");
            }
        }
        self.orders.push(index, whole, ends);
    }
}
