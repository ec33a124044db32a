//! Every sentence in every language: a table with one of each kind.

use super::*;
use crate::domain::date::DateFlaw;
use crate::domain::detail::Detail;
use crate::domain::file::{Lookalike, Unreadable};
use crate::domain::money::AmountFlaw;
use crate::domain::note::{About, Doubt, Lookup, Note, ServerWords};
use crate::domain::outcome::Outcome;
use crate::domain::phone::PhoneFlaw;
use crate::domain::place::TableName;
use crate::domain::problem::Problem;
use crate::domain::text::TextFlaw;
use crate::lang::{Language, assert_translated, speaking};

/// One of each kind. A kind that is added and not told of here does not compile.
macro_rules! each {
    ($kind:ty: $($pattern:pat => [$($value:expr),+ $(,)?],)*) => {{
        fn is_known(one: &$kind) {
            match one {
                $($pattern => {})*
            }
        }
        let all: Vec<$kind> = vec![$($($value),+),*];
        all.iter().for_each(is_known);
        all
    }};
}

/// The same for kinds without arguments.
macro_rules! each_plain {
    ($kind:ident: $($name:ident)*; $($rest:tt)*) => {
        each!($kind: $($kind::$name => [$kind::$name],)* $($rest)*)
    };
}

fn names() -> Names {
    let sheet = |name: &str| TableName {
        file: "list.xlsx".into(),
        sheet: Some(name.into()),
        headers: vec!["Tel".into(), "Nama".into()],
    };
    let csv = TableName { file: "more.csv".into(), sheet: None, headers: vec!["Tel".into()] };
    Names(vec![sheet("Users"), sheet("Orders"), csv])
}

const HERE: Place = Place::cell(0, 9, 1);
const THERE: Place = Place::row(0, 17);

fn phone_flaws() -> Vec<PhoneFlaw> {
    each_plain!(PhoneFlaw: CellError LossyNumber NotAPhone Date Percent Fraction TwoPhones Letter Extension Padded ZeroTail
        UnknownCountry TrunkZero NoCountryCode ZeroBeforeCode NotValid;
        PhoneFlaw::Length { .. } =>
            [PhoneFlaw::Length { digits: 7 }, PhoneFlaw::Length { digits: 1 }, PhoneFlaw::Length { digits: u8::MAX }],
        PhoneFlaw::CountryLength { .. } => [PhoneFlaw::CountryLength { country: "ID +62".into() }],
        PhoneFlaw::BareNumber { .. } => [PhoneFlaw::BareNumber { country_code: "62".into() }],
        PhoneFlaw::CodeOrNumber { .. } => [PhoneFlaw::CodeOrNumber { country_code: "62".into() }],
    )
}

fn amount_flaws() -> Vec<AmountFlaw> {
    each_plain!(AmountFlaw: CellError NotAnAmount Grouping Negative Percent Exponent Date Ambiguous OtherSeparator
        LossyNumber TooLarge;
        AmountFlaw::Unknown { .. } => [AmountFlaw::Unknown { text: "rb".into() }],)
}

fn date_flaws() -> Vec<DateFlaw> {
    each_plain!(DateFlaw: CellError NotADate Impossible OutOfRange FalseLeapDay TimeOnly BadTime BareNumber Ambiguous
        ShortYear OtherOrder NoZone;)
}

fn text_flaws() -> Vec<TextFlaw> {
    each_plain!(TextFlaw: CellError LossyNumber BadNumber TooLarge RoundedNumber;
        TextFlaw::TooLong { .. } => [TextFlaw::TooLong { length: 300 }, TextFlaw::TooLong { length: 257 }],
    )
}

fn lookalikes() -> Vec<Lookalike> {
    each_plain!(Lookalike: Picture Pdf Html Mhtml SpreadsheetXml Xml Json RichText Word PowerPoint OpenDocument Numbers
        OldExcel Zip Archive OfficeFile Utf16WithoutMark Utf16BigEndianWithoutMark Binary Device;)
}

