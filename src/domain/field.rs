//! The fields that a column can hold.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A field of a user or of an order, named as the API names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of the API page")]
pub enum Field {
    UserPhone,
    UserName,
    AssigneeUsername,
    Name,
    Description,
    AuthId,
    ModuleId,
    TotalAmount,
    /// Joins two tables; never sent.
    UserId,
    OrderNumber,
    Username,
    PhoneNumber,
    LoanAmount,
    DueAmount,
    NextDueDate,
    ConfirmLoanTime,
}

impl Field {
    /// Every field, those of the user first.
    pub const ALL: [Self; 16] = [
        Self::UserPhone,
        Self::UserName,
        Self::AssigneeUsername,
        Self::Name,
        Self::Description,
        Self::AuthId,
        Self::ModuleId,
        Self::TotalAmount,
        Self::UserId,
        Self::OrderNumber,
        Self::Username,
        Self::PhoneNumber,
        Self::LoanAmount,
        Self::DueAmount,
        Self::NextDueDate,
        Self::ConfirmLoanTime,
    ];

    /// The fields of an order, in the order of the API's example.
    pub const ORDER: [Self; 7] = [
        Self::OrderNumber,
        Self::Username,
        Self::PhoneNumber,
        Self::LoanAmount,
        Self::DueAmount,
        Self::NextDueDate,
        Self::ConfirmLoanTime,
    ];

    /// The name as it stands in the API page, in headers and in `--map`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserPhone => "user_phone",
            Self::UserName => "user_name",
            Self::AssigneeUsername => "assignee_username",
            Self::Name => "name",
            Self::Description => "description",
            Self::AuthId => "auth_id",
            Self::ModuleId => "module_id",
            Self::TotalAmount => "total_amount",
            Self::UserId => "user_id",
            Self::OrderNumber => "order_number",
            Self::Username => "username",
            Self::PhoneNumber => "phone_number",
            Self::LoanAmount => "loan_amount",
            Self::DueAmount => "due_amount",
            Self::NextDueDate => "next_due_date",
            Self::ConfirmLoanTime => "confirm_loan_time",
        }
    }

    /// The field of exactly this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Whether it belongs to an order, and not to the user.
    pub const fn is_order(self) -> bool {
        self as u8 >= Self::OrderNumber as u8
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_order() {
        for field in Field::ALL {
            assert_eq!(Field::from_name(field.as_str()), Some(field));
            assert_eq!(field.is_order(), Field::ORDER.contains(&field), "{field}");
        }
    }
}
