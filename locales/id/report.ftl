# Laporan, dan buku kerja berisi baris yang harus diperbaiki.

report-cannot-write = { $path } tidak dapat ditulis: { $error }

## Bukti bahwa tidak ada baris yang hilang

report-rows-read = baris dibaca { $rows } = { $sum }
report-rows-lost = baris dibaca { $rows } TIDAK SAMA DENGAN { $sum }
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
