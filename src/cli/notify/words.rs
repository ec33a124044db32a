//! The lines for people, and what is made of words that came from outside before they go into a chat.

use std::borrow::Cow;

use super::message::{Message, counts};
use super::state::Health;
use crate::cli::exit;
use crate::domain::quote::visible;
use crate::lang::say;
use crate::report::redact;

/// The strictest of the chats takes 2048 bytes of text.
const LONGEST: usize = 2000;
/// So many files are named in the text.
const FILES: usize = 3;
/// And each by so much of its name.
const NAME: usize = 60;

/// A text of somebody else: nothing hidden in it, on one line, and without `<` and `>`, between which some chats read
/// mentions (`<!channel>`, `<at user_id="all">`).
pub(super) fn harmless(text: &str, longest: usize) -> String {
    bounded(&visible(text), longest).replace('<', "‹").replace('>', "›")
}

/// A text of at most so many characters.
pub(super) fn bounded(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A sentence whose long numbers, which may be phones, are masked; the ids of runs are left as they are.
pub(super) fn without_people(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = run_id(rest) {
        masked.push_str(&redact::without_numbers(&rest[..at]));
        masked.push_str(&rest[at..at + RUN_ID]);
        rest = &rest[at + RUN_ID..];
    }
    masked + &redact::without_numbers(rest)
}

/// The length of `20261122-013000-k7f3`.
const RUN_ID: usize = 20;

/// Where a run is named first.
fn run_id(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_run = |id: &[u8]| {
        id.iter().enumerate().all(|(at, byte)| match at {
            8 | 15 => *byte == b'-',
            16.. => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            _ => byte.is_ascii_digit(),
        }) && id[16..].iter().any(u8::is_ascii_lowercase)
    };
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let begins = |at: usize| at == 0 || ends(at - 1);
    bytes
        .windows(RUN_ID)
        .enumerate()
        .find_map(|(at, id)| (begins(at) && ends(at + RUN_ID) && is_run(id)).then_some(at))
}

/// The lines of an end; `more_files` are not named in the message.
pub(super) fn text(message: &Message, more_files: usize) -> String {
    let mut lines = vec![headline(message)];
    if message.sandbox {
        lines.push(say!("closing-sandbox"));
    }
    lines.extend(about(message, more_files));
    match (&message.why, &message.mend, &message.report_dir) {
        (Some(why), Some(mend), _) => lines.push(say!("notify-why-and-mend", why = why, mend = mend)),
        (Some(why), None, _) => lines.push(why.clone()),
        (None, _, Some(folder)) if message.state == Health::Failing => {
            lines.push(say!("notify-reports", folder = folder));
        }
        _ => {}
    }
    cut(&lines.join("\n")).into_owned()
}

/// The line of a trial.
pub(super) fn text_of_trial(host: &str) -> String {
    say!("notify-trial", host = host)
}

fn headline(message: &Message) -> String {
    let (command, host) = (message.command, message.host.as_str());
    let what = match message.exit_code {
        exit::ALL_DONE if message.previous == Some(Health::Failing) => say!("notify-well-again"),
        exit::ALL_DONE => say!("notify-well"),
        exit::SOMETHING_LEFT => say!("notify-something-left"),
        exit::NOTHING_SENT => say!("notify-nothing-sent"),
        exit::LOCKED => say!("notify-locked"),
        exit::INTERRUPTED => say!("notify-interrupted"),
        _ => say!("notify-stopped"),
    };
    let code = message.exit_code.to_string();
    match &message.profile {
        Some(profile) => {
            say!(
                "notify-headline-profile",
                command = command,
                host = host,
                profile = profile,
                what = what,
                code = code
            )
        }
        None => say!("notify-headline", command = command, host = host, what = what, code = code),
    }
}

/// The files, the counts, the run: what there is of them.
fn about(message: &Message, more_files: usize) -> Option<String> {
    let shown = message.files.iter().take(FILES).map(|file| bounded(file, NAME)).collect::<Vec<_>>();
    let more = more_files + message.files.len().saturating_sub(FILES);
    let mut files = shown.join(&say!("screens-comma"));
    if more > 0 {
        files = say!("notify-more-files", files = files, count = more);
    }
    let run = message.run_id.as_deref();
    match (files.is_empty(), counts(message), run) {
        (false, Some(counts), Some(run)) => {
            Some(say!("notify-files-counts-run", files = files, counts = counts, run = run))
        }
        (true, Some(counts), Some(run)) => Some(say!("notify-counts-run", counts = counts, run = run)),
        (false, _, Some(run)) => Some(say!("notify-files-run", files = files, run = run)),
        (false, ..) => Some(files),
        (true, _, Some(run)) => Some(say!("notify-run", run = run)),
        (true, ..) => None,
    }
}

fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(LONGEST - '…'.len_utf8());
    Cow::Owned(format!("{}…", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, assert_translated, speaking};

    #[test]
    fn words_from_outside_cannot_hide_or_call_anybody() {
        for (text, want) in [
            ("list.csv", "list.csv"),
            ("a\nb\u{202e}.csv", r"a\nb\u{202e}.csv"),
            ("<!channel> <at user_id=\"all\">.csv", "‹!channel› ‹at user_id=\"all\"›.csv"),
        ] {
            assert_eq!(harmless(text, 100), want);
        }
        assert_eq!(harmless("abcdef", 3), "abc…");
    }

    #[test]
    fn phones_are_masked_and_runs_are_not() {
        for (text, want) in [
            ("User 6281234567890 is busy", "User 6281*******90 is busy"),
            ("+62 812-3456-7890!", "+62 8**********90!"),
            (
                "run 20261122-013000-k7f3 holds the ledger (process 4711 on desk)",
                "run 20261122-013000-k7f3 holds the ledger (process 4711 on desk)",
            ),
            ("20261122-013000-k7f3: 62812345678", "20261122-013000-k7f3: 6281*****78"),
            ("20261122-013000-1234", "2026**************34"),
            ("x20261122-013000-k7f3", "x2026*********00-k7f3"),
            ("短", "短"),
        ] {
            assert_eq!(without_people(text), want, "{text}");
        }
    }

    #[test]
    fn a_few_lines_in_every_language() {
        let ended = |exit_code, previous| Message {
            exit_code,
            previous,
            state: Health::of(exit_code),
            files: vec!["list.csv".to_owned()],
            run_id: Some("20261122-013000-k7f3".to_owned()),
            report_dir: Some("/srv/reports".to_owned()),
            ..Message::example()
        };
        for (exit_code, previous, want) in [
            (0, None, "incs-import upload on desk: all done (exit code 0)"),
            (
                0,
                Some(Health::Failing),
                "incs-import upload on desk: all done again, after failing (exit code 0)",
            ),
            (1, None, "incs-import upload on desk: FINISHED, BUT SOMETHING IS LEFT TO MEND (exit code 1)"),
            (2, None, "incs-import upload on desk: NOTHING WAS SENT (exit code 2)"),
            (3, None, "incs-import upload on desk: STOPPED EARLY (exit code 3)"),
            (
                4,
                None,
                "incs-import upload on desk: NOTHING WAS SENT, another run holds the ledger (exit code 4)",
            ),
            (130, None, "incs-import upload on desk: INTERRUPTED (exit code 130)"),
        ] {
            let said = assert_translated(|| text(&ended(exit_code, previous), 0));
            let mut lines = said.lines();
            assert_eq!(lines.next(), Some(want));
            assert_eq!(lines.next(), Some("list.csv (run 20261122-013000-k7f3)"));
            assert_eq!(lines.next(), (exit_code > 0).then_some("reports: /srv/reports"));
        }
        assert_translated(|| text_of_trial("desk"));
    }

    #[test]
    fn no_chat_finds_a_text_too_long() {
        let long = "长".repeat(300);
        let message = Message {
            files: vec![long.clone(); 20],
            why: Some(long.clone()),
            mend: Some(long.clone()),
            profile: Some(long.clone()),
            host: long,
            exit_code: 3,
            ..Message::example()
        };
        for language in Language::ALL {
            let said = speaking(language, || text(&message, 7));
            assert!(said.len() <= LONGEST && said.ends_with('…'), "{said}");
        }
        let message = Message { files: vec!["a".into(); 20], ..Message::example() };
        assert!(text(&message, 7).contains("a, a, a and 24 more"), "{}", text(&message, 7));
    }
}
