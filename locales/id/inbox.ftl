# Folder masuk.

## Hasil sebuah berkas

inbox-sandbox = SANDBOX: tidak ada yang benar-benar dibuat, tetapi daftar tetap dipindahkan seperti setelah proses sungguhan: gunakan salinan
inbox-moved = { $file }: proses { $run }: { $counts }; kode keluar { $code }, dipindahkan ke { $place }
inbox-stays = { $file }: proses { $run }: { $counts }; kode keluar { $code }, berkas tetap di sini dan dilanjutkan pada pemeriksaan berikutnya
inbox-gone = { $file }: proses { $run }: { $counts }; kode keluar { $code }; berkas tidak ada lagi di sini, yang sudah diunggah ada di { $place }
inbox-replaced = { $file }: proses { $run }: { $counts }; kode keluar { $code }; sementara itu berkas diganti, dan menjadi daftar baru; yang sudah diunggah dari berkas lama ada di { $place }
inbox-refused = { $file }: proses { $run }: tidak ada yang dikirim; kode keluar { $code }, dipindahkan ke { $place }; alasannya: { $why }
inbox-not-now = { $file }: tidak ada yang dikirim; kode keluar { $code }, berkas tetap di sini
inbox-dry-run = { $file }: tidak ada yang dikirim atau dipindahkan (--dry-run); kode keluar { $code }
inbox-no-rows = tidak ada baris
inbox-mend-refused = perbaiki yang disebut di sana, lalu masukkan lagi daftar itu ke folder
inbox-unrested = { $file } sedang berubah: ditunda ke pemeriksaan berikutnya
inbox-same-content = { $file } isinya sama dengan { $other } dari proses { $run }: pengguna yang sudah mendapat tugas dari sana dilewati

## Berkas yang diabaikan

inbox-ignored-extension = { $file } diabaikan: daftar harus berakhiran { $known }
inbox-ignored-link = { $file } diabaikan: tautan tidak diikuti
inbox-ignored-special = { $file } diabaikan: bukan berkas biasa
inbox-ignored-name = { $file } diabaikan: namanya bukan UTF-8; beri nama lain

## Yang tidak berhasil

inbox-no-folder = tidak ada folder { $folder }
inbox-mend-no-folder = sebutkan folder yang ada dan dapat dibaca
inbox-mend-folder = program perlu menulis di folder itu; perbaiki hak aksesnya atau sediakan ruang
inbox-unreadable = folder { $folder } tidak dapat dibaca: { $error }
inbox-no-events = pemberitahuan perubahan folder { $folder } tidak tersedia: { $error }; folder tetap diperiksa setiap { $every }
inbox-no-such-flag = opsi ini tidak berlaku untuk folder masuk
inbox-mend-report-dir = hilangkan: laporan setiap proses ditulis ke done atau failed di dalam folder
inbox-mend-two-tables = hilangkan: setiap berkas di folder adalah daftar tersendiri
inbox-not-moved = { $file } tidak dapat dipindahkan ke { $place }: { $error }
inbox-mend-not-moved = perbaiki hak akses folder; pemeriksaan berikutnya memindahkannya, dan tidak ada yang dikirim dua kali
inbox-no-claim = tidak dapat mencatat di { $folder }/.incs-import berkas milik proses mana: { $error }
inbox-claimed = { $file } sedang diunggah oleh program lain
inbox-claimed-real = proses { $run } belum selesai, dan yang dikirimnya nyata
inbox-mend-claimed-real = selesaikan dahulu dengan pemeriksaan tanpa --sandbox
inbox-claimed-elsewhere = proses { $run } sudah dimulai untuk berkas ini, tetapi tidak ada di ledger { $ledger }
inbox-mend-claimed-elsewhere = periksa dengan ledger proses itu; jika sudah tidak ada, hapus { $file }, dan tambahkan --preflight
inbox-bad-claim = { $file } tidak menyebut berkas milik proses mana, sehingga berkas itu tidak diproses
inbox-mend-bad-claim = pastikan dengan incs-import runs bahwa tidak ada proses yang belum selesai, lalu hapus
