//! The number formats of an `.xls` workbook, and the cells of which calamine gives less than there is: formulas
//! without a result, texts cut at the end of a record.
//!
//! Works on a stream that [`biff::check`](super::biff::check) has passed. Source of the records: MS-XLS.

use super::biff::{BEGIN, BOUND_SHEET, END, MUL_RK, Records, u16_at, u32_at};
use super::format::Shown;
use super::marks::{Mark, Marks, Reason};

const FORMULA: u16 = 0x0006;
const CONTINUE: u16 = 0x003C;
const RICH_LABEL: u16 = 0x00D6;
const XF: u16 = 0x00E0;
const SHARED_TEXTS: u16 = 0x00FC;
const LABEL_SHARED: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
/// The version of the records, in the first of them: Excel 97 and later.
const BIFF8: u16 = 0x0600;

/// The marks of each sheet, in the order of the workbook.
pub(super) fn marks(stream: &[u8]) -> Vec<Marks> {
    let mut globals = Globals::default();
    let mut sheets = Vec::new();
    for (kind, data) in Records(stream) {
        match kind {
            BEGIN => globals.wide = u16_at(data, 0).is_none_or(|version| version == 0 || version >= BIFF8),
            BOUND_SHEET => sheets.push(u32_at(data, 0)),
            FORMAT => globals.format(data),
            SHARED_TEXTS => globals.texts = u32_at(data, 4).unwrap_or_default(),
            XF => globals.styles.push(u16_at(data, 2).unwrap_or_default()),
            END => break,
            _ => {}
        }
    }
    let palette = globals.palette();
    let stream_of = |place: Option<u32>| stream.get(usize::try_from(place?).ok()?..);
    sheets
        .into_iter()
        .map(|place| stream_of(place).map(|sheet| of_sheet(sheet, &globals, &palette)).unwrap_or_default())
        .collect()
}

/// What stands before the sheets.
#[derive(Default)]
struct Globals {
    /// Texts begin with a byte that says how wide their characters are.
    wide: bool,
    /// How many shared texts there are.
    texts: u32,
    formats: Vec<(u16, Shown)>,
    /// The format of each style.
    styles: Vec<u16>,
}

impl Globals {
    fn format(&mut self, data: &[u8]) {
        let Some(id) = u16_at(data, 0) else { return };
        let code: String = if self.wide {
            let characters = data.get(5..).unwrap_or_default();
            if data.get(4).is_some_and(|flags| flags & 1 != 0) {
                let units = characters.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
            } else {
                characters.iter().copied().map(char::from).collect()
            }
        } else {
            data.get(3..).unwrap_or_default().iter().copied().map(char::from).collect()
        };
        self.formats.push((id, Shown::of(&code, Some(u32::from(id)))));
    }

    fn palette(&self) -> Vec<Shown> {
        let of_id = |id: u16| {
            let own = self.formats.iter().rev().find(|format| format.0 == id);
            own.map_or_else(|| Shown::of_id(u32::from(id)), |format| format.1)
        };
        self.styles.iter().map(|&id| of_id(id)).collect()
    }
}

fn of_sheet(stream: &[u8], globals: &Globals, palette: &[Shown]) -> Marks {
    let mut sheet = Cells { globals, palette, found: Vec::new(), waiting: None, taken: Vec::new() };
    let mut depth = 0_u32;
    let mut records = Records(stream).peekable();
    while let Some((kind, data)) = records.next() {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // A chart inside the sheet has cells of its own.
            _ if depth > 1 => {}
            _ => {
                let continued = records.peek().is_some_and(|(kind, _)| *kind == CONTINUE);
                sheet.record(kind, data, continued);
            }
        }
    }
    sheet.settle();
    Marks::of_cells(sheet.found)
}

struct Cells<'a> {
    globals: &'a Globals,
    palette: &'a [Shown],
    found: Vec<(u32, u32, Mark)>,
    /// The place of a formula whose text is to follow.
    waiting: Option<(u16, u16)>,
    /// A bit for each place that has a value, by row.
    taken: Vec<[u64; 4]>,
}

