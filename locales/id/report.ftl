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
