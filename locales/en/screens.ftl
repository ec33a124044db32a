# What the commands say.

## Words for all screens

screens-comma = ,{" "}
screens-semicolon = ;{" "}
screens-seconds = { $seconds } s
screens-minutes = { $minutes } min { $seconds } s
screens-hours = { $hours } h { $minutes } min
screens-bug = internal error: { $error }
screens-mend-bug = please report this with the list that caused it; what was sent is in the ledger, and nothing is sent twice
screens-mend-locked = wait for it to end, or let this one wait with --lock-wait DUR
screens-no-runtime = cannot start the runtime: { $error }
screens-leave-one-out = leave one out

## Files

file-cannot-write = cannot write { $file }: { $error }
file-no-metrics = it holds something else than metrics of this program
file-not-replaced = what is there is no file, and was left alone
file-no-heartbeat = what is there was not written by --heartbeat, and was left alone
file-name-writable = name a file in a folder you can write to
file-not-a-workbook = { $file } is not the name of a workbook
file-name-a-workbook = name a file that ends in .xlsx
file-name-another = name another file
file-no-stdin = cannot keep standard input: { $error }
file-no-room-for-stdin = make room in the folder for temporary files
file-cannot-copy = cannot copy { $file } into { $folder }: { $error }
file-the-inputs = the inputs
file-mend-copy = make room there, or choose another place with --report-dir DIR
file-changed = { $file } changed while it was read
file-mend-changed = wait until whoever writes it has finished, then try again
file-no-report-folder = cannot make the report folder { $folder }: { $error }
file-mend-report-folder = choose another place with --report-dir DIR
file-mend-reports = choose another place with --report-dir DIR, or make room
file-mend-place = make room or mend the place, then try again

## What a list holds

preview-read = read
preview-header = header in row { $row }; columns: { $columns }
preview-unread-columns = columns not read: { $columns }
preview-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
preview-rows-invalid = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}, { $invalid } of them invalid or withheld
preview-tasks = tasks
preview-tasks-with-orders = { $tasks } with { $orders }
preview-tasks-with-orders-and-totals = { $tasks } with { $orders }, totals { $total }
preview-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
preview-countries = phones by country: { $countries }
preview-user = { $user }: "{ $name }" for { $agent }, { $orders }
preview-user-with-total = { $user }: "{ $name }" for { $agent }, { $orders }, total { $total }
preview-more-users = ... and { $count } more
preview-unused-flag = { $flag } had nothing to fill: the list has a value for every user
preview-unmatched-ignore = { $flag } had nothing to ignore: no list has such a column
preview-held-back = not to be sent again: { $parts }
preview-already = { $count } already created by an earlier run
preview-changed = { $count } created before with other content
preview-doubtful = { $count } possibly created by an earlier run
preview-times = { $count ->
    [one] once
   *[other] { $count } times
}
preview-settled-by = to settle them: { $how }
preview-more-problems = ... and { $count } more (-v shows all)

## check

