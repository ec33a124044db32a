//! The file in which everything is odd or wrong.

use std::fs;
use std::path::Path;

use anyhow::Result;

/// One of everything that goes wrong or looks odd, written as it was typed.
pub(crate) fn write(path: &Path) -> Result<()> {
    // As a European Excel saves it: a byte-order mark, semicolons, CRLF (but a line break inside a cell is LF).
    let records: String = MESSY.iter().flat_map(|record| [*record, "\r\n"]).collect();
    fs::write(path, format!("\u{feff}{records}"))?;
    Ok(())
}

const MESSY: [&str; 37] = [
    "User Phone;User Name;Agent;Task Name;Remark;Auth ID;Order No;Borrower;Order Phone;Loan Amount;Amount Due;Due Date;Loan Time;Grade",
    // Odd, but with one reading.
    "0812 7700 0001;Budi Santoso;incs_1;April follow-up;;30058;MS001;Budi Santoso;081277000001;1500000;1650000.50;2026-04-20;2026-03-01 10:00:00;A",
    "+62 812-7700-0002;Siti Rahmawati;incs_2;April follow-up;promised Friday;30058;MS002;Siti Rahmawati;081277000002;Rp 3,000,000.00;Rp 3,300,000.00;20 Apr 2026;2026-03-02T09:30;A",
    "6281277000003.0;Dewi Lestari;incs_1;April follow-up;;30058;MS003;Dewi Lestari;;1.234,50;1.500,75;2026/4/21;2026-03-03;B",
    "6.281277000004E+12;Eka Pratama;incs_2;April follow-up;;30058;MS004;Eka Pratama;;2000000;2200000;20260422;2026-03-04 08:00;B",
    "０８１２７７００００２７;  Fajar   Hidayat ;incs_1;April follow-up;;30058;MS005;陈小明;;1 500 000;1 650 000;2026年4月23日;2026-03-05 07:15 PM;A",
    "(0812) 7700.0028;Gita Halim;incs_2;April follow-up;\"first line\nsecond line; with a semicolon\";30058;MS006;\"Gita \"\"G\"\" Halim\";;500000;550000;24/04/2026;2026-03-06 10:00:00;C",
    "081277000029;=HYPERLINK(\"http://example.com\");incs_1;April follow-up;@remark;30058;MS007;Hana Kusuma;;750000;825000;2026-04-25;;C",
    // Taken, with a warning.
    "081277000010;Indra Gunawan;incs_1;April follow-up;;30058;MS010;Indra Gunawan;;900000;990000;2026-04-20;2026-03-01 10:00:00;A",
    "081277000010;Indra Gunawan;incs_1;April follow-up;;30058;MS010;Indra Gunawan;;900000;990000;2026-04-20;2026-03-01 10:00:00;A",
    "081277000011;Kartika Utami;incs_2;April follow-up;;30058;;Kartika Utami;;400000;440000;2026-04-20;2026-03-01 10:00:00;A",
    "081277000011;Kartika Utami;incs_2;April follow-up;;30058;;Kartika Utami;;400000;440000;2026-04-20;2026-03-01 10:00:00;A",
    "081277000012;Lina Saputra;incs_1;April follow-up;;30058;MS012;Lina Saputra;;600000;660000;2026-04-20;2026-03-01 10:00:00;A",
    "081277000013;Maya Siregar;incs_2;April follow-up;;30058;MS012;Maya Siregar;;600000;660000;2026-04-20;2026-03-01 10:00:00;B",
    "081277000014;Nur Nugroho;incs_1;April follow-up;no order yet;30058;;;;;;;;",
    "081277000015;Oka Wijaya;incs_2;April follow-up;short row;30058;MS015",
    ";;;;;;;;;;;;;",
    // Errors.
    "6.28128E+12;Putri Santoso;incs_1;April follow-up;;30058;MS020;Putri Santoso;;100000;110000;2026-04-20;;A",
    "81277000021;Rizky Lestari;incs_2;April follow-up;;30058;MS021;Rizky Lestari;;100000;110000;2026-04-20;;A",
    "08127700OO22;Sari Pratama;incs_1;April follow-up;;30058;MS022;Sari Pratama;;100000;110000;2026-04-20;;A",
    ";Tono Hidayat;incs_2;April follow-up;phone is missing;30058;MS023;Tono Hidayat;;100000;110000;2026-04-20;;A",
    "081277000024;Joko Susilo;incs_1;April follow-up;;30058;MS024;Joko Susilo;;100000;110000;2026-04-20;;A",
    "081277000024;Joko Sutrisno;incs_1;April follow-up;;30058;MS025;Joko Susilo;;100000;110000;2026-04-20;;A",
    "081277000026;Wati Halim;incs_2;April follow-up;;30058;MS026;Wati Halim;;100000;110000;2026-04-20;;A",
    "081277000026;Wati Halim;incs_2;April follow-up;;30058;MS026;Wati Halim;;100000;120000;2026-04-20;;A",
    "081277000030;Adi Kusuma;incs_1;April follow-up;;30058;MS030;Adi Kusuma;;3.000;3.300;2026-04-20;;A",
    "081277000031;Citra Gunawan;incs_2;April follow-up;;30058;MS031;Citra Gunawan;;(1500000);1650000;2026-04-20;;B",
    "081277000032;Eka Utami;incs_1;April follow-up;;30058;MS032;Eka Utami;;1500000;TRUE;2026-04-20;;B",
    "081277000033;Gita Saputra;incs_2;April follow-up;;30058;MS033;Gita Saputra;;1500000;12,5O;2026-04-20;;B",
    "081277000034;Hana Siregar;incs_1;April follow-up;;30058;MS034;Hana Siregar;;1500000;#N/A;2026-04-20;;B",
    "081277000035;Indra Nugroho;incs_2;April follow-up;;30058;MS035;Indra Nugroho;;1500000;1650000;04/05/2026;;B",
    "081277000036;Lina Wijaya;incs_1;April follow-up;;30058;MS036;Lina Wijaya;;1500000;1650000;2026-02-30;;C",
    "081277000037;Maya Santoso;incs_2;April follow-up;;30058;MS037;Maya Santoso;;1500000;1650000;2026-04-20;2026-03-01T10:00:00Z;C",
    "081277000038;Nur Lestari;incs_1;April follow-up;;30O58;MS038;Nur Lestari;;1500000;1650000;2026-04-20;;C",
    "081277000039;Oka Pratama;incs_2;April follow-up;call; then write;30058;MS039;Oka Pratama;;1500000;1650000;2026-04-20;;C",
    "081277000040;Rizky Hidayat;;April follow-up;no agent;30058;MS040;Rizky Hidayat;;1500000;1650000;2026-04-20;;C",
    "Total;;;;;;;;;36184234.50;41260001.25;;;",
];
