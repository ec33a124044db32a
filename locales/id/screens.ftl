# Apa yang dikatakan oleh perintah.

## Untuk semua layar

screens-comma = ,{" "}
screens-semicolon = ;{" "}
screens-seconds = { $seconds } dtk
screens-minutes = { $minutes } mnt { $seconds } dtk
screens-hours = { $hours } jam { $minutes } mnt
screens-bug = kesalahan internal: { $error }
screens-mend-bug = mohon laporkan hal ini beserta daftar penyebabnya; yang terkirim tercatat di ledger, dan tidak ada yang dikirim dua kali
screens-mend-locked = tunggu sampai selesai, atau biarkan yang ini menunggu dengan --lock-wait DUR
screens-no-runtime = runtime tidak dapat dijalankan: { $error }
screens-leave-one-out = hapus salah satu

## File

file-cannot-write = { $file } tidak dapat ditulis: { $error }
file-no-metrics = isinya bukan metrik dari program ini
file-not-replaced = yang ada di sana bukan file biasa, dan dibiarkan
file-no-heartbeat = file yang ada di sana tidak ditulis oleh --heartbeat, dan dibiarkan
file-name-writable = sebutkan file di folder yang dapat Anda tulisi
file-not-a-workbook = { $file } bukan nama buku kerja
file-name-a-workbook = sebutkan file yang berakhiran .xlsx
file-name-another = sebutkan file lain
file-no-stdin = input standar tidak dapat disimpan: { $error }
file-no-room-for-stdin = kosongkan ruang di folder file sementara
file-cannot-copy = { $file } tidak dapat disalin ke { $folder }: { $error }
file-the-inputs = file masukan
file-mend-copy = kosongkan ruang di sana, atau pilih tempat lain dengan --report-dir DIR
file-changed = { $file } berubah saat dibaca
file-mend-changed = tunggu sampai penulisannya selesai, lalu coba lagi
file-no-report-folder = folder laporan { $folder } tidak dapat dibuat: { $error }
file-mend-report-folder = pilih tempat lain dengan --report-dir DIR
file-mend-reports = pilih tempat lain dengan --report-dir DIR, atau kosongkan ruang
file-mend-place = kosongkan ruang atau perbaiki tempatnya, lalu coba lagi

## Isi daftar

preview-read = dibaca
preview-header = header di baris { $row }; kolom: { $columns }
preview-unread-columns = kolom yang tidak dibaca: { $columns }
preview-rows = { $count } baris
preview-rows-invalid = { $count } baris, { $invalid } di antaranya tidak valid atau ditahan
preview-tasks = jumlah
preview-tasks-with-orders = { $tasks } dengan { $orders }
preview-tasks-with-orders-and-totals = { $tasks } dengan { $orders }, total { $total }
preview-orders = { $count } pesanan
preview-countries = nomor telepon per negara: { $countries }
preview-user = { $user }: "{ $name }" untuk { $agent }, { $orders }
preview-user-with-total = { $user }: "{ $name }" untuk { $agent }, { $orders }, total { $total }
preview-more-users = ... dan { $count } lagi
preview-unused-flag = { $flag } tidak mengisi apa pun: daftar sudah berisi nilai untuk setiap pengguna
preview-unmatched-ignore = { $flag } tidak mengabaikan apa pun: daftar tidak memiliki kolom itu
preview-held-back = tidak akan dikirim lagi: { $parts }
preview-already = { $count } sudah dibuat oleh proses sebelumnya
preview-changed = { $count } pernah dibuat dengan isi lain
preview-doubtful = { $count } mungkin sudah dibuat oleh proses sebelumnya
preview-times = { $count } kali
preview-settled-by = untuk menyelesaikannya: { $how }
preview-more-problems = ... dan { $count } lagi (-v menampilkan semua)

## check

