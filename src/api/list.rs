//! One page of the list of tasks, read tolerantly: what cannot be understood makes the page unreadable, never shorter.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::types::{Data, Object, integer, naive_seconds, strip_bom, text};
use crate::lang::say;

#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    total: &'a RawValue,
    #[serde(borrow)]
    data: Vec<Object<RawTask<'a>>>,
}

#[derive(Deserialize)]
struct RawTask<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow, default)]
    creation_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    auth_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    user_phone: Option<&'a RawValue>,
    #[serde(borrow, default)]
    assignee_username: Option<&'a RawValue>,
    #[serde(borrow, default)]
    created_at: Option<&'a RawValue>,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many tasks match on all pages.
    pub total: u64,
    /// Those of this page.
    pub tasks: Vec<Listed>,
}

/// A task as the list shows it; texts that are not there are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: i64,
    /// Its batch.
    pub creation_id: Option<i64>,
    /// The WhatsApp authorisation.
    pub auth_id: Option<i64>,
    /// Its name.
    pub name: String,
    /// The user.
    pub user_phone: String,
    /// The agent.
    pub assignee_username: String,
    /// Seconds since 1970 if the server's clock on the wall were UTC; `None` where the time cannot be read.
    pub created_at: Option<i64>,
}

/// What is wrong with a page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadList {
    /// It has another form; what the JSON library says of it.
    Unlike(String),
    /// It does not tell how many tasks there are.
    NoTotal,
    /// It has a task without an id.
    NoId,
}

impl fmt::Display for BadList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Unlike(error) => say!("engine-list-unlike", error = error),
            Self::NoTotal => say!("engine-list-without-total"),
            Self::NoId => say!("engine-list-without-id"),
        })
    }
}

impl std::error::Error for BadList {}

/// Reads the `data` of a success envelope as a page of the list.
///
/// Source: the answer of the page on listing tasks.
///
/// # Errors
/// What is not as the page says.
pub fn page(body: &[u8]) -> Result<Page, BadList> {
    let unlike = |error: serde_json::Error| BadList::Unlike(error.to_string());
    let Object(Data { data: Object(data) }): Object<Data<RawPage<'_>>> =
        serde_json::from_slice(strip_bom(body)).map_err(unlike)?;
    let total = integer(data.total).and_then(|total| u64::try_from(total).ok());
    let total = total.ok_or(BadList::NoTotal)?;
    let tasks = data.data.into_iter().map(listed).collect::<Option<Vec<_>>>();
    Ok(Page { total, tasks: tasks.ok_or(BadList::NoId)? })
}

fn listed(Object(task): Object<RawTask<'_>>) -> Option<Listed> {
    let words = |raw: Option<&RawValue>| raw.and_then(text).unwrap_or_default();
    Some(Listed {
        id: integer(task.id).filter(|&id| id > 0)?,
        creation_id: task.creation_id.and_then(integer),
        auth_id: task.auth_id.and_then(integer),
        name: words(task.name),
        user_phone: words(task.user_phone),
        assignee_username: words(task.assignee_username),
        created_at: task.created_at.and_then(text).and_then(|at| naive_seconds(&at)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(data: &str) -> Result<Page, BadList> {
        page(format!(r#"{{"status":"success","code":200,"data":{data},"error":{{}}}}"#).as_bytes())
    }

    #[test]
    fn the_example_of_the_api_page() {
        let page = read(
            r#"{"total":1,"data":[{"id":237,"creation_id":104,"auth_id":30058,"name":"4.8","description":"1111",
                "type":3,"user_name":"Erin","user_phone":"6281519140316","assignee_username":"incs_1","status":3,
                "created_at":"2026-04-08 17:22:01","updated_at":"2026-04-08 17:28:54","logs":[{"id":531}]}]}"#,
        );
        let task = Listed {
            id: 237,
            creation_id: Some(104),
            auth_id: Some(30_058),
            name: "4.8".to_owned(),
            user_phone: "6281519140316".to_owned(),
            assignee_username: "incs_1".to_owned(),
            created_at: Some(1_775_668_921),
        };
        assert_eq!(page, Ok(Page { total: 1, tasks: vec![task] }));
    }

    #[test]
    fn what_is_missing_is_missing_and_what_is_odd_is_refused() {
        let page = read(r#"{"total":"7","data":[{"id":"5","auth_id":"30058","user_phone":62812}]}"#).unwrap();
        assert_eq!(page.total, 7);
        let task = &page.tasks[0];
        assert_eq!((task.id, task.auth_id, task.user_phone.as_str()), (5, Some(30_058), "62812"));
        assert_eq!((task.name.as_str(), task.created_at), ("", None));
        for odd in [
            r#"{"total":1,"data":[{"name":"x"}]}"#,
            r#"{"total":1,"data":[{"id":0}]}"#,
            r#"{"total":-1,"data":[]}"#,
            r#"{"data":[]}"#,
            r#"{"total":1}"#,
            r#"{"total":1,"data":{}}"#,
            r#"{"total":1,"data":[[5,1,2]]}"#,
            "[0,[]]",
            "[]",
            "null",
        ] {
            assert!(read(odd).is_err(), "{odd}");
        }
        assert!(page_of_garbage().is_err());
    }

    fn page_of_garbage() -> Result<Page, BadList> {
        page(b"<html>")
    }
}