fn details() -> Vec<Detail> {
    let text = || "x/y".to_owned();
    each_plain!(Detail: OneTable NeverClosed TextBehindQuote ZeroBytes NotUtf8 HalfCharacter NoSuchSheet ReaderFailed
        ReaderConfused CellBeyondSheet SheetList PartMissing Utf16Parts NoWorkbookPart SheetWithoutPart
        TextTableDoctype TextTableBeginning TextTableClaim TextTableCutOff CellsUnclear TextMissing RowCutOff
        RowBeyondSheet RowNumbers UnpackedSize TextTableMemory TooManyFormats TooManyTags SectorSize EmptyDirectory
        HeaderCutOff EndlessSectorList LongSectorList SectorBeyondEnd EndlessChain ChainNowhere EndlessRecord
        SheetBeyondEnd SheetsOverlap CellCutOff CellBeyondColumns SizeCutOff ImpossibleSize SparseCells Cdata
        ClosingTag ContentCutOff ContentOrder DayZero Repeats ListSheets ListText;
        Detail::TooManyLines { .. } => [Detail::TooManyLines { most: 1_000 }],
        Detail::TooManyFields { .. } => [Detail::TooManyFields { line: 7, most: 16_384 }],
        Detail::LongRecord { .. } => [Detail::LongRecord { kib: 64 }],
        Detail::NotUtf8Byte { .. } => [Detail::NotUtf8Byte { byte: 0xD6, field: 2 }],
        Detail::OtherMark { .. } => [Detail::OtherMark { found: text(), named: text() }],
        Detail::ForeignByte { .. } => [Detail::ForeignByte { encoding: text() }],
        Detail::ForeignBytes { .. } => [Detail::ForeignBytes { bytes: text(), encoding: text() }],
        Detail::CellTwice { .. } => [Detail::CellTwice { cell: text() }],
        Detail::TooManySheets { .. } => [Detail::TooManySheets { most: 10_000 }],
        Detail::MissingPart { .. } => [Detail::MissingPart { part: text() }],
        Detail::AfterRow { .. } => [Detail::AfterRow { error: text() }],
        Detail::Zip { .. } => [Detail::Zip { error: text() }],
        Detail::UnusualPart { .. } => [Detail::UnusualPart { part: text(), usual: text() }],
        Detail::PartSize { .. } => [Detail::PartSize { part: text(), mib: 64 }],
        Detail::UnpackedTextTable { .. } => [Detail::UnpackedTextTable { mib: 512 }],
        Detail::TextTableSize { .. } => [Detail::TextTableSize { mib: 512 }],
        Detail::TextSize { .. } => [Detail::TextSize { mib: 16 }],
        Detail::RowSize { .. } => [Detail::RowSize { mib: 64 }],
        Detail::XlsSize { .. } => [Detail::XlsSize { mib: 256 }],
        Detail::CellTexts { .. } => [Detail::CellTexts { mib: 256 }],
        Detail::TagSize { .. } => [Detail::TagSize { mib: 16 }],
        Detail::LeadingRows { .. } => [Detail::LeadingRows { mib: 256 }],
        Detail::Said(_) => [Detail::Said("the library's own words".to_owned())],
    )
}

fn unreadables() -> Vec<Unreadable> {
    let said = || Detail::Said("cut off".to_owned());
    let broken = || Unreadable::broken("cut off".to_owned());
    let mut all = each_plain!(Unreadable: NotFound IsFolder NoPermission Empty Encrypted;
        Unreadable::NotATable { .. } => [Unreadable::NotATable { looks_like: Lookalike::Html }],
        Unreadable::TextNamedWorkbook { .. } => [Unreadable::TextNamedWorkbook { extension: "xlsx".into() }],
        Unreadable::Broken { .. } => [
            broken(),
            broken().in_sheet("Orders", None),
            broken().in_sheet("Orders", Some(7)),
            Unreadable::Broken { sheet: None, row: Some(7), detail: said() },
        ],
        Unreadable::OpenQuote { .. } => [Unreadable::OpenQuote { line: 7, detail: said() }],
        Unreadable::Undecodable { .. } => [Unreadable::Undecodable { line: 7, detail: said() }],
        Unreadable::UnclearEncoding { .. } => [
            Unreadable::UnclearEncoding { likely: "big5".into(), or: None },
            Unreadable::UnclearEncoding { likely: "gb18030".into(), or: Some("windows-1256".into()) },
        ],
        Unreadable::UnknownEncoding { .. } => [Unreadable::UnknownEncoding { name: "klingon".into() }],
        Unreadable::TooBig { .. } => [Unreadable::TooBig { detail: said() }],
        Unreadable::Io { .. } => [Unreadable::Io { detail: "disk".into() }],
    );
    all.extend(lookalikes().into_iter().map(|looks_like| Unreadable::NotATable { looks_like }));
    all
}