check-no-history = tidak diketahui apa yang sudah dibuat proses sebelumnya: { $error }
check-unusable = daftar tidak dapat dipakai, dan tidak ada yang akan dikirim
check-nothing-would-be-sent = tidak ada yang akan dikirim: { $why }
check-no-errors = tidak ada kesalahan: { $count } tugas akan dikirim
check-some-errors = { $count } tugas akan dikirim; { $rows } baris tidak
check-payloads-written = isi permintaan ditulis ke { $file }
check-output-is-the-list = { $file } adalah daftar itu sendiri
check-fix-is-payloads = { $file } juga file untuk --payloads
check-fix-nothing = tidak ada yang perlu diperbaiki: { $file } tidak ditulis
check-fix-nothing-old = tidak ada yang perlu diperbaiki: { $file } tidak ditulis; file yang sudah ada dibiarkan
check-fix-written = { $count } baris untuk diperbaiki ditulis ke { $file }: perbaiki sel yang ditandai, lalu baca file itu dengan flag yang sama
barrier-strict = { $invalid } dari { $rows } baris tidak valid, dan --strict dipakai
barrier-mend-strict = perbaiki baris itu, atau hapus --strict untuk mengirim yang lain
barrier-max-invalid = { $wrong } dari { $rows } baris salah, lebih dari { $percent } %: tampaknya file atau pemetaan kolomnya keliru
barrier-mend-max-invalid = perbaiki daftar atau pemetaannya; jika sudah benar, naikkan --max-invalid PERCENT
barrier-expect-rows = daftar berisi { $rows } baris, sedangkan --expect-rows meminta { $expected }: tampaknya file ini keliru atau tidak lengkap
barrier-mend-expect-rows = periksa daftarnya; jika sudah benar, ubah --expect-rows MIN..MAX

## upload

upload-nobody-to-ask = daftar datang dari input standar, jadi tidak ada yang dapat ditanya sebelum pengiriman
upload-add-yes = tambahkan --yes
upload-hidden-rows = { $count } baris daftar disembunyikan atau tersaring di lembar
upload-mend-hidden-rows = tentukan maksudnya: --hidden-rows read untuk ikut mengunggahnya, --hidden-rows skip untuk melewatinya
upload-not-confirmed = tidak dikonfirmasi, dan tidak ada yang dikirim
upload-unusable = daftar tidak dapat dipakai, dan tidak ada yang dikirim
upload-mend-unusable = perbaiki yang disebut di atas; incs-import check menampilkan hal yang sama tanpa mengirim
upload-dry-run = uji coba: { $count } tugas akan dikirim ke { $server }{ $besides }; tidak ada yang dikirim atau dicatat
upload-dry-run-sandbox = server tiruan
upload-besides-already = , { $count } sudah dibuat
upload-besides-changed = , { $count } pernah dibuat dengan isi lain
upload-besides-doubtful = , { $count } mungkin sudah dibuat oleh proses sebelumnya (dicari dahulu)
upload-besides-hidden = , termasuk { $count } baris yang disembunyikan di lembar
upload-besides-invalid = , { $count } baris tidak valid tidak dikirim
upload-question = buat { $count } tugas di { $server }{ $besides }? { $choices }:
upload-choices = [y]a, [N] tidak
upload-choices-with-changed = [y]a, sem[a] termasuk { $count } dengan isi lain, [N] tidak
upload-no-ledger-folder = folder ledger { $folder } tidak dapat dibuat: { $error }
upload-mend-ledger-folder = pilih tempat yang dapat ditulisi dengan --ledger PATH
upload-unfinished-run = proses { $run } tidak pernah selesai: { $pending } tugasnya belum dikirim, { $doubts } mungkin sudah ada dan dicari dahulu sebelum pengguna yang sama diberi tugas lagi; untuk menyelesaikannya: incs-import resume { $run }
upload-sandbox = SANDBOX: mengirim ke server tiruan di { $server }; tidak ada yang benar-benar dibuat
upload-no-sandbox = sandbox tidak dapat dijalankan: { $error }
upload-built-without-sandbox = program ini dibuat tanpa sandbox
upload-build-with-sandbox = buat dengan fitur sandbox, yang aktif secara bawaan
upload-preflight-off = --preflight tidak menanyakan apa pun karena --dedupe-window bernilai 0
upload-ledger-unread = ledger tidak dapat dibaca untuk laporan: { $error }
upload-no-reports = laporan tidak dapat ditulis: { $error }
upload-mend-reports = kosongkan ruang atau perbaiki tempatnya, lalu: incs-import resume; yang sudah tercatat tidak dikirim dua kali
upload-stopping = sedang berhenti: menunggu permintaan yang sudah dikirim; sekali lagi (Ctrl-C) langsung keluar
upload-deadline = batas waktu tercapai: tidak ada tugas baru yang dimulai, permintaan yang sudah dikirim ditunggu
leftovers-not-taken = { $count } proses masih punya sisa, tetapi dimulai lebih dari 36 jam lalu atau dikirim ke server lain: lihat incs-import runs, lalu incs-import resume RUN untuk yang masih diperlukan
leftovers-in-the-way = proses sebelumnya tidak dapat diselesaikan, sehingga daftar ini belum dimulai
leftovers-mend-in-the-way = perbaiki yang disebut di atas lalu jalankan lagi; tanpa --resume-first daftar ini didahulukan

