use super::names::ALIASES;
use super::*;
use crate::domain::cell::Format;

fn row(number: u32, texts: &[&str]) -> Row {
    let mut row = Row::default();
    row.start(number);
    for (column, text) in (0_u16..).zip(texts) {
        row.push(column, Value::Text(text), Format::Unknown);
    }
    row
}

fn fields(texts: &[&str], rules: &HeaderRules) -> Vec<Option<&'static str>> {
    read(&row(1, texts), texts.len(), rules)
        .fields
        .into_iter()
        .map(|field| field.map(Field::as_str))
        .collect()
}

fn mapped(field: Field, column: &str) -> HeaderRules {
    HeaderRules { map: vec![(field, ColumnName(column.to_owned()))], ..HeaderRules::default() }
}

#[test]
fn names_in_every_dress() {
    for (header, want) in [
        ("user_phone", "user_phone"),
        ("User Phone", "user_phone"),
        ("userPhone", "user_phone"),
        (" USER-PHONE* ", "user_phone"),
        ("ｕｓｅｒ＿ｐｈｏｎｅ", "user_phone"),
        ("userName", "user_name"),
        ("username", "username"),
        ("USERNAME", "username"),
        ("User  Name (optional)", "user_name"),
        ("应还金额(元)", "due_amount"),
        ("应还金额（元）", "due_amount"),
        ("催收员*", "assignee_username"),
        ("No. WA", "user_phone"),
        ("WhatsApp Number", "user_phone"),
        ("Order No", "order_number"),
        ("orderNo", "order_number"),
        ("授权ID", "auth_id"),
        ("Tanggal Jatuh Tempo", "next_due_date"),
    ] {
        assert_eq!(field_of(header).map(|(field, _)| field.as_str()), Some(want), "{header:?}");
    }
    for header in ["", "(元)", "status", "userphone", "phone 2"] {
        assert_eq!(field_of(header), None, "{header:?}");
    }
}

#[test]
fn every_alias_stands_for_one_field() {
    let mut seen = HashMap::new();
    for (field, strong, weak) in ALIASES {
        for name in strong.iter().chain(*weak) {
            assert_eq!(seen.insert(name.replace('_', ""), *field), None, "{name}");
            assert_eq!(field_of(name).map(|(field, _)| field), Some(*field), "{name}");
        }
    }
}

#[test]
fn weak_names_yield_in_a_flat_table() {
    let none = HeaderRules::default();
    for (texts, want) in [
        (
            vec!["user_phone", "手机号", "order_no"],
            vec![Some("user_phone"), Some("phone_number"), Some("order_number")],
        ),
        (
            vec!["用户手机号", "手机号", "订单号"],
            vec![Some("user_phone"), Some("phone_number"), Some("order_number")],
        ),
        (vec!["手机号", "姓名", "订单号"], vec![Some("user_phone"), Some("user_name"), Some("order_number")]),
        (
            vec!["user_phone", "用户姓名", "姓名", "订单号"],
            vec![Some("user_phone"), Some("user_name"), Some("username"), Some("order_number")],
        ),
        (
            vec!["phone_number", "assignee", "order_no"],
            vec![Some("user_phone"), Some("assignee_username"), Some("order_number")],
        ),
        (
            vec!["user_id", "phone_number", "order_no"],
            vec![Some("user_id"), Some("phone_number"), Some("order_number")],
        ),
    ] {
        assert_eq!(fields(&texts, &none), want, "{texts:?}");
    }
}

/// The columns of the user's phone and of the order's, or what may be meant by the user's.
type Phones<'t> = Result<(Option<u16>, Option<u16>), Vec<&'t str>>;

