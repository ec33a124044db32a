//! Keys that say what tasks are made of, and when a list is too bad to be sent.

use super::group;
use crate::cli::parse::{AuthId, Commas, ExpectedRows, ModuleId, Percent, Text, Whole, one_or_many};
use crate::domain::rules::TotalAmount;

group! {
    "task"
    /// What tasks are made of.
    #[derive(clap::Args)]
    #[command(next_help_heading = "Tasks (a filled cell of the list wins)")]
    pub struct TaskKeys {
        /// WhatsApp authorisation id
        #[arg(long, value_name = "N")]
        pub auth_id: Option<AuthId>,
        /// Module that shows the orders [default: 019d3dcd-f5a8-70e7-aff8-c54bde267f38]
        #[arg(long, value_name = "UUID")]
        pub module_id: Option<ModuleId>,
        /// Name of the tasks; {date} {user_name} {user_phone} {file} {orders} {total_amount} are filled in
        #[arg(long, value_name = "TEXT")]
        pub name: Option<Text>,
        /// Description of the tasks, with the same {...} as --name
        #[arg(long, value_name = "TEXT")]
        pub description: Option<Text>,
        /// Accounts that the tasks go to; several take turns
        #[arg(long, value_name = "NAME,...")]
        #[serde(deserialize_with = "one_or_many")]
        pub assignee: Option<Vec<Commas<Text>>>,
        /// Where the total comes from [default: the column where it is filled, else sum:due_amount]
        #[arg(long, value_name = "SOURCE")]
        pub total_amount: Option<TotalAmount>,
        /// Send nothing if any row is invalid
        #[arg(long, value_name = "BOOL")]
        #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true)]
        pub strict: Option<bool>,
        /// Send nothing if more rows than this are invalid, from 20 such rows on [default: 20]
        #[arg(long, value_name = "PERCENT")]
        pub max_invalid: Option<Percent>,
        /// Send nothing if the list has fewer or more rows than this: 412, 5000..20000, 5000.. or ..20000
        #[arg(long, value_name = "MIN..MAX")]
        pub expect_rows: Option<ExpectedRows>,
        /// Only the first N tasks
        #[arg(long, value_name = "N")]
        pub limit: Option<Whole<1, { u32::MAX }>>,
    }
}
