//! The two workbooks.

use std::path::Path;

use anyhow::Result;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet};

use crate::ORDER_TABLE;
use crate::invented::{AUTH_ID, LIST_DAY, Order, Random, typed_phone, users};

#[expect(clippy::cast_precision_loss, reason = "the amounts are far below 2^53 hundredths")]
fn number(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

fn excel_time(moment: DateTime) -> Result<ExcelDateTime> {
    let day = ExcelDateTime::from_ymd(
        moment.year().try_into()?,
        moment.month().try_into()?,
        moment.day().try_into()?,
    )?;
    Ok(day.and_hms(moment.hour().try_into()?, moment.minute().try_into()?, f64::from(moment.second()))?)
}

/// The formats of a sheet as people set them.
struct Formats {
    title: Format,
    header: Format,
    text: Format,
    amount: Format,
    day: Format,
    time: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            title: Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center),
            header: Format::new().set_bold().set_background_color(0x00DD_EBF7),
            text: Format::new().set_num_format("@"),
            amount: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }

    fn header(&self, sheet: &mut Worksheet, row: u32, titles: &[&str]) -> Result<()> {
        for (column, title) in (0..).zip(titles) {
            sheet.write_with_format(row, column, *title, &self.header)?;
            sheet.set_column_width(column, 18)?;
        }
        sheet.set_freeze_panes(row + 1, 0)?;
        Ok(())
    }

    /// The seven fields of an order, from `column` on, in the order of the API's page.
    fn order(&self, sheet: &mut Worksheet, row: u32, column: u16, order: &Order) -> Result<()> {
        sheet.write_with_format(row, column, &order.number, &self.text)?;
        sheet.write(row, column + 1, &order.borrower)?;
        sheet.write_with_format(row, column + 2, &order.phone, &self.text)?;
        sheet.write_with_format(row, column + 3, number(order.loan), &self.amount)?;
        sheet.write_with_format(row, column + 4, number(order.due), &self.amount)?;
        sheet.write_with_format(row, column + 5, excel_time(order.due_date.into())?, &self.day)?;
        sheet.write_with_format(row, column + 6, excel_time(order.loan_time)?, &self.time)?;
        Ok(())
    }
}

fn new_workbook() -> Result<Workbook> {
    let mut workbook = Workbook::new();
    let made = excel_time(LIST_DAY.at(8, 30, 0, 0))?;
    workbook.set_properties(&DocProperties::new().set_author("Collection team").set_creation_datetime(&made));
    Ok(workbook)
}

/// The list a team exports every day: one row per order, a title above the header, a few honest mistakes, a total row.
pub(crate) fn daily_collection(path: &Path) -> Result<()> {
    const TITLES: [&str; 13] = [
        "用户手机号",
        "用户姓名",
        "催收员",
        "任务名称",
        "备注",
        "授权id",
        "订单号",
        "借款人",
        "订单手机号",
        "借款金额",
        "应还金额(元)",
        "到期日",
        "放款时间",
    ];
    const REMARKS: [&str; 6] = ["", "", "", "已承诺周五还款", "电话无人接听", "请于下午联系"];
    // Which user (counted from 0) has which mistake.
    const LETTER_IN_AMOUNT: usize = 23;
    const LETTER_IN_PHONE: usize = 57;
    const IMPOSSIBLE_DAY: usize = 101;
    const NO_ASSIGNEE: usize = 140;
    const PASTED_TWICE: usize = 166;

    let random = &mut Random(1);
    let mut users = users(random, 200, "WD20260416", &[1, 1, 1, 2, 2, 2, 2, 3, 3, 4])?;
    if let Some(user) = users.get_mut(LETTER_IN_PHONE) {
        // With a second, well-typed row this user would be tasked with only part of the orders.
        user.orders.truncate(1);
    }
    if let Some(user) = users.get_mut(NO_ASSIGNEE) {
        user.assignee.clear();
    }

    let mut workbook = new_workbook()?;
    let formats = Formats::new();
    let sheet = workbook.add_worksheet().set_name("催收名单")?;
    sheet.merge_range(0, 0, 0, 12, "每日催收名单 2026-04-16", &formats.title)?;
    formats.header(sheet, 1, &TITLES)?;
    let (mut row, mut loans, mut dues) = (2, 0, 0);
    for (index, user) in users.iter().enumerate() {
        for (order_index, order) in user.orders.iter().enumerate() {
            let remark = random.pick(&REMARKS);
            let phone = match index {
                LETTER_IN_PHONE => user.phone.replacen('0', "O", 1),
                _ => typed_phone(random, &user.phone),
            };
            let last = order_index + 1 == user.orders.len();
            let copies = if index == PASTED_TWICE && last { 2 } else { 1 };
            for _ in 0..copies {
                sheet.write_with_format(row, 0, &phone, &formats.text)?;
                for (column, text) in (1..).zip([&user.name, &user.assignee, "4月16日逾期跟进", remark])
                {
                    if !text.is_empty() {
                        sheet.write(row, column, text)?;
                    }
                }
                sheet.write(row, 5, AUTH_ID)?;
                formats.order(sheet, row, 6, order)?;
                loans += order.loan;
                if index == LETTER_IN_AMOUNT && last {
                    sheet.write(row, 10, "12,5O")?;
                } else {
                    dues += order.due;
                }
                if index == IMPOSSIBLE_DAY && last {
                    sheet.write(row, 11, "2026-02-30")?;
                }
                row += 1;
            }
        }
    }
    sheet.write_with_format(row, 0, "合计", &formats.header)?;
    for (column, letter, sum) in [(9, 'J', loans), (10, 'K', dues)] {
        let formula =
            Formula::new(format!("=SUM({letter}3:{letter}{row})")).set_result(number(sum).to_string());
        sheet.write_formula_with_format(row, column, formula, &formats.amount)?;
    }
    workbook.save(path)?;
    Ok(())
}

/// Two tables in one workbook, all of it valid.
pub(crate) fn users_orders(path: &Path) -> Result<()> {
    let random = &mut Random(2);
    let users = users(random, 40, "INV-", &[1, 2, 2, 3, 3])?;
    let mut workbook = new_workbook()?;
    let formats = Formats::new();

    let sheet = workbook.add_worksheet().set_name("Users")?;
    formats.header(
        sheet,
        0,
        &["user_phone", "user_name", "assignee_username", "name", "description", "auth_id"],
    )?;
    for (row, user) in (1..).zip(&users) {
        sheet.write_with_format(row, 0, &user.phone, &formats.text)?;
        sheet.write(row, 1, &user.name)?;
        sheet.write(row, 2, &user.assignee)?;
        sheet.write(row, 3, "Second reminder")?;
        let description =
            random.pick(&["", "Prefers chat", "Promised to pay on Friday", "No answer on the last calls"]);
        if !description.is_empty() {
            sheet.write(row, 4, description)?;
        }
        sheet.write(row, 5, AUTH_ID)?;
    }

    let sheet = workbook.add_worksheet().set_name("Orders")?;
    formats.header(sheet, 0, &ORDER_TABLE)?;
    let orders = users.iter().flat_map(|user| user.orders.iter().map(move |order| (user, order)));
    for (row, (user, order)) in (1..).zip(orders) {
        sheet.write_with_format(row, 0, typed_phone(random, &user.phone), &formats.text)?;
        formats.order(sheet, row, 1, order)?;
    }
    workbook.save(path)?;
    Ok(())
}
