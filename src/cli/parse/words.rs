//! Words from fixed lists, and identifiers.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{FromText, did_you_mean, digits, nearest, text_values, wants};
use crate::domain::field::Field;
use crate::domain::outcome::Outcome;
use crate::domain::rules::{BareNumbers, DateOrder, DecimalSeparator, HiddenRows, TotalAmount};
use crate::domain::text::LARGEST_EXACT;
use crate::input::header::field_called;
use crate::lang::{Language, say};
use crate::ledger::history::Changed;

/// Ties the words of a flag to the variants they stand for, once, for clap and for the file.
macro_rules! choices {
    ($($type:ident { $($word:literal $variant:ident,)* })*) => {$(
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant,)*]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(match self { $(Self::$variant => $word,)* }))
            }
        }

        impl FromText for $type {
            fn wanted() -> String {
                $crate::lang::say!("value-wants-one-of", words = [$($word),*].join(", "))
            }

            fn from_text(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(format!("{}{}", wants::<Self>(), did_you_mean(nearest(text, [$($word),*])))),
                }
            }
        }

        // Not `text_values!`: with a `FromStr` beside it, clap's choice of a parser would be less plain to see.
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::lenient(deserializer)
            }
        }
    )*};
}

choices! {
    DateOrder { "ymd" Ymd, "dmy" Dmy, "mdy" Mdy, }
    DecimalSeparator { "." Dot, "," Comma, }
    HiddenRows { "read" Read, "skip" Skip, }
    BareNumbers { "national" National, "international" International, }
    TotalAmount { "column" Column, "sum:due_amount" SumDue, "sum:loan_amount" SumLoan, }
    Changed { "skip" Skip, "send" Send, }
    Color { "auto" Auto, "always" Always, "never" Never, }
    LogFormat { "text" Text, "json" Json, }
    OutputFormat { "human" Human, "json" Json, }
    NotifyOn { "change" Change, "end" End, }
    Language { "en" English, "zh" Chinese, "id" Indonesian, }
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// At a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// How log lines on standard error look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How standard output looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Which ends of runs are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyOn {
    /// Those that end otherwise than the one before.
    Change,
    /// All.
    End,
}

text_values! {
    [] FieldName, [] OutcomeName, [] Percent, [] Delimiter, [] CountryCode, [] ModuleId, [] AuthId, [] Mapping,
}

/// A field by its name in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldName(pub Field);

impl FromText for FieldName {
    fn wanted() -> String {
        say!("value-wants-field")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        // What is another name in a header is hardly a slip of the pen: `phone` is `user_phone`, not `phone_number`.
        let called = || field_called(text).map(Field::as_str);
        let meant = || did_you_mean(called().or_else(|| nearest(text, Field::ALL.map(Field::as_str))));
        Field::from_name(text.trim()).map(Self).ok_or_else(|| format!("{}{}", wants::<Self>(), meant()))
    }
}

/// An outcome by its name in the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeName(pub Outcome);

impl FromText for OutcomeName {
    fn wanted() -> String {
        say!("value-wants-one-of", words = Outcome::ALL.map(Outcome::as_str).join(", "))
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let meant = || did_you_mean(nearest(text, Outcome::ALL.map(Outcome::as_str)));
        Outcome::from_name(text.trim()).map(Self).ok_or_else(|| format!("{}{}", wants::<Self>(), meant()))
    }
}

/// A share from 0 to 100 %, kept exactly to two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    hundredths: u16,
}

impl Percent {
    /// A whole percentage; more than 100 counts as 100.
    pub const fn whole(percent: u8) -> Self {
        Self { hundredths: if percent > 100 { 10_000 } else { percent as u16 * 100 } }
    }

    /// Whether `part` of `whole` is more than this share: 2 of 10 is not more than 20 %.
    pub fn is_exceeded_by(self, part: u64, whole: u64) -> bool {
        u128::from(part) * 10_000 > u128::from(whole) * u128::from(self.hundredths)
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.hundredths / 100, self.hundredths % 100);
        match rest {
            0 => write!(f, "{whole}"),
            _ => f.write_str(format!("{whole}.{rest:02}").trim_end_matches('0')),
        }
    }
}

impl FromText for Percent {
    const FRACTION: bool = true;

