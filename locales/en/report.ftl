# The page and the workbook of a run.

## The first sheet of results.xlsx

summary-run = Run
summary-sandbox = SANDBOX: nothing real was created
summary-status = Status
summary-server = Server
summary-started = Started
summary-finished = Finished
summary-operator = By
summary-file = File
summary-file-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
summary-outcome = Outcome
summary-users = Users
summary-rows = Rows
summary-money = Total amount
summary-meaning = Meaning
summary-created = Created
summary-not-created = Not created
summary-reasons = Not created, and why
summary-what = What happened
summary-remedy = What to do

## What an outcome means

outcome-created = the server has the task
outcome-incomplete-task = the user still has an unfinished task
outcome-rejected = the server refused the task
outcome-failed = surely not created; the attempts are used up
outcome-unresolved = may exist; the server could not tell
outcome-skipped = not sent: created earlier, or held back by a rule
outcome-pending = the run stopped before its turn
outcome-invalid = not sent: the rows have errors

# Reports, and the workbook of rows to mend.

report-cannot-write = cannot write { $path }: { $error }

## The proof that no row was lost

report-rows-read = rows read { $rows } = { $sum }
report-rows-lost = rows read { $rows } IS NOT { $sum }
report-totals = totals { $planned } = { $sum }
report-totals-lost = totals { $planned } IS NOT { $sum }
report-rows-ended = { $rows } { $outcome }
report-rows-left-out = { $rows } left out ({ $reasons })
report-rows-of-reason = { $reason }: { $rows }
report-left-out-total = total rows
report-left-out-hidden = hidden rows
report-left-out-limit = beyond --limit

## The workbook of rows to mend

report-fix-not-written = { $file } is not written: { $error }
report-fix-not-written-old = { $file } is not written: an older version of this program recorded the run
report-fix-not-written-old-hint = check the list again with --fix
report-fix-file-hint = name a file in a folder you can write to, and make room there
report-fix-unreadable = { $name } cannot be read again: { $flaw }
report-fix-changed = { $name } is not what it was when it was checked
report-fix-changed-hint = leave the list as it is until the program has ended, then try again
report-fix-too-many-rows = { $rows } rows of { $name } are to be mended, more than a sheet can hold
report-fix-too-many-rows-hint = this is the wrong file or mapping; if not, split the list
report-fix-too-many-columns = row { $row } of { $name } fills the last column of a sheet, and none is left for the reasons
report-fix-too-many-columns-hint = remove what stands in the last column of the list, or mend the list itself
report-fix-refused = refused by the server: { $message }
report-fix-row-of = row { $row } of { $title }
report-fix-line-of = line { $line } of { $title }
report-fix-standard-input = standard input
report-fix-semicolon = {"; "}
report-fix-reasons = { $reasons } ({ $origin })
report-fix-note =
    { $message }
    fix: { $hint }
report-fix-lost-cell = { $column }: { $why }
report-fix-lost-hint = type the value again
report-fix-lost-number = the number is none
report-fix-lost-date = the date is one that no workbook can hold
report-fix-lost-length = the text is longer than the { $most } characters that a cell can hold
report-fix-lost-characters = the text has characters that a workbook cannot hold

report-fix-redacted = fix.xlsx is not written with --redact: it holds the rows as they came
report-fix-redacted-hint = write it with incs-import report, without --redact

## report.html: its head

page-run = Run
page-sandbox = Nothing real was created: this run went to a stand-in for the server.
page-skip-to-list = Go to the list
page-verdict-all = { $count ->
    [one] Every user was tasked: { $count } task created
   *[other] Every user was tasked: { $count } tasks created
}
page-verdict-already = { $count ->
    [one] Every user has a task: an earlier run created it
   *[other] Every user has a task: an earlier run created all { $count }
}
page-verdict-all-now = Every user has a task: { $created } created now, { $already } by an earlier run
page-verdict-some = { $created } of { $all } tasked, { $missing } not
page-verdict-some-already = { $created } of { $all } tasked, { $missing } not, { $already } by an earlier run
page-verdict-empty = There was no user in the input
page-verdict-refused = Nothing was sent
page-status-running = still running
page-status-unfinished = unfinished
page-status-completed = completed
page-status-interrupted = interrupted
page-status-aborted = stopped early
page-status-refused = refused
page-started = Started
page-finished = Finished
page-took = Took
page-by = By
page-server = Server
page-input = Input
page-files = { $count ->
    [one] { $first } and { $count } more file
   *[other] { $first } and { $count } more files
}
page-requests = Requests
page-posts = { $count } sent
page-retried = { $count } sent again
page-lookups = { $count ->
    [one] { $count } look-up
   *[other] { $count } look-ups
}
page-throttled = { $count } answered with 429
page-proof-broken = The rows do not add up. This is a bug of this program: please report it, and check the run by hand.

