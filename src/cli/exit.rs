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

/// How bad an exit code is: what stopped early comes before what another run or a mistake kept from beginning, since tasks
/// of it may be in doubt; an interruption before all, since nobody looked at the rest.
const fn badness(code: u8) -> u8 {
    match code {
        ALL_DONE => 0,
        SOMETHING_LEFT => 1,
        NOTHING_SENT => 2,
        LOCKED => 3,
        STOPPED => 4,
        _ => 5,
    }
}

/// The exit code of two runs, or files.
pub(super) const fn worse(one: u8, other: u8) -> u8 {
    if badness(other) > badness(one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_all_files() {
        let order = [0, 1, 2, 4, 3, 130];
        for (at, code) in order.into_iter().enumerate() {
            for better in &order[..=at] {
                assert_eq!((worse(code, *better), worse(*better, code)), (code, code));
            }
        }
    }
}
