//! When two tasks have the same content.
//!
//! Content is what a person asked for: a template and a dealt assignee count as they were given, not as what they
//! became, so that neither midnight nor a mended row above makes a new task of an old one. Orders count in any order.

use sha2::{Digest as _, Sha256};

use super::payload::OrderBody;

/// A field as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// The value itself.
    Value(&'a str),
    /// A rule that makes the value: a template with placeholders, a list of assignees.
    Rule(&'a str),
}

/// All that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content<'a> {
    /// The WhatsApp authorisation.
    pub auth_id: u64,
    /// The normalised phone.
    pub user_phone: &'a str,
    /// The name.
    pub name: Asked<'a>,
    /// The description.
    pub description: Asked<'a>,
    /// The user's name.
    pub user_name: &'a str,
    /// The agent.
    pub assignee_username: Asked<'a>,
    /// `None` where the body has no module info.
    pub module: Option<(&'a str, &'a str)>,
    /// The orders.
    pub orders: &'a [OrderBody<'a>],
}

/// The digest of the content.
pub(super) fn digest(content: &Content<'_>) -> [u8; 32] {
    let mut hash = Hash(Sha256::new());
    // The format of what is hashed: two versions of this program must not disagree silently.
    hash.part(b"1");
    hash.part(&content.auth_id.to_le_bytes());
    hash.part(content.user_phone.as_bytes());
    hash.asked(content.name);
    hash.asked(content.description);
    hash.part(content.user_name.as_bytes());
    hash.asked(content.assignee_username);
    if let Some((module_id, total_amount)) = content.module {
        hash.part(module_id.as_bytes());
        hash.part(total_amount.as_bytes());
    }
    let mut orders: Vec<[u8; 32]> = content.orders.iter().map(order).collect();
    orders.sort_unstable();
    for order in &orders {
        hash.part(order);
    }
    hash.0.finalize().into()
}

fn order(order: &OrderBody<'_>) -> [u8; 32] {
    let mut hash = Hash(Sha256::new());
    for part in [
        order.order_number,
        order.username,
        order.phone_number,
        order.loan_amount,
        order.due_amount,
        order.next_due_date,
        order.confirm_loan_time,
    ] {
        hash.part(part.as_bytes());
    }
    hash.0.finalize().into()
}

struct Hash(Sha256);

impl Hash {
    /// With its length before it, so that no two lists of parts read the same.
    fn part(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    fn asked(&mut self, asked: Asked<'_>) {
        match asked {
            Asked::Value(text) => self.part(text.as_bytes()),
            Asked::Rule(text) => {
                self.part(b"\0rule");
                self.part(text.as_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: OrderBody<'_> = OrderBody {
        order_number: "A1",
        username: "u",
        phone_number: "0812",
        loan_amount: "1",
        due_amount: "2",
        next_due_date: "2026-04-15",
        confirm_loan_time: "",
    };

    const CONTENT: Content<'_> = Content {
        auth_id: 1,
        user_phone: "6281",
        name: Asked::Value("n"),
        description: Asked::Value(""),
        user_name: "x",
        assignee_username: Asked::Value("a"),
        module: Some(("m", "2.00")),
        orders: &[],
    };

    #[test]
    fn orders_count_in_any_order_and_as_often_as_they_stand() {
        let other = OrderBody { order_number: "A2", ..ORDER };
        let of = |orders: &[OrderBody<'_>]| digest(&Content { orders, ..CONTENT });
        assert_eq!(of(&[ORDER, other]), of(&[other, ORDER]));
        assert_ne!(of(&[ORDER, ORDER]), of(&[ORDER]));
        assert_ne!(of(&[ORDER]), of(&[other]));
    }

    #[test]
    fn every_field_counts() {
        let base = digest(&CONTENT);
        for (field, changed) in [
            ("auth_id", Content { auth_id: 2, ..CONTENT }),
            ("user_phone", Content { user_phone: "6282", ..CONTENT }),
            ("name", Content { name: Asked::Value("m"), ..CONTENT }),
            ("template", Content { name: Asked::Rule("n"), ..CONTENT }),
            ("description", Content { description: Asked::Value("d"), ..CONTENT }),
            ("user_name", Content { user_name: "y", ..CONTENT }),
            ("assignee", Content { assignee_username: Asked::Value("b"), ..CONTENT }),
            ("module", Content { module: None, ..CONTENT }),
            ("total", Content { module: Some(("m", "3.00")), ..CONTENT }),
            ("moved", Content { name: Asked::Value("nx"), user_name: "", ..CONTENT }),
        ] {
            assert_ne!(digest(&changed), base, "{field}");
        }
        for (at, changed) in [
            OrderBody { username: "v", ..ORDER },
            OrderBody { phone_number: "0813", ..ORDER },
            OrderBody { loan_amount: "2", ..ORDER },
            OrderBody { due_amount: "3", ..ORDER },
            OrderBody { next_due_date: "", ..ORDER },
            OrderBody { confirm_loan_time: "x", ..ORDER },
        ]
        .into_iter()
        .enumerate()
        {
            assert_ne!(order(&changed), order(&ORDER), "{at}");
        }
    }
}
