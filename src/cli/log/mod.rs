//! The log: technical lines on standard error, in text or JSON, for whoever reads them later.
//!
//! The parts of the program that have something to tell send `tracing` events, or [`Event`](crate::upload::Event)s that
//! [`engine`] turns into such; what a line looks like is decided here alone. People's sentences are not made of events: they
//! come from [`Console`](super::console::Console), which writes them as they are, or as a [`Line`] of JSON.
//!
//! No line above debug level holds a person's data: places, numbers and codes say which task is meant. No line at all holds
//! a body, a phone, or the token. What the libraries log is not listened to.

pub(super) mod engine;
mod line;

pub(super) use tracing::Level;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::{LookupSpan, Registry};

use super::parse::LogFormat;
use super::settings::{Global, Verbosity};
use crate::plan::Plan;
use crate::report::Summary;
pub(super) use line::{Line, Value};

/// Lets technical lines be written, as the settings want them. In text they are there with `--verbose` only: what a person
/// reads has its own words.
pub(super) fn begin(global: &Global) {
    let lines = Lines {
        is_json: global.log_format == LogFormat::Json,
        most: match global.verbosity {
            Verbosity::Quiet => LevelFilter::WARN,
            Verbosity::Normal => LevelFilter::INFO,
            Verbosity::Verbose => LevelFilter::DEBUG,
        },
    };
    if lines.is_json || global.verbosity == Verbosity::Verbose {
        // A second call finds the first one's, which is the same.
        drop(tracing::subscriber::set_global_default(Registry::default().with(lines)));
    }
}

/// Whether lines are JSON; `false` before [`begin`].
pub(super) fn is_json() -> bool {
    tracing::dispatcher::get_default(|log| log.downcast_ref::<Lines>().is_some_and(|lines| lines.is_json))
}

/// Every line that is written on this thread as long as the guard lives is about this run.
pub(super) fn of_run(id: &str) -> tracing::span::EnteredSpan {
    tracing::error_span!("run", run = id).entered()
}

/// The run that this thread works on.
pub(super) fn run_here() -> Option<String> {
    tracing::dispatcher::get_default(|log| {
        let registry = log.downcast_ref::<Registry>()?;
        let id = log.current_span().id()?.clone();
        registry.span(&id)?.scope().find_map(|span| Some(span.extensions().get::<RunId>()?.0.clone()))
    })
}

/// A run is recorded, and its tasks are about to be sent.
pub(super) fn run_begins(command: &str, server: &str, tasks: u64, doubts: usize) {
    let doubts = u64::try_from(doubts).ok();
    tracing::info!(name: "run-begins", command, base_url = server, tasks, doubts, "run begins");
}

/// Writes a line for every problem of a plan, without the value: that is for screens and reports.
pub(super) fn problems(plan: &Plan) {
    if !tracing::enabled!(Level::DEBUG) {
        return;
    }
    for problem in plan.problems() {
        let table = plan.names.table(problem.at.table);
        tracing::debug!(
            name: "problem",
            code = problem.code().as_str(),
            file = table.map(|table| table.file.as_str()),
            sheet = table.and_then(|table| table.sheet.as_deref()),
            row = problem.at.row,
            column = plan.names.column(problem.at),
            field = problem.field.map(|field| field.as_str()),
            "problem"
        );
    }
}

/// A run came to its end, or to where it can be taken up again.
pub(super) fn run_ended(summary: &Summary) {
    let (tasks, requests) = (&summary.tasks, &summary.requests);
    tracing::info!(
        name: "run-ended",
        status = summary.status.as_str(),
        exit_code = summary.exit_code.map(i64::from),
        duration_ms = summary.duration_ms(),
        sandbox = summary.sandbox,
        rows = summary.input.rows,
        rows_invalid = summary.input.rows_invalid,
        created = tasks.created,
        incomplete_task = tasks.incomplete_task,
        rejected = tasks.rejected,
        failed = tasks.failed,
        unresolved = tasks.unresolved,
        skipped = tasks.skipped,
        pending = tasks.pending,
        invalid = tasks.invalid,
        posts = requests.posts,
        lookups = requests.lookups,
        retried = requests.retried,
        throttled = requests.throttled,
        "run ended"
    );
}

/// Writes every event of this program that is not too fine.
struct Lines {
    is_json: bool,
    most: LevelFilter,
}

/// The id of a run, kept with its span.
struct RunId(String);

impl Lines {
    fn wants(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.most && metadata.target().starts_with(env!("CARGO_CRATE_NAME"))
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Lines {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.wants(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.wants(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.most)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let (Some(run), Some(span)) = (fields.run, context.span(id)) {
            span.extensions_mut().insert(RunId(run));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let of_span = || {
            let mut scope = context.event_scope(event)?;
            scope.find_map(|span| Some(span.extensions().get::<RunId>()?.0.clone()))
        };
        let line = Line {
            level: *event.metadata().level(),
            run: fields.run.or_else(of_span),
            event: Some(event.metadata().name()),
            message: &fields.message,
            fields: &fields.others,
        };
        line.write(self.is_json);
    }
}

/// What an event or a span says of itself.
#[derive(Default)]
struct Fields {
    message: String,
    run: Option<String>,
    others: Vec<(&'static str, Value)>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        match (field.name(), value) {
            ("message", Value::String(text)) => self.message = text,
            ("run", Value::String(text)) => self.run = Some(text),
            (name, value) => self.others.push((name, value)),
        }
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }
}
