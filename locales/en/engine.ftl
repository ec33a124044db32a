# What happens while tasks are sent, and why a run stops.

## Why a run stopped early

engine-interrupted = interrupted
engine-deadline = stopped at the deadline
engine-token-refused = the server refuses the token
engine-token-refused-words = the server refuses the token: { $words }
engine-token-unclear = the server answered 401 or 403, and did not say whether the token is good
engine-wrong-server = this is not the INCS API: it answered with status { $status } where a task was to be made
engine-foreign-answer = this is not the INCS API: a page came instead of its answer, such as a login page or a portal
engine-crossed-answers = an answer belongs to another task: something between us mixes answers up
engine-equal-rejections = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} in a row were refused with the same words: { $words }
engine-equal-rejections-unexplained = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} in a row were refused without a reason
engine-equal-rejections-code = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
} in a row were refused without a reason (code { $code })
engine-retry-later = the server wants no request for { $seconds } seconds
engine-list-unreadable = the server's list of tasks could not be read before sending: { $why }
engine-throttled-throughout = the server answered nothing but 429 for 30 minutes
engine-server-down = the server keeps failing: { $why }
engine-bug = a part of the program failed: { $why }

## What to do then

engine-go-on = to go on: { $resume }
engine-mend-token = put a valid token into INCS_TOKEN or --token-file, then: { $resume }
engine-mend-server = check the address of the server and any proxy or portal in between, then: { $resume }
engine-mend-crossed-answers = tell whoever runs the server; once it is mended, what may exist is looked up by: { $resume }
engine-mend-rejections = mend what the server names (often --auth-id or the account), then upload the list again; if it was the server's fault: { $resume } --retry rejected
engine-go-on-later = go on in { $minutes } minutes or later with: { $resume }
engine-go-on-slower = go on later with: { $resume }, with a lower --rate if this repeats
engine-mend-list = nothing was sent; once the list can be read: { $resume }
engine-mend-network = check the network and the server, then: { $resume }
engine-report-bug = please report this; what may have been sent is looked up before it is sent again: { $resume }

## What the server did

engine-no-answer-in-time = no answer in time
engine-answer-too-large = an answer (status { $status }) that is far too large
engine-status = status { $status }
engine-not-the-api = no answer of the API
engine-list-unlike = the list is not as the API describes it: { $error }
engine-list-without-total = the list does not say how many tasks there are
engine-list-without-id = a task of the list has no id
engine-client-setup = cannot set up the HTTP client: { $error }
engine-token-not-a-header = the token has characters that no header can carry
engine-base-url-without-path = the base URL cannot have a path

## The ledger

ledger-cannot-open = cannot open the ledger { $file }: { $error }
ledger-newer = the ledger { $file } was made by a newer version (schema { $found }, this program knows { $known })
ledger-failed = the ledger failed: { $error }
ledger-gone = the ledger { $file } was moved or deleted while the run was going on
ledger-damaged = the ledger is damaged: { $error }
ledger-several-names = the file has several names (hard links), and a run under each would not know of the other
ledger-mend-open = choose a writable place with --ledger PATH, or mend the rights of the folder
ledger-mend-newer = use the newer program, or another file with --ledger PATH
ledger-mend-failed = make room on the disk or mend it; what was sent is recorded as far as the disk allowed, and nothing is sent twice
ledger-mend-gone = put it back if you can; else look in INCS what was created before uploading the list again: nothing remembers it
ledger-mend-damaged = keep the file for inspection and choose another one with --ledger PATH
ledger-held-by-run = run { $run } holds the ledger (process { $pid } on { $host })
ledger-held-by-process = another run holds the ledger (process { $pid } on { $host })
ledger-held = another run holds the ledger
