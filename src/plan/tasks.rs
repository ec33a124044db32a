//! The lines of a plan as the ledger takes them: bodies are rendered one at a time, and never all held.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use super::identity::{Asked, Content, digest};
use super::payload::{Body, ModuleInfo, OrderBody};
use super::template::{Template, Values};
use super::{LineRef, Plan};
use crate::domain::field::Field;
use crate::domain::note::Note;
use crate::domain::place::{Place, RowRange};
use crate::domain::problem::Problem;

/// One line of the results.
#[derive(Debug)]
pub struct Line<'p> {
    /// The first row.
    pub at: Place,
    /// File (and sheet) of the first row.
    pub source: String,
    /// `17..19;25`, others as `Sheet2!4`.
    pub rows: String,
    /// How many rows.
    pub row_count: u32,
    /// The user's phone, if it could be read.
    pub user_phone: Option<String>,
    /// The user's name, if there is one.
    pub user_name: &'p str,
    /// The task to send, or what is wrong first.
    pub task: Result<Task<'p>, &'p Problem>,
    /// What is known of a withheld task: assignee, name, orders.
    pub assignee_username: &'p str,
    /// The name in the cell; templates are filled in [`Line::task`] only.
    pub name: Cow<'p, str>,
    /// How many orders.
    pub orders: u32,
}

/// A task to send.
#[derive(Debug)]
pub struct Task<'p> {
    /// Digits with country code.
    pub user_phone: String,
    /// As sent.
    pub name: Cow<'p, str>,
    /// As sent; may be blank.
    pub description: Cow<'p, str>,
    /// As sent; may be blank.
    pub user_name: &'p str,
    /// As sent.
    pub assignee_username: &'p str,
    /// As sent.
    pub auth_id: u64,
    /// The module and the total; `None` without orders and total.
    pub module: Option<(&'p str, &'p str)>,
    /// As sent.
    pub total_amount: &'p str,
    orders: Vec<OrderBody<'p>>,
    asked_name: Asked<'p>,
    asked_description: Asked<'p>,
    asked_assignee: String,
    assignee_is_dealt: bool,
}

impl Task<'_> {
    /// How many orders it has.
    pub fn order_count(&self) -> usize {
        self.orders.len()
    }

    /// Appends the body exactly as it is POSTed.
    pub fn write_body(&self, out: &mut Vec<u8>) {
        let mut body = Body::new(&self.name, self.auth_id, &self.user_phone, self.assignee_username);
        body.description = &self.description;
        body.user_name = self.user_name;
        body.task_module_info = self.module.map(|(module_id, total_amount)| ModuleInfo {
            module_id,
            total_amount,
            orders: self.orders.clone(),
        });
        body.write(out);
    }

    /// The digest of the content, by which an earlier run's task is recognised.
    pub fn content(&self) -> [u8; 32] {
        let assignee = if self.assignee_is_dealt {
            Asked::Rule(&self.asked_assignee)
        } else {
            Asked::Value(self.assignee_username)
        };
        digest(&Content {
            auth_id: self.auth_id,
            user_phone: &self.user_phone,
            name: self.asked_name,
            description: self.asked_description,
            user_name: self.user_name,
            assignee_username: assignee,
            module: self.module,
            orders: &self.orders,
        })
    }
}

impl Problem {
    /// The same as a note of the ledger.
    pub fn as_note(&self) -> Note {
        Note::Problem {
            reason: self.reason.clone(),
            at: self.at,
            field: self.field,
            value: self.value.as_deref().map(str::to_owned),
        }
    }
}