## Selama pengiriman

progress-tasks = { $done } dari { $total } tugas
progress-bar = { $done }/{ $total } tugas
progress-rate = { $rate }/dtk
progress-left = sekitar { $time } lagi
progress-looking = { $count } sedang dicari di server
progress-doubts = { $count } tugas mungkin sudah dibuat tanpa jawaban: dicari di server paling lama { $time }
progress-throttled = server meminta agar diperlambat (429): menunggu { $time }
progress-unreachable = server tidak dapat dihubungi ({ $why }): dicoba lagi dalam { $time }
progress-failing = server terus gagal: ditanya lagi dalam { $time } (percobaan { $probe } dari 5)
progress-recovered = server menjawab lagi: dilanjutkan
progress-sandbox = SANDBOX: server menyatakan dirinya server tiruan; tidak ada yang benar-benar dibuat
progress-stopping = sedang berhenti
progress-draining = sedang berhenti: menunggu { $count } permintaan yang sudah dikirim

## Akhir proses

closing-title = proses { $run }: { $state }
closing-title-with-time = proses { $run }: { $state }, lama { $time }
closing-state-running = sedang berjalan
closing-state-unfinished = belum selesai
closing-state-completed = selesai
closing-state-interrupted = dihentikan
closing-state-aborted = berhenti lebih awal
closing-state-refused = tidak dikirim
closing-sandbox = SANDBOX: tidak ada yang benar-benar dibuat
closing-outcome-created = dibuat
closing-outcome-incomplete-task = pengguna masih memiliki tugas
closing-outcome-rejected = ditolak server
closing-outcome-failed = gagal terkirim
closing-outcome-unresolved = belum pasti dibuat
closing-outcome-skipped = dilewati
closing-outcome-pending = menunggu dikirim
closing-outcome-invalid = tidak valid
closing-example = misalnya { $message }
closing-more-reasons = ... dan { $count } alasan lagi di results.csv
closing-fix-sheet = baris yang perlu diperbaiki ada di fix.xlsx, sudah ditandai: perbaiki di sana lalu unggah file itu dengan flag yang sama
closing-invalid-rows = baris yang tidak valid ada di results.csv beserta tempat, alasan, dan cara memperbaikinya
closing-not-conserved = jumlah baris tidak cocok; ini kesalahan program ini, mohon laporkan
closing-reports = laporan: { $folder }

## runs, report

runs-run = proses
runs-started = mulai
runs-state = status
runs-tasks = tugas
runs-created = dibuat
runs-not-created = tidak dibuat
runs-file = file
runs-by = oleh
runs-none = belum ada proses di { $ledger }
runs-no-run-yet = belum ada proses di { $ledger }
runs-no-such-run = tidak ada proses { $run } di { $ledger }
runs-see-runs = lihat daftar proses dengan: incs-import runs; ledger lain disebut dengan --ledger PATH

