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
