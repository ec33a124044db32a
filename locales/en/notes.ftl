# Why a line of the results ended as it did, and what the readers decided by themselves.


## What happened

note-at-place = { $place }: { $message }
note-already-created = already created as task { $task } by run { $run }
note-changed-since-created = task { $task } of run { $run } was created for this phone with other content
note-created-later = task { $task } of the later run { $run } was created for this phone with other content
note-in-doubt-elsewhere = run { $run } may have created a task for this phone
note-in-doubt-later = the later run { $run } may have created a task for this phone
note-server-silent = the server gave no reason
note-not-sent = the server could not be reached: { $detail }
note-absent = { $doubt }; the server's list shows that nothing was created
note-busy = the user has an unfinished task at the server: { $task }
note-at-server = the server has this task already: { $task }
note-at-server-unplaced = the server has an equal task, { $task }, of a time that cannot be compared with ours

## Why it may exist although no answer says so

note-with-detail = { $what }: { $detail }
note-doubt-and-lookup = { $doubt }; { $lookup }
note-timeout = no answer in time
note-connection-lost = the connection ended before the answer
note-server-error = the server failed with status { $status }
note-unreadable-answer = the answer could not be read as a created task
note-foreign-answer = the answer is not one of the INCS API
note-redirected = the server redirected with status { $status }
note-crossed = the answer belongs to another task
note-interrupted = the program ended before the answer
note-busy-after-doubt = the user is in an unfinished task, perhaps the one of an earlier attempt
note-candidates = { $count ->
    [one] { $count } task at the server may be it
   *[other] { $count } tasks at the server may be it
}
note-unplaced = a task at the server may be it
note-list-unreadable = the server's list could not be read: { $detail }
note-list-no-clock = nothing tells the server's time: its answers have no Date header, and no task of this run shows when it was created
note-list-unsteady = the server's list kept changing while it was read
note-list-incomplete = the server's list lacks tasks that were surely created

## What to do

note-pending-hint = it is sent by: incs-import resume { $run }
note-refused-hint = nothing of this run was sent: mend the list and upload it again
note-already-created-hint = nothing to do; to send equal tasks again sooner, shorten --dedupe-window
note-in-doubt-elsewhere-hint = ask the server again with: incs-import resume { $run }; or look in INCS whether that run created it, then: { $resolve }
note-in-doubt-later-hint = settle that one first: incs-import resume { $run }
note-incomplete-task-hint = finish or end the user's task in INCS, then: incs-import resume { $run } --retry incomplete_task
note-server-hint = mend what the server names, then upload the list again
note-doubt-hint = it is looked for before anything is sent again: incs-import resume { $run }
note-candidates-hint = look in INCS which of these is it: { $ids }; then: { $resolve }
note-unresolved-hint = ask the server again with: incs-import resume { $run }; or look for the phone in INCS, then: { $resolve }
note-resolving = incs-import resolve { $run } --phone { $phone } --task-id { $id }; or if there is none: incs-import resolve { $run } --phone { $phone } --absent
note-not-sent-hint = nothing was created: check the network and base_url, then: incs-import resume { $run }
note-absent-hint = to send it again: incs-import resume { $run }
note-busy-hint = finish or end it in INCS, then: incs-import resume { $run } --retry incomplete_task
note-at-server-hint = nothing to do if it is the same task; only if INCS shows that it is another one, upload such users alone, without --preflight
note-at-server-unplaced-hint = look at its time in INCS: nothing to do if it is of this time; if it is an old one, upload such users alone, without --preflight

## What the readers decided by themselves

note-read-tabs = fields are separated by tabs
note-read-delimiter = fields are separated by { $mark }
note-read-encoding = text is read as { $name }
note-read-guess = text is not UTF-8, and is read as { $name }, which is a guess: look at the names below
