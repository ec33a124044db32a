//! The stable codes of problems: people filter by them, and other programs read them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row, or the whole list, cannot be used as it is.
    Error,
    /// It is used; somebody should know.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $severity:ident,)*) => {
        /// What kind of problem it is. Errors first, then warnings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the texts are the codes themselves")]
        pub enum Code { $($name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text of the code, as it stands in reports and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Whether it stops the row or only tells.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    MissingColumn "missing-column" Error,
    UnclearColumn "unclear-column" Error,
    MissingValue "missing-value" Error,
    BadPhone "bad-phone" Error,
    LossyNumber "lossy-number" Error,
    BadAmount "bad-amount" Error,
    AmbiguousAmount "ambiguous-amount" Error,
    BadDate "bad-date" Error,
    AmbiguousDate "ambiguous-date" Error,
    BadNumber "bad-number" Error,
    TooLong "too-long" Error,
    Conflict "conflict" Error,
    DuplicateOrder "duplicate-order" Error,
    DuplicateColumn "duplicate-column" Error,
    OrphanOrder "orphan-order" Error,
    CellError "cell-error" Error,
    RaggedRow "ragged-row" Error,
    Undecodable "undecodable" Error,
    Unreadable "unreadable" Error,
    Withheld "withheld" Error,
    DuplicateRow "duplicate-row" Warning,
    PossibleDuplicate "possible-duplicate" Warning,
    DuplicateOrderAcrossUsers "duplicate-order-across-users" Warning,
    UnknownColumn "unknown-column" Warning,
    IgnoredSheet "ignored-sheet" Warning,
    TotalRow "total-row" Warning,
    ComputedTotal "computed-total" Warning,
    NoOrders "no-orders" Warning,
    HiddenRows "hidden-rows" Warning,
    ChangedSinceCreated "changed-since-created" Warning,
    NoRows "no-rows" Warning,
}

impl Code {
    /// The code of this text.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("unknown problem code {text:?}")))
    }
}
