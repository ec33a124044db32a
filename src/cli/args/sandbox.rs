//! The arguments of `sandbox`: many, since each is one way in which a server can be wrong.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use crate::cli::parse::{Ahead, OffsetZone, Period, Rate, RedirectStatus, Share};
use crate::sandbox::Fault;

const FAULTS: &str = "Faults of POSTs (P from 0 to 1; a POST meets one at most)";
const TESTS: &str = "For tests of clients";

/// Arguments of `sandbox`.
#[derive(Debug, Clone, Args)]
pub struct SandboxArgs {
    /// Port on this machine; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8787)]
    pub port: u16,
    /// The only token that is let in, an invented one [default: any]
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,
    /// Tasks become completed by themselves after this time [default: never]
    #[arg(long, value_name = "DUR")]
    pub finish_after: Option<Period<0>>,
    /// Tasks are in progress after this time, until they are finished [default: never]
    #[arg(long, value_name = "DUR")]
    pub start_after: Option<Period<0>>,
    /// This share of the tasks gets a remark, when it is begun or at once
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub remarks: Option<Share>,
    /// This share of the tasks ends as terminated, not as completed
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub terminated: Option<Share>,
    /// Write a line for every created task to this file: {"at","id","body"}
    #[arg(long, value_name = "PATH")]
    pub audit: Option<PathBuf>,
    /// Hold every answer back for so long; what it tells was done before
    #[arg(long, value_name = "DUR")]
    pub latency: Option<Period<0>>,
    /// Answer requests above this rate with 429
    #[arg(long, value_name = "N/s")]
    pub rate_limit: Option<Rate>,
    /// Give refusals (400, 401, 403, 422) the HTTP status 200; their envelope keeps its code
    #[arg(long)]
    pub errors_as_200: bool,
    /// Where all draws start: the same seed and requests meet the same faults
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// What goes wrong with POSTs.
    #[command(flatten)]
    pub faults: FaultArgs,
    /// What only tests want.
    #[command(flatten)]
    pub tests: TestArgs,
}

/// How likely each fault of a POST is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = FAULTS)]
pub struct FaultArgs {
    /// 429 with Retry-After; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_429: Option<Share>,
    /// 500 with an error envelope; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_500: Option<Share>,
    /// The connection is cut before it answers; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_drop_before: Option<Share>,
    /// Created, then the connection is cut before it answers
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_drop_after: Option<Share>,
    /// Created, then the connection is cut in the middle of the answer
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_truncate: Option<Share>,
    /// 502 with an HTML page; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_html: Option<Share>,
    /// Created only after --late-by, whether the client still waits or not
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_late: Option<Share>,
    /// 503 with an error envelope; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_503: Option<Share>,
    /// 408 with an HTML page; nothing is created
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_408: Option<Share>,
    /// Created, but a gateway answers 504 with an HTML page
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_504: Option<Share>,
    /// Created, but the answer is 200 with an empty body
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_empty: Option<Share>,
    /// Created, but the success envelope has no id: its data is {}
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_no_id: Option<Share>,
    /// Created, but the answer is about the task created before it, if there is one
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_cross: Option<Share>,
    /// Created, but the answer is "User is in an incomplete task."
    #[arg(long, value_name = "P", allow_negative_numbers = true, help_heading = TESTS)]
    pub fault_busy_after: Option<Share>,
}

impl FaultArgs {
    /// Each fault with its probability.
    pub fn chances(&self) -> impl Iterator<Item = (Fault, f64)> + use<> {
        let given = Fault::ALL.map(|fault| {
            let share = match fault {
                Fault::TooManyRequests => self.fault_429,
                Fault::ServerError => self.fault_500,
                Fault::Unavailable => self.fault_503,
                Fault::RequestTimeout => self.fault_408,
                Fault::DropBefore => self.fault_drop_before,
                Fault::DropAfter => self.fault_drop_after,
                Fault::Truncate => self.fault_truncate,
                Fault::Html => self.fault_html,
                Fault::Late => self.fault_late,
                Fault::GatewayTimeout => self.fault_504,
                Fault::Empty => self.fault_empty,
                Fault::NoId => self.fault_no_id,
                Fault::Cross => self.fault_cross,
                Fault::BusyAfter => self.fault_busy_after,
            };
            share.map(|share| (fault, share.0))
        });
        given.into_iter().flatten()
    }
}

/// What only tests of clients want.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = TESTS)]
pub struct TestArgs {
    /// Write a line for every request to this file before acting on it:
    /// {"at","n","method","target","phone","name","fault"}
    #[arg(long, value_name = "PATH")]
    pub requests: Option<PathBuf>,
    /// How late --fault-late creates [default: 65s]
    #[arg(long, value_name = "DUR")]
    pub late_by: Option<Period<0>>,
    /// What every 429 asks for in Retry-After [default: 1s]
    #[arg(long, value_name = "DUR")]
    pub retry_after: Option<Period<0>>,
    /// Write Retry-After as an HTTP date
    #[arg(long)]
    pub retry_after_date: bool,
    /// Tasks are listed only so long after their creation
    #[arg(long, value_name = "DUR")]
    pub list_lag: Option<Period<0>>,
    /// A list request is answered with 500, a cut, half a body or HTML, in turn
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub fault_list: Option<Share>,
    /// From the Nth list request on every one fails with 500
    #[arg(long, value_name = "N")]
    pub list_fails_from: Option<NonZeroU64>,
    /// This share of the tasks is never listed
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub list_misses: Option<Share>,
    /// A page begins with the last task of the page before, not with its own first
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub list_unstable: Option<Share>,
    /// End the connection after every answer
    #[arg(long)]
    pub close: bool,
    /// From the Nth request on every answer is 401
    #[arg(long, value_name = "N")]
    pub unauthorized_from: Option<NonZeroU64>,
    /// From the Nth request on every answer is a login page, with status 200
    #[arg(long, value_name = "N")]
    pub captive_from: Option<NonZeroU64>,
    /// Answer POSTs for this phone with 403 (repeatable)
    #[arg(long, value_name = "PHONE")]
    pub forbid: Vec<String>,
    /// Answer every POST with this redirect
    #[arg(long, value_name = "STATUS")]
    pub redirect: Option<RedirectStatus>,
    /// The zone of the times that are shown and searched: +HH:MM or -HH:MM [default: +00:00]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub zone: Option<OffsetZone>,
    /// How far the server's clock is ahead (+90s) or behind (-26h)
    #[arg(long, value_name = "DUR", allow_hyphen_values = true)]
    pub clock_skew: Option<Ahead>,
}