## report.html: at a glance

page-at-a-glance = At a glance
page-created = Created
page-not-created = Not created
page-next = What to do next
page-no-amount = no amount known
page-nothing-to-do = Nothing: all is done.
page-colon = {": "}
page-copy = Copy
page-copied = Copied
page-step-resume = { $count ->
    [one] Go on with { $count } task that is still open
   *[other] Go on with { $count } tasks that are still open
}
page-step-fix = Correct the marked rows in fix.xlsx, then upload it with the same flags as before
page-step-mend = Correct the invalid rows in the list (results.xlsx names them) and upload it again; what was created is skipped.
page-step-incomplete = { $count ->
    [one] Finish or end the unfinished task of { $count } user in INCS, then
   *[other] Finish or end the unfinished tasks of { $count } users in INCS, then
}

## report.html: who was not tasked

page-why = Who was not tasked, and why
page-nobody-missing = Nobody: every user was tasked.
page-count-users = { $count ->
    [one] { $count } user
   *[other] { $count } users
}
page-count-invalid = { $count ->
    [one] { $count } user or row
   *[other] { $count } users or rows
}
page-what-to-do = What to do
page-place = Place in the input
page-phone = Phone
page-user = User
page-this-one = What happened
page-show-group = { $count ->
    [one] Show it in the list
   *[other] Show all { $count } in the list
}
page-more-reasons = { $count ->
    [one] { $count } more reason stands in the list below.
   *[other] { $count } more reasons stand in the list below.
}

## report.html: outcomes and assignees

page-outcomes = How it ended
page-outcome = Outcome
page-outcome-created = created
page-outcome-incomplete-task = unfinished task
page-outcome-rejected = rejected
page-outcome-failed = failed
page-outcome-unresolved = in doubt
page-outcome-skipped = skipped
page-outcome-pending = not yet sent
page-outcome-invalid = invalid
page-users-column = Users
page-rows-column = Rows
page-money-column = Total amount
page-meaning = Meaning
page-uncounted = Where an amount is missing, it would be too large to be added up.
page-assignees = Tasks per assignee
page-assignee = Assignee
page-money-created = Amount created
page-share = Share
page-nobody = nobody named
page-more-assignees = { $count ->
    [one] { $count } more assignee is left out here; the list has all.
   *[other] { $count } more assignees are left out here; the list has all.
}

## report.html: pace

page-pace = Pace
page-chart-rate = Tasks finished per second
page-chart-latency = Mean time to an answer
page-each-point = each point stands for { $seconds } seconds
page-fact-rate = { $mean } tasks a second on average, { $peak } at most
page-fact-latency = answers took { $mean } ms on average, { $slowest } ms at most
page-fact-throttled = { $count ->
    [one] the server asked to slow down (429) { $count } time
   *[other] the server asked to slow down (429) { $count } times
}
page-fact-failed = { $count ->
    [one] { $count } request failed (no connection, no answer, or a server error)
   *[other] { $count } requests failed (no connection, no answer, or a server error)
}
page-fact-paused = { $count ->
    [one] paused for { $count } second
   *[other] paused for { $count } seconds
}
page-point = { $time }: { $rate } a second
page-point-throttled = { $count } × 429
page-point-failed = { $count } failed
page-point-paused = paused
page-point-resumed = taken up again
page-legend-pause = paused
page-legend-throttle = the server asked to slow down (429)
page-legend-failure = requests failed
page-legend-resumption = taken up again later
page-nothing-sent = Nothing was sent.

## report.html: proof

page-proof = No row was lost
page-proof-words = Every row that was read is in one line of the list, or was left out for a reason:
page-file = File

## report.html: the list

page-list = The whole list
page-list-words = One line per user, and one per invalid row that belongs to no user.
page-search = Search
page-search-example = phone, name, task id, orders:2 …
page-search-help = Words are looked for as typed, and if no line has them so, each by itself, anywhere in a line. orders:2, status:422 and attempts:3 ask for exactly that number.
page-all = all
page-orders = Orders
page-total = Total
page-task = Task id
page-why-column = What happened
page-first-rows = First { $shown } of { $all } lines
page-shown = Lines { $from } to { $to } of { $all }
page-found = Found { $hits } of { $all } lines; shown: { $from } to { $to }
page-nothing-found = Nothing found in { $all } lines
page-page = Page { $page } of { $pages }
page-pages = Pages of the list
page-previous = Previous
page-following = Next
page-clear = Clear all filters
page-details = Details
page-task-name = Task name
page-attempts = Attempts
page-sent = Sent
page-latency = Time to the answer
page-no-script = Without scripts the first lines are shown only; results.csv and results.xlsx beside this page have all of them.
page-print = Only the first lines of the list are printed; results.csv and results.xlsx beside this page have all of them.
page-made-by = Made by incs-import { $version }
