//! The catalogues, parsed once a process.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Argument, Language, grouped};

/// A part of the catalogues, in the order of [`Language::ALL`].
type Part = [&'static str; 3];

macro_rules! part {
    ($name:literal) => {
        [
            include_str!(concat!("../../locales/en/", $name, ".ftl")),
            include_str!(concat!("../../locales/zh/", $name, ".ftl")),
            include_str!(concat!("../../locales/id/", $name, ".ftl")),
        ]
    };
}

/// Every part. Which sentences belong together is for whoever translates; keys are one space.
const PARTS: [Part; 11] = [
    part!("common"),
    part!("problems"),
    part!("notes"),
    part!("engine"),
    part!("screens"),
    part!("report"),
    part!("tracking"),
    part!("purge"),
    part!("setup"),
    part!("inbox"),
    part!("notify"),
];

type Bundle = FluentBundle<FluentResource>;

/// The catalogue of a language.
fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    BUNDLES[language as usize].get_or_init(|| {
        // A tag that is always one; what cannot be parsed is reported by the test below, and left out here.
        let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks around arguments that protect the direction of text would stand in commands that people copy.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) if number.value >= 0.0 => Some(grouped(number.value as u64)),
            _ => None,
        }));
        for part in &PARTS {
            let resource = match FluentResource::try_new(part[language as usize].to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "{}: {added:?}", language.as_str());
        }
        bundle
    })
}

/// The sentence of a key. One that a language lacks is taken from the English catalogue, and one that nobody has is its key:
/// words are no reason to stop a run. That none is lacking is tested.
pub(super) fn sentence(language: Language, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    let mut named = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        match argument {
            Argument::Text(text) => named.set(*name, FluentValue::String(text.as_ref().into())),
            // Counts are far below 2^53, beyond which they would be rounded.
            Argument::Count(count) => named.set(*name, FluentValue::from(*count as f64)),
        }
    }
    for language in [language, Language::English] {
        let bundle = bundle(language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&named), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", language.as_str());
        return text;
    }
    debug_assert!(false, "no sentence {key}");
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Every key of a language with the arguments that its sentence names, roughly read: `$name`.
    fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        for part in &PARTS {
            let mut key = None;
            for line in part[language as usize].lines() {
                if let Some((name, _)) = line.split_once('=')
                    && line.starts_with(|first: char| first.is_ascii_lowercase())
                {
                    let name = name.trim().to_owned();
                    assert!(
                        keys.insert(name.clone(), BTreeSet::new()).is_none(),
                        "{name} stands twice in {language:?}"
                    );
                    key = Some(name);
                }
                let Some(arguments) = key.as_ref().and_then(|key| keys.get_mut(key)) else { continue };
                for rest in line.split('$').skip(1) {
                    let name = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    arguments.insert(name);
                }
            }
        }
        keys
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("lang") {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
                found.push(path);
            }
        }
    }

    /// Every key that the program asks for: the literal behind the macro. (This folder only speaks of it.)
    fn asked() -> BTreeSet<String> {
        let mut files = Vec::new();
        for folder in ["src", "templates"] {
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
        }
        let mut asked = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for rest in text.split("say!(").skip(1) {
                if let Some(key) = rest.trim_start().strip_prefix('"') {
                    asked.insert(key.split('"').next().unwrap().to_owned());
                }
            }
        }
        asked
    }

    #[test]
    fn every_catalogue_can_be_parsed() {
        for language in Language::ALL {
            for part in &PARTS {
                let parsed = FluentResource::try_new(part[language as usize].to_owned());
                assert!(parsed.is_ok(), "{language:?}: {:?}", parsed.err().map(|(_, errors)| errors));
            }
        }
    }

    #[test]
    fn no_key_is_missing_or_unused_and_all_languages_say_the_same_things() {
        let english = keys(Language::English);
        for language in Language::ALL {
            let keys = keys(language);
            for (key, arguments) in &english {
                assert_eq!(keys.get(key), Some(arguments), "{key} in {language:?}");
            }
            assert_eq!(keys.len(), english.len(), "{language:?} has keys that English has not");
        }
        let asked = asked();
        let known: BTreeSet<String> = english.into_keys().collect();
        assert_eq!(asked.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "no such key");
        assert_eq!(known.difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new(), "not asked for");
    }
}
