//! Bad usage in the user's language, since clap speaks English alone. Its help stays English.

use std::error::Error as _;

use clap::error::{ContextKind, ErrorKind};

use crate::lang::{Language, say, spoken};

/// What is wrong, for the mistakes that people make; `None` where clap's own words are better than none, and in English.
pub(super) fn words(error: &clap::Error) -> Option<String> {
    if spoken() == Language::English {
        return None;
    }
    let about = |kind| error.get(kind).map(ToString::to_string).filter(|text: &String| !text.is_empty());
    let meant = |kind| about(kind).map(|word| say!("value-did-you-mean", word = word)).unwrap_or_default();
    let argument = || about(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::ValueValidation => say!(
            "usage-bad-value",
            value = about(ContextKind::InvalidValue)?,
            argument = argument()?,
            why = error.source()?.to_string()
        ),
        ErrorKind::InvalidValue => {
            let words = about(ContextKind::ValidValue).unwrap_or_default();
            match about(ContextKind::InvalidValue) {
                None => say!("usage-no-value", argument = argument()?),
                Some(value) => say!(
                    "usage-bad-value",
                    value = value,
                    argument = argument()?,
                    why = say!("value-wants", what = say!("value-wants-one-of", words = words))
                ),
            }
        }
        ErrorKind::UnknownArgument => {
            say!("usage-unknown-argument", argument = argument()?, meant = meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => say!(
            "usage-unknown-command",
            command = about(ContextKind::InvalidSubcommand)?,
            meant = meant(ContextKind::SuggestedSubcommand)
        ),
        ErrorKind::MissingRequiredArgument => say!("usage-missing", arguments = argument()?),
        ErrorKind::ArgumentConflict => {
            say!("usage-conflict", one = argument()?, other = about(ContextKind::PriorArg)?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use crate::lang::speaking;

    fn said(arguments: &[&str]) -> Option<String> {
        speaking(Language::Indonesian, || {
            let arguments = std::iter::once("incs-import").chain(arguments.iter().copied());
            words(&Cli::read(arguments.map(Into::into)).expect_err("bad usage"))
        })
    }

    #[test]
    fn what_people_mistype() {
        for (arguments, want) in [
            (
                &["upload", "a.csv", "--rate", "10"][..],
                "\"10\" tidak dapat dipakai untuk --rate <N/s>: perlu satuan: 10/s, 10/m, atau 10/h",
            ),
            (
                &["check", "a.csv", "--format", "yaml"],
                "\"yaml\" tidak dapat dipakai untuk --format <FORM>: harus berupa salah satu dari human, json",
            ),
            (&["check", "a.csv", "--stric"], "argumen --stric tidak dikenal; maksud Anda --strict?"),
            (&["chek"], "perintah chek tidak dikenal; maksud Anda check?"),
            (&["resolve"], "argumen ini wajib ada: --phone <P>, <--task-id <ID>|--absent>, <RUN>"),
            (&["check", "a.csv", "--sheet"], "nilai untuk --sheet <NAME> tidak ada"),
        ] {
            assert_eq!(said(arguments).as_deref(), Some(want), "{arguments:?}");
        }
        assert!(
            said(&["check", "a.csv", "--users", "b.csv"]).unwrap().contains("tidak dapat dipakai bersama")
        );
        assert_eq!(said(&["--help"]), None, "the help is clap's");
    }
}