fn reasons() -> Vec<Reason> {
    let not_there =
        |flag: &str, there: &[&str]| Reason::not_there(flag, there.iter().map(ToString::to_string).collect());
    let other = |common: Option<&str>| {
        let common = common.map(str::to_owned);
        Reason::OtherCountry(Box::new(OtherCountry { found: "CN +86".into(), common }))
    };
    let hidden = |left_out, settled, count| Reason::HiddenRows { count, left_out, settled };
    let unclear = |or| Reason::UnclearColumn { like: Field::UserName, or };
    let duplicate = |people: Option<&str>| Reason::DuplicateColumn {
        first: Place::cell(0, 1, 0),
        people: people.map(Into::into),
    };
    let no_phone = |columns, of_orders| {
        let columns = vec!["Tel".to_owned(); columns];
        Reason::NoPhoneColumn { known: 2, columns, of_orders }
    };
    let mut all = each_plain!(Reason: MissingColumn RequiredColumn NoHeader MissingValue TotalTooLarge NoOrderColumns
        PhoneOnly OrphanOrder UnknownColumn NamelessColumn IgnoredSheet IgnoredHiddenSheet TotalRow ComputedTotal NoOrders NoRows;
        Reason::UnclearColumn { .. } => [unclear(vec![]), unclear(vec![Field::UserId])],
        Reason::DuplicateColumn { .. } => [duplicate(None), duplicate(Some("Name"))],
        Reason::NoPhoneColumn { .. } => [
            no_phone(0, false), no_phone(1, false), no_phone(9, false), no_phone(1, true),
        ],
        Reason::NoMappedColumn { .. } => [Reason::NoMappedColumn { columns: vec!["Tel".to_owned(); 9] }],
        Reason::MixedSheets { .. } => [Reason::MixedSheets { sheets: vec!["A".into(), "B".into()] }],
        Reason::PoorJoin { .. } => [Reason::PoorJoin { orphans: 7, orders: 9 }],
        Reason::NotThere(_) => [
            not_there("--sheet", &[]), not_there("--sheet", &["A", "B"]), not_there("--sheet", &["v17"]),
            not_there(SHEET_MARK, &["A"]), not_there(SHEET_MARK, &["v17"]), not_there("--map", &["A"]),
        ],
        Reason::NoSuchRow { .. } => [
            Reason::NoSuchRow { row: 30, rows: Some(7) },
            Reason::NoSuchRow { row: 30, rows: None },
        ],
        Reason::MissingKey { .. } => [
            Reason::MissingKey { fill_down: false },
            Reason::MissingKey { fill_down: true },
        ],
        Reason::Phone(_) => [Reason::Phone(PhoneFlaw::NotAPhone)],
        Reason::OtherCountry(_) => [other(None), other(Some("ID +62"))],
        Reason::Amount(_) => [Reason::Amount(AmountFlaw::Negative)],
        Reason::Date(_) => [Reason::Date(DateFlaw::NotADate)],
        Reason::Text(_) => [Reason::Text(TextFlaw::BadNumber), Reason::Text(TextFlaw::CellError)],
        Reason::RenderedTooLong { .. } => [Reason::RenderedTooLong { length: 300 }],
        Reason::Conflict { .. } => [Reason::Conflict { first: THERE, value: "x".into() }],
        Reason::SharedUserId { .. } => [Reason::SharedUserId { first: THERE }],
        Reason::JoinedTooLong { .. } => [Reason::JoinedTooLong { length: 300 }],
        Reason::MappedTwice { .. } => [Reason::MappedTwice { other: Field::Name }],
        Reason::DuplicateOrder { .. } => [
            Reason::DuplicateOrder { first: THERE, fields: Box::default() },
            Reason::DuplicateOrder { first: THERE, fields: [Field::DueAmount, Field::NextDueDate].into() },
        ],
        Reason::DuplicateRow { .. } => [Reason::DuplicateRow { first: THERE }],
        Reason::PossibleDuplicate { .. } => [Reason::PossibleDuplicate { first: THERE }],
        Reason::DuplicateOrderAcrossUsers { .. } => [Reason::DuplicateOrderAcrossUsers { first: THERE }],
        Reason::RaggedRow { .. } => [Reason::RaggedRow { columns: 7 }, Reason::RaggedRow { columns: 1 }],
        Reason::Withheld { .. } => [Reason::Withheld { code: Code::BadPhone, cause: THERE }],
        Reason::HiddenRows { .. } => [
            hidden(true, true, 1), hidden(true, false, 2), hidden(false, true, 2), hidden(false, false, 1),
        ],
        Reason::ChangedSinceCreated { .. } => [Reason::ChangedSinceCreated { run: "R1".into(), task_id: 7 }],
        Reason::DataAboveHeader { .. } => [Reason::DataAboveHeader { header: 7 }],
        Reason::File(_) => [Reason::File(Box::new(Unreadable::Empty))],
    );
    all.extend(phone_flaws().into_iter().map(Reason::Phone));
    all.extend(amount_flaws().into_iter().map(Reason::Amount));
    all.extend(date_flaws().into_iter().map(Reason::Date));
    all.extend(text_flaws().into_iter().map(Reason::Text));
    all.extend(unreadables().into_iter().map(|flaw| Reason::File(Box::new(flaw))));
    all
}