impl Cells<'_> {
    fn record(&mut self, kind: u16, data: &[u8], continued: bool) {
        let place = u16_at(data, 0).zip(u16_at(data, 2));
        match (kind, place) {
            (STRING, _) => {
                let place = self.waiting.take();
                if let Some(place) = place.filter(|_| continued || self.cut_off(data)) {
                    self.mark(place, Mark::Error(Reason::LongText));
                }
            }
            (NUMBER | RK, Some(place)) => self.number(place, u16_at(data, 4)),
            (MUL_RK, Some((row, first))) => {
                for (column, cell) in (first..).zip(data.get(4..).unwrap_or_default().as_chunks::<6>().0) {
                    self.number((row, column), u16_at(cell, 0));
                    self.take((row, column));
                }
            }
            (FORMULA, Some(place)) => self.formula(place, data),
            (LABEL | RICH_LABEL, Some(place))
                if continued || self.cut_off(data.get(6..).unwrap_or_default()) =>
            {
                self.mark(place, Mark::Error(Reason::LongText));
            }
            (LABEL_SHARED, Some(place))
                if u32_at(data, 6).is_none_or(|index| index >= self.globals.texts) =>
            {
                self.mark(place, Mark::Filled);
            }
            _ => {}
        }
        if let (FORMULA | BOOLEAN_OR_ERROR | RICH_LABEL | LABEL_SHARED | NUMBER | LABEL | RK, Some(place)) =
            (kind, place)
        {
            self.take(place);
        }
    }

    /// Of two values for one place calamine gives the later one.
    fn take(&mut self, (row, column): (u16, u16)) {
        let (at, bit) = (usize::from(row), 1_u64 << (column % 64));
        if self.taken.len() <= at {
            self.taken.resize(at + 1, [0; 4]);
        }
        // Columns beyond the last one were refused before.
        let Some(bits) = self.taken.get_mut(at).and_then(|row| row.get_mut(usize::from(column / 64))) else {
            return;
        };
        let twice = *bits & bit != 0;
        *bits |= bit;
        if twice {
            self.mark((row, column), Mark::Error(Reason::Twice));
        }
    }

    fn number(&mut self, place: (u16, u16), style: Option<u16>) {
        let shown = Shown::in_palette(self.palette, style.map_or(usize::MAX, usize::from));
        if shown != Shown::PLAIN {
            self.mark(place, Mark::Shown(shown));
        }
    }

    fn formula(&mut self, place: (u16, u16), data: &[u8]) {
        self.settle();
        let result: [u8; 8] = data.get(6..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        // Programs that do not compute ask for it on loading, and leave a zero or an empty text.
        let to_compute = u16_at(data, 14).is_some_and(|flags| flags & 0x0002 != 0);
        match result {
            [0, .., 0xFF, 0xFF] => self.waiting = Some(place),
            [3, .., 0xFF, 0xFF] if to_compute || gives_number(data.get(22..).unwrap_or_default()) => {
                self.mark(place, Mark::Error(Reason::Hollow))
            }
            [.., 0xFF, 0xFF] => {}
            _ if to_compute && f64::from_le_bytes(result) == 0.0 => {
                self.mark(place, Mark::Error(Reason::Hollow))
            }
            _ => self.number(place, u16_at(data, 4)),
        }
    }

    /// A formula whose text did not follow has no result.
    fn settle(&mut self) {
        if let Some(place) = self.waiting.take() {
            self.mark(place, Mark::Error(Reason::Hollow));
        }
    }

    /// Whether a text is longer than the record it stands in.
    fn cut_off(&self, text: &[u8]) -> bool {
        let count = usize::from(u16_at(text, 0).unwrap_or_default());
        let held = if self.globals.wide {
            let characters = text.len().saturating_sub(3);
            if text.get(2).is_some_and(|flags| flags & 1 != 0) { characters / 2 } else { characters }
        } else {
            text.len().saturating_sub(2)
        };
        count > held
    }

    fn mark(&mut self, (row, column): (u16, u16), mark: Mark) {
        self.found.push((u32::from(row), u32::from(column), mark));
    }
}

