//! How the cell styles of an `.ods` workbook show a number. Source: OpenDocument 1.3, part 3, section 16.29.

use std::collections::HashMap;

use super::format::{Flaw, Shown};
use super::xml::{Form, Tag, Tags};
use crate::domain::cell::Format;

/// The styles of a workbook: those that users see and name, and those a program makes for single cells.
#[derive(Debug, Default)]
pub(super) struct Styles {
    common: Level,
    automatic: Level,
}

#[derive(Debug, Default)]
struct Level {
    cells: HashMap<Vec<u8>, CellStyle>,
    numbers: HashMap<Vec<u8>, NumberStyle>,
    /// The number style that is open.
    open: Option<(Vec<u8>, NumberStyle)>,
    /// Where the literal that is open begins.
    literal_from: Option<usize>,
}

#[derive(Debug, Default)]
struct CellStyle {
    number_style: Option<Vec<u8>>,
    parent: Option<Vec<u8>>,
}

#[derive(Debug, Default)]
struct NumberStyle {
    kind: Kind,
    /// How many digits are shown at least, if they are the whole of the number.
    zeros: u64,
    /// Something else is shown beside the digits.
    literal: bool,
    added_digits: bool,
    /// The style that is used instead for positive numbers.
    positive: Option<Vec<u8>>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Other,
    Percent,
    Date,
}

/// Styles that lead to each other in a circle end here.
const MAX_STEPS: usize = 16;

impl Styles {
    /// Reads the part `styles.xml`.
    pub(super) fn read_common(&mut self, part: &[u8]) {
        Tags::new(part).for_each(|tag| self.common.tag(&tag, part));
    }

    /// Takes the next tag of `content.xml`, which begins with its own styles.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, content: &[u8]) {
        self.automatic.tag(tag, content);
    }

    /// How a cell style shows a number; `None` if it does not say.
    pub(super) fn shown(&self, name: &[u8]) -> Option<Shown> {
        let mut next = Some(name);
        if let Some(style) = self.automatic.cells.get(name) {
            if let Some(number) = &style.number_style {
                let own = Some(&self.automatic.numbers);
                return Some(self.number(own.filter(|own| own.contains_key(number)), number));
            }
            next = style.parent.as_deref();
        }
        // The parents are among the common styles.
        for _ in 0..MAX_STEPS {
            let style = self.common.cells.get(next?)?;
            if let Some(number) = &style.number_style {
                return Some(self.number(None, number));
            }
            next = style.parent.as_deref();
        }
        None
    }

    fn number(&self, own: Option<&HashMap<Vec<u8>, NumberStyle>>, name: &[u8]) -> Shown {
        let styles = own.unwrap_or(&self.common.numbers);
        let Some(style) = styles.get(name) else { return Shown::PLAIN };
        style.positive.as_deref().and_then(|name| styles.get(name)).unwrap_or(style).shown()
    }
}

impl NumberStyle {
    fn shown(&self) -> Shown {
        let format = match self.kind {
            Kind::Date => return Shown::DATE,
            Kind::Percent => Format::Percent,
            Kind::Other if self.zeros > 1 && !self.literal => {
                Format::Zeros(u8::try_from(self.zeros).unwrap_or(u8::MAX))
            }
            Kind::Other => Format::Plain,
        };
        Shown { flaw: self.added_digits.then_some(Flaw::AddedDigits), ..Shown::number(format) }
    }
}

impl Level {
    fn tag(&mut self, tag: &Tag<'_>, text: &[u8]) {
        if let Some(from) = self.literal_from.take() {
            self.literal(text.get(from..tag.from).unwrap_or_default());
        }
        match tag.name {
            b"style:style" if tag.form != Form::Close => self.cell_style(tag),
            b"number:number-style"
            | b"number:currency-style"
            | b"number:text-style"
            | b"number:boolean-style" => self.number_style(tag, Kind::Other),
            b"number:percentage-style" => self.number_style(tag, Kind::Percent),
            b"number:date-style" | b"number:time-style" => self.number_style(tag, Kind::Date),
            b"number:number" if tag.form != Form::Close => self.digits(tag),
            b"number:text" | b"number:embedded-text" if tag.form == Form::Open => {
                self.literal_from = Some(tag.to);
            }
            b"number:currency-symbol" | b"number:scientific-number" | b"number:fraction" => {
                if let Some((_, style)) = &mut self.open {
                    style.literal = true;
                }
            }
            b"style:map" => self.map(tag),
            _ => {}
        }
    }

    fn cell_style(&mut self, tag: &Tag<'_>) {
        if tag.attribute(b"style:family") != Some(b"table-cell") {
            return;
        }
        let Some(name) = tag.attribute(b"style:name") else { return };
        let owned = |name: &[u8]| tag.attribute(name).map(<[u8]>::to_vec);
        let style = CellStyle {
            number_style: owned(b"style:data-style-name"),
            parent: owned(b"style:parent-style-name"),
        };
        self.cells.insert(name.to_vec(), style);
    }

    fn number_style(&mut self, tag: &Tag<'_>, kind: Kind) {
        if tag.form != Form::Close {
            let name = tag.attribute(b"style:name").unwrap_or_default().to_vec();
            self.open = Some((name, NumberStyle { kind, ..NumberStyle::default() }));
        }
        if tag.form != Form::Open
            && let Some((name, style)) = self.open.take()
        {
            self.numbers.insert(name, style);
        }
    }

    fn digits(&mut self, tag: &Tag<'_>) {
        let Some((_, style)) = &mut self.open else { return };
        style.zeros = tag.number(b"number:min-integer-digits").unwrap_or(0);
        let decimals = tag.number(b"number:decimal-places").unwrap_or(0);
        let grouped = tag.attribute(b"number:grouping") == Some(b"true");
        style.literal |= decimals > 0 || grouped;
    }

    fn literal(&mut self, text: &[u8]) {
        let Some((_, style)) = &mut self.open else { return };
        style.literal |= text.iter().any(|byte| !matches!(byte, b'-' | b' ' | b'(' | b')'));
        style.added_digits |= style.kind != Kind::Date && text.iter().any(u8::is_ascii_digit);
    }

    /// A condition under which another style is used.
    fn map(&mut self, tag: &Tag<'_>) {
        let Some((_, style)) = &mut self.open else { return };
        let condition = tag.text(b"style:condition").unwrap_or_default();
        if style.positive.is_none() && condition.starts_with("value()>") {
            style.positive = tag.attribute(b"style:apply-style-name").map(<[u8]>::to_vec);
        }
    }
}