## resume

resume-nothing = tidak ada yang perlu dilanjutkan
resume-nothing-recent = tidak ada yang perlu dilanjutkan dalam --max-age; proses yang lebih lama, { $run } dari { $time }, belum selesai: incs-import resume { $run }
resume-owner-first = proses { $later } menunggu kepastian tugas dari proses { $run }, sehingga proses itu dilanjutkan dahulu; setelah itu jalankan sekali lagi: incs-import resume
resume-nothing-left = tidak ada yang perlu dilanjutkan: proses { $run } sudah tuntas
resume-reports-missing = laporannya tidak ada di { $folder }, dan ditulis lagi
resume-begins = melanjutkan proses { $run }: tersisa { $count } tugas, { $doubts } di antaranya belum pasti
resume-dry-run = uji coba: { $count } tugas dari proses { $run } akan dikirim ke { $server }; tidak ada yang dikirim atau dicatat
resume-dry-run-with-doubts = uji coba: { $count } tugas dari proses { $run } akan dikirim ke { $server }, { $doubts } yang belum pasti akan dicari dahulu; tidak ada yang dikirim atau dicatat
resume-ended-stand-in = proses { $run } dikirim ke server tiruan yang sudah berakhir
resume-mend-ended-stand-in = unggah daftar lagi dengan --sandbox; tidak ada yang benar-benar dibuat
resume-no-stand-in = proses { $run } milik { $server }, bukan server tiruan
resume-mend-no-stand-in = untuk melanjutkan di sana, tambahkan --sandbox=false
resume-unknown-run = tidak ada proses { $run } di ledger ini
resume-refused-run = proses { $run } ditolak sebelum ada yang dikirim, dan tidak dapat dilanjutkan
resume-mend-refused-run = perbaiki daftar lalu unggah lagi
resume-bad-server = alamat server proses itu { $why }
resume-mend-bad-server = ledger rusak; simpan untuk diperiksa
resume-other-server = proses { $run } milik { $server }, bukan { $other }
resume-mend-other-server = hapus saja: server suatu proses tidak dapat diubah
resume-other-server-ignored = proses { $run } milik { $server }, bukan { $other } seperti kata { $place }; server proses itu sendiri yang dipakai
resume-no-settings = ledger tidak memuat pengaturan proses itu: { $error }
resume-mend-no-settings = unggah daftar lagi: yang sudah dibuat dilewati, yang belum pasti dicari dahulu
resume-bad-rate = laju proses itu, { $rate }, { $why }
resume-mend-bad-rate = berikan dengan --rate N/s

## resolve

resolve-taken = tugas { $id } sudah dikenal sebagai milik pengguna atau proses lain
resolve-look-again = lihat lagi di INCS tugas mana milik pengguna ini
resolve-recorded = dicatat: tugas { $id } adalah milik { $phone } dalam proses { $run }
resolve-recorded-absent = dicatat: tidak ada yang dibuat untuk { $phone } dalam proses { $run }; untuk mengirimnya: incs-import resume { $run }
resolve-no-phone = { $text } bukan nomor telepon
resolve-mend-phone = tulis nomor seperti di results.csv, dengan kode negaranya
resolve-no-task = proses { $run } tidak memiliki tugas untuk { $phone }
resolve-doubt-elsewhere = ketidakpastian tentang { $phone } berasal dari proses { $run }
resolve-mend-doubt-elsewhere = sampaikan untuk proses itu: incs-import resolve { $run } --phone { $phone } ...
resolve-no-doubt = tugas untuk { $phone } sudah pasti: hasilnya { $outcome }
resolve-mend-no-doubt = lihat results.csv proses itu
resolve-cannot-ask = server tidak dapat ditanya tentang tugas { $id }: { $why }
resolve-mend-cannot-ask = tidak ada yang diubah: coba lagi saat server menjawab
resolve-token-refused = server menolak token
resolve-no-such-task = server tidak memiliki tugas { $id }
resolve-mend-other-task = lihat lagi di INCS; jika tidak ada untuk pengguna ini, pakai --absent
resolve-other-content = tugas { $id } milik nomor ini, tetapi nama atau otorisasinya lain
resolve-other-phone = tugas { $id } milik nomor lain
resolve-no-reports = laporan tidak dapat ditulis lagi: { $error }; nanti: incs-import report