check-no-history = what earlier runs created is not known: { $error }
check-unusable = the list cannot be used, and nothing would be sent
check-nothing-would-be-sent = nothing would be sent: { $why }
check-no-errors = no errors: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} would be sent
check-some-errors = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} would be sent; { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} would not
check-payloads-written = bodies written to { $file }
check-output-is-the-list = { $file } is the list itself
check-fix-is-payloads = { $file } is the file of --payloads too
check-fix-nothing = nothing is to be mended: { $file } was not written
check-fix-nothing-old = nothing is to be mended: { $file } was not written; the file that is there was left as it is
check-fix-written = { $count ->
    [one] { $count } row
   *[other] { $count } rows
} to mend written to { $file }: correct the marked cells and read it with the same flags
barrier-strict = { $invalid } of { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} { $invalid ->
    [one] is
   *[other] are
} invalid, and --strict is set
barrier-mend-strict = mend the rows, or leave --strict out to send the others
barrier-max-invalid = { $wrong } of { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} are wrong, more than { $percent } %: this looks like the wrong file or mapping
barrier-mend-max-invalid = mend the list or its mapping; if it is right, raise --max-invalid PERCENT
barrier-expect-rows = the list has { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, and --expect-rows wants { $expected }: this looks like the wrong file, or part of one
barrier-mend-expect-rows = look at the list; if it is right, give it another --expect-rows MIN..MAX

## upload

upload-nobody-to-ask = standard input is the list, so nobody can be asked before sending
upload-add-yes = add --yes
upload-hidden-rows = { $count ->
    [one] { $count } row of the list is
   *[other] { $count } rows of the list are
} hidden or filtered out in the sheet
upload-mend-hidden-rows = say what is meant: --hidden-rows read to upload them too, --hidden-rows skip to leave them out
upload-not-confirmed = not confirmed, and nothing was sent
upload-unusable = the list cannot be used, and nothing was sent
upload-mend-unusable = mend what is named above; incs-import check shows the same without sending
upload-dry-run = dry run: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} would be sent to { $server }{ $besides }; nothing was sent or recorded
upload-dry-run-sandbox = a stand-in
upload-besides-already = , { $count } already created
upload-besides-changed = , { $count } created before with other content
upload-besides-doubtful = , { $count } possibly created by an earlier run (looked up first)
upload-besides-hidden = , { $count ->
    [one] { $count } row
   *[other] { $count } rows
} that the sheet hides among them
upload-besides-invalid = , { $count ->
    [one] { $count } invalid row
   *[other] { $count } invalid rows
} not sent
upload-question = create { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} at { $server }{ $besides }? { $choices }:
upload-choices = [y]es, [N]o
upload-choices-with-changed = [y]es, [a]ll including the { $count } with other content, [N]o
upload-no-ledger-folder = cannot make the folder of the ledger { $folder }: { $error }
upload-mend-ledger-folder = choose a writable place with --ledger PATH
upload-unfinished-run = run { $run } never finished: { $pending } of its tasks were not sent, { $doubts } may exist and are looked up before the same user is tasked again; to finish it: incs-import resume { $run }
upload-sandbox = SANDBOX: sending to a stand-in at { $server }; nothing real is created
upload-no-sandbox = cannot start the sandbox: { $error }
upload-built-without-sandbox = this program was built without the sandbox
upload-build-with-sandbox = build it with the feature sandbox, which is on by default
upload-preflight-off = --preflight asks for nothing, since --dedupe-window is 0
upload-ledger-unread = the ledger cannot be read for the reports: { $error }
upload-no-reports = the reports could not be written: { $error }
upload-mend-reports = make room or mend the place, then: incs-import resume; what is recorded is not sent twice
upload-stopping = stopping: requests on their way are waited for; once more (Ctrl-C) leaves at once
upload-deadline = the deadline is reached: no new task is started, and requests on their way are waited for
leftovers-not-taken = { $count ->
    [one] { $count } run has
   *[other] { $count } runs have
} something left and began more than 36 hours ago, or went to another server: see incs-import runs, and incs-import resume RUN for what is still meant
leftovers-in-the-way = an earlier run could not be finished, and so this list was not begun
leftovers-mend-in-the-way = mend what is named above and start it again; without --resume-first the list goes first

## While tasks are sent

progress-tasks = { $done } of { $total ->
    [one] { $total } task
   *[other] { $total } tasks
}
progress-bar = { $done }/{ $total } tasks
progress-rate = { $rate }/s
progress-left = about { $time } left
progress-looking = { $count ->
    [one] { $count } is
   *[other] { $count } are
} being looked for at the server
progress-doubts = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} may have been created without an answer: looking at the server for up to { $time }
progress-throttled = the server asks us to slow down (429): waiting { $time }
progress-unreachable = the server cannot be reached ({ $why }): trying again in { $time }
progress-failing = the server keeps failing: asking again in { $time } (probe { $probe } of 5)
progress-recovered = the server answers again: going on
progress-sandbox = SANDBOX: the server says it is a stand-in; nothing real is created
progress-stopping = stopping
progress-draining = stopping: { $count ->
    [one] { $count } request is on its way and is
   *[other] { $count } requests are on their way and are
} waited for

## The end of a run

closing-title = run { $run } { $state }
closing-title-with-time = run { $run } { $state } in { $time }
closing-state-running = running
closing-state-unfinished = unfinished
closing-state-completed = completed
closing-state-interrupted = interrupted
closing-state-aborted = aborted
closing-state-refused = refused
closing-sandbox = SANDBOX: nothing real was created
closing-outcome-created = created
closing-outcome-incomplete-task = user has an unfinished task
closing-outcome-rejected = rejected
closing-outcome-failed = failed
closing-outcome-unresolved = unresolved
closing-outcome-skipped = skipped
closing-outcome-pending = pending
closing-outcome-invalid = invalid
closing-example = for example { $message }
closing-more-reasons = ... and { $count ->
    [one] { $count } more reason
   *[other] { $count } more reasons
} in results.csv
closing-fix-sheet = the rows to mend stand in fix.xlsx, marked: correct them there and upload that file, with the same flags
closing-invalid-rows = the invalid rows stand in results.csv with place, reason and how to mend them
closing-not-conserved = the rows do not add up; this is a bug of this program, please report it
closing-reports = reports: { $folder }

