//! Who runs what, and when.

use super::Environment;

/// `20261122-013000-k7f3`: UTC, so that ids sort by time wherever they were made.
pub(in crate::cli) fn run_id(now: i64) -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or_default();
    let suffix: String = (0..4).map(|_| char::from(LETTERS[fastrand::usize(..LETTERS.len())])).collect();
    format!("{}-{suffix}", at.strftime("%Y%m%d-%H%M%S"))
}

pub(super) fn operator(environment: Environment<'_>) -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| environment(name))
        .map_or_else(|| "unknown".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The name of this machine.
pub(in crate::cli) fn host(environment: Environment<'_>) -> String {
    let named = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| environment(name));
    named
        .map(|name| name.to_string_lossy().into_owned())
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_ids_sort_by_time() {
        let early = run_id(1_763_775_000_000);
        assert!(early.starts_with("20251122-013000-") && early.len() == 20, "{early}");
        assert!(early < run_id(1_763_775_001_000));
    }
}
