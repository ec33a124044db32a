//! The zip archive of a workbook, judged by its directory before anything in it is inflated.
//!
//! The zip crate stops a part at its declared size, so the declared sizes are what a file can cost.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::super::{Kind, Lookalike, Unreadable};
use super::xml::{Form, Tags};
use crate::domain::detail::Detail;

/// Everything in the archive together.
const MAX_INFLATED: u128 = 4 * 1024 * 1024 * 1024;

/// The table of shared strings, which is held in memory whole.
pub(super) const MAX_STRINGS: u64 = 512 * 1024 * 1024;

/// What the texts of that table may take in memory, and one of them in the file.
const MAX_TEXTS: u64 = 1024 * 1024 * 1024;
const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// What a text takes besides its characters.
const TEXT: u64 = 56;

/// Parts that only describe others: relations, the list of sheets, styles.
const MAX_DESCRIPTION: u64 = 64 * 1024 * 1024;

/// Excel ends at 65,490 cell formats, each of a few tags; calamine unfolds each into some hundred bytes.
const MAX_STYLE_TAGS: u64 = 1_000_000;

/// More sheets than any program makes: each is looked at for a header.
pub(super) const MAX_SHEETS: usize = 10_000;

/// How much of the string table is looked at to find its declared length.
const STRINGS_HEAD: u64 = 64 * 1024;

/// Bytes as a message counts them.
pub(super) fn mib(bytes: u64) -> u32 {
    u32::try_from(bytes / 1024 / 1024).unwrap_or(u32::MAX)
}

const BINARY_WORKBOOK: &str = "xl/workbook.bin";
const BINARY_RELATIONS: &str = "xl/_rels/workbook.bin.rels";

/// What the mimetype part of a spreadsheet begins with.
const ODS_MIME: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An open zip archive within the limits.
pub(super) struct Package {
    zip: ZipArchive<BufReader<File>>,
    /// The parts by their clean names; of two under one name the last.
    places: HashMap<String, usize>,
}

