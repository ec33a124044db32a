# Forgetting the people of old runs.

purge-nothing = no run is that old: nothing to forget
purge-run = run { $run }: { $count ->
    [one] { $count } user is forgotten, and the report folder is deleted
   *[other] { $count } users are forgotten, and the report folder is deleted
}
purge-would = run { $run }: { $count ->
    [one] { $count } user would be forgotten, and the report folder deleted
   *[other] { $count } users would be forgotten, and the report folder deleted
}
purge-doubts = run { $run }: { $count ->
    [one] { $count } task in doubt keeps its phone and content, which looking for it takes
   *[other] { $count } tasks in doubt keep their phones and contents, which looking for them takes
}
purge-pending = run { $run }: { $count ->
    [one] { $count } task was not sent, and cannot be sent from this run any more
   *[other] { $count } tasks were not sent, and cannot be sent from this run any more
}
purge-folder = the folder { $folder } is still there, so its run is not forgotten: { $why }
purge-no-folder = it is no folder
purge-other-folder = it has not the name of the run
purge-read = somebody is reading the ledger, whose log still holds what was forgotten; purge again when that has ended
purge-dry-run = { $count ->
    [one] nothing was forgotten: without --dry-run { $count } run would be
   *[other] nothing was forgotten: without --dry-run { $count } runs would be
}
purge-done = { $count ->
    [one] { $count } run forgotten; counts, ids and keyed hashes stay, so that nobody is tasked twice
   *[other] { $count } runs forgotten; counts, ids and keyed hashes stay, so that nobody is tasked twice
}
purge-forgotten = the people of run { $run } were forgotten on { $at }
purge-no-reports = its counts are in: incs-import runs
purge-no-resume = what it had not sent is forgotten; a task in doubt is settled by the next upload to that phone, or with: incs-import resolve
purge-not-now = old runs could not be forgotten, which --retention asks for: { $why }
