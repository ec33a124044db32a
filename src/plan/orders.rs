//! The order fields of a row, read into their final form. It needs nothing but the row, so it is done on whichever thread
//! has the time.

use super::Context;
use super::arena::{Arena, Span};
use super::cells::{order_field, shown, with_errors_seen};
use crate::domain::cell::{Epoch, Row};
use crate::domain::field::Field;
use crate::domain::problem::Reason;
use crate::domain::text::is_blank;

/// How many fields an order has.
pub(super) const ORDER_FIELDS: usize = Field::ORDER.len();

/// Where the order fields of a table stand, and how they are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderReader<'c> {
    context: &'c Context,
    columns: [Option<u16>; ORDER_FIELDS],
    epoch: Epoch,
}

impl<'c> OrderReader<'c> {
    /// `columns` are those of all fields.
    pub(super) fn new(context: &'c Context, columns: &[Option<u16>; Field::ALL.len()], epoch: Epoch) -> Self {
        Self { context, columns: Field::ORDER.map(|field| columns[field as usize]), epoch }
    }

    /// Reads the fields of a row into `order`, whose memory is used again.
    pub(super) fn read(&self, row: &Row, order: &mut ReadOrder) {
        order.text.clear();
        order.flaws.clear();
        for (at, field) in Field::ORDER.into_iter().enumerate() {
            let cell =
                self.columns[at].and_then(|column| row.get(column)).filter(|cell| !is_blank(&cell.value));
            if let Some(cell) = cell.map(with_errors_seen) {
                let from = order.text.len();
                if let Err(reason) = order_field(&cell, field, self.context, self.epoch, &mut order.text) {
                    order.text.truncate(from);
                    order.flaws.push((field, reason, shown(&cell)));
                }
            }
            // A row has less text than would not fit.
            order.ends[at] = u32::try_from(order.text.len()).unwrap_or(u32::MAX);
        }
    }
}

/// The order fields of one row.
#[derive(Debug, Default)]
pub(super) struct ReadOrder {
    /// The values, one after the other; a blank or wrong one has none.
    text: String,
    ends: [u32; ORDER_FIELDS],
    /// What is wrong, and what stood there.
    pub(super) flaws: Vec<(Field, Reason, String)>,
}

impl ReadOrder {
    /// Whether no field has a value.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether a field has no value.
    pub(super) fn lacks(&self, field: usize) -> bool {
        let end = |field: usize| self.ends.get(field).copied().unwrap_or_default();
        field.checked_sub(1).map_or(0, end) == end(field)
    }

    /// Moves the values into an arena: the whole of them, and where each ends in it.
    pub(super) fn keep_in(&self, arena: &mut Arena) -> (Span, [u32; ORDER_FIELDS]) {
        let whole = arena.push(&self.text);
        // A full arena keeps nothing, which ends the plan.
        let ends = if whole.is_empty() { [0; ORDER_FIELDS] } else { self.ends };
        (whole, ends)
    }
}