#[test]
fn only_a_bare_phone_number_is_the_users() {
    let table: &[(&[&str], Phones<'_>)] = &[
        (&["phone_number", "order_no"], Ok((Some(0), None))),
        (&["Phone Number", "order_no"], Ok((Some(0), None))),
        (&["phoneNumber", "order_no"], Ok((Some(0), None))),
        (&["phone_number*", "order_no"], Ok((Some(0), None))),
        (&["Phone-Number (wajib)", "order_no"], Ok((Some(0), None))),
        (&["phone", "order_phone"], Ok((Some(0), Some(1)))),
        (&["order_phone", "wa"], Ok((Some(1), Some(0)))),
        (&["user_phone", "phone_number", "order_no"], Ok((Some(0), Some(1)))),
        // These say themselves that they are the order's.
        (&["order_phone", "order_no"], Err(vec!["order_phone"])),
        (&["order_phone", "user_name", "借款人", "order_no"], Err(vec!["order_phone"])),
        (&["Order Phone", "order_no"], Err(vec!["Order Phone"])),
        (&["订单手机号", "订单号"], Err(vec!["订单手机号"])),
        (&["借款人手机号", "订单号"], Err(vec!["借款人手机号"])),
        (&["Nomor Telepon Pesanan", "no_pesanan"], Err(vec!["Nomor Telepon Pesanan"])),
        // With another phone column a phone_number is not bare.
        (&["phone_number", "order_phone", "order_no"], Err(vec!["phone_number", "order_phone"])),
        (&["phone_number", "phone_number", "order_no"], Err(vec!["phone_number", "phone_number"])),
    ];
    for (texts, want) in table {
        match (recognise(&[row(1, texts)], &HeaderRules::default(), 0), want) {
            (Ok(header), Ok((users, orders))) => {
                assert_eq!(header.column(Field::UserPhone), *users, "{texts:?}");
                assert_eq!(header.column(Field::PhoneNumber), *orders, "{texts:?}");
            }
            (Err(NoHeader::Phoneless(phoneless)), Err(columns)) => {
                assert_eq!(phoneless.columns, *columns, "{texts:?}");
                assert!(phoneless.of_orders, "{texts:?}");
            }
            (found, _) => panic!("{texts:?}: {found:?}"),
        }
    }
    // What is said of a column is the last word.
    let texts = ["order_phone", "order_no"];
    let header = recognise(&[row(1, &texts)], &mapped(Field::UserPhone, "order_phone"), 0).unwrap();
    assert_eq!(header.column(Field::UserPhone), Some(0));
    let rules = HeaderRules { row: Some(1), ..HeaderRules::default() };
    assert!(!recognise(&[row(1, &texts)], &rules, 0).unwrap().has(Field::UserPhone));
}

#[test]
fn an_abbreviation_is_unclear_where_its_field_has_nothing_else() {
    use Field::{
        AssigneeUsername, AuthId, Description, DueAmount, LoanAmount, Name, NextDueDate, OrderNumber,
        PhoneNumber, TotalAmount, UserName,
    };
    let likes = |texts: &[&str], given: &[Field]| {
        let rules = HeaderRules { given: given.to_vec(), ..HeaderRules::default() };
        let header = read(&row(1, texts), texts.len(), &rules);
        header.unknown.into_iter().map(|unknown| unknown.likes).collect::<Vec<_>>()
    };
    for (text, want) in [
        ("loan_amnt", LoanAmount),
        ("loan_amt", LoanAmount),
        ("LoanAmt", LoanAmount),
        ("Loan Amt. (IDR)", LoanAmount),
        ("due_amnt", DueAmount),
        ("due_amt", DueAmount),
        ("amt_due", DueAmount),
        ("total_amt", TotalAmount),
        ("Total Amnt", TotalAmount),
        ("order_nr", OrderNumber),
        ("Order Num", OrderNumber),
        ("phone_no", PhoneNumber),
        ("Ph. No.", PhoneNumber),
        ("order_tel", PhoneNumber),
        ("due_dt", NextDueDate),
        ("next_due_dt", NextDueDate),
        ("user_nm", UserName),
        ("task_nm", Name),
        ("Desc", Description),
        ("assignee_name", AssigneeUsername),
    ] {
        assert_eq!(likes(&["user_phone", text], &[]), [vec![want]], "{text}");
        // What has a column is not looked for.
        assert_eq!(likes(&["user_phone", want.as_str(), text], &[]), [vec![]], "{text}");
    }
    // Nor is what is given.
    for (text, given) in [
        ("due_amt", DueAmount),
        ("total_amt", TotalAmount),
        ("task_nm", Name),
        ("Desc", Description),
        ("assignee_name", AssigneeUsername),
    ] {
        assert_eq!(likes(&["user_phone", text], &[given]), [vec![]], "{text}");
    }
    // A slip of the pen shows that a column was meant, whatever a flag says.
    assert_eq!(likes(&["user_phone", "asignee"], &[AssigneeUsername, AuthId]), [vec![AssigneeUsername]]);
    // Without the phone of the user this may be it.
    assert_eq!(likes(&["user_id", "phone_no"], &[]), [vec![Field::UserPhone, PhoneNumber]]);
}

#[test]
fn columns_that_only_contain_a_word_stay_harmless() {
    let mut wrong = Vec::new();
    for text in [
        "agent_code",
        "agent_id",
        "order_date",
        "order_dt",
        "order_status",
        "no",
        "No.",
        "nr",
        "num",
        "number",
        "amount",
        "amt",
        "date",
        "dt",
        "loan_date",
        "loan_no",
        "loan_term",
        "due_days",
        "phone_type",
        "phone_2",
        "telp_kantor",
        "telp_2",
        "emergency_phone",
        "office_tel",
        "customer_code",
        "paid_amt",
        "principal_amount",
        "penalty_amt",
        "interest_amnt",
        "total_days",
        "total_no",
        "branch_name",
        "product_nm",
        "account_no",
        "ktp_no",
        "desc_2",
        "city",
        "dpd",
        "status",
        "created_date",
        "batch_no",
        "region",
        "逾期天数",
        "城市",
        "产品名称",
        "cabang",
        "tgl_lahir",
        "no_ktp",
        "nama_produk",
    ] {
        let header = read(&row(1, &["user_phone", text]), 2, &HeaderRules::default());
        let likes = header.unknown.first().map(|unknown| unknown.likes.clone());
        wrong.extend(likes.is_none_or(|likes| !likes.is_empty()).then_some(text));
    }
    assert_eq!(wrong, [""; 0]);
    for text in ["remark2", "Remark 2", "备注2"] {
        let header = read(&row(1, &["user_phone", "remark", text]), 3, &HeaderRules::default());
        assert_eq!(header.unknown[0].likes, [], "{text}");
    }
}

#[test]
fn a_mapping_that_fits_no_row_is_told_with_what_is_there() {
    let rows = [row(1, &["Report"]), row(2, &["Tel", "Kota", "Cabang"]), row(3, &["6281", "x", "y"])];
    let unmapped = |name: &str, row, columns: &[&str]| {
        let columns = columns.iter().map(ToString::to_string).collect();
        Err(NoHeader::Unmapped(Unmapped { name: ColumnName(name.to_owned()), row, columns }))
    };
    for name in ["nope", "Z", "#9"] {
        let found = recognise(&rows, &mapped(Field::UserPhone, name), 0);
        assert_eq!(found, unmapped(name, 2, &["Tel", "Kota", "Cabang"]), "{name}");
    }
    // The row with known columns is likelier than a longer one.
    let rows = [row(1, &["a", "b", "c", "d"]), row(2, &["Tel", "nama", "petugas"])];
    let found = recognise(&rows, &mapped(Field::UserPhone, "nope"), 0);
    assert_eq!(found, unmapped("nope", 2, &["Tel", "nama", "petugas"]));
    // One that is there is another matter, and so is a list that has its phone by its own word.
    let found = recognise(&rows[..1], &mapped(Field::UserPhone, "a"), 0);
    assert_eq!(found, Err(NoHeader::PhoneOnly(1)));
    let rows = [row(1, &["phone", "nama"])];
    let header = recognise(&rows, &mapped(Field::UserPhone, "nope"), 0).unwrap();
    assert_eq!(header.missing.len(), 1);
    assert_eq!(recognise(&[], &mapped(Field::UserPhone, "nope"), 0), Err(NoHeader::NoPhone));
}

#[test]
fn names_of_ignored_columns_that_are_not_there() {
    let ignore = ["city", "zzz", "C", "Z"].map(|name| ColumnName(name.to_owned())).to_vec();
    let rules = HeaderRules { ignore, ..HeaderRules::default() };
    let header = read(&row(1, &["phone", "City", "", "x"]), 4, &rules);
    assert_eq!((header.left_out.as_slice(), header.idle_ignores.as_slice()), (&[1, 2][..], &[1, 3][..]));
    let spoken_for: Vec<bool> = (0..6).map(|column| header.is_spoken_for(column)).collect();
    assert_eq!(spoken_for, [true, true, true, true, false, false]);
    let header = read(&row(1, &["phone", "", "x"]), 3, &HeaderRules::default());
    assert!(!header.is_spoken_for(1));
    assert!(read(&row(1, &["phone", "", "x"]), 3, &mapped(Field::Name, "B")).is_spoken_for(1));
}

#[test]
fn a_slip_of_the_pen_is_unclear_and_another_word_is_unknown() {
    let like = |texts: &[&str]| {
        let unknown = read(&row(1, texts), texts.len(), &HeaderRules::default()).unknown;
        let one = |it: UnknownColumn| {
            assert!(it.likes.len() <= 1, "{it:?}");
            it.likes.first().copied()
        };
        unknown.into_iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(like(&["user_phone", "asignee_username"]), [Some(Field::AssigneeUsername)]);
    assert_eq!(like(&["user_phone", "due_amout"]), [Some(Field::DueAmount)]);
    assert_eq!(like(&["user_phone", "userphone"]), [None], "the field has a column already");
    assert_eq!(like(&["userphone", "name"]), [Some(Field::UserPhone)]);
    assert_eq!(like(&["user_phone", "订单编码"]), [Some(Field::OrderNumber)]);
    assert_eq!(like(&["user_phone", "status", "city", "逾期天数", "_problem"]), [None, None, None]);
}

#[test]
fn all_that_a_header_may_be_is_named_and_the_key_last() {
    use Field::{UserId, UserName, Username};
    for (texts, want) in [
        (["phone", "Pelanggan"], vec![UserName, UserId]),
        (["phone", "Customer"], vec![UserName, UserId]),
        (["nama", "Pelanggan"], vec![UserId]),
        (["id_pelanggan", "Pelanggan"], vec![]),
        (["phone", "Usrname"], vec![UserName, Username]),
        (["user_name", "Usrname"], vec![Username]),
    ] {
        let unknown = read(&row(1, &texts), 2, &HeaderRules::default()).unknown;
        assert_eq!(unknown[0].likes, want, "{texts:?}");
    }
}

#[test]
fn a_row_with_known_columns_and_no_phone_is_named_with_what_may_be_the_phone() {
    let title = row(1, &["Report of 22 November"]);
    for (texts, want) in [
        (vec!["Tel", "Pelanggan", "Petugas", "Tagihan", "Cabang"], Some((2, vec!["Tel"]))),
        (vec!["No", "Kontak", "Petugas", "Tagihan"], Some((2, vec!["No", "Kontak"]))),
        (vec!["No", "Nomor HP Nasabah", "Petugas", "Tagihan"], Some((2, vec!["Nomor HP Nasabah"]))),
        (vec!["客户电话2", "城市", "催收员", "应还金额"], Some((2, vec!["客户电话2"]))),
        (vec!["Phone 1", "Phone 2", "agent", "name"], Some((2, vec!["Phone 1", "Phone 2"]))),
        (vec!["agent", "name"], Some((2, vec![]))),
        (vec!["Tel", "Petugas"], None),
        (vec!["WAJIB", "Notes"], None),
    ] {
        let want = match want {
            None => NoHeader::NoPhone,
            Some((known, columns)) => {
                let columns = columns.into_iter().map(str::to_owned).collect();
                NoHeader::Phoneless(Phoneless { row: 2, known, columns, of_orders: false })
            }
        };
        let found = recognise(&[title.clone(), row(2, &texts)], &HeaderRules::default(), 0);
        assert_eq!(found, Err(want), "{texts:?}");
    }
    // The one with most known columns, and the phone alone in its row goes first.
    let rows = [row(1, &["agent", "name"]), row(2, &["agent", "name", "remark"]), row(3, &["name", "agent"])];
    let found = recognise(&rows, &HeaderRules::default(), 0);
    assert!(matches!(&found, Err(NoHeader::Phoneless(Phoneless { row: 2, known: 3, .. }))), "{found:?}");
    let rows = [row(1, &["agent", "name"]), row(2, &["phone"])];
    assert_eq!(recognise(&rows, &HeaderRules::default(), 0).map(|header| header.row), Ok(2));
}

#[test]
fn mapping_wins_and_ignoring_silences() {
    assert_eq!(
        fields(&["Tel", "name"], &mapped(Field::UserPhone, "Tel")),
        [Some("user_phone"), Some("name")]
    );
    assert_eq!(fields(&["phone", "mobile 2"], &mapped(Field::UserPhone, "B")), [None, Some("user_phone")]);
    assert_eq!(fields(&["phone", "x"], &mapped(Field::UserPhone, "#2")), [None, Some("user_phone")]);
    assert_eq!(
        fields(&["c", "a"], &mapped(Field::UserPhone, "a")),
        [None, Some("user_phone")],
        "texts before letters"
    );
    let rules = HeaderRules { ignore: vec![ColumnName("phone".into())], ..HeaderRules::default() };
    let header = read(&row(1, &["user_phone", "phone", "nonsense"]), 3, &rules);
    assert!(header.duplicates.is_empty());
    assert_eq!(header.unknown.len(), 1);
    let header = read(&row(1, &["a", "b"]), 2, &mapped(Field::UserPhone, "Tel"));
    assert_eq!(header.missing.len(), 1);
}

#[test]
fn two_columns_for_one_field_are_told() {
    let header = read(&row(1, &["phone", "mobile", "name"]), 3, &HeaderRules::default());
    assert_eq!(header.duplicates, [(Field::UserPhone, 0, 1)]);
}

#[test]
fn the_header_row_is_found_below_titles() {
    let find = |rows: &[Row]| recognise(rows, &HeaderRules::default(), 0).map(|header| header.row);
    let title = row(1, &["Daily list of phones"]);
    let head = row(3, &["user_phone", "name"]);
    assert_eq!(find(&[title.clone(), head.clone()]), Ok(3));
    assert_eq!(find(&[row(1, &["手机号"]), head.clone()]), Ok(3), "alone only if there is no better one");
    assert_eq!(find(&[row(1, &["手机号"]), row(2, &["6281"])]), Ok(1));
    assert_eq!(find(&[row(1, &["手机号", "whatever"])]), Err(NoHeader::PhoneOnly(1)));
    assert_eq!(find(&[row(1, &["user_id", "order_no"])]), Ok(1));
    assert_eq!(find(std::slice::from_ref(&title)), Err(NoHeader::NoPhone));
    let late: Vec<Row> = (1..=20).map(|n| row(n, &["x"])).chain([row(21, &["user_phone", "name"])]).collect();
    assert_eq!(find(&late), Err(NoHeader::NoPhone));
    let rules = HeaderRules { row: Some(21), ..HeaderRules::default() };
    assert_eq!(recognise(&late, &rules, 0).map(|header| header.row), Ok(21));
    // A column mapped by its letter does not make every row a header.
    let rows = [row(1, &["title"]), row(2, &["Tel", "name"]), row(3, &["6281", "x"])];
    assert_eq!(recognise(&rows, &mapped(Field::UserPhone, "A"), 0).map(|header| header.row), Ok(2));
}
