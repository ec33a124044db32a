# Notifications: what goes into a chat, what could not be told, and the section [notify] of the config file.

## The lines that are told

notify-headline = incs-import { $command } on { $host }: { $what } (exit code { $code })
notify-headline-profile = incs-import { $command } on { $host }, profile { $profile }: { $what } (exit code { $code })
notify-well = all done
notify-well-again = all done again, after failing
notify-something-left = FINISHED, BUT SOMETHING IS LEFT TO MEND
notify-nothing-sent = NOTHING WAS SENT
notify-stopped = STOPPED EARLY
notify-locked = NOTHING WAS SENT, another run holds the ledger
notify-interrupted = INTERRUPTED
notify-files-counts-run = { $files }: { $counts } (run { $run })
notify-counts-run = { $counts } (run { $run })
notify-files-run = { $files } (run { $run })
notify-run = run { $run }
notify-more-files = { $files } and { $count } more
notify-why-and-mend = { $why }; fix: { $mend }
notify-reports = reports: { $folder }
notify-trial = incs-import on { $host }: TEST of notifications, asked for with doctor --notify. No run has ended, and there is nothing to do.
notify-bug = a bug of the program ended it

## What could not be told

notify-not-told = nobody was told through { $to }: { $why }
notify-the-webhook = the webhook
notify-status-and-words = status { $status }: { $said }
notify-robot-refused = it says no ({ $code }): { $said }
notify-command-not-started = it cannot be started: { $error }
notify-command-too-slow = it took longer than { $seconds } s, and was ended
notify-command-failed = it ended with { $code }
notify-command-killed = a signal ended it
notify-secret-empty = holds nothing
notify-secret-too-long = holds something longer than any address or header
notify-secret-odd = holds something else than one line of plain letters
notify-mend-variable = put the secret into the variable { $name }
notify-mend-file = write the secret, and nothing else, to { $file }
notify-authorization-over-http = { $host } is reached over http: anybody on the way could read the header Authorization
notify-mend-authorization-over-http = use an address with https, or leave authorization_file and authorization_env out

## The section [notify]

notify-bad-url = the address of the webhook { $why }
notify-mend-url = write the whole address as the chat shows it, like https://hooks.example.com/services/...
notify-url-scheme = must begin with https:// or http://
notify-url-user = must not hold a user or a password; use authorization_file
notify-wants-body = wants a JSON text with placeholders such as {"{text}"}
notify-body-not-json = is not JSON in its line { $line }, column { $column }; a placeholder stands within a text: {"{"}"text": "{"{text}"}"{"}"}
notify-body-open = has a {"{"} that is not closed; for a brace itself write {"{{"}
notify-body-unknown = has no placeholder {"{"}{ $name }{"}"}{ $meant }; there are: { $names }
notify-key-outside = `{ $key }` stands in its section only
notify-its-keys = remove it; its keys are: { $names }
notify-not-trusted = a file that merely lies in the working folder must not say who is told, nor which command is run
notify-ignored = { $place } is ignored: { $why }. To make it count: { $mend }
notify-mend-ignored = move it to { $own }, or --config { $file }
notify-mend-ignored-homeless = {"--config"} { $file }

notify-key-on = When somebody is told: change (the exit code is another one than at the end before) or end (every time)
notify-key-webhook = Address that gets a POST; it is a secret, so better in a file of its own or in a variable
notify-key-webhook-file = File that holds the address, in place of webhook
notify-key-webhook-env = Variable that holds the address, in place of webhook
notify-key-authorization-file = File that holds the value of the header Authorization, such as Bearer and a token
notify-key-authorization-env = Variable that holds it, in place of authorization_file
notify-key-body = JSON to POST, with placeholders within its texts; without it a JSON object with everything
notify-key-command = Program and arguments; it gets the JSON object on its standard input

## What doctor says

notify-silent = nobody is told how runs end
notify-webhook-ready = a webhook at { $host }
notify-command-ready = the command { $program }
notify-over-http = a webhook at { $host }, over http: anybody on the way can read what is told, and the address
notify-mend-over-http = use an address with https, unless both are in a network that you trust
notify-others-can-read = { $file } can be read by others
notify-no-program = there is no program { $program } that can be started
notify-mend-no-program = name a program with its whole path, and its arguments behind it: command = ["/usr/local/bin/page", "--urgent"]
notify-webhook-took-it = the webhook took a test notification
notify-command-took-it = the command took a test notification
notify-nobody-to-tell = there is nobody to tell
notify-mend-nobody-to-tell = set webhook, webhook_file, webhook_env or command below [notify] in the config file
notify-mend-not-told = correct [notify] in the config file, and look again with: incs-import doctor --notify
