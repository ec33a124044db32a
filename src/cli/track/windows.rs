//! Which part of the server's list holds the tasks of a run: functions from data to data.

use crate::ledger::tracked::CreatedTask;
use crate::upload::reconcile::window::{Span, Zone, on_the_wall};

/// Around what the server said when it created a task, in seconds.
const MARGIN: i64 = 5;

/// Around what our own clock says of it, in seconds: it may be wrong.
const FAR: i64 = 900;

/// A run that paused for longer than this (stopped and resumed, say) is asked about in parts, in seconds.
const PAUSE: i64 = 600;

/// So many parts cost little, however few tasks there are.
const PARTS: usize = 8;

/// With many tasks, so many of them bear the cost of one part more.
const TASKS_A_PART: usize = 1_000;

/// A stretch of the server's clock on the wall, and the places of the tasks that were created in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) places: Vec<usize>,
}

/// The parts of the list that hold the tasks. Those of which neither the server nor we ever knew the time are in none.
pub(super) fn parts(tasks: &[CreatedTask], zone: Option<Zone>) -> Vec<Part> {
    let span_of = |task: &CreatedTask| {
        let said = task.created_at.map(|at| Span { from: at - MARGIN, to: at + MARGIN });
        let (sent_at, ended_at) = match (said, task.between) {
            (Some(_), _) | (None, None) => return said,
            (None, Some(between)) => between,
        };
        let (from, to) = (sent_at.div_euclid(1_000) - FAR, ended_at.div_euclid(1_000) + FAR);
        Some(on_the_wall(Span { from, to: to.max(from) }, zone))
    };
    let mut parts: Vec<Part> = tasks
        .iter()
        .enumerate()
        .filter_map(|(place, task)| Some(Part { span: span_of(task)?, places: vec![place] }))
        .collect();
    parts.sort_by_key(|part| part.span.from);
    let most = PARTS + tasks.len() / TASKS_A_PART;
    let mut pause = PAUSE;
    parts = joined(parts, pause);
    while parts.len() > most {
        pause = pause.saturating_mul(2);
        parts = joined(parts, pause);
    }
    parts
}

/// Joins parts, which are sorted, with no more than a pause between them.
fn joined(parts: Vec<Part>, pause: i64) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if part.span.from <= last.span.to.saturating_add(pause) => {
                last.span.to = last.span.to.max(part.span.to);
                last.places.extend(part.places);
            }
            _ => joined.push(part),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: i64 = 1_700_000_000;

    fn at(second: i64) -> CreatedTask {
        CreatedTask { created_at: Some(T0 + second), ..CreatedTask::default() }
    }

    fn shape(tasks: &[CreatedTask], zone: Option<Zone>) -> Vec<(i64, i64, usize)> {
        parts(tasks, zone)
            .into_iter()
            .map(|part| (part.span.from - T0, part.span.to - T0, part.places.len()))
            .collect()
    }

    #[test]
    fn tasks_that_lie_together_are_one_part() {
        let tasks: Vec<_> = (0..1_000).rev().map(|second| at(second * 60)).collect();
        assert_eq!(shape(&tasks, None), [(-5, 999 * 60 + 5, 1_000)]);
        assert_eq!(shape(&[], None), []);
        assert_eq!(parts(&tasks, None)[0].places[..2], [999, 998]);
    }

    #[test]
    fn a_run_that_was_resumed_later_is_asked_about_in_parts() {
        let tasks = [at(0), at(30), at(50_000), at(50_001)];
        assert_eq!(shape(&tasks, None), [(-5, 35, 2), (49_995, 50_006, 2)]);
        // Not one request a task, however slow the run was.
        let slow: Vec<_> = (0..100).map(|number| at(number * 3_600)).collect();
        let parts = shape(&slow, None);
        assert!(parts.len() <= PARTS && parts.iter().map(|part| part.2).sum::<usize>() == 100, "{parts:?}");
    }

    #[test]
    fn where_the_server_told_no_time_ours_counts_with_room() {
        let between = Some((T0 * 1_000, T0 * 1_000 + 5_000));
        let task = CreatedTask { between, ..CreatedTask::default() };
        let jakarta = Some(Zone { low: 25_200, high: 25_200 });
        assert_eq!(shape(std::slice::from_ref(&task), jakarta), [(25_200 - 900, 25_200 + 905, 1)]);
        assert_eq!(shape(&[task], None), [(-12 * 3_600 - 900, 14 * 3_600 + 905, 1)]);
        assert_eq!(shape(&[CreatedTask::default()], None), []);
    }
}