impl Plan {
    /// The lines of the results in upload order.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Line<'_>> {
        self.lines.iter().map(|line| match *line {
            LineRef::User(user) => self.user_line(user as usize),
            LineRef::Row { row, problem } => {
                let (source, rows) = self.describe_rows(&[row]);
                Line {
                    at: self.rows[row as usize].place(),
                    source,
                    rows,
                    row_count: 1,
                    user_phone: None,
                    user_name: "",
                    task: Err(&self.problems[problem as usize]),
                    assignee_username: "",
                    name: Cow::Borrowed(""),
                    orders: 0,
                }
            }
        })
    }

    /// The tasks to send, in upload order.
    pub fn tasks(&self) -> impl Iterator<Item = Task<'_>> {
        self.lines.iter().filter_map(|line| match *line {
            LineRef::User(user) if self.users[user as usize].cause.is_none() => {
                Some(self.task(user as usize))
            }
            _ => None,
        })
    }

    /// The rows of the line of this number, as a second reading finds them.
    pub fn places(&self, line: usize) -> Vec<RowRange> {
        let one;
        let rows = match self.lines.get(line) {
            Some(LineRef::User(user)) => self.rows_of(*user as usize),
            Some(LineRef::Row { row, .. }) => {
                one = [*row];
                &one
            }
            None => &[],
        };
        let mut places: Vec<RowRange> = Vec::new();
        for row in rows.iter().map(|&row| self.rows[row as usize]) {
            match places.last_mut() {
                Some((table, _, last)) if *table == row.table && *last + 1 == row.number => {
                    *last = row.number
                }
                _ => places.push((row.table, row.number, row.number)),
            }
        }
        places
    }

    fn user_line(&self, user: usize) -> Line<'_> {
        let (source, rows) = self.describe_rows(self.rows_of(user));
        let cause = self.users[user].cause.map(|cause| &self.problems[cause as usize]);
        Line {
            at: self.rows[self.users[user].first_row as usize].place(),
            source,
            rows,
            row_count: u32::try_from(self.rows_of(user).len()).unwrap_or(u32::MAX),
            user_phone: Some(self.users[user].phone.to_string()),
            user_name: self.field(user, Field::UserName),
            assignee_username: self.field(user, Field::AssigneeUsername),
            name: Cow::Borrowed(self.field(user, Field::Name)),
            orders: u32::try_from(self.orders_of(user).count()).unwrap_or(u32::MAX),
            task: cause.map_or_else(|| Ok(self.task(user)), Err),
        }
    }

    fn task(&self, user: usize) -> Task<'_> {
        let defaults = &self.context.defaults;
        let settled = self.users[user].settled;
        let total_amount = self.arena.get(settled.total);
        let own_assignee = self.field(user, Field::AssigneeUsername);
        let dealt = settled.assignee.and_then(|index| defaults.assignees.get(index as usize));
        let orders = self.orders_of(user).map(|order| {
            let [
                order_number,
                username,
                phone_number,
                loan_amount,
                due_amount,
                next_due_date,
                confirm_loan_time,
            ] = std::array::from_fn(|field| self.order_text(order, field));
            OrderBody {
                order_number,
                username,
                phone_number,
                loan_amount,
                due_amount,
                next_due_date,
                confirm_loan_time,
            }
        });
        let module_id = Some(self.field(user, Field::ModuleId)).filter(|id| !id.is_empty());
        Task {
            user_phone: self.users[user].phone.to_string(),
            name: self.rendered_name(user),
            description: self.rendered_description(user),
            user_name: self.field(user, Field::UserName),
            assignee_username: dealt.map_or(own_assignee, String::as_str),
            auth_id: match self.field(user, Field::AuthId) {
                "" => defaults.auth_id.unwrap_or(0),
                digits => digits.parse().unwrap_or(0),
            },
            module: settled.has_module.then(|| (module_id.unwrap_or(&defaults.module_id), total_amount)),
            total_amount,
            orders: orders.collect(),
            asked_name: asked(self.field(user, Field::Name), defaults.name.as_ref()),
            asked_description: asked(self.field(user, Field::Description), defaults.description.as_ref()),
            asked_assignee: defaults.assignees.join(","),
            assignee_is_dealt: dealt.is_some() && defaults.assignees.len() > 1,
        }
    }

    pub(super) fn rendered_name(&self, user: usize) -> Cow<'_, str> {
        self.rendered(user, Field::Name, self.context.defaults.name.as_ref())
    }

    pub(super) fn rendered_description(&self, user: usize) -> Cow<'_, str> {
        self.rendered(user, Field::Description, self.context.defaults.description.as_ref())
    }

    /// The cell, or the template where the cell is blank.
    fn rendered<'p>(&'p self, user: usize, field: Field, template: Option<&'p Template>) -> Cow<'p, str> {
        let own = self.field(user, field);
        let Some(template) = template.filter(|_| own.is_empty()) else { return Cow::Borrowed(own) };
        if !template.is_dynamic() {
            return Cow::Owned(template.render(&Values {
                date: "",
                user_name: "",
                user_phone: "",
                file: "",
                orders: 0,
                total_amount: "",
            }));
        }
        let record = &self.users[user];
        let table = self.rows[record.first_row as usize].table;
        let planned = self.tables.iter().find(|planned| planned.table == table);
        // A row of a fix workbook is still one of its list.
        let file = match planned.and_then(|planned| planned.origin.as_ref()) {
            Some(origin) => origin.file.as_str(),
            None => self.files.get(usize::from(self.file_of(table))).map(String::as_str).unwrap_or_default(),
        };
        let file = if file == "-" { "stdin" } else { file };
        let file = Path::new(file).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        Cow::Owned(template.render(&Values {
            date: &self.context.date(),
            user_name: self.field(user, Field::UserName),
            user_phone: &record.phone.to_string(),
            file: &file,
            orders: self.orders_of(user).count(),
            total_amount: self.arena.get(record.settled.total),
        }))
    }

    /// The table of the first row, and the rows in short: `17..19;25;Orders!4`.
    fn describe_rows(&self, rows: &[u32]) -> (String, String) {
        let Some(first) = rows.first().map(|&row| self.rows[row as usize]) else { return Default::default() };
        let first_name = self.names.table(first.table);
        let source = first_name.map(|name| name.title()).unwrap_or_default();
        let mut text = String::new();
        let mut at = 0;
        while at < rows.len() {
            let from = self.rows[rows[at] as usize];
            let mut to = from.number;
            at += 1;
            while let Some(next) = rows.get(at).map(|&row| self.rows[row as usize])
                && next.table == from.table
                && next.number == to + 1
            {
                to = next.number;
                at += 1;
            }
            if !text.is_empty() {
                text.push(';');
            }
            if from.table != first.table
                && let Some(name) = self.names.table(from.table)
            {
                let same_file = first_name.is_some_and(|first| first.file == name.file);
                let title = match &name.sheet {
                    Some(sheet) if same_file => sheet.clone(),
                    _ => name.title(),
                };
                text.push_str(&title);
                text.push('!');
            }
            // Writing into a string cannot fail.
            let _ = match to {
                to if to == from.number => write!(text, "{to}"),
                to => write!(text, "{}..{to}", from.number),
            };
        }
        (source, text)
    }
}

/// What a person asked for: the cell, or the flag.
fn asked<'p>(own: &'p str, template: Option<&'p Template>) -> Asked<'p> {
    match template.filter(|_| own.is_empty()) {
        Some(template) if template.is_dynamic() => Asked::Rule(template.source()),
        Some(template) => Asked::Value(template.source()),
        None => Asked::Value(own),
    }
}
