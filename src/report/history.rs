//! What the logs of a task say, in words.

use crate::api::tasks::{Log, LogKind, TaskStatus};
use crate::lang::say;

/// The word for a status on a screen.
pub fn word(status: &TaskStatus) -> String {
    match status {
        TaskStatus::NotStarted => say!("tracking-not-started"),
        TaskStatus::InProgress => say!("tracking-in-progress"),
        TaskStatus::Completed => say!("tracking-completed"),
        TaskStatus::Terminated => say!("tracking-terminated"),
        TaskStatus::Other(text) => text.clone(),
    }
}

/// What a log says, without its time. `name` writes a status: its code in files, a word on screens.
pub fn explain(log: &Log, name: &dyn Fn(&TaskStatus) -> String) -> String {
    let assignee = log.assignee_username.as_str();
    let is_named = !assignee.is_empty();
    match &log.kind {
        LogKind::Created if is_named => say!("tracking-log-created-by", assignee = assignee),
        LogKind::Created => say!("tracking-log-created"),
        LogKind::Assigned if is_named => say!("tracking-log-assigned-to", assignee = assignee),
        LogKind::Assigned => say!("tracking-log-assigned"),
        LogKind::StatusChanged => {
            let (before, after) = (name(&log.pre_status), name(&log.status));
            match is_named {
                true => say!("tracking-log-status-by", before = before, after = after, assignee = assignee),
                false => say!("tracking-log-status", before = before, after = after),
            }
        }
        LogKind::Remark if is_named => {
            say!("tracking-log-remark-by", assignee = assignee, comment = &log.comment)
        }
        LogKind::Remark => say!("tracking-log-remark", comment = &log.comment),
        // What nobody explains is shown as it is.
        LogKind::Other(_) => log.json.clone(),
    }
}

/// All logs, oldest first, one behind the other, with their times.
pub fn explain_all(logs: &[Log]) -> String {
    let code = |status: &TaskStatus| status.code().to_owned();
    let line = |log: &Log| format!("{} {}", log.created_at, explain(log, &code)).trim_start().to_owned();
    logs.iter().map(line).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tasks::task_page;

    #[test]
    fn every_kind_of_log_is_explained() {
        let logs = [
            r#"{"id":1,"type":1,"assignee_username":"","created_at":"2026-04-08 17:22:01"}"#,
            r#"{"id":2,"type":2,"assignee_username":"incs_1","created_at":"2026-04-08 17:22:06"}"#,
            r#"{"id":3,"type":3,"status":1,"pre_status":0,"assignee_username":"incs_1","created_at":"2026-04-08 17:25:00"}"#,
            r#"{"id":4,"type":4,"assignee_username":"incs_1","comment":"已经跟进","created_at":"2026-04-08 17:25:01"}"#,
            r#"{"id":5,"type":3,"status":9,"pre_status":1,"created_at":"2026-04-08 17:26:00"}"#,
            r#"{"id":6,"type":12,"comment":"x","created_at":"2026-04-08 17:27:00"}"#,
            r#"{"type":2}"#,
        ];
        let body = format!(r#"{{"data":{{"total":1,"data":[{{"logs":[{}]}}]}}}}"#, logs.join(","));
        let task = task_page(body.as_bytes()).unwrap().tasks.remove(0);
        assert_eq!(
            explain_all(&task.logs).split(" | ").collect::<Vec<_>>(),
            [
                "assigned",
                "2026-04-08 17:22:01 created",
                "2026-04-08 17:22:06 assigned to incs_1",
                "2026-04-08 17:25:00 not_started -> in_progress by incs_1",
                "2026-04-08 17:25:01 remark by incs_1: 已经跟进",
                "2026-04-08 17:26:00 in_progress -> 9",
                r#"2026-04-08 17:27:00 {"id":6,"type":12,"comment":"x","created_at":"2026-04-08 17:27:00"}"#,
            ]
        );
    }
}