fn lookups() -> Vec<Lookup> {
    each_plain!(Lookup: Unsteady Incomplete UnknownClock;
        Lookup::Candidates { .. } => [Lookup::Candidates { ids: vec![7, 8] }, Lookup::Candidates { ids: vec![7] }],
        Lookup::Unplaced { .. } => [Lookup::Unplaced { ids: vec![7] }],
        Lookup::Unreadable { .. } => [Lookup::Unreadable { detail: "x".into() }],
    )
}

fn doubts() -> Vec<Doubt> {
    each_plain!(Doubt: Timeout ConnectionLost UnreadableAnswer ForeignAnswer Crossed Interrupted Busy;
        Doubt::ServerError(_) => [Doubt::ServerError(502)],
        Doubt::Redirected(_) => [Doubt::Redirected(301)],
    )
}

/// Those whose words are ours alone; what the server says is looked at beside.
fn notes() -> Vec<Note> {
    let run = || "R1".to_owned();
    let doubt = |doubt, lookup, detail: &str| Note::Doubt { doubt, detail: detail.to_owned(), lookup };
    let mut all = each!(Note:
        Note::Problem { .. } => [Note::Problem { reason: Reason::NoOrders, at: HERE, field: None, value: None }],
        Note::AlreadyCreated { .. } => [Note::AlreadyCreated { run: run(), task_id: 7 }],
        Note::ChangedSinceCreated { .. } => [Note::ChangedSinceCreated { run: run(), task_id: 7 }],
        Note::InDoubtElsewhere { .. } => [Note::InDoubtElsewhere { run: run() }],
        Note::Server(_) => [Note::Server(ServerWords::default())],
        Note::Doubt { .. } => [doubt(Doubt::Timeout, None, ""), doubt(Doubt::Timeout, None, "reset by peer")],
        Note::NotSent { .. } => [Note::NotSent { detail: "refused".into() }],
        Note::Absent { .. } => [Note::Absent { doubt: Doubt::Crossed, detail: String::new() }],
        Note::CreatedLater { .. } => [Note::CreatedLater { run: run(), task_id: 7 }],
        Note::InDoubtLater { .. } => [Note::InDoubtLater { run: run() }],
        Note::Busy { .. } => [Note::Busy { task_id: 7 }],
        Note::AtServer { .. } =>
            [Note::AtServer { task_id: 7, within: true }, Note::AtServer { task_id: 7, within: false }],
    );
    all.extend(doubts().into_iter().map(|one| doubt(one, None, "")));
    all.extend(lookups().into_iter().map(|lookup| doubt(Doubt::Timeout, Some(lookup), "")));
    all
}