## runs, report

runs-run = run
runs-started = started
runs-state = state
runs-tasks = tasks
runs-created = created
runs-not-created = not created
runs-file = file
runs-by = by
runs-none = no runs yet in { $ledger }
runs-no-run-yet = no run yet in { $ledger }
runs-no-such-run = no run { $run } in { $ledger }
runs-see-runs = see the runs with: incs-import runs; another ledger is named with --ledger PATH

## resume

resume-nothing = nothing to resume
resume-nothing-recent = nothing to resume within --max-age; an older run, { $run } of { $time }, is not finished: incs-import resume { $run }
resume-owner-first = run { $later } waits for what became of the tasks of run { $run }, which is taken up first; then once more: incs-import resume
resume-nothing-left = nothing to resume: run { $run } has nothing left to do
resume-reports-missing = its reports are missing in { $folder }, and are written again
resume-begins = resuming run { $run }: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} left, { $doubts } of them in doubt
resume-dry-run = dry run: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} of run { $run } would be sent to { $server }; nothing was sent or recorded
resume-dry-run-with-doubts = dry run: { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} of run { $run } would be sent to { $server }, { $doubts } in doubt would be looked up first; nothing was sent or recorded
resume-ended-stand-in = run { $run } went to a stand-in that ended with its process
resume-mend-ended-stand-in = upload the list again with --sandbox; nothing real was created
resume-no-stand-in = run { $run } belongs to { $server }, not to a stand-in
resume-mend-no-stand-in = to go on there, add --sandbox=false
resume-unknown-run = there is no run { $run } in this ledger
resume-refused-run = run { $run } was refused before anything was sent, and cannot be resumed
resume-mend-refused-run = mend the list and upload it again
resume-bad-server = the server of the run { $why }
resume-mend-bad-server = the ledger is damaged; keep it for inspection
resume-other-server = run { $run } belongs to { $server }, not to { $other }
resume-mend-other-server = leave it out: the server of a run cannot be changed
resume-other-server-ignored = run { $run } belongs to { $server }, not to { $other } as { $place } says; the run's own is used
resume-no-settings = the ledger does not tell how the run was meant: { $error }
resume-mend-no-settings = upload the list again: what was created is skipped, what is in doubt is looked up
resume-bad-rate = the rate of the run, { $rate }, { $why }
resume-mend-bad-rate = give it with --rate N/s

## resolve

resolve-taken = task { $id } is known already as that of another user or run
resolve-look-again = look again in INCS which task is this user's
resolve-recorded = recorded: task { $id } is the one of { $phone } in run { $run }
resolve-recorded-absent = recorded: nothing was created for { $phone } in run { $run }; to send it: incs-import resume { $run }
resolve-no-phone = { $text } is no phone
resolve-mend-phone = give the phone as results.csv has it, with its country code
resolve-no-task = run { $run } has no task for { $phone }
resolve-doubt-elsewhere = the doubt about { $phone } is one of run { $run }
resolve-mend-doubt-elsewhere = say it of that run: incs-import resolve { $run } --phone { $phone } ...
resolve-no-doubt = the task for { $phone } is not in doubt: it is { $outcome }
resolve-mend-no-doubt = see results.csv of the run
resolve-cannot-ask = the server could not be asked for task { $id }: { $why }
resolve-mend-cannot-ask = nothing was changed: try again when it answers
resolve-token-refused = it refuses the token
resolve-no-such-task = the server has no task { $id }
resolve-mend-other-task = look again in INCS; if there is none for this user, say --absent
resolve-other-content = task { $id } is of this phone, but has another name or authorisation
resolve-other-phone = task { $id } belongs to another phone
resolve-no-reports = the reports could not be written again: { $error }; later: incs-import report

## sandbox

