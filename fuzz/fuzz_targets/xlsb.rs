//! `.xlsb`: the records of the sheet, the strings and the workbook, or a whole file.
#![no_main]

use incs_import::input::Options;
use incs_import_fuzz::{opened, panics_may_be_caught, parts, read_all, xlsb};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { xlsb(parts(data)) };
    if let Ok(mut source) = opened("list.xlsb", &bytes, &Options::default()) {
        let _ = read_all(source.as_mut());
    }
});
