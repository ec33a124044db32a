use super::*;

#[test]
fn words_of_a_list_with_a_suggestion() {
    assert_eq!(DateOrder::from_text("dmy"), Ok(DateOrder::Dmy));
    assert_eq!(DecimalSeparator::from_text(","), Ok(DecimalSeparator::Comma));
    assert_eq!(TotalAmount::from_text("sum:loan_amount"), Ok(TotalAmount::SumLoan));
    assert_eq!(DateOrder::from_text("DMY").unwrap_err(), "wants one of ymd, dmy, mdy; did you mean dmy?");
    assert_eq!(
        BareNumbers::from_text("natonal").unwrap_err(),
        "wants one of national, international; did you mean national?"
    );
    assert_eq!(FieldName::from_text("user_phone"), Ok(FieldName(Field::UserPhone)));
    assert!(FieldName::from_text("user-phne").unwrap_err().ends_with("did you mean user_phone?"));
    assert_eq!(OutcomeName::from_text(" skipped "), Ok(OutcomeName(Outcome::Skipped)));
    assert!(
        OutcomeName::from_text("incomplete-task").unwrap_err().ends_with("did you mean incomplete_task?")
    );
}

#[test]
fn percentages_are_exact() {
    for (text, want) in
        [("20", "20"), ("20%", "20"), (" 0.5 % ", "0.5"), ("0", "0"), ("100.00", "100"), ("12.25", "12.25")]
    {
        assert_eq!(
            Percent::from_text(text).map(|percent| percent.to_string()),
            Ok(want.to_owned()),
            "{text:?}"
        );
    }
    for text in ["", "%", "-1", "101", "100.01", "20%%", "1.234", "1,5", "1e1", "NaN", ".5", "5."] {
        assert!(Percent::from_text(text).is_err(), "{text:?}");
    }
    let limit = Percent::whole(20);
    assert!(
        !limit.is_exceeded_by(20, 100) && limit.is_exceeded_by(21, 100) && limit.is_exceeded_by(201, 1000)
    );
    assert!(!limit.is_exceeded_by(0, 0) && !Percent::whole(255).is_exceeded_by(u64::MAX, u64::MAX));
    assert!(Percent::whole(0).is_exceeded_by(1, u64::MAX));
}

#[test]
fn delimiters() {
    for (text, want) in [(",", b','), (";", b';'), ("|", b'|'), ("\t", b'\t'), ("tab", b'\t'), ("\\t", b'\t')]
    {
        assert_eq!(Delimiter::from_text(text), Ok(Delimiter(want)), "{text:?}");
    }
    for text in ["", " ", ",,", "x", "é", "TAB"] {
        assert_eq!(Delimiter::from_text(text).unwrap_err(), "wants one of , ; | tab", "{text:?}");
    }
}

#[test]
fn identifiers() {
    for (text, want) in [("62", Some("62")), ("+62", Some("62")), ("1", Some("1")), ("972", Some("972"))] {
        assert_eq!(CountryCode::from_text(text).ok().map(|code| code.0).as_deref(), want, "{text:?}");
    }
    for text in ["", "+", "0", "062", "0062", "6281", "ID", "６２"] {
        assert!(CountryCode::from_text(text).is_err(), "{text:?}");
    }
    for text in ["019d3dcd-f5a8-70e7-aff8-c54bde267f38", "019D3DCD-F5A8-70E7-AFF8-C54BDE267F38"] {
        assert_eq!(ModuleId::from_text(text), Ok(ModuleId(text.to_owned())));
    }
    for text in
        ["", "019d3dcdf5a870e7aff8c54bde267f38", "019d3dcd-f5a8-70e7-aff8-c54bde267f3g", "a-b-c-d-e", "----"]
    {
        assert!(ModuleId::from_text(text).is_err(), "{text:?}");
    }
    assert_eq!(AuthId::from_text(" 30058 "), Ok(AuthId(30_058)));
    assert_eq!(AuthId::from_text("9007199254740991"), Ok(AuthId(9_007_199_254_740_991)));
    for text in ["", "0", "-1", "3.0", "30 058", "9007199254740992", "99999999999999999999"] {
        assert!(AuthId::from_text(text).is_err(), "{text:?}");
    }
}

#[test]
fn mappings_name_a_field_and_a_column() {
    for (text, field, column) in [
        ("user_phone=C", Field::UserPhone, "C"),
        ("user_phone = Phone = mobile ", Field::UserPhone, "Phone = mobile"),
        ("name=#3", Field::Name, "#3"),
    ] {
        assert_eq!(Mapping::from_text(text), Ok(Mapping { field, column: column.to_owned() }), "{text:?}");
    }
    for (text, want) in [
        ("user_phone", "wants FIELD=COLUMN, such as user_phone=C"),
        ("user_phone=", "names no column for user_phone"),
        ("usr_phone=C", "wants the name of a field, such as user_phone; did you mean user_phone?"),
    ] {
        assert_eq!(Mapping::from_text(text).unwrap_err(), want, "{text:?}");
    }
}
