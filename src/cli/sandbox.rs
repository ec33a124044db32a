//! `sandbox`: the stand-in as a server of its own.

use std::fs::{File, OpenOptions};
use std::io;
use std::num::NonZeroU64;
use std::path::Path;

use super::args::SandboxArgs;
use super::console::Console;
use super::exit;
use super::parse::{Period, Share};
use super::refusal::Refusal;
use crate::lang::say;
use crate::platform::private_file;
use crate::sandbox::{Agents, Chances, Config, ListFaults, start};

/// Runs the command until it is asked to stop; gives the exit code.
///
/// # Errors
/// The flags do not go together, the port is taken, or a file cannot be written.
pub(super) fn run(arguments: &SandboxArgs, console: &Console) -> Result<u8, Refusal> {
    let config = config(arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(say!("screens-no-runtime", error = error.to_string())))?;
    runtime.block_on(async {
        let running = start(config)
            .await
            .map_err(|error| Refusal::new(error.to_string()).hint(say!("sandbox-mend-start")))?;
        // Whoever reads the address may ask it to stop at once.
        let asked_to_stop = super::signals::once();
        // Scripts wait for this line, so it is the same in every language.
        console.result(format_args!("sandbox listening on http://{}", running.address()));
        console.note(say!("sandbox-nothing-real"));
        asked_to_stop.await;
        let created = running.created();
        running.stop().await;
        console.note(say!("sandbox-created", count = created));
        Ok(exit::ALL_DONE)
    })
}

fn config(arguments: &SandboxArgs) -> Result<Config, Refusal> {
    let tests = &arguments.tests;
    let default = Config::default();
    let period = |given: Option<Period<0>>| given.map(|period| period.0);
    let share = |given: Option<Share>| given.map_or(0.0, |share| share.0);
    let chances = Chances::new(arguments.faults.chances())
        .map_err(|error| Refusal::new(error.to_string()).hint(say!("sandbox-mend-chances")))?;
    let audit = lines(arguments.audit.as_deref(), |file, error| {
        say!("sandbox-no-audit", file = file, error = error)
    })?;
    let requests = lines(tests.requests.as_deref(), |file, error| {
        say!("sandbox-no-requests", file = file, error = error)
    })?;
    Ok(Config {
        port: arguments.port,
        token: arguments.token.clone(),
        audit,
        requests,
        finish_after: period(arguments.finish_after),
        agents: Agents {
            start_after: period(arguments.start_after),
            remarks: share(arguments.remarks),
            terminated: share(arguments.terminated),
        },
        seed: arguments.seed,
        chances,
        late_by: period(tests.late_by).unwrap_or(default.late_by),
        latency: period(arguments.latency).unwrap_or(default.latency),
        rate_limit: arguments.rate_limit.map(|rate| (rate.count, rate.per)),
        retry_after: period(tests.retry_after).unwrap_or(default.retry_after),
        retry_after_date: tests.retry_after_date,
        errors_as_200: arguments.errors_as_200,
        close: tests.close,
        unauthorized_from: tests.unauthorized_from.map(NonZeroU64::get),
        captive_from: tests.captive_from.map(NonZeroU64::get),
        forbidden: tests.forbid.clone(),
        redirect: tests.redirect.map(|status| status.0),
        zone: tests.zone.map_or(default.zone, |zone| zone.0),
        clock_skew: tests.clock_skew.map_or(default.clock_skew, |ahead| ahead.0),
        list: ListFaults {
            lag: period(tests.list_lag).unwrap_or_default(),
            fault: share(tests.fault_list),
            fails_from: tests.list_fails_from.map(NonZeroU64::get),
            misses: share(tests.list_misses),
            unstable: share(tests.list_unstable),
        },
    })
}

/// Opens a file of lines for appending; a new one only its owner can read, since it holds phones.
fn lines(path: Option<&Path>, words: impl Fn(String, String) -> String) -> Result<Option<File>, Refusal> {
    let Some(path) = path else { return Ok(None) };
    private_file(OpenOptions::new().create(true).append(true)).open(path).map(Some).map_err(
        |error: io::Error| {
            let words = words(path.display().to_string(), error.to_string());
            Refusal::new(words).hint(say!("sandbox-mend-start"))
        },
    )
}