/// Whether a formula, by the operation it ends with, never gives a text: if an empty one is stored for it, the
/// program that wrote it did not compute it. The operands that end with one of these bytes by chance are few.
fn gives_number(formula: &[u8]) -> bool {
    // Plus, minus, times, divided by, to the power of; the sign; the percent sign.
    if let Some(0x03..=0x07 | 0x13 | 0x14) = formula.last() {
        return true;
    }
    // SUM with one argument and with several, ROUND.
    matches!(
        formula,
        [.., 0x19, 0x10, _, _] | [.., 0x22 | 0x42 | 0x62, _, 4, 0] | [.., 0x21 | 0x41 | 0x61, 27, 0]
    )
}

#[cfg(test)]
mod tests {
    use super::super::biff::tests::{number, record, workbook};
    use super::*;
    use crate::domain::cell::Format;
    use crate::input::excel::marks::Run;

    fn formula(row: u16, result: [u8; 8], flags: u16, tokens: &[u8]) -> Vec<u8> {
        let head = [row.to_le_bytes(), [0, 0], [1, 0]].concat();
        let length = u16::try_from(tokens.len()).unwrap().to_le_bytes();
        record(FORMULA, &[&head[..], &result, &flags.to_le_bytes(), &[0; 4], &length, tokens].concat())
    }

    #[test]
    fn formats_and_formulas_without_a_result() {
        let style = |id: u16| record(XF, &[[0, 0], id.to_le_bytes()].concat());
        let code = record(FORMAT, &[&[164, 0, 5, 0, 0][..], b"00000"].concat());
        let globals = [code, style(0), style(10), style(164)];
        let text = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        let empty = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        let (sum, concatenation) =
            (&[0x1E, 5, 0, 0x1E, 20, 0, 0x05], &[0x44, 0, 0, 0, 0xC0, 0x17, 0, 0, 0x08]);
        let string = |text: &[u8]| record(STRING, &[&[3, 0, 0], text].concat());
        let mut styled = number(10, 3, 1.0);
        styled[8] = 2;
        let sheet = [
            number(0, 0, 1.0),
            formula(1, text, 0, sum),
            string(b"abc"),
            formula(2, text, 0, sum),
            formula(3, empty, 0, concatenation),
            formula(4, empty, 0, sum),
            formula(5, empty, 2, concatenation),
            formula(6, 0.0_f64.to_le_bytes(), 2, sum),
            formula(7, 100.0_f64.to_le_bytes(), 2, sum),
            formula(8, text, 0, sum),
            string(b"ab"),
            formula(9, text, 0, sum),
            styled,
            number(12, 0, 1.0),
            number(12, 1, 1.0),
            number(12, 0, 2.0),
            record(LABEL_SHARED, &[11, 0, 0, 0, 0, 0, 7, 0, 0, 0]),
        ];
        let marks = marks(&workbook(&globals, &sheet)).remove(0);
        let at = |row| marks.row(row).iter().map(|run| run.mark).collect::<Vec<_>>();
        let hollow = vec![Mark::Error(Reason::Hollow)];
        let percent = vec![Mark::Shown(Shown::number(Format::Percent))];
        for (row, want) in [
            (0, vec![]),
            (1, vec![]),
            (2, hollow.clone()),
            (3, vec![]),
            (4, hollow.clone()),
            (5, hollow.clone()),
            (6, hollow.clone()),
            (7, percent),
            (8, vec![Mark::Error(Reason::LongText)]),
            (9, hollow),
            (11, vec![Mark::Filled]),
            (12, vec![Mark::Error(Reason::Twice)]),
        ] {
            assert_eq!(at(row), want, "row {row}");
        }
        let zeros = Mark::Shown(Shown::number(Format::Zeros(5)));
        assert_eq!(marks.row(10), [Run { first: 3, last: 3, mark: zeros }]);
    }
}