sandbox-mend-chances = lower some of them; each is a share of all POSTs
sandbox-no-audit = cannot open the audit file { $file }: { $error }
sandbox-no-requests = cannot open the requests file { $file }: { $error }
sandbox-mend-start = choose another port with --port N (0 takes a free one), or a file that can be written
sandbox-nothing-real = nothing real is created here; stop it with Ctrl-C
sandbox-created = { $count ->
    [one] { $count } task was
   *[other] { $count } tasks were
} created

## The token

token-hint = put the token alone into INCS_TOKEN, or on the only line of a file named with --token-file
token-none = no token: the server lets nobody in without one
token-file = token file { $file }
token-unreadable = cannot be read: { $error }
token-others-can-read = token file { $file } can be read by others; to keep the token yours: chmod 600 { $file }
token-empty = holds no token
token-too-long = holds something longer than any token
token-several-lines = holds more than one line
token-with-bearer = holds the word Bearer; the token alone is wanted
token-not-ascii = holds something that is not a token: spaces, or characters that are not ASCII
token-on-command-line = the token is never given on the command line, where other users of this machine can read it: use INCS_TOKEN or --token-file PATH

## Config file and settings

config-cannot-read = cannot read the config file { $file }: { $why }
config-no-such-file = there is no such file
config-name-file = name the config file that is meant
config-mend-unreadable = make it readable, or name another file with --config
config-ignored = { $file } is ignored: { $why }. If you trust it: --config { $file }, or make it yours with chown and chmod go-w
config-owner-unknown = nobody can tell whose it is
config-other-owner = it belongs to another user (id { $id })
config-others-can-write = others can write it (mode { $mode })
config-too-long = is longer than 1 MiB, so it is no config file
config-not-utf8 = is not UTF-8 text
config-save-as-utf8 = save it as UTF-8 with a text editor
config-not-toml = is not TOML here: { $error }
config-no-profile-here = [profile] holds profiles, and `{ $name }` is none
config-mend-profile = write the keys of a profile below [profile.{ $name }]
config-section-not-key = `{ $section }` is a section, not a key
config-mend-section = write { $heading } on a line of its own, and its keys below
config-wrong-section = `{ $key }` does not belong in { $heading }
config-move-key = move it below { $heading }
config-profile-in-profile = a profile cannot choose a profile
config-remove-line = remove this line
config-key-twice = `{ $key }` is given here and in line { $line }
config-remove-one = remove one of the two
config-token-in-file = the token does not belong in a config file
config-mend-token-in-file = use INCS_TOKEN, or write it to a file of its own and name that with token_file
config-unknown-section = unknown section `{ $name }`{ $meant }
config-unknown-key = unknown key `{ $name }`{ $meant }
config-write-or-remove = write `{ $name }`, or remove it
config-remove-unknown = remove it; the keys are named like the flags, with _ for -
settings-place-in-profile = [profile.{ $name }] of { $file }
settings-no-profile-no-file = there is no profile `{ $name }`: no config file was found
settings-name-profile-file = name the file that holds [profile.{ $name }] with --config PATH
settings-no-profile = there is no profile `{ $name }` in { $file }{ $meant }
settings-write-profile = write one below [profile.{ $name }]
settings-profiles-are = its profiles are: { $names }
settings-disarmed = { $place } is ignored: a file that merely lies in the working folder must not say where tasks and token go. Use { $flag }{ $own }, or --config { $file }
settings-flag-or-variable = { $flag } or { $variable }
settings-move-to-own = , move it to { $file }
settings-two-columns = { $field } is given two columns
settings-keep-one = keep one of them
settings-contradiction = { $one } and { $other } contradict each other
settings-bad-base-url = the address of the server { $why }
settings-mend-base-url = write it like https://api.incsapp.com
settings-no-ledger-place = there is no place for the ledger: this user has no state folder
settings-name-ledger = name a file with --ledger PATH or INCS_IMPORT_LEDGER
settings-stdin-twice = standard input (-) can be read only once
settings-name-stdin-once = name - once
settings-input-and-tables = INPUT and --users or --orders are given at once
settings-users-without-orders = there is a table of users, but none of orders
settings-add-orders = add --orders PATH, or name the file as INPUT, without --users
settings-orders-without-users = there is a table of orders, but none of users
settings-add-users = add --users PATH, or name the file as INPUT, without --orders
settings-no-list = no list to read
settings-name-list = name a file, - for standard input, or --users with --orders

## The form of values