## sandbox

sandbox-mend-chances = turunkan sebagian; masing-masing adalah bagian dari semua POST
sandbox-no-audit = file audit { $file } tidak dapat dibuka: { $error }
sandbox-no-requests = file catatan permintaan { $file } tidak dapat dibuka: { $error }
sandbox-mend-start = pilih port lain dengan --port N (0 memakai port yang bebas), atau file yang dapat ditulis
sandbox-nothing-real = tidak ada yang benar-benar dibuat di sini; hentikan dengan Ctrl-C
sandbox-created = { $count } tugas dibuat

## Token

token-hint = isi INCS_TOKEN dengan token saja, atau tulis token di satu-satunya baris file yang disebut dengan --token-file
token-none = tidak ada token: tanpa token server tidak dapat diakses
token-file = file token { $file }
token-unreadable = tidak dapat dibaca: { $error }
token-others-can-read = file token { $file } dapat dibaca orang lain; untuk melindunginya: chmod 600 { $file }
token-empty = tidak berisi token
token-too-long = berisi sesuatu yang lebih panjang dari token mana pun
token-several-lines = berisi lebih dari satu baris
token-with-bearer = berisi kata Bearer; yang diperlukan hanya tokennya
token-not-ascii = berisi sesuatu yang bukan token: spasi, atau karakter di luar ASCII
token-on-command-line = token tidak pernah diberikan di baris perintah, karena dapat dibaca pengguna lain di mesin ini: pakai INCS_TOKEN atau --token-file PATH

## File konfigurasi dan pengaturan

