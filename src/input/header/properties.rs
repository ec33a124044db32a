//! What holds of any header.

use proptest::prelude::*;

use super::{ColumnName, Header, HeaderRules, recognise};
use crate::domain::cell::{Format, Row, Value};
use crate::domain::field::Field;

/// Cells that are headers, nearly headers, or anything.
fn cell() -> impl Strategy<Value = String> {
    let known = prop_oneof![
        Just("user_phone"),
        Just("手机号"),
        Just("phone_number"),
        Just("姓名"),
        Just("Order No"),
        Just("due_amuont"),
        Just("应还金额(元)"),
        Just("B"),
        Just("#2"),
        Just("_problem"),
        Just(""),
    ];
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn rules() -> impl Strategy<Value = HeaderRules> {
    let column = || prop_oneof![cell(), "[A-E]", "#[0-9]{1,5}"].prop_map(ColumnName);
    let field = proptest::sample::select(Field::ALL.to_vec());
    let map = proptest::collection::vec((field, column()), 0..3);
    let ignore = proptest::collection::vec(column(), 0..2);
    let row = prop_oneof![4 => Just(None), 1 => (0_u32..4).prop_map(Some)];
    (row, map, ignore).prop_map(|(row, map, ignore)| HeaderRules {
        row,
        map,
        ignore,
        ..HeaderRules::default()
    })
}

/// A field has one column at most, and no column is both a field and unknown.
fn is_sound(header: &Header) -> bool {
    let once = |field: Field| header.fields.iter().filter(|found| **found == Some(field)).count() == 1;
    let is_field = |column: u16| header.fields.get(usize::from(column)).copied().flatten().is_some();
    header.fields.iter().flatten().all(|field| once(*field))
        && header.unknown.iter().all(|unknown| !is_field(unknown.column))
}

proptest! {
    #[test]
    fn a_field_has_one_column_and_a_second_look_gives_the_same(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..6), 0..4),
        rules in rules(),
    ) {
        let rows: Vec<Row> = (1..).zip(&rows).map(|(number, cells)| {
            let mut row = Row::default();
            row.start(number);
            for (column, text) in (0..).zip(cells) {
                row.push(column, Value::Text(text), Format::Unknown);
            }
            row
        }).collect();
        let found = recognise(&rows, &rules, 0);
        prop_assert_eq!(&found, &recognise(&rows, &rules, 0));
        if let Ok(header) = found {
            prop_assert!(is_sound(&header), "{:?}", header);
            prop_assert!(rows.iter().any(|row| row.number == header.row));
        }
    }
}
