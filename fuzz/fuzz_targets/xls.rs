//! `.xls`: the records of the sheet and of the workbook's globals, a whole stream, or a whole file.
#![no_main]

use incs_import::input::Options;
use incs_import_fuzz::{opened, panics_may_be_caught, parts, read_all, xls, xls_of};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let bytes = if data.starts_with(b"\xD0\xCF\x11\xE0") {
        data.to_vec()
    } else if data.starts_with(b"\x09\x08") {
        xls_of(data)
    } else {
        xls(parts(data))
    };
    if let Ok(mut source) = opened("list.xls", &bytes, &Options::default()) {
        let _ = read_all(source.as_mut());
    }
});