    fn wanted() -> String {
        say!("value-wants-percentage")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, rest) = number.split_once('.').unwrap_or((number, "0"));
        let read = || {
            let whole: u16 = digits(whole)?.parse().ok().filter(|whole| *whole <= 100)?;
            let rest: u16 = format!("{:0<2}", digits(rest)?).parse().ok().filter(|_| rest.len() <= 2)?;
            Some(whole * 100 + rest).filter(|hundredths| *hundredths <= 10_000)
        };
        // `trim_end_matches` takes any number of signs away.
        let hundredths = read().filter(|_| text.matches('%').count() <= 1).ok_or_else(wants::<Self>)?;
        Ok(Self { hundredths })
    }
}

/// What stands between the fields of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(pub u8);

impl FromText for Delimiter {
    fn wanted() -> String {
        say!("value-wants-delimiter")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        match text {
            "," | ";" | "|" | "\t" => text.bytes().next().map(Self).ok_or_else(wants::<Self>),
            "tab" | "\\t" => Ok(Self(b'\t')),
            _ => Err(wants::<Self>()),
        }
    }
}

/// A country's calling code, 1 to 3 digits. A `+` before it is taken for what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryCode(pub String);

impl FromText for CountryCode {
    fn wanted() -> String {
        say!("value-wants-country-code")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let code = digits(text.strip_prefix('+').unwrap_or(text));
        let code = code.filter(|code| code.len() <= 3 && !code.starts_with('0'));
        code.map(|code| Self(code.to_owned())).ok_or_else(wants::<Self>)
    }
}

/// The id of a task module, in the form of a UUID; kept as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleId(pub String);

impl FromText for ModuleId {
    fn wanted() -> String {
        say!("value-wants-uuid")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let is_hexadecimal = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
        let groups: Vec<&str> = text.split('-').collect();
        let fits = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && groups.iter().all(|group| is_hexadecimal(group));
        if fits { Ok(Self(text.to_owned())) } else { Err(wants::<Self>()) }
    }
}

/// The id of a WhatsApp authorisation: a positive whole number that JSON readers hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthId(pub u64);

impl FromText for AuthId {
    fn wanted() -> String {
        say!("value-wants-auth-id")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        // The same range as in a cell.
        let digits = digits(text.trim()).ok_or_else(wants::<Self>)?;
        match digits.parse() {
            Ok(0) => Err(wants::<Self>()),
            Ok(number @ 1..=LARGEST_EXACT) => Ok(Self(number)),
            // Digits alone are only refused for being too many.
            _ => Err(say!("value-auth-id-too-large", most = LARGEST_EXACT.to_string())),
        }
    }
}

/// `FIELD=COLUMN`: the column that holds a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The field.
    pub field: Field,
    /// A header text, a letter `C` or a number `#3`.
    pub column: String,
}

impl Mapping {
    fn new(field: &str, column: &str) -> Result<Self, String> {
        let FieldName(field) = FieldName::from_text(field)?;
        match column.trim() {
            "" => Err(say!("value-no-column", field = field.as_str())),
            column => Ok(Self { field, column: column.to_owned() }),
        }
    }
}

impl FromText for Mapping {
    fn wanted() -> String {
        say!("value-wants-mapping")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let (field, column) = text.split_once('=').ok_or_else(wants::<Self>)?;
        Self::new(field, column)
    }
}

/// Reads mappings from a TOML table (`user_phone = "C"`), an array of `FIELD=COLUMN`, or a single one.
pub(crate) fn mappings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Mapping>>, D::Error> {
    deserializer.deserialize_any(MappingsVisitor).map(Some)
}

struct MappingsVisitor;

impl<'de> Visitor<'de> for MappingsVisitor {
    type Value = Vec<Mapping>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a table of fields and columns, or a list of FIELD=COLUMN")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<Mapping>, E> {
        Mapping::from_text(text).map(|mapping| vec![mapping]).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Mapping>, A::Error> {
        let mut mappings = Vec::new();
        while let Some(mapping) = list.next_element()? {
            mappings.push(mapping);
        }
        Ok(mappings)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Vec<Mapping>, A::Error> {
        let mut mappings = Vec::new();
        while let Some(field) = table.next_key::<String>()? {
            mappings.push(table.next_value_seed(ColumnOf(&field))?);
        }
        Ok(mappings)
    }
}

/// Reads the column of a field. A seed, so that what is wrong is told with the line of this field.
///
/// Only a text in quotes is taken: a bare 3 could be the third column or a header `3`, and a wrong column is a wrong phone.
struct ColumnOf<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for ColumnOf<'_> {
    type Value = Mapping;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Mapping, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for ColumnOf<'_> {
    type Value = Mapping;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a column in quotes: \"C\", \"#3\" or a header text")
    }

    fn visit_str<E: serde::de::Error>(self, column: &str) -> Result<Mapping, E> {
        Mapping::new(self.0, column).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests;
