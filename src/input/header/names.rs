//! What people call the fields, in every dress, and what is nearly such a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::field::Field;

/// What people call the fields, besides their own names. Compared without `_`.
///
/// The second list holds names that yield: where a table has the field under a better name, they are the order's.
pub(super) const ALIASES: &[(Field, &[&str], &[&str])] = &[
    (
        Field::UserPhone,
        &["用户手机号", "用户电话", "客户手机号", "user_mobile"],
        &[
            "手机号",
            "手机号码",
            "手机",
            "联系电话",
            "电话号码",
            "电话",
            "whatsapp",
            "whatsapp_number",
            "wa",
            "phone",
            "mobile",
            "mobile_number",
            "no_telp",
            "no_wa",
            "nomor_wa",
            "nomor_telepon",
            "no_hp",
            "nomor_hp",
            "telepon",
        ],
    ),
    (
        Field::UserName,
        &["用户姓名", "客户姓名", "客户名称", "customer_name", "nama_pelanggan"],
        &["姓名", "nama"],
    ),
    (Field::UserId, &["用户id", "客户id", "customer_id", "id_pelanggan"], &[]),
    (
        Field::AssigneeUsername,
        &["催收员", "坐席", "被分配人", "分配人", "负责人", "assignee", "agent", "collector", "petugas"],
        &[],
    ),
    (Field::Name, &["任务名称", "task_name", "nama_tugas"], &[]),
    (Field::Description, &["任务描述", "描述", "备注", "remark", "deskripsi", "keterangan"], &[]),
    (Field::AuthId, &["授权id"], &[]),
    (Field::ModuleId, &["模块id"], &[]),
    (Field::TotalAmount, &["总金额", "总欠款", "应还总额", "total", "jumlah_total", "total_tagihan"], &[]),
    (Field::OrderNumber, &["订单号", "订单编号", "order_no", "order_id", "nomor_pesanan", "no_pesanan"], &[]),
    (Field::Username, &["下单人", "借款人", "borrower", "peminjam"], &[]),
    (Field::PhoneNumber, &["订单手机号", "借款人手机号", "order_phone", "nomor_telepon_pesanan"], &[]),
    (Field::LoanAmount, &["借款金额", "放款金额", "贷款金额", "jumlah_pinjaman"], &[]),
    (Field::DueAmount, &["应还金额", "逾期金额", "到期金额", "amount_due", "jumlah_tagihan", "tagihan"], &[]),
    (
        Field::NextDueDate,
        &["到期日", "到期日期", "下次还款日", "应还日期", "due_date", "jatuh_tempo", "tanggal_jatuh_tempo"],
        &[],
    ),
    (Field::ConfirmLoanTime, &["放款时间", "借款时间", "确认借款时间", "loan_time", "waktu_pinjaman"], &[]),
];

/// How surely a header names its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A general name, such as 手机号, that may mean the order's phone.
    Weak,
    /// A name that means this field only.
    Strong,
    /// `--map` says so.
    Mapped,
}

static KNOWN: LazyLock<HashMap<String, (Field, Strength)>> = LazyLock::new(|| {
    let strong = ALIASES
        .iter()
        .flat_map(|(field, strong, _)| strong.iter().map(|name| (name, *field, Strength::Strong)));
    let weak =
        ALIASES.iter().flat_map(|(field, _, weak)| weak.iter().map(|name| (name, *field, Strength::Weak)));
    strong.chain(weak).map(|(name, field, strength)| (name.replace('_', ""), (field, strength))).collect()
});

pub(super) fn field_of(header: &str) -> Option<(Field, Strength)> {
    let name = normalise(header);
    if let Some(field) = Field::from_name(&name) {
        return Some((field, Strength::Strong));
    }
    KNOWN.get(&name.replace('_', "")).copied()
}

/// What is written for a word within a name.
const SHORT: [(&str, &[&str]); 6] = [
    ("amount", &["amt", "amnt"]),
    ("number", &["nr", "no", "num"]),
    ("phone", &["tel", "telp", "ph"]),
    ("date", &["dt"]),
    ("name", &["nm"]),
    ("description", &["desc"]),
];

/// Names of agents that may be those of their accounts or not: too unsure for an alias.
const NEARLY: [(Field, &str); 5] = [
    (Field::AssigneeUsername, "assignee_name"),
    (Field::AssigneeUsername, "agent_name"),
    (Field::AssigneeUsername, "collector_name"),
    (Field::AssigneeUsername, "nama_petugas"),
    (Field::AssigneeUsername, "催收员姓名"),
];

/// A name in the form of [`normalise`] with its abbreviations written out: `loan_amt` is `loan_amount`.
fn written_out(name: &str) -> String {
    let word = |part| SHORT.iter().find(|(_, short)| short.contains(&part)).map_or(part, |(word, _)| *word);
    name.split('_').map(word).collect::<Vec<_>>().join("_")
}

/// Every name of a field with its abbreviations written out, and what is nearly one.
static WRITTEN_OUT: LazyLock<Vec<(String, Field)>> = LazyLock::new(|| {
    let own = Field::ALL.into_iter().map(|field| (field, field.as_str()));
    own.chain(aliases()).chain(NEARLY).map(|(field, name)| (written_out(name), field)).collect()
});

