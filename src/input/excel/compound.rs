//! The container of `.xls` files and of encrypted workbooks, checked before calamine opens it.
//!
//! calamine follows the chains of sectors without looking for loops. Source of the layout: MS-CFB.

use super::super::Unreadable;
use crate::domain::detail::Detail;

/// The largest file that is taken: it is held in memory twice. 65,536 rows of 256 columns stay below.
pub(super) const MAX_FILE: u64 = 256 * 1024 * 1024;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FIRST_RESERVED: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
const MINI_LIMIT: u64 = 4096;

/// A compound file whose chains all come to an end.
pub(super) struct Compound {
    bytes: Vec<u8>,
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: u64,
}

impl Compound {
    /// Reads the tables of the container.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let version = u16_at(&bytes, 26)?;
        let sector = match u16_at(&bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged(Detail::SectorSize)),
        };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        file.fat = file.read_fat()?;
        let directory = file.chain(u32_at(&file.bytes, 48)?)?;
        file.entries = directory.as_chunks::<128>().0.iter().map(|entry| Entry::of(entry, version)).collect();
        let root = file.entries.first().ok_or_else(|| damaged(Detail::EmptyDirectory))?;
        if u32_at(&file.bytes, 64)? > 0 {
            file.mini = file.chain(root.start)?;
            let table = file.chain(u32_at(&file.bytes, 60)?)?;
            file.mini_fat = numbers(&table);
        }
        Ok(file)
    }

    /// Whether there is a stream or a storage of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The content of a stream.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        let mut content = if entry.length < MINI_LIMIT {
            follow(&self.mini, 0, MINI_SECTOR, &self.mini_fat, entry.start)?
        } else {
            self.chain(entry.start)?
        };
        content.truncate(usize::try_from(entry.length).unwrap_or(usize::MAX));
        Ok(Some(content))
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, Unreadable> {
        follow(&self.bytes, self.sector, self.sector, &self.fat, start)
    }

    /// The table of sectors: its own sectors are listed in the header, and from there in a chain of lists.
    fn read_fat(&self) -> Result<Vec<u32>, Unreadable> {
        let mut list = numbers(self.bytes.get(76..512).ok_or_else(|| damaged(Detail::HeaderCutOff))?);
        let mut next = u32_at(&self.bytes, 68)?;
        let mut lists = 0;
        while next < FIRST_RESERVED {
            lists += 1;
            let sector =
                sector_at(&self.bytes, self.sector, self.sector, next).filter(|_| lists <= self.sectors());
            let sector = sector.ok_or_else(|| damaged(Detail::EndlessSectorList))?;
            list.extend(numbers(sector));
            next = list.pop().unwrap_or(END_OF_CHAIN);
        }
        let used: Vec<u32> = list.into_iter().filter(|&id| id < FIRST_RESERVED).collect();
        if used.len() > self.sectors() {
            return Err(damaged(Detail::LongSectorList));
        }
        let sectors = used.into_iter().map(|id| {
            let sector = sector_at(&self.bytes, self.sector, self.sector, id);
            sector.map(numbers).ok_or_else(|| damaged(Detail::SectorBeyondEnd))
        });
        Ok(sectors.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }
}

impl Entry {
    fn of(entry: &[u8; 128], version: u16) -> Self {
        let units = entry.as_chunks::<2>().0.iter().take(32).map(|pair| u16::from_le_bytes(*pair));
        let name = char::decode_utf16(units.take_while(|&unit| unit != 0));
        let length = u64::from(u32_at(entry, 120).unwrap_or_default());
        let high = if version == 3 { 0 } else { u64::from(u32_at(entry, 124).unwrap_or_default()) };
        Self {
            name: name.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            start: u32_at(entry, 116).unwrap_or(END_OF_CHAIN),
            length: high << 32 | length,
        }
    }
}

