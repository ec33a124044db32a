//! Whose a phone or a name is that the header alone does not tell.

use super::is_exactly;
use super::names::Strength;
use crate::domain::field::Field;

/// An alias yields to the exact name: with a user's phone under a better name, 手机号 is the order's phone.
pub(super) fn yield_to_stronger(found: &mut [Option<(Field, Strength)>]) {
    let has_order = found.iter().flatten().any(|(field, _)| field.is_order());
    if !has_order {
        return;
    }
    for (users, orders) in [(Field::UserPhone, Field::PhoneNumber), (Field::UserName, Field::Username)] {
        let strong =
            found.iter().flatten().any(|&(field, strength)| field == users && strength > Strength::Weak);
        let mut weak: Vec<_> =
            found.iter_mut().filter(|slot| **slot == Some((users, Strength::Weak))).collect();
        if strong && weak.len() == 1 {
            *weak[0] = Some((orders, Strength::Weak));
        }
    }
}

/// A bare `phone_number` in a flat list without any other phone column is the user's. A header that says of itself that it
/// is the order's, such as `order_phone`, never is.
pub(super) fn bare_phone_is_the_users(found: &mut [Option<(Field, Strength)>], texts: &[String]) {
    let has = |wanted: Field| found.iter().flatten().any(|&(field, _)| field == wanted);
    if has(Field::UserPhone) {
        return;
    }
    // An orders table that is joined by user_id keeps it as the order's.
    let users = [
        Field::AssigneeUsername,
        Field::Name,
        Field::Description,
        Field::AuthId,
        Field::ModuleId,
        Field::TotalAmount,
    ];
    if has(Field::UserId) && !users.into_iter().any(has) {
        return;
    }
    let mut phones =
        found.iter_mut().zip(texts).filter(|(slot, _)| matches!(slot, Some((Field::PhoneNumber, _))));
    if let (Some((slot, text)), None) = (phones.next(), phones.next())
        && *slot == Some((Field::PhoneNumber, Strength::Strong))
        && is_exactly(text, Field::PhoneNumber)
    {
        *slot = Some((Field::UserPhone, Strength::Weak));
    }
}
