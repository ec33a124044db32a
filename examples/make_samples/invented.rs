//! People, phones and debts that do not exist, the same ones every time.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, date};
use rlibphonenumber::{PhoneNumber, Region};

pub(crate) const AUTH_ID: u32 = 30_058;

/// The day on which the lists were exported.
pub(crate) const LIST_DAY: Date = date(2026, 4, 16);

pub(crate) struct User {
    /// `62812` and 8 digits.
    pub(crate) phone: String,
    pub(crate) name: String,
    pub(crate) assignee: String,
    pub(crate) orders: Vec<Order>,
}

pub(crate) struct Order {
    pub(crate) number: String,
    pub(crate) borrower: String,
    pub(crate) phone: String,
    /// In hundredths.
    pub(crate) loan: u64,
    /// In hundredths.
    pub(crate) due: u64,
    pub(crate) due_date: Date,
    pub(crate) loan_time: DateTime,
}

/// SplitMix64: the samples need variety, not quality.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub(crate) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let index = self.below(choices.len() as u64);
        usize::try_from(index).ok().and_then(|index| choices.get(index)).copied().unwrap_or_default()
    }
}

const FIRST_NAMES: [&str; 20] = [
    "Adi", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hana", "Indra", "Joko", "Kartika", "Lina",
    "Maya", "Nur", "Oka", "Putri", "Rizky", "Sari", "Tono", "Wati",
];
const LAST_NAMES: [&str; 12] = [
    "Santoso", "Wijaya", "Saputra", "Lestari", "Pratama", "Hidayat", "Nugroho", "Siregar", "Halim", "Kusuma",
    "Gunawan", "Utami",
];

/// Users with different phones; each has as many orders as one of `orders_each`, dealt at random.
pub(crate) fn users(
    random: &mut Random,
    count: u64,
    order_prefix: &str,
    orders_each: &[u64],
) -> Result<Vec<User>> {
    let mut phones = HashSet::new();
    let mut orders_so_far = 0;
    let mut users = Vec::new();
    for index in 0..count {
        let phone = format!("62812{:08}", random.below(90_000_000) + 10_000_000);
        let valid = format!("+{phone}")
            .parse::<PhoneNumber>()
            .is_ok_and(|number| number.is_valid_for_region(Region::ID));
        ensure!(
            valid && phones.insert(phone.clone()),
            "{phone} is not valid or there twice: choose another seed"
        );
        let name = format!("{} {}", random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES));
        let mut orders = Vec::new();
        for _ in 0..random.pick(orders_each) {
            orders_so_far += 1;
            let loan = (random.below(90) + 10) * 5_000_000;
            let borrower = if random.below(8) == 0 {
                format!("{} {}", random.pick(&FIRST_NAMES), random.pick(&LAST_NAMES))
            } else {
                name.clone()
            };
            let loan_day = LIST_DAY.checked_sub((30 + random.below(60).cast_signed()).days())?;
            let time_of_day = random.below(12 * 3600).cast_signed().seconds();
            orders.push(Order {
                number: format!("{order_prefix}{orders_so_far:05}"),
                borrower,
                phone: format!("0{}", phone.strip_prefix("62").unwrap_or(&phone)),
                loan,
                due: loan + loan / 1000 * (random.below(200) + 50) + random.below(2) * 50,
                due_date: LIST_DAY.checked_add((random.below(30).cast_signed() - 15).days())?,
                loan_time: loan_day.at(8, 0, 0, 0).checked_add(time_of_day)?,
            });
        }
        users.push(User { phone, name, assignee: format!("incs_{}", index % 6 + 1), orders });
    }
    Ok(users)
}

/// The ways in which people type the same number; none of them needs `--country-code`.
pub(crate) fn typed_phone(random: &mut Random, phone: &str) -> String {
    let digits = |from, to| phone.get(from..to).unwrap_or_default();
    match random.below(8) {
        0 => format!("+62 {}-{}-{}", digits(2, 5), digits(5, 9), digits(9, 13)),
        1 => format!("+{phone}"),
        2 => format!("62 {} {} {}", digits(2, 5), digits(5, 9), digits(9, 13)),
        _ => phone.to_owned(),
    }
}
