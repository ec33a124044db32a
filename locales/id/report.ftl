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
