# Halaman dan buku kerja laporan.

## Lembar pertama results.xlsx

summary-run = Proses
summary-sandbox = SANDBOX: tidak ada tugas nyata yang dibuat
summary-status = Status
summary-server = Server
summary-started = Mulai
summary-finished = Selesai
summary-operator = Oleh
summary-file = Berkas
summary-file-rows = { $count } baris
summary-outcome = Hasil
summary-users = Pengguna
summary-rows = Baris
summary-money = Jumlah total
summary-meaning = Arti
summary-created = Dibuat
summary-not-created = Tidak dibuat
summary-reasons = Tidak dibuat, dan alasannya
summary-what = Yang terjadi
summary-remedy = Yang perlu dilakukan

## Arti setiap hasil

outcome-created = tugas sudah ada di server
outcome-incomplete-task = pengguna masih punya tugas yang belum selesai
outcome-rejected = server menolak tugas
outcome-failed = pasti tidak dibuat; semua percobaan sudah terpakai
outcome-unresolved = mungkin ada; server tidak dapat memastikan
outcome-skipped = tidak dikirim: sudah dibuat sebelumnya, atau ditahan oleh aturan
outcome-pending = proses berhenti sebelum gilirannya
outcome-invalid = tidak dikirim: ada kesalahan pada barisnya

# Laporan, dan buku kerja berisi baris yang harus diperbaiki.

report-cannot-write = { $path } tidak dapat ditulis: { $error }

## Bukti bahwa tidak ada baris yang hilang

report-rows-read = baris dibaca { $rows } = { $sum }
report-rows-lost = baris dibaca { $rows } TIDAK SAMA DENGAN { $sum }
report-totals = jumlah total { $planned } = { $sum }
report-totals-lost = jumlah total { $planned } TIDAK SAMA DENGAN { $sum }
report-rows-ended = { $rows } { $outcome }
report-rows-left-out = { $rows } dikecualikan ({ $reasons })
report-rows-of-reason = { $reason }: { $rows }
report-left-out-total = baris total
report-left-out-hidden = baris tersembunyi
report-left-out-limit = melebihi --limit

## Buku kerja berisi baris yang harus diperbaiki

report-fix-not-written = { $file } tidak ditulis: { $error }
report-fix-not-written-old = { $file } tidak ditulis: proses ini dicatat oleh versi lama program
report-fix-not-written-old-hint = periksa daftar itu lagi dengan --fix
report-fix-file-hint = sebutkan file di folder yang dapat Anda tulisi, dan kosongkan ruang di sana
report-fix-unreadable = { $name } tidak dapat dibaca lagi: { $flaw }
report-fix-changed = { $name } tidak lagi sama seperti saat diperiksa
report-fix-changed-hint = biarkan daftar apa adanya sampai program selesai, lalu coba lagi
report-fix-too-many-rows = { $rows } baris dari { $name } harus diperbaiki, lebih banyak daripada yang muat dalam satu lembar
report-fix-too-many-rows-hint = file atau pemetaan kolomnya keliru; jika tidak, bagi daftarnya
report-fix-too-many-columns = baris { $row } dari { $name } mengisi kolom terakhir lembar, sehingga tidak ada tempat untuk alasannya
report-fix-too-many-columns-hint = hapus isi kolom terakhir daftar, atau perbaiki daftar itu sendiri
report-fix-refused = ditolak oleh server: { $message }
report-fix-row-of = baris { $row } dari { $title }
report-fix-line-of = baris { $line } dari { $title }
report-fix-standard-input = input standar
report-fix-semicolon = {"; "}
report-fix-reasons = { $reasons } ({ $origin })
report-fix-note =
    { $message }
    perbaikan: { $hint }
report-fix-lost-cell = { $column }: { $why }
report-fix-lost-hint = ketik ulang nilainya
report-fix-lost-number = angkanya tidak sah
report-fix-lost-date = tanggalnya tidak dapat disimpan dalam buku kerja
report-fix-lost-length = teksnya lebih panjang dari { $most } karakter yang muat dalam sel
report-fix-lost-characters = teksnya memuat karakter yang tidak dapat disimpan dalam buku kerja

report-fix-redacted = fix.xlsx tidak ditulis dengan --redact: isinya baris apa adanya
report-fix-redacted-hint = tulis dengan incs-import report, tanpa --redact

## report.html: bagian atas

page-run = Proses
page-sandbox = Tidak ada tugas nyata yang dibuat: proses ini memakai server tiruan.
page-skip-to-list = Langsung ke daftar
page-verdict-all = Semua pengguna sudah mendapat tugas: { $count } tugas dibuat
page-verdict-already = Semua pengguna sudah punya tugas: { $count } dibuat oleh proses sebelumnya
page-verdict-all-now = Semua pengguna sudah punya tugas: { $created } dibuat sekarang, { $already } oleh proses sebelumnya
page-verdict-some = { $created } dari { $all } dibuat, { $missing } tidak
page-verdict-some-already = { $created } dari { $all } dibuat, { $missing } tidak, { $already } oleh proses sebelumnya
page-verdict-empty = Tidak ada pengguna dalam masukan
page-verdict-refused = Tidak ada yang dikirim
page-status-running = masih berjalan
page-status-unfinished = belum selesai
page-status-completed = selesai
page-status-interrupted = dihentikan
page-status-aborted = berhenti lebih awal
page-status-refused = ditolak
page-started = Mulai
page-finished = Selesai
page-took = Lama
page-by = Oleh
page-server = Server
page-input = Masukan
page-files = { $first } dan { $count } berkas lain
page-requests = Permintaan
page-posts = { $count } dikirim
page-retried = { $count } dikirim ulang
page-lookups = { $count } pengecekan
page-throttled = { $count } dijawab 429
page-proof-broken = Jumlah baris tidak cocok. Ini kesalahan program: mohon laporkan, dan periksa proses ini secara manual.

