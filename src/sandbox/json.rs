//! JSON as it was sent: repeated keys and the difference between `3`, `3.0` and `"3"` are kept.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Any JSON value. An object is a list, because a map would hide that a key stood there twice.
#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Bool,
    /// A number written as digits only that fits 64 bits.
    Whole(u64),
    /// Any other number: negative, with a fraction or an exponent, or too large.
    OtherNumber,
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// A key of an object, borrowed from the body unless it has escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Json::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Json::OtherNumber)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Json::OtherNumber)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut object = Vec::new();
        while let Some((Key(key), value)) = entries.next_entry()? {
            object.push((key, value));
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_text_is_smoothed_over() {
        for (text, want) in [
            ("null", "Null"),
            ("true", "Bool"),
            ("3", "Whole(3)"),
            ("3.0", "OtherNumber"),
            ("3e0", "OtherNumber"),
            ("-3", "OtherNumber"),
            ("18446744073709551616", "OtherNumber"),
            (r#""3""#, r#"Text("3")"#),
            (
                r#"{"a":1,"a":[],"\u0061":{}}"#,
                r#"Object([("a", Whole(1)), ("a", List([])), ("a", Object([]))])"#,
            ),
        ] {
            let json: Json<'_> = serde_json::from_str(text).unwrap();
            assert_eq!(format!("{json:?}"), want, "{text}");
        }
    }

    #[test]
    fn broken_or_hostile_text_is_an_error() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "{} {}", "{'a':1}", "nul", r#""\ud800""#, &deep] {
            assert!(serde_json::from_str::<Json<'_>>(text).is_err(), "{:.20}", text);
        }
        assert!(serde_json::from_slice::<Json<'_>>(b"\"\xff\"").is_err());
    }
}