config-cannot-read = file konfigurasi { $file } tidak dapat dibaca: { $why }
config-no-such-file = file itu tidak ada
config-name-file = sebutkan file konfigurasi yang dimaksud
config-mend-unreadable = buat agar dapat dibaca, atau sebutkan file lain dengan --config
config-ignored = { $file } diabaikan: { $why }. Jika Anda memercayainya: --config { $file }, atau jadikan milik Anda dengan chown dan chmod go-w
config-owner-unknown = pemiliknya tidak dapat diketahui
config-other-owner = file itu milik pengguna lain (id { $id })
config-others-can-write = orang lain dapat menulisinya (mode { $mode })
config-too-long = lebih dari 1 MiB, jadi bukan file konfigurasi
config-not-utf8 = bukan teks UTF-8
config-save-as-utf8 = simpan sebagai UTF-8 dengan editor teks
config-not-toml = bukan TOML di sini: { $error }
config-no-profile-here = [profile] berisi profil, dan `{ $name }` bukan profil
config-mend-profile = tulis kunci sebuah profil di bawah [profile.{ $name }]
config-section-not-key = `{ $section }` adalah bagian, bukan kunci
config-mend-section = tulis { $heading } di baris tersendiri, dan kuncinya di bawahnya
config-wrong-section = `{ $key }` tidak termasuk dalam { $heading }
config-move-key = pindahkan ke bawah { $heading }
config-profile-in-profile = sebuah profil tidak dapat memilih profil
config-remove-line = hapus baris ini
config-key-twice = `{ $key }` diberikan di sini dan di baris { $line }
config-remove-one = hapus salah satu dari keduanya
config-token-in-file = token tidak boleh ada di file konfigurasi
config-mend-token-in-file = pakai INCS_TOKEN, atau tulis ke file tersendiri dan sebutkan file itu dengan token_file
config-unknown-section = bagian `{ $name }` tidak dikenal{ $meant }
config-unknown-key = kunci `{ $name }` tidak dikenal{ $meant }
config-write-or-remove = tulis `{ $name }`, atau hapus
config-remove-unknown = hapus; nama kunci sama dengan flag, dengan _ sebagai ganti -
settings-place-in-profile = [profile.{ $name }] di { $file }
settings-no-profile-no-file = tidak ada profil `{ $name }`: file konfigurasi tidak ditemukan
settings-name-profile-file = sebutkan file yang berisi [profile.{ $name }] dengan --config PATH
settings-no-profile = tidak ada profil `{ $name }` di { $file }{ $meant }
settings-write-profile = tulis di bawah [profile.{ $name }]
settings-profiles-are = profil yang ada: { $names }
settings-disarmed = { $place } diabaikan: file yang sekadar berada di folder kerja tidak boleh menentukan ke mana tugas dan token dikirim. Pakai { $flag }{ $own }, atau --config { $file }
settings-flag-or-variable = { $flag } atau { $variable }
settings-move-to-own = , pindahkan ke { $file }
settings-two-columns = { $field } diberi dua kolom
settings-keep-one = pertahankan salah satu
settings-contradiction = { $one } dan { $other } saling bertentangan
settings-bad-base-url = alamat server { $why }
settings-mend-base-url = tulis seperti https://api.incsapp.com
settings-no-ledger-place = tidak ada tempat untuk ledger: pengguna ini tidak memiliki folder state
settings-name-ledger = sebutkan file dengan --ledger PATH atau INCS_IMPORT_LEDGER
settings-stdin-twice = input standar (-) hanya dapat dibaca sekali
settings-name-stdin-once = sebutkan - satu kali
settings-input-and-tables = INPUT dan --users atau --orders diberikan sekaligus
settings-users-without-orders = ada tabel pengguna, tetapi tidak ada tabel pesanan
settings-add-orders = tambahkan --orders PATH, atau sebutkan file sebagai INPUT tanpa --users
settings-orders-without-users = ada tabel pesanan, tetapi tidak ada tabel pengguna
settings-add-users = tambahkan --users PATH, atau sebutkan file sebagai INPUT tanpa --orders
settings-no-list = tidak ada daftar untuk dibaca
settings-name-list = sebutkan file, - untuk input standar, atau --users dengan --orders

## Bentuk nilai

value-wants = harus berupa { $what }
value-did-you-mean = ; maksud Anda { $word }?
value-wants-text = teks
value-wants-path = harus berupa path, bukan teks kosong
value-wants-whole-from = bilangan bulat, { $least } atau lebih
value-wants-whole-between = bilangan bulat dari { $least } sampai { $most }
value-wants-several = { $what }; beberapa dipisahkan koma
value-empty-between-commas = tidak ada isi di antara dua koma
value-wants-duration = durasi seperti 60s, 1m30s, 20h, atau 2d
value-needs-unit = perlu satuan: { $one }, { $two }, atau { $three }
value-duration-too-long = lebih dari 100 tahun
value-duration-zero = harus lebih dari nol
value-duration-too-short = minimal { $least }
value-wants-deadline = durasi seperti 2h, atau jam seperti 06:00
value-wants-rows = jumlah baris yang diharapkan, seperti 412, 5000..20000, 5000.., atau ..20000
value-rows-reversed = batas yang lebih besar ditulis lebih dulu
value-wants-rate = laju seperti 10/s, 600/m, atau 36000/h
value-rate-zero = tidak boleh nol
value-rate-too-high = tidak boleh di atas { $most }/s
value-wants-zone = zona waktu dengan nama IANA, misalnya Asia/Jakarta
value-wants-one-of = salah satu dari { $words }
value-wants-field = nama field, misalnya user_phone
value-wants-percentage = persentase dari 0 sampai 100, paling banyak dua desimal
value-wants-delimiter = salah satu dari , ; | tab
value-wants-country-code = kode telepon negara, misalnya 62
value-wants-uuid = UUID, misalnya 019d3dcd-f5a8-70e7-aff8-c54bde267f38
value-wants-auth-id = id otorisasi, bilangan bulat seperti 30058
value-auth-id-too-large = tidak boleh di atas { $most }: program yang membaca JSON membulatkan angka yang lebih besar
value-wants-mapping = FIELD=COLUMN, misalnya user_phone=C
value-no-column = tidak menyebut kolom untuk { $field }
value-wants-probability = probabilitas dari 0 sampai 1, misalnya 0.05
value-wants-redirect = status pengalihan, 300 sampai 399
value-wants-offset = zona menurut jaraknya dari UTC, -12:00 sampai +14:00 per seperempat jam, misalnya +08:00
value-wants-ahead = selisih jam, lebih cepat (+90s) atau lebih lambat (-26h)
value-url-without-scheme = harus diawali https://
value-url-unreadable = tidak dapat dibaca ({ $error })
value-url-not-https = harus https: lewat http siapa pun di jalur dapat membaca token
value-url-other-scheme = harus diawali https:// (atau http:// untuk mesin ini)
value-url-with-user = tidak boleh berisi nama pengguna atau kata sandi
value-url-with-query = tidak boleh berisi `?` atau `#`