#[test]
fn every_reason_has_a_sentence_and_a_hint_in_every_language() {
    let names = names();
    let fields = [None, Some(Field::UserPhone), Some(Field::AuthId), Some(Field::UserName)];
    for reason in reasons() {
        // An error cell holds one of several kinds of text.
        let texts = ["V17", unread::HOLLOW, unread::ADDED_DIGITS, unread::FOREIGN_TEXT, "####"].map(Some);
        for value in texts.into_iter().chain([None]) {
            for field in fields {
                assert_translated(|| message(&reason, HERE, field, value, &names));
                assert_translated(|| hint(&reason, HERE, field, value, &names));
            }
        }
    }
}

#[test]
fn every_kind_of_problem_is_settled_in_every_language() {
    for code in Code::ALL {
        assert_translated(|| settled_by(*code));
    }
}

#[test]
fn every_detail_of_a_file_is_said_in_every_language() {
    for detail in details() {
        match &detail {
            Detail::Said(said) => speaking(Language::Chinese, || assert_eq!(&detail.words(), said)),
            _ => drop(assert_translated(|| detail.words())),
        }
    }
}

#[test]
fn every_note_has_a_sentence_and_a_hint_in_every_language() {
    let names = names();
    let about = About { run: "R2", phone: Some("6281200000001") };
    for note in notes() {
        assert_translated(|| note.message(&names));
        assert_translated(|| note.hint(&names, about));
        assert_translated(|| note.remedy(Outcome::Pending, &names, about));
    }
    let busy = ServerWords { message: "User is in an incomplete task.".into(), ..ServerWords::default() };
    let busy = Note::Server(busy);
    speaking(Language::Chinese, || assert_eq!(busy.message(&names), "User is in an incomplete task."));
    let hint = assert_translated(|| busy.hint(&names, about));
    assert!(hint.ends_with("incs-import resume R2 --retry incomplete_task"), "{hint}");
}

#[test]
fn chinese_and_indonesian_sentences_have_their_arguments_in_place() {
    let names = names();
    let problem = |reason, field, value: &str| Problem::with_value(reason, HERE, field, value);
    let conflict = Reason::Conflict { first: Place::cell(1, 4, 2), value: "王伟".into() };
    let conflict = problem(conflict, Field::UserName, "王薇");
    let withheld = Problem::at(Reason::Withheld { code: Code::BadPhone, cause: THERE }, HERE);
    let code = problem(
        Reason::Phone(PhoneFlaw::CodeOrNumber { country_code: "62".into() }),
        Field::UserPhone,
        "6281234",
    );
    let hollow = problem(Reason::Amount(AmountFlaw::CellError), Field::DueAmount, unread::HOLLOW);
    let broken = Unreadable::Broken {
        sheet: Some("Orders".into()),
        row: Some(7),
        detail: Detail::MissingPart { part: "xl/styles.xml".into() },
    };
    let broken = Problem::at(Reason::File(Box::new(broken)), HERE);
    let columns = Problem::at(Reason::RaggedRow { columns: 12 }, Place::row(2, 5));
    let row = Problem::at(Reason::NoSuchRow { row: 30, rows: Some(12) }, Place::table(0));
    for (problem, chinese, indonesian) in [
        (
            &conflict,
            "user_name 的“王薇”与“王伟”（Orders!C4）不一致",
            "user_name \"王薇\" berbeda dari \"王伟\" di Orders!C4",
        ),
        (
            &withheld,
            "暂不发送：同一用户有问题 bad-phone（第 17 行）",
            "ditahan, karena pengguna yang sama memiliki masalah bad-phone di baris 17",
        ),
        (
            &code,
            "“6281234”有两种读法：其中的 62 可能是国家代码，也可能是号码的一部分",
            "\"6281234\" dapat dibaca dua cara: 62 mungkin kode negara atau bagian dari nomor",
        ),
        (&hollow, "公式没有存储结果", "rumus ini tidak punya hasil tersimpan"),
        (
            &broken,
            "文件已损坏：工作表 \"Orders\" 第 7 行：缺少 xl/styles.xml 部分",
            "file itu rusak: lembar \"Orders\", baris 7: bagian xl/styles.xml tidak ada",
        ),
        (
            &row,
            "这里没有 --header-row 指定的第 30 行：一共只有 12 行",
            "di sini tidak ada baris 30 yang disebut oleh --header-row: hanya ada 12 baris",
        ),
        (
            &columns,
            "该行的单元格多于表头的 12 列",
            "baris ini memiliki lebih banyak sel daripada 12 kolom pada header",
        ),
    ] {
        speaking(Language::Chinese, || assert_eq!(problem.message(&names), chinese));
        speaking(Language::Indonesian, || assert_eq!(problem.message(&names), indonesian));
    }
    let hint = speaking(Language::Chinese, || code.hint(&names));
    assert_eq!(
        hint,
        "请以 + 加国家代码的形式书写；或者，如果前面应加 +62，请添加 --bare-numbers national，如果号码已完整，请添加 --bare-numbers international"
    );
    let note = Note::Doubt {
        doubt: Doubt::ServerError(502),
        detail: "Bad Gateway".into(),
        lookup: Some(Lookup::Candidates { ids: vec![41, 42] }),
    };
    speaking(Language::Chinese, || {
        assert_eq!(
            note.message(&names),
            "服务器出错，状态码 502：Bad Gateway；服务器上有 2 个任务可能就是它"
        );
        assert_eq!(
            note.hint(&names, About { run: "R2", phone: Some("6281200000001") }),
            "请在 INCS 中查看是其中哪一个：41、42；然后执行：incs-import resolve R2 --phone 6281200000001 --task-id 41；如果没有：incs-import resolve R2 --phone 6281200000001 --absent"
        );
    });
}