/// The fields without a column that a header is close to: a slip of the pen, an abbreviation, or one word of a name. What
/// merely contains such a word is another name. `given` are the fields that a flag, the config or a default gives: an
/// abbreviation is not taken for one of them, while a slip of the pen (`asignee`) shows that a column was meant.
pub(super) fn closest(header: &str, is_free: impl Fn(Field) -> bool, given: &[Field]) -> Vec<Field> {
    let name = normalise(header);
    let mut fields = slips(&name.replace('_', ""), &is_free);
    let written = written_out(&name);
    let short = WRITTEN_OUT.iter().filter(|(known, _)| *known == written).map(|(_, field)| *field);
    fields.extend(short.filter(|field| is_free(*field) && !given.contains(field)));
    // A list without the phone of its users may have it in a column that would be the order's in another list.
    if fields.contains(&Field::PhoneNumber) && is_free(Field::UserPhone) {
        fields.push(Field::UserPhone);
    }
    // A key is never shown: whoever takes it for the name first loses that without a word.
    fields.sort_unstable_by_key(|field| (*field == Field::UserId, *field));
    fields.dedup();
    fields
}

/// Fields of which a name without `_` is a slip of the pen, not another word. Several that are equally close are all named,
/// and so are those of which it is one word: `Pelanggan` is the end of `nama_pelanggan` as much as of `id_pelanggan`.
fn slips(name: &str, is_free: impl Fn(Field) -> bool) -> Vec<Field> {
    let length = name.chars().count();
    if length < 4 {
        return Vec::new();
    }
    let own = Field::ALL.into_iter().map(|field| (field.as_str().replace('_', ""), field));
    let others = KNOWN.iter().map(|(alias, &(field, _))| (alias.clone(), field));
    let near: Vec<(usize, Field)> = own
        .chain(others)
        .filter(|(known, field)| is_free(*field) && known.chars().count() >= 4)
        .filter_map(|(known, field)| {
            let distance = strsim::osa_distance(name, &known);
            let allowed = if length.min(known.chars().count()) < 8 { 1 } else { 2 };
            (distance <= allowed).then_some((distance, field))
        })
        .collect();
    let Some(least) = near.iter().map(|(distance, _)| *distance).min() else { return Vec::new() };
    let equally = near.iter().filter(|(distance, _)| *distance == least).map(|(_, field)| *field);
    let by_word =
        aliases().filter(|(field, alias)| is_free(*field) && alias.split('_').any(|word| word == name));
    equally.chain(by_word.map(|(field, _)| field)).collect()
}

/// Every field with every alias.
fn aliases() -> impl Iterator<Item = (Field, &'static str)> {
    ALIASES.iter().flat_map(|(field, strong, weak)| strong.iter().chain(*weak).map(|alias| (*field, *alias)))
}

/// Words of phone aliases that say nothing of a phone.
const NO_PHONE: [&str; 4] = ["no", "nomor", "number", "user"];

/// Whether a header that is no known name may be that of the phone: a slip of one, one of its words or the beginning of one
/// (`Tel`), or with such a name in it (`客户电话2`). Only good for a suggestion.
pub(super) fn may_be_phone(header: &str) -> bool {
    if closest(header, |field| field == Field::UserPhone, &[]).contains(&Field::UserPhone) {
        return true;
    }
    let name = normalise(header);
    let is_word_of = |alias: &str| {
        name.split('_').any(|word| {
            alias
                .split('_')
                .filter(|known| !NO_PHONE.contains(known))
                .any(|known| word == known || (word.chars().count() >= 3 && known.starts_with(word)))
        })
    };
    aliases()
        .filter(|(field, _)| *field == Field::UserPhone)
        .any(|(_, alias)| is_word_of(alias) || (!alias.is_ascii() && name.contains(alias)))
}

/// The form in which headers are compared: NFKC, without a bracketed end or `*`, camel humps and runs of spaces and
/// punctuation as one `_`, lower case.
pub(super) fn normalise(header: &str) -> String {
    let folded: String = header.nfkc().filter(|c| *c != '*').collect();
    let folded = without_bracketed_end(folded.trim());
    let mut name = String::with_capacity(folded.len());
    let mut before: Option<char> = None;
    for c in folded.chars() {
        if !c.is_alphanumeric() {
            if !name.is_empty() && !name.ends_with('_') && !is_invisible(c) {
                name.push('_');
            }
        } else {
            if c.is_uppercase() && before.is_some_and(char::is_lowercase) {
                name.push('_');
            }
            name.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// `应还金额(元)` is `应还金额`, unless nothing would be left.
fn without_bracketed_end(text: &str) -> &str {
    for (open, close) in [('(', ')'), ('[', ']'), ('【', '】'), ('{', '}'), ('〔', '〕')] {
        if let Some(inside) = text.strip_suffix(close)
            && let Some(at) = inside.rfind(open)
            && !text[..at].trim().is_empty()
        {
            return text[..at].trim();
        }
    }
    text
}
