//! `report.html`: one page that says what was created, what was not and why, and lists every line with search and filter.
//!
//! The page loads nothing: style, script and data stand in it. Its policy lets run only the script and the style that it
//! was written with, so that no text that came from outside can become more than text, even if an escape were forgotten.
//! The head is a template; the lines, which may be a million, are written into the stream one by one.

mod chart;
mod page;
mod rows;
mod text;
mod views;

use std::io::Write;
use std::path::Path;

use askama::Template as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::overview::Overview;
use super::redact::Lines;
use super::{Failure, ReportError, Summary, write_report};

/// How the page looks.
const STYLE: &str = include_str!("style.css");

/// What the page does.
const SCRIPT: &str = include_str!("script.js");

/// The name of the page in the folder of a run.
const NAME: &str = "report.html";

/// Writes the page of a run into its folder.
pub(super) fn write(
    lines: &Lines<'_>,
    summary: &Summary,
    overview: &Overview,
    folder: &Path,
) -> Result<(), ReportError> {
    write_report(&folder.join(NAME), |out| write_to(out, lines, summary, overview, folder))
}

fn write_to(
    out: &mut (dyn Write + Send),
    lines: &Lines<'_>,
    summary: &Summary,
    overview: &Overview,
    folder: &Path,
) -> Result<(), Failure> {
    let page = page::Page::of(lines, summary, overview, folder)?;
    page.write_into(&mut *out).map_err(Failure::Write)?;
    let words = serde_json::to_string(&page.words()).map_err(|error| Failure::Write(error.into()))?;
    let mut block = String::new();
    text::for_script(&words, &mut block);
    writeln!(out, "<script type=\"application/json\" id=\"words\">{block}</script>")
        .map_err(Failure::Write)?;
    out.write_all(b"<script type=\"application/json\" id=\"data\">").map_err(Failure::Write)?;
    rows::write(out, lines, overview)?;
    writeln!(out, "</script>\n<script>{SCRIPT}</script>\n</body>\n</html>").map_err(Failure::Write)
}

/// What the page may do: nothing but apply its own style and run its own script, which may not make elements from text.
fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        STANDARD.encode(Sha256::digest(SCRIPT)),
        STANDARD.encode(Sha256::digest(STYLE))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_style_end_where_their_element_does() {
        for (text, end) in [(SCRIPT, "</script"), (STYLE, "</style")] {
            assert!(!text.to_lowercase().contains(end) && !text.contains("<!--"));
            // A browser takes away carriage returns before it compares the hash.
            assert!(!text.contains(['\r', '\0']));
        }
    }
}
