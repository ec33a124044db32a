//! Two CSV tables from another system.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;

use crate::ORDER_TABLE;
use crate::invented::{AUTH_ID, Random, typed_phone, users};

/// Two tables from another system: every way of writing that has exactly one reading.
pub(crate) fn write(folder: &Path) -> Result<()> {
    const NAMES: [&str; 10] = [
        "Wijaya, Budi",
        "Siti \"Nina\" Rahmawati",
        "José Muñoz",
        "陈小明",
        "Zoë d'Arcy",
        "Łukasz Nowak",
        "Nguyễn Thị Mai",
        "O'Neill, Seán",
        "欧阳娜娜",
        "Jürgen Groß",
    ];
    let random = &mut Random(3);
    let users = users(random, 50, "B", &[1, 2, 2, 3, 4])?;
    let mut user_table = csv::Writer::from_path(folder.join("users.csv"))?;
    let mut order_table = csv::Writer::from_path(folder.join("orders.csv"))?;
    user_table.write_record([
        "user_phone",
        "user_name",
        "assignee_username",
        "name",
        "description",
        "auth_id",
    ])?;
    order_table.write_record(ORDER_TABLE)?;
    for (index, user) in users.iter().enumerate() {
        let name = NAMES.get(index % 20).copied().unwrap_or(&user.name);
        let description =
            random.pick(&["", "Call after 17:00, not before", "Asked for \"restructuring\"", "请用中文联系"]);
        let auth_id = AUTH_ID.to_string();
        user_table.write_record([
            &user.phone,
            name,
            &user.assignee,
            "April follow-up",
            description,
            &auth_id,
        ])?;
        for order in &user.orders {
            order_table.write_record([
                &typed_phone(random, &user.phone),
                &order.number,
                name,
                &order.phone,
                &typed_amount(random, order.loan),
                &typed_amount(random, order.due),
                &typed_day(random, order.due_date),
                &order.loan_time.strftime(random.pick(&TIMES)).to_string(),
            ])?;
        }
    }
    user_table.flush()?;
    order_table.flush()?;
    Ok(())
}

const TIMES: [&str; 5] =
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %I:%M %p"];

fn typed_amount(random: &mut Random, hundredths: u64) -> String {
    let (whole, cents) = (hundredths / 100, hundredths % 100);
    let grouped = format!("{},{:03},{:03}.{cents:02}", whole / 1_000_000, whole / 1000 % 1000, whole % 1000);
    match random.below(4) {
        0 if whole >= 1_000_000 => format!("Rp {grouped}"),
        1 if whole >= 1_000_000 => grouped,
        2 if cents == 0 => whole.to_string(),
        _ => format!("{whole}.{cents:02}"),
    }
}

fn typed_day(random: &mut Random, day: Date) -> String {
    match random.below(7) {
        0 => day.strftime("%Y/%m/%d"),
        1 => day.strftime("%Y%m%d"),
        2 => day.strftime("%-d %b %Y"),
        3 => day.strftime("%B %-d, %Y"),
        4 if day.day() > 12 => day.strftime("%d/%m/%Y"),
        5 => day.strftime("%Y年%-m月%-d日"),
        _ => day.strftime("%Y-%m-%d"),
    }
    .to_string()
}
