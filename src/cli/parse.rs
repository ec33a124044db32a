//! The small values of flags and config keys: what each looks like, and what to say when it does not.
//!
//! A value has one grammar, [`FromText`], used for the command line (through `FromStr`) and for the file (through
//! `Deserialize`) alike. Nothing here knows which flag a value belongs to.

mod hook;
mod night;
mod places;
#[cfg(feature = "sandbox")]
mod stand_in;
mod target;
mod tasks;
mod times;
mod words;

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use serde::de::value::{I64Deserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::lang::say;
pub use crate::ledger::history::Changed;
pub use crate::upload::pace::Rate;
pub use hook::HookUrl;
pub use night::{Deadline, ExpectedRows};
pub use places::{InputPath, TablePath};
#[cfg(feature = "sandbox")]
pub use stand_in::{Ahead, OffsetZone, RedirectStatus, Share};
pub use target::BaseUrl;
pub use tasks::{NamedStatus, WallTime};
pub use times::{Period, Zone};
pub(crate) use words::mappings;
pub use words::{
    AuthId, Color, CountryCode, Delimiter, FieldName, LogFormat, Mapping, ModuleId, NotifyOn, OutcomeName,
    OutputFormat, Percent,
};

/// A value that is written as text.
pub trait FromText: Sized {
    /// Whether a number with a fraction may stand for it in the file (`0.5`).
    const FRACTION: bool = false;

    /// What is wanted, to go behind "wants": `a rate such as 10/s`.
    fn wanted() -> String;

    /// Reads the value.
    ///
    /// # Errors
    /// What is wanted, and where it can be told, what was meant. The text itself is not repeated.
    fn from_text(text: &str) -> Result<Self, String>;
}

/// Gives types with a [`FromText`] their `FromStr` (for clap) and `Deserialize` (for the file).
macro_rules! text_values {
    ($([$($generics:tt)*] $type:ty,)*) => {$(
        impl<$($generics)*> std::str::FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                <Self as $crate::cli::parse::FromText>::from_text(text)
            }
        }
        impl<'de, $($generics)*> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::cli::parse::lenient(deserializer)
            }
        }
    )*};
}
pub(crate) use text_values;

text_values! { [] Text, [const MIN: u32, const MAX: u32] Whole<MIN, MAX>, [T: FromText] Commas<T>, }

/// What a value of the wrong form is answered with.
pub(crate) fn wants<T: FromText>() -> String {
    say!("value-wants", what = T::wanted())
}

/// Reads a value from TOML text, or from a number that people write without quotes (`country_code = 62`).
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: FromText>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<'de, T: FromText> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&T::wanted())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(E::custom)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<T, E> {
        // Only where the number is meant as one: a name `1.10` would silently become `1.1`.
        if T::FRACTION { self.visit_str(&number.to_string()) } else { Err(E::custom(wants::<T>())) }
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<T, E> {
        Err(E::custom(wants::<T>()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(serde::de::Error::custom(wants::<T>()))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(serde::de::Error::custom(wants::<T>())) // a TOML date comes this way too
    }
}

/// Reads a list from a TOML array, or from a single value.
pub(crate) fn one_or_many<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ListVisitor(PhantomData)).map(Some)
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        Ok(vec![T::deserialize(StrDeserializer::new(text))?])
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Vec<T>, E> {
        Ok(vec![T::deserialize(I64Deserializer::new(number))?])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(values)
    }
}

/// Reads a path; an empty one would silently be the folder of the file.
pub(crate) fn path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let Text(path) = Text::deserialize(deserializer)?;
    if path.is_empty() {
        return Err(serde::de::Error::custom(say!("value-wants-path")));
    }
    Ok(Some(PathBuf::from(path)))
}

