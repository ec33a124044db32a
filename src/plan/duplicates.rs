//! Orders that stand twice: copies, one number with two contents, one number under two users.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::orders::ORDER_FIELDS;
use super::{NOBODY, Order, Plan};
use crate::domain::field::Field;
use crate::domain::problem::{Problem, Reason};

impl Plan {
    fn same_order(&self, one: &Order, other: &Order) -> bool {
        (0..ORDER_FIELDS).all(|field| self.order_text(one, field) == self.order_text(other, field))
    }

    /// The fields in which two orders differ.
    fn differing(&self, one: &Order, other: &Order) -> Box<[Field]> {
        let differ = |field: &usize| self.order_text(one, *field) != self.order_text(other, *field);
        (0..ORDER_FIELDS).filter(differ).map(|field| Field::ORDER[field]).collect()
    }

    /// Copies, and order numbers with two contents, within one user.
    pub(super) fn orders_of_one_user(&mut self, user: usize) {
        let (from, to) = (self.order_starts[user] as usize, self.order_starts[user + 1] as usize);
        if to - from < 2 {
            return;
        }
        let mut seen = Seen::of(to - from);
        for at in from..to {
            let index = self.orders_of[at];
            let order = self.orders.list[index as usize];
            let number = self.order_text(&order, 0);
            // Orders with a number are compared with those of the same number, the others with their equals.
            let is_first = |other: u32| {
                let other = &self.orders.list[other as usize];
                self.order_text(other, 0) == number && (!number.is_empty() || self.same_order(other, &order))
            };
            let hash = || {
                let mut hasher = DefaultHasher::new();
                if number.is_empty() {
                    (0..ORDER_FIELDS).for_each(|field| self.order_text(&order, field).hash(&mut hasher));
                } else {
                    number.hash(&mut hasher);
                }
                hasher.finish()
            };
            let Some(first) = seen.find_or_add(index, hash, is_first) else { continue };
            let first = self.orders.list[first as usize];
            let number = number.to_owned();
            let same = self.same_order(&first, &order);
            let fields = self.differing(&first, &order);
            let first = self.rows[first.row as usize].place();
            let row_place = self.rows[order.row as usize].place();
            if number.is_empty() {
                self.problems.push(Problem::at(Reason::PossibleDuplicate { first }, row_place));
            } else if same {
                self.orders_of[at] = NOBODY;
                self.problems.push(Problem::at(Reason::DuplicateRow { first }, row_place));
            } else {
                let at = self.place_of(order.row, Field::OrderNumber);
                let reason = Reason::DuplicateOrder { first, fields };
                self.error(Problem::with_value(reason, at, Field::OrderNumber, &number), order.row);
            }
        }
    }

    /// One order number under two users: told, since one of them is asked for another's debt.
    pub(super) fn orders_across_users(&mut self) {
        let hash = |text: &str| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            hasher.finish()
        };
        let mut numbers: Vec<(u64, u32)> = (0_u32..)
            .zip(&self.orders.list)
            .filter(|(_, order)| {
                !self.order_text(order, 0).is_empty() && self.rows[order.row as usize].user != NOBODY
            })
            .map(|(index, order)| (hash(self.order_text(order, 0)), index))
            .collect();
        numbers.sort_unstable();
        let mut found = Vec::new();
        for same in numbers.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
            for (at, &(_, later)) in same.iter().enumerate().skip(1) {
                let order = self.orders.list[later as usize];
                let user = self.rows[order.row as usize].user;
                let first =
                    same[..at].iter().map(|&(_, index)| self.orders.list[index as usize]).find(|other| {
                        self.rows[other.row as usize].user != user
                            && self.order_text(other, 0) == self.order_text(&order, 0)
                    });
                if let Some(first) = first {
                    found.push((later, order.row, first.row));
                }
            }
        }
        found.sort_unstable();
        for (order, row, first) in found {
            let number = self.order_text(&self.orders.list[order as usize], 0).to_owned();
            let reason = Reason::DuplicateOrderAcrossUsers { first: self.rows[first as usize].place() };
            let at = self.place_of(row, Field::OrderNumber);
            self.problems.push(Problem::with_value(reason, at, Field::OrderNumber, &number));
        }
    }
}

/// So many orders are compared one with another faster than through a table of hashes.
const FEW: usize = 16;

/// The orders of one user so far.
enum Seen {
    Few([u32; FEW], usize),
    Many(HashMap<u64, Vec<u32>>),
}

impl Seen {
    fn of(orders: usize) -> Self {
        if orders <= FEW { Self::Few([0; FEW], 0) } else { Self::Many(HashMap::with_capacity(orders)) }
    }

    /// The earlier order that `is_same`; the new one is added behind it.
    fn find_or_add(
        &mut self,
        index: u32,
        hash: impl FnOnce() -> u64,
        is_same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        match self {
            Self::Few(seen, count) => {
                let found = seen.iter().take(*count).copied().find(|&other| is_same(other));
                if let Some(slot) = seen.get_mut(*count) {
                    *slot = index;
                    *count += 1;
                }
                found
            }
            Self::Many(seen) => {
                let earlier = seen.entry(hash()).or_default();
                let found = earlier.iter().copied().find(|&other| is_same(other));
                earlier.push(index);
                found
            }
        }
    }
}
