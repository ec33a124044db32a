# Setting the program up and looking after it: init, config, doctor, completions, man.

setup-not-set = not set
setup-token-set = set, from { $place }
setup-token-unusable = not usable, { $place }: { $why }
setup-from-flag = flag
setup-from-environment = environment { $variable }
setup-from-default = default
setup-from-working-folder = found in the working folder
setup-from-config-folder = found in your config folder
setup-config-file = config file: { $file } ({ $origin })
setup-no-config-file = there is no config file
setup-ignored = ignored: { $what }: { $why }
setup-other-file-first = { $file } goes before it
config-key-not-trusted = a file that merely lies in the working folder must not say where tasks and token go
config-mend-ignored-file = if you trust it: --config { $file }, or make it yours with chown and chmod go-w
config-mend-ignored-key = use { $flag }{ $own }, or --config { $file }

man-written = man pages written to { $folder }

init-written = { $file } written; nothing in it counts until its # is taken away
init-mend-is-there = name another file, or remove that one; what counts now is shown by: incs-import config
init-no-config-folder = this user has no config folder
init-name-path = name the file: incs-import init PATH
init-head = Settings of incs-import: every key there is. What counts in the end, and why, is shown by: incs-import config
init-how = Lines that begin with # and a space explain. Lines that begin with # alone are settings: take the # away and write your value. A flag of the same name goes before what stands here, the token never stands here.
init-paths = Paths count from the folder of this file, and ~/ from your own.
init-trust = base_url, token_file and [notify] count only in { $file }, or in a file that is named with --config: not in one that merely lies in the working folder.
init-example = Not set unless you set it; for example:
init-one-of = One of: { $words }
init-profile = A profile: what differs for one job, chosen with --profile night. Any key can stand in it, without its section.

doctor-rest-later = all other checks depend on the settings: mend this first, then look again
doctor-config = { $file } is read, and every key in it is known
doctor-token-others = token file { $file } can be read by others
doctor-token-chmod = chmod 600 { $file }
doctor-no-country = no country_code is set: a phone such as 0812… or 812… is refused
doctor-mend-country = set country_code (62 for Indonesia) in the config file, or add --country-code to uploads; not needed if all phones begin with + or their country code
doctor-sandbox-on = { $place } is on: everything goes to a stand-in inside the program, and NOTHING REAL IS CREATED
doctor-mend-sandbox-on = for real tasks, take it out
doctor-stand-in = this server is a STAND-IN (it says so in X-Incs-Sandbox): NOTHING REAL IS CREATED THERE
doctor-mend-stand-in = for real tasks, set base_url to https://api.incsapp.com
doctor-not-asked = not asked: there is no token to ask with
doctor-server = it answers, and takes the token; { $count ->
    [one] { $count } task is listed
   *[other] { $count } tasks are listed
}
doctor-no-name = its name cannot be found (DNS): { $why }
doctor-mend-name = correct base_url, or mend the network or DNS of this machine
doctor-refused = nobody listens there (connection refused): { $why }
doctor-mend-refused = check host and port of base_url; if they are right, the server is down, or a firewall is between
doctor-no-tls = no secure connection (TLS): { $why }
doctor-mend-tls = check the clock and the certificates of this machine, and whether base_url names the right host and port; a proxy that opens TLS cannot be used
doctor-no-answer = no good answer: { $why }
doctor-mend-server-down = try again later; if it stays so, ask who runs the server
doctor-redirect = it sends elsewhere (HTTP { $status }), which is never followed
doctor-html = it answers with a web page (HTML): a login page or another server, not the INCS API
doctor-not-the-api = it is not the INCS API: { $why }
doctor-no-json = the answer is not JSON
doctor-no-such-page = it has no list of tasks (HTTP { $status }): it is not the INCS API, or base_url has a wrong path
doctor-mend-other-server = correct base_url; in a network with a login page, log in first
doctor-token-refused = it refuses the token (HTTP { $status })
doctor-mend-token-refused = get a new token and put it alone into INCS_TOKEN, or on the only line of the token file
doctor-throttled = it answers, but asks to slow down (HTTP 429)
doctor-mend-throttled = look again in some minutes; lower --rate if it stays so
doctor-clock = this clock agrees with the server's
doctor-clock-behind = this clock is { $seconds } s behind the server's
doctor-clock-ahead = this clock is { $seconds } s ahead of the server's
doctor-no-date = the server does not tell its time (no Date): nobody knows whether this clock is right
doctor-mend-clock = keep the clock of this machine set by the network: timedatectl set-ntp true
doctor-zone-unknown = unknown: no task is listed
doctor-zone-too-old = unknown: the newest task ({ $at }) is too old to tell
doctor-zone = the server seems to show { $zone }, going by the newest task ({ $at })
doctor-zone-at-least = the server shows { $zone } or a zone further east, going by the newest task ({ $at })
doctor-speed = the list takes { $ms } ms; --rate { $rate } --concurrency { $concurrency } go with that
doctor-mend-speed = with so few requests under way the rate is not reached: --rate { $rate } --concurrency { $concurrency }
doctor-no-ledger = { $file } is not there yet: the first upload makes it
doctor-ledger = { $file } is sound: schema { $schema }, { $size }, log { $log }
doctor-ledger-damaged = { $file } is damaged: { $damage }
doctor-mend-long-log = some program reads the ledger without end, so its log grows; end that program
doctor-lock-free = nobody holds the ledger
doctor-mend-lock = wait until it has ended; uploads wait for it with --lock-wait
doctor-no-open-run = every run has come to its end
doctor-open-runs = { $count ->
    [one] { $count } run is not finished, { $run }: { $pending } pending, { $doubts } in doubt
   *[other] { $count } runs are not finished, the latest { $run }: { $pending } pending, { $doubts } in doubt
}
doctor-mend-open-runs = incs-import resume { $run }
doctor-can-write = { $folder } can be written to
doctor-would-make = { $folder } is not there yet, and can be made
doctor-cannot-write = { $folder } cannot be written to: { $error }
doctor-free = { $size } free
doctor-free-unknown = this system does not say how much is free
doctor-free-error = nobody can tell how much is free: { $error }
doctor-mend-space = make room, or choose another disk with --ledger and --report-dir; old runs are forgotten with: incs-import purge --older-than 90d
