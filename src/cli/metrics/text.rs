//! The text form in which Prometheus reads metrics.
//!
//! Source: "Exposition formats", <https://prometheus.io/docs/instrumenting/exposition_formats/>, text-based format 0.0.4.

use std::fmt::{Display, Write as _};

/// The whole of a file, made metric by metric.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    /// Stands at every sample.
    common: (&'static str, String),
}

impl Page {
    /// An empty one; `common` is a label of all samples.
    pub(super) fn new(common: (&'static str, &str)) -> Self {
        Self { text: String::new(), common: (common.0, escaped(common.1, true)) }
    }

    /// Adds a gauge with its samples: labels and a value each. One without any sample is not there.
    pub(super) fn gauge<V: Display>(
        &mut self,
        name: &str,
        help: &str,
        samples: impl IntoIterator<Item = (Option<(&'static str, &'static str)>, V)>,
    ) {
        let mut samples = samples.into_iter().peekable();
        if samples.peek().is_none() {
            return;
        }
        let (key, common) = &self.common;
        // Writing into a string cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {}\n# TYPE {name} gauge", escaped(help, false));
        for (label, value) in samples {
            let _ = match label {
                Some((label, word)) => {
                    let word = escaped(word, true);
                    writeln!(self.text, "{name}{{{key}=\"{common}\",{label}=\"{word}\"}} {value}")
                }
                None => writeln!(self.text, "{name}{{{key}=\"{common}\"}} {value}"),
            };
        }
    }

    /// Adds a gauge of one sample, if there is a value.
    pub(super) fn value(&mut self, name: &str, help: &str, value: Option<impl Display>) {
        self.gauge(name, help, value.map(|value| (None, value)));
    }

    /// The file.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// A text with what would end it escaped: backslashes and line feeds, and in a label quotes too.
fn escaped(text: &str, is_label: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '"' if is_label => out.push_str("\\\""),
            other => out.push(other),
        }
    }
    out
}

/// Milliseconds as seconds.
pub(super) struct Seconds(pub(super) i64);

impl Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let millis = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:03}", millis / 1_000, millis % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_as_prometheus_reads_them() {
        let mut page = Page::new(("job_name", "a\"b\\c\nd"));
        page.value("one", "A \"help\"\nwith \\", Some(Seconds(1_795_311_000_007)));
        page.value("none", "Nobody knows", None::<u64>);
        page.gauge("many", "Several", [(Some(("code", "x")), 3), (Some(("code", "y")), 0)]);
        assert_eq!(
            page.into_text(),
            "# HELP one A \"help\"\\nwith \\\\\n\
             # TYPE one gauge\n\
             one{job_name=\"a\\\"b\\\\c\\nd\"} 1795311000.007\n\
             # HELP many Several\n\
             # TYPE many gauge\n\
             many{job_name=\"a\\\"b\\\\c\\nd\",code=\"x\"} 3\n\
             many{job_name=\"a\\\"b\\\\c\\nd\",code=\"y\"} 0\n"
        );
        assert_eq!((Seconds(-1_500).to_string(), Seconds(5).to_string()), ("-1.500".into(), "0.005".into()));
    }
}
