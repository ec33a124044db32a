//! Where the tasks go, and sending them there.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::{mpsc, watch};
use tracing::Instrument as _;

use super::Environment;
use crate::api::client::Client;
use crate::cli::console::Console;
use crate::cli::log::engine::Places;
use crate::cli::progress;
use crate::cli::refusal::Refusal;
use crate::cli::settings::{self, Settings};
use crate::cli::token::{self, load_token};
use crate::domain::clock::SystemClock;
use crate::lang::say;
use crate::ledger::{Doubtful, Ledger, Secret};
use crate::upload::{Ended, Interrupt, Options, Prelude, Upload};

pub(in crate::cli) fn token_of(
    settings: &Settings,
    console: &Console,
    environment: Environment<'_>,
) -> Result<SecretString, Refusal> {
    let mut warnings = Vec::new();
    let token = load_token(settings, environment, &mut warnings)?;
    for warning in warnings {
        console.warn(warning);
    }
    token.ok_or_else(|| Refusal::new(say!("token-none")).hint(token::hint()))
}

/// Where the tasks go: the configured server, or the stand-in that lives as long as this.
pub(in crate::cli) struct Target {
    pub(in crate::cli) base_url: String,
    pub(in crate::cli) client: Client,
    #[cfg(feature = "sandbox")]
    pub(in crate::cli) sandbox: Option<crate::sandbox::Running>,
}

impl Target {
    pub(in crate::cli) fn start(
        upload: &settings::Upload,
        token: Option<SecretString>,
        runtime: &tokio::runtime::Runtime,
    ) -> Result<Self, Refusal> {
        let client = |base_url: &str, token: &SecretString| {
            let url = reqwest::Url::parse(base_url)
                .map_err(|error| Refusal::new(error.to_string()).at("base_url"))?;
            Client::new(&url, token, upload.timeout).map_err(|error| Refusal::new(error.to_string()))
        };
        if upload.sandbox {
            #[cfg(feature = "sandbox")]
            {
                let config = crate::sandbox::Config::default();
                let running = runtime
                    .block_on(crate::sandbox::start(config))
                    .map_err(|error| Refusal::new(say!("upload-no-sandbox", error = error.to_string())))?;
                let base_url = format!("http://{}", running.address());
                let client = client(&base_url, &SecretString::from("sandbox"))?;
                return Ok(Self { base_url, client, sandbox: Some(running) });
            }
            #[cfg(not(feature = "sandbox"))]
            {
                let _ = runtime;
                return Err(Refusal::new(say!("upload-built-without-sandbox"))
                    .at("--sandbox")
                    .hint(say!("upload-build-with-sandbox")));
            }
        }
        let Some(token) = token else { return Err(Refusal::new(say!("token-none")).hint(token::hint())) };
        let base_url = upload.base_url.as_str().to_owned();
        let client = client(&base_url, &token)?;
        Ok(Self {
            base_url,
            client,
            #[cfg(feature = "sandbox")]
            sandbox: None,
        })
    }

    pub(super) async fn stop(self) {
        #[cfg(feature = "sandbox")]
        if let Some(sandbox) = self.sandbox {
            drop(self.client);
            sandbox.stop().await;
        }
    }
}

/// What is sent: the work of one run.
pub(super) struct Job {
    pub(super) run: i64,
    /// The file of the ledger.
    pub(super) path: PathBuf,
    pub(super) ledger: Arc<Ledger>,
    pub(super) secret: Secret,
    pub(super) doubts: Vec<Doubtful>,
    /// How many tasks are to be sent or looked for.
    pub(super) total: u64,
}

/// Sends until every task had its turn, or `interrupt` says that it has to end.
pub(super) async fn send(
    upload: &settings::Upload,
    target: &Target,
    job: Job,
    interrupt: watch::Receiver<Interrupt>,
    console: Console,
) -> Ended {
    if upload.sandbox {
        console.note(say!("upload-sandbox", server = &target.base_url));
    }
    let (events, listener) = mpsc::unbounded_channel();
    let server = target.base_url.clone();
    let (secret, total) = (job.secret, job.total);
    let places = Places::of(&job.path, job.run);
    let showing = progress::show(listener, total, upload.sandbox, places, console);
    // What they say is about this run, on whatever thread they say it.
    let showing = tokio::spawn(showing.in_current_span());
    let mut preludes = Vec::new();
    if upload.preflight && upload.dedupe_window.is_zero() {
        console.warn(say!("upload-preflight-off"));
    } else if upload.preflight {
        preludes.push(Prelude::Preflight { window: upload.dedupe_window });
    }
    if upload.skip_busy {
        preludes.push(Prelude::SkipBusy);
    }
    let job = Upload {
        run: job.run,
        doubts: job.doubts,
        phone_key: Box::new(move |phone| secret.phone_key(&server, phone)),
        client: target.client.clone(),
        ledger: job.ledger,
        options: Options {
            rate: upload.rate,
            burst: NonZeroU32::new(upload.burst).unwrap_or(NonZeroU32::MIN),
            concurrency: usize::try_from(upload.concurrency).unwrap_or(usize::MAX),
            max_attempts: upload.max_attempts,
            settle: upload.settle(),
            preludes,
        },
        clock: SystemClock,
        events,
        interrupt,
    };
    let ended = job.run().await;
    // The listener ends with its channel; a bar that failed to draw is no reason to fail.
    drop(showing.await);
    ended
}
