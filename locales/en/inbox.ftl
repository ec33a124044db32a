# The drop folder.

## What became of a file

inbox-sandbox = SANDBOX: nothing real is created, and yet lists are moved away as after a real run: use copies
inbox-moved = { $file }: run { $run }: { $counts }; exit code { $code }, moved to { $place }
inbox-stays = { $file }: run { $run }: { $counts }; exit code { $code }, stays here, and the next sweep goes on with it
inbox-gone = { $file }: run { $run }: { $counts }; exit code { $code }; the file is not here any more, what was uploaded of it lies in { $place }
inbox-replaced = { $file }: run { $run }: { $counts }; exit code { $code }; the file was replaced meanwhile, and is a new list; what was uploaded of the old one lies in { $place }
inbox-refused = { $file }: run { $run }: nothing was sent; exit code { $code }, moved to { $place }; why: { $why }
inbox-not-now = { $file }: nothing was sent; exit code { $code }, stays here
inbox-dry-run = { $file }: nothing was sent or moved (--dry-run); exit code { $code }
inbox-no-rows = no rows
inbox-mend-refused = mend what is named there, and put the list into the folder again
inbox-unrested = { $file } is being changed: left for the next sweep
inbox-same-content = { $file } has the same content as { $other } of run { $run }: who has his task from there is skipped

## Files that are left alone

inbox-ignored-extension = { $file } is ignored: a list ends in { $known }
inbox-ignored-link = { $file } is ignored: links are not followed
inbox-ignored-special = { $file } is ignored: it is no ordinary file
inbox-ignored-name = { $file } is ignored: its name is not UTF-8; give it another one

## What went wrong

inbox-no-folder = there is no folder { $folder }
inbox-mend-no-folder = name a folder that is there and that you can read
inbox-mend-folder = the program needs to write in the folder; mend its rights, or make room
inbox-unreadable = cannot read the folder { $folder }: { $error }
inbox-no-events = no events of the folder { $folder } can be had: { $error }; it is looked at every { $every } all the same
inbox-no-such-flag = a drop folder has no use for this flag
inbox-mend-report-dir = leave it out: the reports of a run go to done or failed in the folder
inbox-mend-two-tables = leave it out: each file of the folder is a list of its own
inbox-not-moved = cannot move { $file } to { $place }: { $error }
inbox-mend-not-moved = mend the rights of the folders; the next sweep moves it, and sends nothing twice
inbox-no-claim = cannot note in { $folder }/.incs-import which run a file belongs to: { $error }
inbox-claimed = { $file } is being uploaded by another process
inbox-claimed-real = run { $run } is not finished, and what it sends is real
inbox-mend-claimed-real = let a sweep without --sandbox finish it first
inbox-claimed-elsewhere = run { $run } has begun with this file, and is not in the ledger { $ledger }
inbox-mend-claimed-elsewhere = sweep with the ledger of that run; if there is none any more, remove { $file }, and add --preflight
inbox-bad-claim = { $file } does not say which run a file belongs to, so that file is left alone
inbox-mend-bad-claim = see with incs-import runs that no run is unfinished, then remove it
