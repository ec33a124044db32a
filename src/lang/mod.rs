//! The words of the program in English, Chinese and Indonesian: message catalogues in the form of Project Fluent
//! (`locales/LANGUAGE/PART.ftl`), built into the program.
//!
//! A sentence is asked for with `say!` by its key and its arguments. Codes, names of columns, flags and JSON are the same
//! in every language and never in a catalogue. One process speaks one language, which `cli` sets at its start; what a
//! program reads ([`in_english`]) stays English.

mod catalogue;

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};

/// A language that all catalogues are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u8)]
pub enum Language {
    /// The language of every code and name too.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
    /// Indonesian.
    Indonesian,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::English, Self::Chinese, Self::Indonesian];

    /// The name for `--lang` and of the catalogue's folder; for Chinese and Indonesian the code of ISO 639-1.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Indonesian => "id",
        }
    }

    /// The tag of a page in this language (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
            Self::Indonesian => "id",
        }
    }

    /// The language of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == name)
    }

    /// The language of a locale such as `zh_CN.UTF-8` or `id-ID`; English where there is no catalogue.
    pub fn of_locale(locale: &str) -> Self {
        let name = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        // `in` is what Indonesian was called before 1989, and some systems still do.
        match name.to_ascii_lowercase().as_str() {
            "in" => Self::Indonesian,
            name => Self::from_name(name).unwrap_or_default(),
        }
    }
}

/// The language of the process.
static CURRENT: AtomicU8 = AtomicU8::new(Language::English as u8);

thread_local! {
    /// The language of a stretch of work on this thread, where it is not that of the process.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Sets the language of the process.
pub fn speak(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// The language in which words are made now.
pub fn spoken() -> Language {
    let process = || match CURRENT.load(Ordering::Relaxed) {
        1 => Language::Chinese,
        2 => Language::Indonesian,
        _ => Language::English,
    };
    HERE.get().unwrap_or_else(process)
}

/// Does some work whose words are in one language, whatever the process speaks.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    /// Restores the language even if the work panics.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _before = Before(HERE.replace(Some(language)));
    work()
}

/// Does some work whose words are for programs.
pub fn in_english<T>(work: impl FnOnce() -> T) -> T {
    speaking(Language::English, work)
}

/// An argument of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// Stands in the sentence as it is.
    Text(std::borrow::Cow<'a, str>),
    /// A count: it decides between singular and plural, and is written in groups of three digits.
    Count(u64),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<std::borrow::Cow<'a, str>> for Argument<'a> {
    fn from(text: std::borrow::Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Argument<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Argument<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<usize> for Argument<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

/// The sentence of a key in the language that is [`spoken`]. Use `say!`.
pub fn sentence(key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    catalogue::sentence(spoken(), key, arguments)
}

/// A sentence from the catalogues: `say!("rows-read", count = rows, file = name)`.
///
/// A number (`u64`, `u32`, `usize`) is a count, which is grouped and decides about the plural; what is not counted (a row, a
/// status, an id) is given as text.
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::lang::sentence($key, &[$((stringify!($name), $crate::lang::Argument::from($value)),)*])
    };
}
pub(crate) use say;

/// `1 234 567`: no mark that some country takes for a decimal one.
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// An amount with its whole part in groups.
pub fn grouped_amount(amount: &str) -> String {
    match amount.split_once('.') {
        Some((whole, decimals)) => format!("{}.{decimals}", grouped_digits(whole)),
        None => grouped_digits(amount),
    }
}

/// Digits in groups of three.
fn grouped_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Checks that words are there in every language, each its own, with every argument in its place. Gives the English ones.
#[cfg(test)]
pub(crate) fn assert_translated(words: impl Fn() -> String) -> String {
    let english = in_english(&words);
    for language in Language::ALL {
        let said = speaking(language, &words);
        assert!(!said.is_empty() && !said.contains(['{', '}', '$']), "{language:?}: {said}");
        assert_eq!(said == english, language == Language::English, "{language:?}: {said}");
    }
    english
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_and_their_languages() {
        for (locale, want) in [
            ("zh_CN.UTF-8", Language::Chinese),
            ("zh-Hans-CN", Language::Chinese),
            ("id_ID", Language::Indonesian),
            ("in_ID.utf8", Language::Indonesian),
            ("en_GB", Language::English),
            ("C", Language::English),
            ("POSIX", Language::English),
            ("", Language::English),
            ("fr_FR.UTF-8", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), want, "{locale}");
        }
    }

    #[test]
    fn the_language_of_a_stretch_of_work_ends_with_it() {
        assert_eq!(spoken(), Language::English);
        let inside = speaking(Language::Chinese, || (spoken(), in_english(spoken), spoken()));
        assert_eq!(inside, (Language::Chinese, Language::English, Language::Chinese));
        assert_eq!(spoken(), Language::English);
    }

    #[test]
    fn numbers_in_groups() {
        for (number, want) in [(0, "0"), (999, "999"), (1_000, "1 000"), (1_234_567, "1 234 567")] {
            assert_eq!(grouped(number), want);
        }
        assert_eq!(grouped_amount("1234567.50"), "1 234 567.50");
    }

    #[test]
    fn counts_are_grouped_and_decide_about_the_plural() {
        assert_eq!(say!("counted-tasks", count = 1_u64), "1 task");
        assert_eq!(say!("counted-tasks", count = 1_234_u64), "1 234 tasks");
        speaking(Language::Chinese, || assert_eq!(say!("counted-tasks", count = 1_234_u64), "1 234 个任务"));
    }
}
