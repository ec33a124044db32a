//! A few digits without an allocation.

use super::flaw::PhoneFlaw;

/// Twice the length of the longest phone: what is longer is refused while it is read.
const CAPACITY: usize = 32;

/// ASCII digits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Digits {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Digits {
    /// The digits of these texts, one after the other.
    ///
    /// # Errors
    /// Anything but ASCII digits, or too many of them.
    pub(super) fn of(texts: &[&str]) -> Result<Self, PhoneFlaw> {
        let mut digits = Self::default();
        for text in texts {
            text.bytes().try_for_each(|byte| digits.push(byte))?;
        }
        Ok(digits)
    }

    /// Appends one digit.
    pub(super) fn push(&mut self, byte: u8) -> Result<(), PhoneFlaw> {
        if !byte.is_ascii_digit() {
            return Err(PhoneFlaw::NotAPhone);
        }
        let free = self.bytes.get_mut(self.length).ok_or(PhoneFlaw::Length { digits: u8::MAX })?;
        *free = byte;
        self.length += 1;
        Ok(())
    }

    /// The digits as text.
    pub(super) fn as_str(&self) -> &str {
        // Only ASCII digits are ever pushed.
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}
