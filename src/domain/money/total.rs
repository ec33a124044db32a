//! Sums of amounts, in exact decimal arithmetic.

use std::fmt::{self, Write as _};

use rust_decimal::{Decimal, RoundingStrategy};

use super::flaw::AmountFlaw;

/// A sum that is exact until it is written, when it gets 2 decimals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    sum: Option<Decimal>,
}

impl Total {
    /// Adds an amount as [`read_amount`](super::read_amount) wrote it. A blank one adds nothing.
    ///
    /// # Errors
    /// [`AmountFlaw::TooLarge`] when the sum could not be exact any more, [`AmountFlaw::NotAnAmount`] when the text is
    /// no such amount. The sum is then what it was before.
    pub fn add(&mut self, amount: &str) -> Result<(), AmountFlaw> {
        if amount.is_empty() {
            return Ok(());
        }
        // Decimal's own grammar takes signs and underscores too.
        if !amount.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.')) {
            return Err(AmountFlaw::NotAnAmount);
        }
        let amount = Decimal::from_str_exact(amount).map_err(|error| match error {
            rust_decimal::Error::Underflow | rust_decimal::Error::ExceedsMaximumPossibleValue => {
                AmountFlaw::TooLarge
            }
            _ => AmountFlaw::NotAnAmount,
        })?;
        let sum = self.sum.unwrap_or_default();
        let next = sum.checked_add(amount).ok_or(AmountFlaw::TooLarge)?;
        // When the digits do not fit, the addition gives up decimals without a word.
        if next.checked_sub(amount) != Some(sum) || next.checked_sub(sum) != Some(amount) {
            return Err(AmountFlaw::TooLarge);
        }
        self.sum = Some(next);
        Ok(())
    }

    /// Whether no amount was added; a zero is one.
    pub const fn is_empty(&self) -> bool {
        self.sum.is_none()
    }

    /// Appends the sum with exactly 2 decimals, rounded half-even if there were more; nothing if it is empty.
    pub fn write(&self, out: &mut String) {
        let Some(sum) = self.sum else { return };
        let rounded = sum.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven).normalize();
        let _ = write!(out, "{rounded}"); // writing into a String cannot fail
        out.push_str(match rounded.scale() {
            0 => ".00",
            1 => "0",
            _ => "",
        });
    }
}

/// As [`Total::write`].
impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}