#[test]
fn english_counts_of_one_are_singular() {
    let names = names();
    let said = |reason: Reason| message(&reason, HERE, Some(Field::Name), Some("V"), &names);
    for (reason, want) in [
        (
            Reason::NoSuchRow { row: 30, rows: Some(1) },
            "there is no row 30 here, which --header-row names: there is 1 row",
        ),
        (
            Reason::NoSuchRow { row: 30, rows: Some(12) },
            "there is no row 30 here, which --header-row names: there are 12 rows",
        ),
        (Reason::RaggedRow { columns: 1 }, "the row has more cells than the 1 column of the header"),
        (
            Reason::HiddenRows { count: 1, left_out: true, settled: true },
            "1 row is hidden or filtered out in the sheet, and left out",
        ),
        (
            Reason::HiddenRows { count: 2, left_out: false, settled: true },
            "2 rows are hidden or filtered out in the sheet, and read like the others",
        ),
        (
            Reason::Phone(PhoneFlaw::Length { digits: 1 }),
            "\"V\" has 1 digit with its country code, not 8 to 15",
        ),
    ] {
        assert_eq!(said(reason), want);
    }
    assert_eq!(TextFlaw::TooLong { length: 257 }.hint(), "shorten it by 1 character");
}

#[test]
fn what_is_kept_of_a_flaw_is_the_same_in_every_language() {
    for detail in details() {
        let english = serde_json::to_string(&detail).unwrap();
        let chinese = speaking(Language::Chinese, || serde_json::to_string(&detail)).unwrap();
        assert_eq!(english, chinese);
        assert_eq!(serde_json::from_str::<Detail>(&english).unwrap(), detail, "{english}");
    }
    for flaw in unreadables() {
        let json = serde_json::to_string(&flaw).unwrap();
        assert_eq!(serde_json::from_str::<Unreadable>(&json).unwrap(), flaw, "{json}");
    }
    // As an older version of the program kept it: in words.
    let old = r#"{"kind":"broken","sheet":null,"row":null,"detail":"its part xl/styles.xml is missing"}"#;
    let old: Unreadable = serde_json::from_str(old).unwrap();
    assert_eq!(old.message(), "the file is broken: its part xl/styles.xml is missing");
}