impl Package {
    /// Reads the directory of the archive.
    pub(super) fn open(file: File) -> Result<Self, Unreadable> {
        let zip = ZipArchive::new(BufReader::new(file)).map_err(zip_error)?;
        let mut total = 0_u128;
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(zip_error)?;
            total += u128::from(entry.size());
        }
        if total > MAX_INFLATED {
            let detail = Detail::UnpackedSize;
            return Err(Unreadable::TooBig { detail });
        }
        let places = zip.file_names_raw().enumerate().map(|(index, name)| (clean(name), index)).collect();
        Ok(Self { zip, places })
    }

    /// Checks what calamine will hold in memory when it opens the workbook.
    pub(super) fn check(&mut self) -> Result<(), Unreadable> {
        for (index, name) in &self.names() {
            match name.rsplit('/').next().unwrap_or(name) {
                file if file.ends_with("sharedstrings.xml") => self.check_strings(*index)?,
                file if file.ends_with("sharedstrings.bin") => self.check_binary_strings(*index)?,
                file if file.ends_with("styles.xml") => self.check_styles(*index, name)?,
                file if file.ends_with(".rels") => self.check_description(*index, name)?,
                "workbook.xml" | "workbook.bin" | "styles.bin" => self.check_description(*index, name)?,
                _ if name.contains("theme/") => self.check_description(*index, name)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn names(&self) -> Vec<(usize, String)> {
        self.zip.file_names_raw().map(clean).enumerate().collect()
    }

    /// What the archive holds.
    pub(super) fn kind(&mut self) -> Result<Kind, Unreadable> {
        let names = self.names();
        let has = |wanted: &str| names.iter().any(|(_, name)| name == wanted);
        if has("xl/workbook.xml") {
            return Ok(Kind::Xlsx);
        }
        if has(BINARY_WORKBOOK) {
            return Ok(Kind::Xlsb);
        }
        if let Some(mime) = self.read_whole("mimetype")? {
            return if mime.starts_with(ODS_MIME) {
                Ok(Kind::Ods)
            } else {
                Err(Unreadable::NotATable { looks_like: Lookalike::OpenDocument })
            };
        }
        let starts = |prefix: &str| names.iter().any(|(_, name)| name.starts_with(prefix));
        let looks_like = if starts("word/") {
            Lookalike::Word
        } else if starts("ppt/") {
            Lookalike::PowerPoint
        } else if starts("index/") || has("index.zip") {
            Lookalike::Numbers
        } else if has("[content_types].xml") && names.iter().any(|(_, name)| name.ends_with("workbook.xml")) {
            return Ok(Kind::Xlsx);
        } else {
            Lookalike::Zip
        };
        Err(Unreadable::NotATable { looks_like })
    }

    /// The size a part is declared to have.
    pub(super) fn size(&self, path: &str) -> Option<u64> {
        let entry = self.zip.by_index_data(self.index(path)?).ok()?;
        Some(entry.size())
    }

    /// A part to read from, `None` if there is none of that path; letter case does not count, as in calamine.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<ZipFile<'_, BufReader<File>>>, Unreadable> {
        match self.index(path) {
            Some(index) => self.zip.by_index(index).map(Some).map_err(zip_error),
            None => Ok(None),
        }
    }

    /// The content of a describing part.
    pub(super) fn read_whole(&mut self, path: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        self.read_up_to(path, MAX_DESCRIPTION)
    }

    /// The content of a part that may be at most `limit` bytes long.
    pub(super) fn read_up_to(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Unreadable> {
        if self.size(path).is_some_and(|size| size > limit) {
            let detail = Detail::PartSize { part: path.to_owned(), mib: mib(limit) };
            return Err(Unreadable::TooBig { detail });
        }
        let Some(part) = self.part(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(limit).read_to_end(&mut bytes).map_err(|error| Unreadable::broken(error.to_string()))?;
        Ok(Some(bytes))
    }

    /// What the parts of an xlsx workbook say of it.
    pub(super) fn workbook_parts(&mut self) -> Result<WorkbookParts, Unreadable> {
        let missing = |part: &str| Unreadable::broken(Detail::MissingPart { part: part.to_owned() });
        let relations = self.read_whole("_rels/.rels")?.ok_or_else(|| missing("_rels/.rels"))?;
        let workbook = relationships(&relations)
            .filter(|relation| relation.kind.ends_with("/relationships/officeDocument"))
            .last()
            .ok_or_else(|| Unreadable::broken(Detail::NoWorkbookPart))?
            .target;
        let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let folder = folder.trim_start_matches('/');
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let path = format!("{folder}_rels/{name}.rels");
        let relations = self.read_whole(&path)?.ok_or_else(|| missing(&path))?;
        let relations: Vec<_> = relationships(&relations).collect();
        self.check_places(&relations, &folder, ".xml")?;
        let path = format!("{folder}{name}");
        let workbook = self.read_whole(&path)?.ok_or_else(|| missing(&path))?;
        let mut parts = WorkbookParts::default();
        for tag in Tags::new(&workbook).filter(|tag| tag.form != Form::Close) {
            match tag.local_name() {
                b"sheet" => {
                    let id = tag.prefixed_attribute(b"id").unwrap_or_default();
                    let relation = relations.iter().rev().find(|relation| relation.id == id);
                    let relation = relation.ok_or_else(|| Unreadable::broken(Detail::SheetWithoutPart))?;
                    parts.sheets.push(resolved(&relation.target, &folder));
                }
                b"calcPr" => {
                    parts.recalculates = matches!(tag.attribute(b"fullCalcOnLoad"), Some(b"1" | b"true"));
                }
                _ => {}
            }
        }
        if let Some(strings) = self.read_head(&format!("{folder}sharedStrings.xml"))? {
            parts.first_text = super::xml::first_text(&strings);
        }
        Ok(parts)
    }

    /// The sheets' parts of an xlsb workbook, in the order of the workbook. Source: MS-XLSB, BrtBundleSh.
    pub(super) fn binary_sheet_parts(&mut self) -> Result<Vec<String>, Unreadable> {
        let missing = |part: &str| Unreadable::broken(Detail::MissingPart { part: part.to_owned() });
        let relations = self.read_whole(BINARY_RELATIONS)?.ok_or_else(|| missing(BINARY_RELATIONS))?;
        let relations: Vec<_> = relationships(&relations).collect();
        self.check_places(&relations, "xl/", ".bin")?;
        let workbook = self.read_whole(BINARY_WORKBOOK)?.ok_or_else(|| missing(BINARY_WORKBOOK))?;
        let sheets = super::xlsb_cells::records(&workbook)
            .take_while(|(kind, _)| *kind != super::xlsb_cells::END_SHEETS);
        sheets
            .filter(|(kind, _)| *kind == super::xlsb_cells::SHEET)
            .filter_map(|(_, sheet)| super::xlsb_cells::relation_id(sheet))
            .map(|id| {
                let relation = relations.iter().rev().find(|relation| relation.id == id.as_bytes());
                let relation = relation.ok_or_else(|| Unreadable::broken(Detail::SheetWithoutPart))?;
                Ok(format!("xl/{}", relation.target))
            })
            .collect()
    }

    /// calamine looks for texts and number formats under their usual names only, and goes on without what it does
    /// not find.
    fn check_places(
        &self,
        relations: &[Relation<'_>],
        folder: &str,
        extension: &str,
    ) -> Result<(), Unreadable> {
        for name in ["sharedStrings", "styles"] {
            let usual = format!("{folder}{name}{extension}");
            let kind = format!("/relationships/{name}");
            let mut named = relations.iter().filter(|relation| relation.kind.ends_with(&kind));
            let elsewhere =
                |relation: &&Relation<'_>| self.index(&resolved(&relation.target, folder)).is_some();
            if self.index(&usual).is_none()
                && let Some(relation) = named.find(elsewhere)
            {
                let part = relation.target.to_string();
                return Err(Unreadable::broken(Detail::UnusualPart { part, usual }));
            }
        }
        Ok(())
    }

    fn read_head(&mut self, path: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(part) = self.part(path)? else { return Ok(None) };
        let mut head = Vec::new();
        part.take(STRINGS_HEAD)
            .read_to_end(&mut head)
            .map_err(|error| Unreadable::broken(error.to_string()))?;
        Ok(Some(head))
    }

    fn index(&self, path: &str) -> Option<usize> {
        self.places.get(&path.to_ascii_lowercase()).copied()
    }

    fn check_size(&self, index: usize) -> Result<u64, Unreadable> {
        let size = self.zip.by_index_data(index).map_err(zip_error)?.size();
        if size > MAX_STRINGS {
            let detail = Detail::UnpackedTextTable { mib: 512 };
            return Err(Unreadable::TooBig { detail });
        }
        Ok(size)
    }

    fn check_description(&self, index: usize, name: &str) -> Result<(), Unreadable> {
        let size = self.zip.by_index_data(index).map_err(zip_error)?.size();
        if size > MAX_DESCRIPTION {
            let detail = Detail::PartSize { part: name.to_owned(), mib: 64 };
            return Err(Unreadable::TooBig { detail });
        }
        Ok(())
    }

    fn check_styles(&mut self, index: usize, name: &str) -> Result<(), Unreadable> {
        self.check_description(index, name)?;
        let mut tags = 0;
        let part = self.zip.by_index(index).map_err(zip_error)?;
        chunks(part, 0, |chunk| tags += memchr::memchr_iter(b'<', chunk).count() as u64)?;
        if tags > MAX_STYLE_TAGS {
            return Err(Unreadable::TooBig { detail: Detail::TooManyFormats });
        }
        Ok(())
    }

    fn check_binary_strings(&mut self, index: usize) -> Result<(), Unreadable> {
        let size = self.check_size(index)?;
        let part = self.zip.by_index(index).map_err(zip_error)?;
        let count = super::xlsb_cells::count_texts(BufReader::new(part));
        check_texts(count.map_err(|error| Unreadable::broken(error.to_string()))?, size)
    }

    /// calamine reserves memory for as many strings as the table claims to have; the shortest one takes five bytes.
    fn check_strings(&mut self, index: usize) -> Result<(), Unreadable> {
        let size = self.check_size(index)?;
        let part = self.zip.by_index(index).map_err(zip_error)?;
        let mut head = Vec::new();
        let read = part.take(STRINGS_HEAD).read_to_end(&mut head);
        read.map_err(|error| Unreadable::broken(error.to_string()))?;
        if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
            return Err(Unreadable::broken(Detail::Utf16Parts));
        }
        if memchr::memmem::find(&head, b"<!DOCTYPE").is_some() {
            return Err(Unreadable::broken(Detail::TextTableDoctype));
        }
        let table = Tags::new(&head).find(|tag| tag.local_name() == b"sst");
        let table = table.ok_or_else(|| Unreadable::broken(Detail::TextTableBeginning))?;
        let honest = match table.attribute(b"uniqueCount") {
            Some(_) => table.number(b"uniqueCount").is_some_and(|count| count <= size / 5),
            None => true,
        };
        if !honest {
            return Err(Unreadable::broken(Detail::TextTableClaim));
        }
        let claimed = table.number(b"uniqueCount").unwrap_or_default();
        let texts = Texts::of(self.zip.by_index(index).map_err(zip_error)?)?;
        if texts.longest > MAX_TEXT {
            let detail = Detail::TextSize { mib: 16 };
            return Err(Unreadable::TooBig { detail });
        }
        check_texts(texts.count.max(claimed), size)
    }
}

fn check_texts(count: u64, size: u64) -> Result<(), Unreadable> {
    if count.saturating_mul(TEXT).saturating_add(size) > MAX_TEXTS {
        let detail = Detail::TextTableMemory;
        return Err(Unreadable::TooBig { detail });
    }
    Ok(())
}

/// The elements `si` of a table of texts, as far as memory is concerned.
#[derive(Debug, Default, PartialEq, Eq)]
struct Texts {
    count: u64,
    /// The most bytes from one of them to the next.
    longest: u64,
}

impl Texts {
    fn of(part: impl Read) -> Result<Self, Unreadable> {
        let mut texts = Self::default();
        let name = memchr::memmem::Finder::new(b"si");
        let (mut passed, mut last) = (0, 0);
        // The name with what stands before and behind it may lie across two chunks.
        const SEAM: usize = 3;
        let length = chunks(part, SEAM, |chunk| {
            for at in name.find_iter(chunk) {
                let before = at.checked_sub(1).and_then(|at| chunk.get(at));
                let opens = matches!(before, Some(b'<' | b':'));
                if opens && matches!(chunk.get(at + 2), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')) {
                    let place = passed + at as u64;
                    texts.count += 1;
                    texts.longest = texts.longest.max(place - last);
                    last = place;
                }
            }
            passed += chunk.len().saturating_sub(SEAM) as u64;
        })?;
        texts.longest = texts.longest.max(length.saturating_sub(last));
        Ok(texts)
    }
}

/// Gives the content of a part in chunks, each beginning with the last `seam` bytes of the one before. Returns the
/// length of the whole.
fn chunks(mut part: impl Read, seam: usize, mut see: impl FnMut(&[u8])) -> Result<u64, Unreadable> {
    let mut buffer = vec![0; 256 * 1024];
    let (mut kept, mut length) = (0, 0);
    loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let count = part.read(room).map_err(|error| Unreadable::broken(error.to_string()))?;
        if count == 0 {
            return Ok(length);
        }
        length += count as u64;
        let filled = kept + count;
        see(buffer.get(..filled).unwrap_or_default());
        let keep = seam.min(filled);
        buffer.copy_within(filled - keep..filled, 0);
        kept = keep;
    }
}

/// The name of a part as it is looked for: letter case does not count.
fn clean(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase()
}

/// What the parts of an xlsx workbook say of it.
#[derive(Debug, Default)]
pub(super) struct WorkbookParts {
    /// The sheets' parts, in the order of the workbook.
    pub(super) sheets: Vec<String>,
    /// Its formulas are to be computed when it is opened: their results may be placeholders.
    pub(super) recalculates: bool,
    /// The first shared text, as far as it is near the beginning of its part.
    pub(super) first_text: Option<String>,
}

struct Relation<'a> {
    id: &'a [u8],
    kind: String,
    target: String,
}

fn relationships(part: &[u8]) -> impl Iterator<Item = Relation<'_>> {
    let tags = Tags::new(part).filter(|tag| tag.form != Form::Close && tag.local_name() == b"Relationship");
    tags.map(|tag| Relation {
        id: tag.attribute(b"Id").unwrap_or_default(),
        kind: tag.text(b"Type").unwrap_or_default(),
        target: tag.text(b"Target").unwrap_or_default(),
    })
}

/// A target as a path in the archive.
fn resolved(target: &str, folder: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    }
}

pub(super) fn zip_error(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => error.into(),
        other => Unreadable::broken(Detail::Zip { error: other.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, so that everything lies across two chunks once.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = buffer.len().min(self.1);
            self.0.read(buffer.get_mut(..count).unwrap_or_default())
        }
    }

    #[test]
    fn texts_are_counted_and_measured_across_chunks() {
        let table = b"<sst><si><t>si</t></si><si/><x:si ><t>a<si</t></x:si><sip/><phrasi>si</phrasi></sst>";
        for drop in 1..table.len() {
            let found = Texts::of(Drops(table, drop)).unwrap();
            // The closing tag with a prefix counts too, which is on the safe side; `<si<` is no tag.
            assert_eq!(found, Texts { count: 4, longest: 34 }, "{drop}");
        }
        assert_eq!(Texts::of(&b""[..]).unwrap(), Texts::default());
    }
}
