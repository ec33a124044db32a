//! `resolve`: a person's word on a task that may exist.

use super::books::{Books, open_books};
use super::kept::{Kept, speak_like};
use super::resume::{must_exist, named, reader, server_of};
use super::target::{Target, token_of};
use super::{Environment, Failure};
use crate::api::classify::get_status;
use crate::api::list::{Listed, page};
use crate::cli::args::ResolveArgs;
use crate::cli::console::Console;
use crate::cli::exit;
use crate::cli::refusal::Refusal;
use crate::cli::runs::{holder_state, refused};
use crate::cli::settings::Settings;
use crate::domain::clock::{Clock as _, SystemClock};
use crate::domain::note::Note;
use crate::domain::outcome::State;
use crate::lang::say;
use crate::ledger::history::Changed;
use crate::ledger::read::{Reader, Run};
use crate::ledger::{Doubtful, Ledger, Resolution, Settled, SqliteStore, doubt_of};
use crate::report::{Summary, write_all};
use crate::upload::Trouble;
use crate::upload::reconcile::Wanted;

/// Runs the command; gives the exit code.
///
/// # Errors
/// There is no such doubt, or the server says that the word cannot be true. Nothing is changed then.
pub(crate) fn resolve(
    arguments: &ResolveArgs,
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<u8, Failure> {
    let path = settings.global.ledger()?;
    let phone = phone_of(&arguments.phone)?;
    must_exist(path, &arguments.run)?;
    let books = open_books(path, settings.upload.lock_wait, Some(&arguments.run))?;
    let reader = reader(&books)?;
    let run = named(&reader, &arguments.run)?;
    speak_like(&run, &reader, settings);
    let doubt = doubt_about(&reader, &books, &run, &phone)?;

    let mut resolution = Resolution {
        task: doubt.task,
        state: State::Planned,
        note: None,
        server_id: None,
        creation_id: None,
        created_at: None,
        evidence: String::from(r#"{"word":"absent"}"#),
        at: SystemClock.now(),
    };
    if let Some(id) = arguments.task_id {
        let mut upload = settings.upload.clone();
        upload.base_url = server_of(&run, settings, console)?;
        (upload.sandbox, upload.dry_run) = (false, false);
        let token = token_of(settings, console, environment)?;
        let listed = ask_for(id, &upload, token)?;
        agrees(&listed, &doubt)?;
        resolution.state = State::Created;
        resolution.server_id = Some(id);
        resolution.creation_id = listed.creation_id;
        resolution.created_at = listed.created_at;
        resolution.evidence = String::from(r#"{"word":"created"}"#);
    }
    let Books { path, connection, lock, .. } = books;
    let store = SqliteStore::new(connection, &path, run.number, None, Changed::Skip);
    let ledger = Ledger::start(store).map_err(|error| refused(&error))?;
    match ledger.resolve_now(resolution).map_err(|error| refused(&error))? {
        Settled::Recorded => {}
        Settled::Crossed => {
            let id = arguments.task_id.unwrap_or_default();
            return Err(Refusal::new(say!("resolve-taken", id = id.to_string()))
                .at("--task-id")
                .hint(say!("resolve-look-again"))
                .into());
        }
    }
    ledger.close();
    rewrite_reports(&reader, &run, console)?;
    drop(lock);
    console.result(match arguments.task_id {
        Some(id) => say!("resolve-recorded", id = id.to_string(), phone = phone, run = &run.id),
        None => say!("resolve-recorded-absent", phone = phone, run = &run.id),
    });
    Ok(exit::ALL_DONE)
}

/// The digits of a phone, however a person writes it; with its country code, as the reports have it.
fn phone_of(text: &str) -> Result<String, Refusal> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches("00").to_owned();
    if digits.is_empty() {
        return Err(Refusal::new(say!("resolve-no-phone", text = format!("{text:?}")))
            .at("--phone")
            .hint(say!("resolve-mend-phone")));
    }
    Ok(digits)
}

/// The doubt that the word is about.
fn doubt_about(reader: &Reader, books: &Books, run: &Run, phone: &str) -> Result<Doubtful, Refusal> {
    let tasks = reader.tasks_of(run.number, phone).map_err(|error| refused(&error))?;
    let Some((task, state, note)) = tasks.into_iter().next() else {
        return Err(Refusal::new(say!("resolve-no-task", run = &run.id, phone = phone))
            .at("--phone")
            .hint(say!("resolve-mend-phone")));
    };
    if let (State::Unresolved, Some(Note::InDoubtElsewhere { run: other })) = (state, note) {
        return Err(Refusal::new(say!("resolve-doubt-elsewhere", phone = phone, run = &other)).hint(say!(
            "resolve-mend-doubt-elsewhere",
            run = &other,
            phone = phone
        )));
    }
    if !matches!(state, State::Intent | State::InDoubt | State::Unresolved) {
        let outcome = state.outcome().as_str();
        return Err(Refusal::new(say!("resolve-no-doubt", phone = phone, outcome = outcome))
            .hint(say!("resolve-mend-no-doubt")));
    }
    doubt_of(&books.connection, task).map_err(|error| refused(&error))
}

/// Asks the server for one task by its id.
fn ask_for(
    id: i64,
    upload: &crate::cli::settings::Upload,
    token: secrecy::SecretString,
) -> Result<Listed, Refusal> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
    let target = Target::start(upload, Some(token), &runtime)?;
    let query = [("task_id", id.to_string()), ("page", "1".to_owned()), ("page_size", "100".to_owned())];
    let answer = runtime.block_on(target.client.list(&query));
    let unclear = |why: String| {
        Refusal::new(say!("resolve-cannot-ask", id = id.to_string(), why = why))
            .hint(say!("resolve-mend-cannot-ask"))
    };
    let answer = answer.map_err(|failure| unclear(failure.words()))?;
    match get_status(&answer) {
        200..300 => {}
        401 | 403 => {
            return Err(unclear(say!("resolve-token-refused")).hint(crate::cli::token::hint()));
        }
        status => return Err(unclear(Trouble::Status(status).words())),
    }
    let page = page(&answer.body).map_err(|bad| unclear(bad.to_string()))?;
    page.tasks.into_iter().find(|task| task.id == id).ok_or_else(|| {
        Refusal::new(say!("resolve-no-such-task", id = id.to_string()))
            .at("--task-id")
            .hint(say!("resolve-mend-other-task"))
    })
}

/// The task of that id has to be equal in all that makes a task ours, but for what a server may have changed.
fn agrees(listed: &Listed, doubt: &Doubtful) -> Result<(), Refusal> {
    let is_it = Wanted::of(&doubt.body).is_some_and(|wanted| wanted.may_be(listed));
    if is_it {
        return Ok(());
    }
    let id = listed.id.to_string();
    let refusal = if listed.user_phone == doubt.user_phone {
        say!("resolve-other-content", id = id)
    } else {
        say!("resolve-other-phone", id = id)
    };
    Err(Refusal::new(refusal).at("--task-id").hint(say!("resolve-mend-other-task")))
}

fn rewrite_reports(reader: &Reader, run: &Run, console: &Console) -> Result<(), Refusal> {
    if !run.report_dir.is_dir() {
        return Ok(());
    }
    let status = holder_state(run);
    let settings = reader.settings(run.number).map_err(|error| refused(&error))?;
    let privacy = Kept::read(&settings)?.privacy();
    let written = Summary::read(reader, run, status, run.exit_code, run.finished_at)
        .map_err(|error| refused(&error))
        .map(|summary| write_all(reader, run, &summary, &run.report_dir, privacy))?;
    if let Err(error) = written {
        console.warn(say!("resolve-no-reports", error = error.to_string()));
    }
    Ok(())
}