#[test]
fn what_is_known_of_an_error_cell_is_said_in_full() {
    let names = names();
    let amount = || Reason::Amount(AmountFlaw::CellError);
    for (value, said, mended) in [
        (
            unread::HOLLOW,
            "the formula has no stored value",
            "open the file in a spreadsheet program and save it, so that the results are stored",
        ),
        (
            unread::ADDED_DIGITS,
            "the number format of the cell shows digits that the cell does not hold",
            "give the cell a plain number format, and type what is meant",
        ),
        (
            "#####",
            "the cell holds nothing but #: its column was too narrow when the list was saved",
            "widen the column and save the list again",
        ),
        (
            "#N/A",
            "\"#N/A\" is an error in the spreadsheet, not an amount",
            "mend the formula, or type the amount into the cell",
        ),
        (
            unread::FOREIGN_TEXT,
            "\"a text mixed with that of a drawing or a pronunciation; type it again without these\" is an error in \
             the spreadsheet, not an amount",
            "mend the formula, or type the amount into the cell",
        ),
    ] {
        let problem = Problem::with_value(amount(), HERE, Field::DueAmount, value);
        assert_eq!((&*problem.message(&names), &*problem.hint(&names)), (said, mended));
    }
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let names = names();
    let there =
        |flag: &str, there: &[&str]| Reason::not_there(flag, there.iter().map(ToString::to_string).collect());
    let many: Vec<String> = (1..=9).map(|number| format!("S{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (reason, value, want) in [
        (there("--sheet", &[]), "B", "check its name; the check command lists what is there"),
        (there("--sheet", &["Orders", "Users"]), "B", r#"name one that is there: "Orders", "Users""#),
        (there("--sheet", &["Orders", "Users"]), "users", "capitals and spaces count: --sheet Users"),
        (there("--sheet", &["My Orders "]), "my orders", "capitals and spaces count: --sheet 'My Orders '"),
        (
            there("--sheet", &many),
            "B",
            r#"name one that is there: "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", ..."#,
        ),
        (there(SHEET_MARK, &["Orders"]), "ORDERS", "capitals and spaces count: #Orders"),
        (
            there("--map", &["Tel", "nama"]),
            "nope",
            r#"name one that is there, "Tel", "nama": --map name=COLUMN"#,
        ),
        (
            Reason::NoMappedColumn { columns: vec!["Tel".into()] },
            "nope",
            r#"name one that is there, "Tel": --map name=COLUMN"#,
        ),
        (
            Reason::MissingKey { fill_down: true },
            "",
            "fill the cell: above it --fill-down finds nothing that counts for it",
        ),
        (
            Reason::MissingKey { fill_down: false },
            "",
            "fill the cell; if the rows above belong to the same user, use --fill-down",
        ),
    ] {
        assert_eq!(hint(&reason, HERE, Some(Field::Name), Some(value), &names), want, "{reason:?} {value}");
    }
}

#[test]
fn a_second_order_says_what_differs() {
    let names = names();
    let reason =
        Reason::DuplicateOrder { first: THERE, fields: [Field::DueAmount, Field::NextDueDate].into() };
    let problem = Problem::with_value(reason, HERE, Field::OrderNumber, "A-1");
    assert_eq!(
        problem.message(&names),
        "order \"A-1\" stands in row 17 with other values: due_amount, next_due_date"
    );
    // As earlier versions kept it.
    let kept: Reason =
        serde_json::from_str(r#"{"duplicate-order":{"first":{"table":0,"row":17,"column":null}}}"#)
            .expect("a record of an earlier version");
    let problem = Problem::with_value(kept, HERE, Field::OrderNumber, "A-1");
    assert_eq!(problem.message(&names), "order \"A-1\" stands in row 17 with other values");
}

#[test]
fn a_column_without_a_header_is_named_as_a_flag_names_it() {
    let table = |sheet: Option<&str>| TableName { sheet: sheet.map(str::to_owned), ..TableName::default() };
    let names = Names(vec![table(Some("S")), table(None)]);
    for (number, column, flag) in [(0, "C", "C"), (1, "3", "'#3'")] {
        let problem = Problem::at(Reason::NamelessColumn, Place::cell(number, 1, 2));
        let message = format!("column {column} has no header and is ignored, although it has data");
        assert_eq!(problem.message(&names), message);
        let hint = format!("if it is a field: --map FIELD={flag}; else silence this with --ignore {flag}");
        assert_eq!(problem.hint(&names), hint);
    }
}
