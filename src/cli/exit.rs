//! The exit codes, once.

/// Every input row ended in a created task, or in an outcome that the user accepts.
pub(super) const ALL_DONE: u8 = 0;
/// Finished, with something to mend.
pub(super) const SOMETHING_LEFT: u8 = 1;
/// Nothing was sent.
pub(super) const NOTHING_SENT: u8 = 2;
/// Stopped early; can be taken up again.
pub(super) const STOPPED: u8 = 3;
/// Another run holds the ledger.
pub(super) const LOCKED: u8 = 4;
/// Somebody asked it to stop; can be taken up again.
pub(super) const INTERRUPTED: u8 = 130;
