//! The body of a POST, exactly as it goes out. Its shape lives here and nowhere else.
//!
//! Source: the request example of the page on creating tasks; the order of the keys is the example's.

use serde::Serialize;

/// `type` is always this: a message task.
const MESSAGE_TASK: u8 = 3;

/// The body.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Body<'a> {
    /// At most 256 characters.
    pub name: &'a str,
    #[serde(rename = "type")]
    kind: u8,
    /// The WhatsApp authorisation.
    pub auth_id: u64,
    /// At most 256 characters; left out when blank.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'a str,
    /// Left out when blank.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub user_name: &'a str,
    /// Digits with country code.
    pub user_phone: &'a str,
    /// The account of the agent.
    pub assignee_username: &'a str,
    /// Left out for a user without orders and total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_module_info: Option<ModuleInfo<'a>>,
}

/// What the agent sees beside the chat.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ModuleInfo<'a> {
    /// A UUID.
    pub module_id: &'a str,
    /// Plain decimal, or blank.
    pub total_amount: &'a str,
    /// In row order.
    pub orders: Vec<OrderBody<'a>>,
}

/// One order; every key is there, blank ones as `""`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct OrderBody<'a> {
    pub order_number: &'a str,
    pub username: &'a str,
    pub phone_number: &'a str,
    pub loan_amount: &'a str,
    pub due_amount: &'a str,
    pub next_due_date: &'a str,
    pub confirm_loan_time: &'a str,
}

impl<'a> Body<'a> {
    /// A body without module info.
    pub(super) fn new(name: &'a str, auth_id: u64, user_phone: &'a str, assignee_username: &'a str) -> Self {
        Self {
            name,
            kind: MESSAGE_TASK,
            auth_id,
            description: "",
            user_name: "",
            user_phone,
            assignee_username,
            task_module_info: None,
        }
    }

    /// Appends the body to `out` as compact JSON.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        // Strings and numbers into memory: there is nothing that can fail.
        drop(serde_json::to_writer(out, self));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_api_page_key_by_key() {
        let mut body = Body::new("by api", 30058, "6281512345678", "incs_1");
        body.description = "123";
        body.user_name = "路人A";
        body.task_module_info = Some(ModuleInfo {
            module_id: "019d3dcd-f5a8-70e7-aff8-c54bde267f38",
            total_amount: "20000.00",
            orders: vec![OrderBody {
                order_number: "WD20260401001",
                username: "张三",
                phone_number: "13800138000",
                loan_amount: "",
                due_amount: "",
                next_due_date: "2026-04-15",
                confirm_loan_time: "2026-03-01 10:00:00",
            }],
        });
        let mut out = Vec::new();
        body.write(&mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            concat!(
                r#"{"name":"by api","type":3,"auth_id":30058,"description":"123","user_name":"路人A","#,
                r#""user_phone":"6281512345678","assignee_username":"incs_1","task_module_info":{"#,
                r#""module_id":"019d3dcd-f5a8-70e7-aff8-c54bde267f38","total_amount":"20000.00","orders":[{"#,
                r#""order_number":"WD20260401001","username":"张三","phone_number":"13800138000","loan_amount":"","#,
                r#""due_amount":"","next_due_date":"2026-04-15","confirm_loan_time":"2026-03-01 10:00:00"}]}}"#
            )
        );
    }

    #[test]
    fn blanks_are_left_out_and_the_rest_is_escaped() {
        let mut out = Vec::new();
        Body::new("a \"b\"\n", 1, "6281512345678", "x").write(&mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{"name":"a \"b\"\n","type":3,"auth_id":1,"user_phone":"6281512345678","assignee_username":"x"}"#
        );
    }
}