## Pemakaian yang salah

usage-bad-value = "{ $value }" tidak dapat dipakai untuk { $argument }: { $why }
usage-no-value = nilai untuk { $argument } tidak ada
usage-unknown-argument = argumen { $argument } tidak dikenal{ $meant }
usage-unknown-command = perintah { $command } tidak dikenal{ $meant }
usage-missing = argumen ini wajib ada: { $arguments }
usage-conflict = { $one } dan { $other } tidak dapat dipakai bersama
usage-see-help = lihat cara pakainya dengan --help

## template

template-is-there = { $file } sudah ada
template-mend-is-there = sebutkan file lain, atau hapus file itu
template-written = daftar kosong ditulis ke { $file }: satu baris untuk satu pesanan, atau satu pengguna
template-example = Contoh: { $example }
template-too-long = Server menerima paling banyak 256 karakter.
template-whole = Ini bilangan bulat di atas nol.
template-amount = Ini jumlah uang, nol atau lebih.
template-date = Ini tanggal, misalnya 2026-04-15.
template-user-phone =
    Nomor WhatsApp pengguna, dengan + dan kode negara (atau diawali 0, dengan --country-code).
    Satu pengguna, satu tugas: baris dengan nomor yang sama adalah pesanannya.
template-assignee-username =
    Akun petugas yang menerima tugas.
    Jika kosong semua: berikan dengan --assignee NAME[,NAME...].
template-name =
    Nama tugas, paling banyak 256 karakter.
    Jika kosong semua: berikan dengan --name TEXT.
template-auth-id =
    Id otorisasi WhatsApp, bilangan bulat.
    Jika kosong semua: berikan dengan --auth-id N.
template-user-name = Nama pengguna.
template-description = Catatan untuk petugas. Catatan yang berbeda pada baris satu pengguna digabung; seluruhnya paling banyak 256 karakter.
template-total-amount =
    Total pengguna.
    Jika kosong: jumlah tagihan pesanannya dijumlahkan.
template-module-id =
    Modul yang menampilkan pesanan, berupa UUID.
    Jika kosong: modul yang biasa.
template-order-number =
    Nomor pesanan.
    Untuk pengguna tanpa pesanan, kolom ini dan semua kolom berikutnya dikosongkan.
template-username = Nama peminjam dalam pesanan.
template-phone-number = Nomor telepon dalam pesanan.
template-loan-amount = Jumlah pinjaman, nol atau lebih.
template-due-amount = Jumlah tagihan, nol atau lebih.
template-next-due-date = Tanggal jatuh tempo: 2026-04-15.
template-confirm-loan-time = Waktu pinjaman dikonfirmasi: 2026-03-01 10:00:00.
