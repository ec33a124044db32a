//! Whose row it is: the user of its phone or of its id, or why there is none.

use super::cells::{Current, read_key, shown, user_field, value_of};
use super::intake::{Intake, Owner, PERSONAL, PERSONAL_BUT_ID};
use super::layout::Role;
use super::{NOBODY, RowRecord, Settled, User, slot};
use crate::domain::cell::{Cell, Row, Value};
use crate::domain::field::Field;
use crate::domain::phone::{PhoneForm, read_user_phone};
use crate::domain::problem::Reason;
use crate::domain::text::is_blank;

impl Intake<'_> {
    /// Finds or makes the user of a row. `None` leaves the row without one, with an error that says why.
    pub(super) fn user_of(&mut self, row: &Row, current: &mut Current, index: u32) -> Option<u32> {
        if current.joins_by_id {
            return self.user_by_id(row, current, index);
        }
        current.carry(row, Field::UserPhone);
        let cell = value_of(row, current, Field::UserPhone);
        let (form, phone) = match self.phone(cell) {
            Ok(Some(found)) => found,
            Ok(None) => {
                self.without_key(row, current, Field::UserPhone);
                return None;
            }
            Err(reason) => {
                let value = cell.map(|cell| shown(&cell)).unwrap_or_default();
                self.problem(reason, current, row.number, Field::UserPhone, &value);
                current.above = NOBODY;
                current.phone_above = 0;
                return None;
            }
        };
        if form == PhoneForm::Bare {
            self.rows[index as usize].flags |= RowRecord::BARE;
        }
        let known = self.by_phone.get(&phone).copied();
        if current.role == Role::Orders {
            self.joined.orders += 1;
            if known.is_none() {
                let value = cell.map(|cell| shown(&cell)).unwrap_or_default();
                self.orphan(row, current, Field::UserPhone, &value);
                current.above = NOBODY;
                current.phone_above = phone;
                return None;
            }
        }
        let user = known.unwrap_or_else(|| self.new_user(phone, index));
        if current.phone_above != phone {
            current.carry.forget(row, &PERSONAL);
        }
        current.phone_above = phone;
        current.above = user;
        Some(user)
    }

    /// A hidden row that is left out still stands above the next one: what is blank there is not taken from a row
    /// further up.
    pub(super) fn pass_hidden(&mut self, row: &Row, current: &mut Current) {
        let column = current.columns[Field::UserPhone as usize];
        if column.and_then(|column| row.get(column)).is_some_and(|cell| !is_blank(&cell.value)) {
            current.carry.forget(row, &PERSONAL);
        }
        for field in &Field::ALL[..9] {
            current.carry(row, *field);
        }
        let Some(cell) = value_of(row, current, Field::UserPhone) else { return };
        let phone = self.phone(Some(cell)).ok().flatten();
        current.phone_above = phone.map_or(0, |(_, phone)| phone);
        current.above = phone.and_then(|(_, phone)| self.by_phone.get(&phone).copied()).unwrap_or(NOBODY);
    }

    fn new_user(&mut self, phone: u64, index: u32) -> u32 {
        let user = u32::try_from(self.users.len()).unwrap_or(NOBODY);
        self.users.push(User {
            phone,
            first_row: index,
            fields: Default::default(),
            more_descriptions: Vec::new(),
            cause: None,
            settled: Settled::default(),
        });
        self.by_phone.insert(phone, user);
        user
    }

    /// Reads a phone; the one of the row above is mostly the same.
    fn phone(&mut self, cell: Option<Cell<'_>>) -> Result<Option<(PhoneForm, u64)>, Reason> {
        let Some(cell) = cell else { return Ok(None) };
        if let Value::Text(text) = cell.value
            && text == self.last_phone.0
            && self.last_phone.1.is_some()
        {
            return Ok(self.last_phone.1);
        }
        self.scratch.clear();
        let form = read_user_phone(&cell, &self.context.phone, &mut self.scratch).map_err(Reason::Phone)?;
        if form == PhoneForm::Blank {
            return Ok(None);
        }
        // At most 15 digits, none of them a leading zero: the number is the phone.
        let found = self.scratch.parse::<u64>().ok().map(|phone| (form, phone));
        if let Value::Text(text) = cell.value {
            self.last_phone.0.clear();
            self.last_phone.0.push_str(text);
            self.last_phone.1 = found;
        }
        Ok(found)
    }

    /// A row without its key may belong to the user above, who is then not sent with part of his orders.
    fn without_key(&mut self, row: &Row, current: &Current, key: Field) {
        let cause = u32::try_from(self.problems.len()).unwrap_or(u32::MAX);
        let reason = Reason::MissingKey { fill_down: self.context.fill_down };
        self.problem(reason, current, row.number, key, "");
        let nobodys = Field::ALL[1..9]
            .iter()
            .all(|field| value_of(row, current, *field).is_none_or(|cell| is_blank(&cell.value)));
        let has_order = Field::ORDER
            .iter()
            .any(|field| value_of(row, current, *field).is_some_and(|cell| !is_blank(&cell.value)));
        if has_order && current.above != NOBODY && (nobodys || self.names_above(row, current)) {
            self.withhold(current.above, cause);
        }
    }

    /// Whether the row has the name or the id of the user above.
    fn names_above(&mut self, row: &Row, current: &Current) -> bool {
        [Field::UserName, Field::UserId].into_iter().any(|field| {
            let Some(cell) = value_of(row, current, field) else { return false };
            let kept = self.users[current.above as usize].fields[slot(field)];
            self.scratch.clear();
            let read = user_field(&cell, field, self.context, &mut self.scratch);
            read.is_ok()
                && !self.scratch.is_empty()
                && kept.is_some_and(|(kept, _)| self.arena.get(kept) == self.scratch)
        })
    }

    fn user_by_id(&mut self, row: &Row, current: &mut Current, index: u32) -> Option<u32> {
        current.carry(row, Field::UserId);
        let Some(cell) = value_of(row, current, Field::UserId).filter(|cell| !is_blank(&cell.value)) else {
            self.without_key(row, current, Field::UserId);
            return None;
        };
        self.joined.orders += 1;
        self.scratch.clear();
        if let Err(flaw) = read_key(&cell, &mut self.scratch) {
            self.problem(Reason::Text(flaw), current, row.number, Field::UserId, &shown(&cell));
            return None;
        }
        match self.by_id.get(&self.scratch).copied() {
            Some(Owner::User(user)) => {
                // The phone of such a row is that of its user.
                self.rows[index as usize].flags &= !RowRecord::BARE;
                if current.above != user {
                    current.carry.forget(row, &PERSONAL_BUT_ID);
                }
                current.above = user;
                Some(user)
            }
            Some(Owner::Doubtful(cause)) => {
                let problem = &self.problems[cause as usize];
                let reason = Reason::Withheld { code: problem.code(), cause: problem.at };
                self.problem(reason, current, row.number, Field::UserId, &shown(&cell));
                current.above = NOBODY;
                None
            }
            None | Some(Owner::Nobodys) => {
                self.orphan(row, current, Field::UserId, &shown(&cell));
                current.above = NOBODY;
                None
            }
        }
    }

    fn orphan(&mut self, row: &Row, current: &Current, key: Field, value: &str) {
        self.joined.orphans += 1;
        self.problem(Reason::OrphanOrder, current, row.number, key, value);
    }
}
