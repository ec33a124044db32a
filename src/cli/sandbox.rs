//! `sandbox`: the stand-in as a server of its own.

use super::args::SandboxArgs;
use super::console::Console;
use super::exit;
use super::refusal::Refusal;
use crate::sandbox::{Config, start};

/// Runs the command until it is asked to stop; gives the exit code.
///
/// # Errors
/// The port is taken, or the audit file cannot be written.
pub(super) fn run(arguments: &SandboxArgs, console: &Console) -> Result<u8, Refusal> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal::new(format!("cannot start the runtime: {error}")))?;
    let config = Config {
        port: arguments.port,
        token: arguments.token.clone(),
        audit: arguments.audit.clone(),
        finish_after: arguments.finish_after.map(|period| period.0),
    };
    runtime.block_on(async {
        let running = start(config).await.map_err(|error| {
            Refusal::new(error.to_string()).hint("choose another port with --port N (0 takes a free one)")
        })?;
        console.result(format_args!("sandbox listening on http://{}", running.address()));
        console.note("nothing real is created here; stop it with Ctrl-C");
        super::signals::once().await;
        let created = running.created();
        running.stop().await;
        console.note(format_args!("{created} tasks were created"));
        Ok(exit::ALL_DONE)
    })
}
