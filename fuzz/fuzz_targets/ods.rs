//! `.ods`: the XML of its content, or a whole file.
#![no_main]

use incs_import::input::Options;
use incs_import_fuzz::{ods, opened, panics_may_be_caught, read_all};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { ods(data) };
    if let Ok(mut source) = opened("list.ods", &bytes, &Options::default()) {
        let _ = read_all(source.as_mut());
    }
});