/// Any text, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl FromText for Text {
    fn wanted() -> String {
        say!("value-wants-text")
    }

    fn from_text(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole<const MIN: u32, const MAX: u32>(pub u32);

impl<const MIN: u32, const MAX: u32> FromText for Whole<MIN, MAX> {
    fn wanted() -> String {
        match MAX {
            u32::MAX => say!("value-wants-whole-from", least = MIN.to_string()),
            _ => say!("value-wants-whole-between", least = MIN.to_string(), most = MAX.to_string()),
        }
    }

    fn from_text(text: &str) -> Result<Self, String> {
        let number = digits(text.trim()).and_then(|digits| digits.parse().ok());
        number.filter(|number| (MIN..=MAX).contains(number)).map(Self).ok_or_else(wants::<Self>)
    }
}

/// The text if it is digits and nothing else; `parse` alone would take `+5`.
pub(crate) fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Values with commas between them: `created,skipped`. A blank text is an empty list, so that a flag can undo the file's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commas<T>(pub Vec<T>);

impl<T: FromText> FromText for Commas<T> {
    fn wanted() -> String {
        say!("value-wants-several", what = T::wanted())
    }

    fn from_text(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self(Vec::new()));
        }
        let parts = text.split(',').map(str::trim);
        parts
            .map(|part| match part {
                "" => Err(say!("value-empty-between-commas")),
                part => T::from_text(part),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// The candidate that a misspelt word most likely means, if one is near enough. Case and `-` for `_` do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.8;
    const LONGEST: usize = 64; // nobody means a key by a longer word, and the comparison is quadratic
    if word.len() > LONGEST {
        return None;
    }
    let fold = |text: &str| text.to_lowercase().replace('-', "_");
    let word = fold(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&word, &fold(candidate)), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// `; did you mean X?`, or nothing.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|word| say!("value-did-you-mean", word = word)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_keep_their_bounds() {
        for (text, want) in [("1", Some(1)), ("1024", Some(1024)), (" 7 ", Some(7)), ("007", Some(7))] {
            assert_eq!(Whole::<1, 1024>::from_text(text).ok().map(|whole| whole.0), want, "{text:?}");
        }
        for text in ["", "0", "1025", "+5", "-1", "1.0", "1e3", "１", "99999999999999999999"] {
            let message = Whole::<1, 1024>::from_text(text).unwrap_err();
            assert_eq!(message, "wants a whole number from 1 to 1024", "{text:?}");
        }
        assert_eq!(Whole::<1, { u32::MAX }>::from_text("0").unwrap_err(), "wants a whole number, 1 or more");
    }

    #[test]
    fn commas_split_and_a_blank_text_is_nothing() {
        let texts = |text| {
            Commas::<Text>::from_text(text).map(|list| list.0.into_iter().map(|text| text.0).collect())
        };
        for (text, want) in [
            ("incs_1", Ok(vec!["incs_1".to_owned()])),
            (" a , b ", Ok(vec!["a".to_owned(), "b".to_owned()])),
            ("  ", Ok(vec![])),
            ("a,,b", Err("has nothing between two commas".to_owned())),
            ("a,", Err("has nothing between two commas".to_owned())),
        ] {
            assert_eq!(texts(text), want, "{text:?}");
        }
    }

    #[test]
    fn the_nearest_word_or_none() {
        let keys = ["header_row", "country_code", "date_order", "rate"];
        for (word, want) in [
            ("headr_row", Some("header_row")),
            ("Header-Row", Some("header_row")),
            ("contry_code", Some("country_code")),
            ("rates", Some("rate")),
            ("zzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), want, "{word:?}");
        }
        assert_eq!(nearest(&"rate".repeat(1000), keys), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_a_parser(text in r"(\PC|[0-9a-z/%+.,#=\-]){0,30}") {
            let _ = (Period::<0>::from_text(&text), Rate::from_text(&text), Zone::from_text(&text), Mapping::from_text(&text));
            let _ = (Percent::from_text(&text), Delimiter::from_text(&text), CountryCode::from_text(&text));
            let _ = (AuthId::from_text(&text), ModuleId::from_text(&text), Commas::<OutcomeName>::from_text(&text));
            let _ = (BaseUrl::parse(&text), TablePath::split(text.as_ref(), &|_| false));
        }
    }
}