## report.html: ringkasan

page-at-a-glance = Ringkasan
page-created = Dibuat
page-not-created = Tidak dibuat
page-next = Langkah berikutnya
page-no-amount = jumlah tidak diketahui
page-nothing-to-do = Tidak ada: semuanya selesai.
page-colon = {": "}
page-copy = Salin
page-copied = Tersalin
page-step-resume = Lanjutkan { $count } tugas yang belum selesai diproses
page-step-fix = Perbaiki baris yang ditandai di fix.xlsx, lalu unggah dengan flag yang sama seperti sebelumnya
page-step-mend = Perbaiki baris yang salah di daftar (lihat results.xlsx) lalu unggah lagi; yang sudah dibuat akan dilewati.
page-step-incomplete = Selesaikan atau akhiri tugas yang belum selesai milik { $count } pengguna di INCS, lalu jalankan

## report.html: siapa yang tidak mendapat tugas

page-why = Siapa yang tidak mendapat tugas, dan alasannya
page-nobody-missing = Tidak ada: setiap pengguna sudah mendapat tugas.
page-count-users = { $count } pengguna
page-count-invalid = { $count } pengguna atau baris
page-what-to-do = Yang perlu dilakukan
page-place = Letak di masukan
page-phone = Telepon
page-user = Pengguna
page-this-one = Yang terjadi
page-show-group = Tampilkan semua ({ $count }) di daftar
page-more-reasons = { $count } alasan lain ada di daftar di bawah.

## report.html: hasil dan petugas

page-outcomes = Hasil akhir
page-outcome = Hasil
page-outcome-created = dibuat
page-outcome-incomplete-task = ada tugas belum selesai
page-outcome-rejected = ditolak
page-outcome-failed = gagal
page-outcome-unresolved = belum pasti
page-outcome-skipped = dilewati
page-outcome-pending = belum dikirim
page-outcome-invalid = tidak valid
page-users-column = Pengguna
page-rows-column = Baris
page-money-column = Jumlah total
page-meaning = Arti
page-uncounted = Jumlah yang tidak tercantum terlalu besar untuk dijumlahkan.
page-assignees = Tugas per petugas
page-assignee = Petugas
page-money-created = Jumlah yang dibuat
page-share = Porsi
page-nobody = tanpa petugas
page-more-assignees = { $count } petugas lain tidak dimuat di sini; daftar memuat semuanya.

## report.html: kecepatan

page-pace = Kecepatan
page-chart-rate = Tugas selesai per detik
page-chart-latency = Rata-rata waktu jawaban
page-each-point = setiap titik mewakili { $seconds } detik
page-fact-rate = rata-rata { $mean } tugas per detik, paling banyak { $peak }
page-fact-latency = jawaban rata-rata { $mean } ms, paling lama { $slowest } ms
page-fact-throttled = server meminta melambat (429) { $count } kali
page-fact-failed = { $count } permintaan gagal (tidak tersambung, tidak ada jawaban, atau kesalahan server)
page-fact-paused = dijeda selama { $count } detik
page-point = { $time }: { $rate } per detik
page-point-throttled = 429 { $count } kali
page-point-failed = { $count } gagal
page-point-paused = dijeda
page-point-resumed = dilanjutkan
page-legend-pause = dijeda
page-legend-throttle = server meminta melambat (429)
page-legend-failure = permintaan gagal
page-legend-resumption = dilanjutkan kemudian
page-nothing-sent = Tidak ada yang dikirim.

## report.html: bukti

page-proof = Tidak ada baris yang hilang
page-proof-words = Setiap baris yang dibaca ada di satu baris daftar, atau tidak dihitung karena suatu alasan:
page-file = Berkas

## report.html: daftar

page-list = Daftar lengkap
page-list-words = Satu baris per pengguna, dan satu per baris tidak valid yang bukan milik pengguna mana pun.
page-search = Cari
page-search-example = telepon, nama, id tugas, orders:2 …
page-search-help = Kata dicari seperti diketik; bila tidak ada, dicari satu per satu di seluruh baris. orders:2, status:422, dan attempts:3 mencari angka yang persis sama.
page-all = semua
page-orders = Pesanan
page-total = Total
page-task = Id tugas
page-why-column = Yang terjadi
page-first-rows = { $shown } baris pertama dari { $all }
page-shown = Baris { $from } sampai { $to } dari { $all }
page-found = Ditemukan { $hits } dari { $all } baris; ditampilkan: { $from } sampai { $to }
page-nothing-found = Tidak ditemukan di { $all } baris
page-page = Halaman { $page } dari { $pages }
page-pages = Halaman daftar
page-previous = Sebelumnya
page-following = Berikutnya
page-clear = Hapus semua filter
page-details = Rincian
page-task-name = Nama tugas
page-attempts = Percobaan
page-sent = Dikirim
page-latency = Waktu sampai jawaban
page-no-script = Tanpa skrip hanya baris pertama yang ditampilkan; results.csv dan results.xlsx di samping halaman ini memuat semuanya.
page-print = Hanya baris pertama daftar yang dicetak; results.csv dan results.xlsx di samping halaman ini memuat semuanya.
page-made-by = Dibuat oleh incs-import { $version }
