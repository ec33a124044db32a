# What the server says of tasks.

# Statuses of tasks, on screens.
tracking-not-started = not started
tracking-in-progress = in progress
tracking-completed = completed
tracking-terminated = terminated
tracking-other = other
tracking-not-found = not found
tracking-all = all
tracking-assignee = assignee

# What a line of a task's history says. $before and $after are statuses.
tracking-log-created = created
tracking-log-created-by = created by { $assignee }
tracking-log-assigned = assigned
tracking-log-assigned-to = assigned to { $assignee }
tracking-log-status = { $before } -> { $after }
tracking-log-status-by = { $before } -> { $after } by { $assignee }
tracking-log-remark = remark: { $comment }
tracking-log-remark-by = remark by { $assignee }: { $comment }

# Asking the server.
tracking-asking = asking { $server } about { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} of run { $run }
tracking-progress = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} read
tracking-progress-of = { $count } of { $total } tasks read
tracking-waiting = { $why }: asking again in { $seconds } s
tracking-sandbox = SANDBOX: this server is a stand-in; nothing of what it tells is real
tracking-not-a-task = the list holds something that is no task
tracking-status = status { $status }
tracking-status-with-words = status { $status }: { $message }
tracking-foreign-answer = it answers with a page that is not the API's, perhaps a login page
tracking-other-task = asked for task { $id }, it lists another one
tracking-token-refused = { $server } refuses the token
tracking-server-failed = { $server } could not be asked: { $why }
tracking-server-failed-hint = nothing was changed: try again when it answers

# track
tracking-title = run { $run }: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} at { $server } ({ $requests ->
    [one] { $requests } request
   *[other] { $requests } requests
})
tracking-last-remark = last remark: { $at } { $phone } ({ $assignee }): { $comment }
tracking-not-found-words = { $count ->
    [one] { $count } task is not listed any more: somebody may have deleted it in INCS
   *[other] { $count } tasks are not listed any more: somebody may have deleted them in INCS
}
tracking-files = written: { $files }
tracking-requests = { $count ->
    [one] { $count } request
   *[other] { $count } requests
} made
tracking-nothing-created = run { $run } created no task: there is nothing to ask about
tracking-all-purged = no run in { $ledger } that created tasks knows its people any more: purge has forgotten them
tracking-no-run = no run has created a task yet in { $ledger }
tracking-own-sandbox-hint = to follow invented tasks, start one with: incs-import sandbox; and upload to its address with --base-url
tracking-purged-hint = its tasks are still at the server: incs-import tasks

# tasks
tracking-wants-status = 0 not_started, 1 in_progress, 2 completed or 3 terminated
tracking-wants-time = a time such as 2026-04-07 17:00:00, or a day such as 2026-04-07
tracking-no-tasks = no such tasks
tracking-page = page { $page }: { $count } of { $total ->
    [one] { $total } task
   *[other] { $total } tasks
}
tracking-history = history ({ $count }):
tracking-restless = the list kept changing while it was read: tasks may be missing
tracking-restless-hint = try again, or ask for less: --start-at, --end-at, or one page with --page
tracking-out-form = { $path } is neither a .csv nor a .xlsx
tracking-out-form-hint = name a file such as tasks.csv or tasks.xlsx
tracking-out-folder = { $folder } is no folder that a file can be written into
tracking-out-written = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} written to { $path }
tracking-out-hint = choose another place, or make room
tracking-times-crossed = --start-at lies behind --end-at
tracking-times-crossed-hint = give the earlier time as --start-at
tracking-zone-unknown = the time zone of { $server } is not known: it is learned from tasks that were uploaded there
tracking-zone-unknown-hint = leave --time-zone out and give the times by the server's clock, as its tasks show them
