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