/// Joins the sectors of a chain; `first` is where sector 0 begins.
fn follow(bytes: &[u8], first: usize, size: usize, table: &[u32], start: u32) -> Result<Vec<u8>, Unreadable> {
    let mut content = Vec::new();
    let mut next = start;
    let mut steps = 0;
    while next != END_OF_CHAIN {
        let sector = sector_at(bytes, first, size, next).filter(|_| steps <= bytes.len() / size);
        content.extend_from_slice(sector.ok_or_else(|| damaged(Detail::EndlessChain))?);
        let index = usize::try_from(next).unwrap_or(usize::MAX);
        next = *table.get(index).ok_or_else(|| damaged(Detail::ChainNowhere))?;
        steps += 1;
    }
    Ok(content)
}

/// The last sector of a file may be cut short.
fn sector_at(bytes: &[u8], first: usize, size: usize, id: u32) -> Option<&[u8]> {
    let from = usize::try_from(id).ok()?.checked_mul(size)?.checked_add(first)?;
    bytes.get(from..from.saturating_add(size).min(bytes.len()))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Unreadable> {
    let found = bytes.get(at..).and_then(<[u8]>::first_chunk);
    found.map(|chunk| u16::from_le_bytes(*chunk)).ok_or_else(|| damaged(Detail::HeaderCutOff))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Unreadable> {
    let found = bytes.get(at..).and_then(<[u8]>::first_chunk);
    found.map(|chunk| u32::from_le_bytes(*chunk)).ok_or_else(|| damaged(Detail::HeaderCutOff))
}

fn damaged(detail: Detail) -> Unreadable {
    Unreadable::broken(detail)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A container with one sector of table, one of directory, and then the streams, each in sectors of its own.
    pub(in super::super) fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut fat = vec![0xFFFF_FFFD_u32, END_OF_CHAIN];
        let mut directory = vec![0_u8; 128];
        directory[..8].copy_from_slice(b"R\0o\0o\0t\0");
        directory[116..120].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        let mut data = Vec::new();
        for (name, content) in streams {
            let mut entry = vec![0_u8; 128];
            for (at, unit) in name.encode_utf16().enumerate() {
                entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
            }
            let mut content = content.to_vec();
            // Short streams would live in the mini stream.
            content.resize(content.len().max(4096).next_multiple_of(512), 0);
            let start = u32::try_from(fat.len()).unwrap();
            let count = u32::try_from(content.len() / 512).unwrap();
            fat.extend((start + 1)..(start + count));
            fat.push(END_OF_CHAIN);
            entry[116..120].copy_from_slice(&start.to_le_bytes());
            entry[120..124].copy_from_slice(&u32::try_from(content.len()).unwrap().to_le_bytes());
            directory.extend(entry);
            data.extend(content);
        }
        assert!(fat.len() <= 128 && directory.len() <= 512, "one sector each");
        let mut file = vec![0_u8; 512];
        file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        file[26] = 3;
        file[30] = 9;
        file[32] = 6;
        file[44] = 1;
        file[48] = 1;
        file[60..64].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        file[68..72].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        file[76..512].fill(0xFF);
        file[76..80].fill(0);
        fat.resize(128, 0xFFFF_FFFF);
        file.extend(fat.iter().flat_map(|id| id.to_le_bytes()));
        directory.resize(512, 0);
        file.extend(directory);
        file.extend(data);
        file
    }

    #[test]
    fn streams_are_found_and_loops_are_refused() {
        let text = vec![7_u8; 5000];
        let mut file = container(&[("Workbook", &text), ("Other", b"x")]);
        let found = Compound::new(file.clone()).unwrap();
        assert!(found.has("workbook") && !found.has("Book"));
        assert_eq!(found.stream("Workbook").unwrap().unwrap()[..5000], text);
        // The directory's sector names itself as the next one.
        file[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
        assert!(Compound::new(file).is_err());
    }

    #[test]
    fn a_container_cut_anywhere_is_an_error_or_short_but_never_a_panic() {
        let file = container(&[("Workbook", &[7; 600])]);
        for length in 0..file.len() {
            if let Ok(found) = Compound::new(file[..length].to_vec()) {
                let _ = found.stream("Workbook");
            }
        }
    }
}