value-wants = wants { $what }
value-did-you-mean = ; did you mean { $word }?
value-wants-text = a text
value-wants-path = wants a path, not an empty text
value-wants-whole-from = a whole number, { $least } or more
value-wants-whole-between = a whole number from { $least } to { $most }
value-wants-several = { $what }; several with commas between them
value-empty-between-commas = has nothing between two commas
value-wants-duration = a duration such as 60s, 1m30s, 20h or 2d
value-needs-unit = needs its unit: { $one }, { $two } or { $three }
value-duration-too-long = is longer than 100 years
value-duration-zero = must be longer than nothing
value-duration-too-short = must be at least { $least }
value-wants-deadline = a duration such as 2h, or a time of day such as 06:00
value-wants-rows = how many rows are expected, such as 412, 5000..20000, 5000.. or ..20000
value-rows-reversed = has its greater end first
value-wants-rate = a rate such as 10/s, 600/m or 36000/h
value-rate-zero = must let something through
value-rate-too-high = must not be above { $most }/s
value-wants-zone = a time zone by its IANA name, such as Asia/Jakarta
value-wants-one-of = one of { $words }
value-wants-field = the name of a field, such as user_phone
value-wants-percentage = a percentage from 0 to 100, with two decimals at most
value-wants-delimiter = one of , ; | tab
value-wants-country-code = a country calling code such as 62
value-wants-uuid = a UUID such as 019d3dcd-f5a8-70e7-aff8-c54bde267f38
value-wants-auth-id = an authorisation id, a whole number such as 30058
value-auth-id-too-large = must not be above { $most }: programs that read JSON round numbers beyond that
value-wants-mapping = FIELD=COLUMN, such as user_phone=C
value-no-column = names no column for { $field }
value-wants-probability = a probability from 0 to 1, such as 0.05
value-wants-redirect = the status of a redirect, 300 to 399
value-wants-offset = a zone by its distance from UTC, -12:00 to +14:00 in quarter hours, such as +08:00
value-wants-ahead = how far a clock is ahead (+90s) or behind (-26h)
value-url-without-scheme = must begin with https://
value-url-unreadable = cannot be read ({ $error })
value-url-not-https = must be https: over http anybody on the way can read the token
value-url-other-scheme = must begin with https:// (or http:// for this machine)
value-url-with-user = must not hold a user or a password
value-url-with-query = must not hold `?` or `#`

## Bad usage

usage-bad-value = "{ $value }" cannot be used for { $argument }: { $why }
usage-no-value = there is no value for { $argument }
usage-unknown-argument = unknown argument { $argument }{ $meant }
usage-unknown-command = unknown command { $command }{ $meant }
usage-missing = these arguments are needed: { $arguments }
usage-conflict = { $one } and { $other } cannot be used together
usage-see-help = see what there is with --help

## template

template-is-there = { $file } is there already
template-mend-is-there = name another file, or remove that one
template-written = an empty list was written to { $file }: one row an order, or a user
template-example = For example: { $example }
template-too-long = The server takes at most 256 characters.
template-whole = This is a whole number above zero.
template-amount = This is an amount of zero or more.
template-date = This is a date, such as 2026-04-15.
template-user-phone =
    The user's WhatsApp number, with + and country code (or with a leading 0, and --country-code).
    One user, one task: rows of the same number are its orders.
template-assignee-username =
    The account of the agent who gets the task.
    Blank everywhere: give it with --assignee NAME[,NAME...].
template-name =
    The name of the task, at most 256 characters.
    Blank everywhere: give it with --name TEXT.
template-auth-id =
    The id of the WhatsApp authorisation, a whole number.
    Blank everywhere: give it with --auth-id N.
template-user-name = The user's name.
template-description = A remark for the agent. Different remarks on the rows of one user are joined; together they have at most 256 characters.
template-total-amount =
    The total of the user.
    Blank: the due amounts of his orders are added up.
template-module-id =
    The module that shows the orders, a UUID.
    Blank: the usual one.
template-order-number =
    The number of the order.
    A user without orders leaves this and all that follows blank.
template-username = The borrower's name in the order.
template-phone-number = The phone in the order.
template-loan-amount = The amount of the loan, zero or more.
template-due-amount = The amount that is due, zero or more.
template-next-due-date = The day on which it is due: 2026-04-15.
template-confirm-loan-time = When the loan was confirmed: 2026-03-01 10:00:00.
