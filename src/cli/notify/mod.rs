//! Notifications: whoever does not watch is told how a run ended, by a webhook, by a command, or by both.
//!
//! None of it changes the exit code. What cannot be told is a warning, and is remembered, so that the next end is told.

mod command;
mod message;
mod secret;
mod state;
mod template;
mod webhook;
mod words;

use std::io::{self, IsTerminal as _};

use jiff::Timestamp;

use super::afterwards::End;
use super::console::Console;
use super::exit;
use super::parse::NotifyOn;
use super::refusal::Refusal;
use super::settings::{Notify, Settings};
use super::signals;
use super::upload::Environment;
use crate::lang::say;
use message::Message;
use state::{Channel, Memory, after};
pub(super) use template::{BodyText, Template};
use webhook::{Patience, Webhook};

/// Tells of an end whoever is to be told of it.
pub(super) fn tell(end: &End<'_>, settings: &Settings, console: &Console, environment: Environment<'_>) {
    let notify = &settings.notify;
    if notify.is_silent() || is_of_a_person(end, settings) {
        return;
    }
    let now = Timestamp::now();
    let profile = settings.global.profile.as_deref().unwrap_or_default();
    // Without a place for a ledger nothing is remembered, and everything is told.
    let memory = settings.global.ledger().ok().map(Memory::beside);
    let before = memory.as_ref().and_then(|memory| memory.recall(profile));
    let mut record = after(before.as_ref(), end.exit_code, notify.on, &channels(notify), now);
    let due = std::mem::take(&mut record.untold);
    if !due.is_empty() {
        let message = Message::of(end, before.as_ref(), &record, settings, environment, now);
        for channel in due {
            if let Err(Untold { to, why }) = send(channel, notify, &message, environment) {
                let words = say!("notify-not-told", to = &to, why = why.words);
                console.warn_about_people(words, say!("notify-not-told", to = to, why = why.outline));
                record.untold.push(channel);
            }
        }
    }
    if let Some(Err((path, error))) = memory.map(|memory| {
        memory
            .keep(profile, &record)
            .map_err(|error| (memory.path().display().to_string(), error.to_string()))
    }) {
        console.warn(say!("file-cannot-write", file = path, error = error));
    }
}

/// Whether it is no news: a person at a terminal has interrupted his own run. What a job is stopped by is told, and so is
/// what its deadline may have stopped.
fn is_of_a_person(end: &End<'_>, settings: &Settings) -> bool {
    settings.notify.on == NotifyOn::Change
        && end.exit_code == exit::INTERRUPTED
        && settings.upload.deadline.is_none()
        && io::stderr().is_terminal()
}

fn channels(notify: &Notify) -> Vec<Channel> {
    let webhook = notify.webhook.is_some().then_some(Channel::Webhook);
    let command = (!notify.command.is_empty()).then_some(Channel::Command);
    [webhook, command].into_iter().flatten().collect()
}

/// Who was not told, and why.
struct Untold {
    to: String,
    why: Why,
}

/// Why somebody was not told.
#[derive(Debug)]
struct Why {
    /// In words that hold no secret of ours.
    words: String,
    /// Without what a server or a program said, which may name anybody.
    outline: String,
}

impl From<String> for Why {
    fn from(words: String) -> Self {
        Self { outline: words.clone(), words }
    }
}

fn send(
    channel: Channel,
    notify: &Notify,
    message: &Message,
    environment: Environment<'_>,
) -> Result<(), Untold> {
    match channel {
        Channel::Webhook => {
            let unusable =
                |refusal: Refusal| Untold { to: say!("notify-the-webhook"), why: refusal.line().into() };
            // That others can read a file is told by `doctor`.
            let Some(webhook) = Webhook::of(notify, environment, &mut Vec::new()).map_err(unusable)? else {
                return Ok(());
            };
            post(&webhook, notify, message).map_err(|why| Untold { to: webhook.url().host(), why })
        }
        Channel::Command => {
            let program = notify.command.first().map(|program| command::shown(program)).unwrap_or_default();
            command::tell(notify, message, command::TIME).map_err(|why| Untold { to: program, why })
        }
    }
}

/// Sends to a webhook, unless somebody asks to stop meanwhile: signals that a run has listened to end nothing by themselves
/// any more.
fn post(webhook: &Webhook, notify: &Notify, message: &Message) -> Result<(), Why> {
    let body = match &notify.body {
        Some(template) => template.fill(message).to_string().into_bytes(),
        None => message.object(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| say!("screens-no-runtime", error = error.to_string()))?;
    let patience = Patience::usual();
    runtime.block_on(async {
        tokio::select! {
            told = webhook.tell(&body, &patience) => told,
            () = signals::once() => Err(say!("engine-interrupted").into()),
        }
    })
}

/// What `doctor` finds of a channel.
pub(super) enum Found {
    /// All that is needed is there.
    Ready(String),
    /// It works, but could be overheard.
    Open(Refusal),
    /// It cannot work.
    Unusable(Refusal),
}

/// Looks at everything that a notification needs, without sending one.
pub(super) fn examine(notify: &Notify, environment: Environment<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    match Webhook::of(notify, environment, &mut open) {
        Ok(None) => {}
        Ok(Some(webhook)) if !webhook.url().is_private() => {
            let heard = Refusal::new(say!("notify-over-http", host = webhook.url().host()));
            found.push(Found::Open(heard.hint(say!("notify-mend-over-http"))));
        }
        Ok(Some(webhook)) => {
            found.push(Found::Ready(say!("notify-webhook-ready", host = webhook.url().host())));
        }
        Err(refusal) => found.push(Found::Unusable(refusal)),
    }
    found.extend(open.into_iter().map(|file| {
        let file = file.display().to_string();
        let open = Refusal::new(say!("notify-others-can-read", file = &file));
        Found::Open(open.hint(say!("doctor-token-chmod", file = &file)))
    }));
    if let Some(program) = notify.command.first() {
        found.push(match command::found(program, environment) {
            Some(path) => Found::Ready(say!("notify-command-ready", program = path.display().to_string())),
            None => Found::Unusable(
                Refusal::new(say!("notify-no-program", program = program))
                    .hint(say!("notify-mend-no-program")),
            ),
        });
    }
    found
}

/// Tells everybody that this is a test; gives for each whether he took it.
pub(super) fn trial(settings: &Settings, environment: Environment<'_>) -> Vec<Result<String, Refusal>> {
    let (notify, message) = (&settings.notify, Message::trial(settings, environment));
    let told = channels(notify).into_iter().map(|channel| {
        let taken = match channel {
            Channel::Webhook => say!("notify-webhook-took-it"),
            Channel::Command => say!("notify-command-took-it"),
        };
        send(channel, notify, &message, environment).map(|()| taken).map_err(|Untold { to, why }| {
            Refusal::new(say!("notify-not-told", to = to, why = why.words)).hint(say!("notify-mend-not-told"))
        })
    });
    told.collect()
}
