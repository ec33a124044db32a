# Apa yang dikatakan server tentang tugas.

# Status tugas, di layar.
tracking-not-started = belum dimulai
tracking-in-progress = sedang berjalan
tracking-completed = selesai
tracking-terminated = dihentikan
tracking-other = lainnya
tracking-not-found = tidak ditemukan
tracking-all = semua
tracking-assignee = petugas

# Isi satu baris riwayat tugas. $before dan $after adalah status.
tracking-log-created = dibuat
tracking-log-created-by = dibuat oleh { $assignee }
tracking-log-assigned = ditugaskan
tracking-log-assigned-to = ditugaskan kepada { $assignee }
tracking-log-status = { $before } -> { $after }
tracking-log-status-by = { $before } -> { $after } oleh { $assignee }
tracking-log-remark = catatan: { $comment }
tracking-log-remark-by = catatan dari { $assignee }: { $comment }

# Bertanya kepada server.
tracking-asking = menanyakan { $count } tugas dari proses { $run } kepada { $server }
tracking-progress = { $count } tugas dibaca
tracking-progress-of = { $count } dari { $total } tugas dibaca
tracking-waiting = { $why }: dicoba lagi dalam { $seconds } detik
tracking-sandbox = SANDBOX: server ini hanya tiruan; tidak ada isinya yang nyata
tracking-not-a-task = daftar itu berisi sesuatu yang bukan tugas
tracking-status = status { $status }
tracking-status-with-words = status { $status }: { $message }
tracking-foreign-answer = jawabannya bukan dari API, mungkin halaman login
tracking-other-task = tugas { $id } yang ditanyakan, tetapi tugas lain yang dijawab
tracking-token-refused = { $server } menolak token
tracking-server-failed = { $server } tidak dapat ditanyai: { $why }
tracking-server-failed-hint = tidak ada yang berubah: coba lagi setelah server menjawab

# track
tracking-title = proses { $run }: { $count } tugas di { $server } ({ $requests } permintaan)
tracking-last-remark = catatan terakhir: { $at } { $phone } ({ $assignee }): { $comment }
tracking-not-found-words = { $count } tugas tidak ada lagi di daftar: mungkin sudah dihapus di INCS
tracking-files = ditulis: { $files }
tracking-requests = { $count } permintaan dikirim
tracking-nothing-created = proses { $run } tidak membuat tugas: tidak ada yang perlu ditanyakan
tracking-all-purged = tidak ada lagi proses di { $ledger } yang pernah membuat tugas dan masih mengenal penggunanya: datanya sudah dihapus oleh purge
tracking-no-run = belum ada proses yang membuat tugas di { $ledger }
tracking-own-sandbox-hint = untuk mengikuti tugas tiruan, jalankan: incs-import sandbox; lalu unggah ke alamatnya dengan --base-url
tracking-purged-hint = tugasnya masih ada di server: incs-import tasks

# tasks
tracking-wants-status = 0 not_started, 1 in_progress, 2 completed, atau 3 terminated
tracking-wants-time = waktu seperti 2026-04-07 17:00:00, atau hari seperti 2026-04-07
tracking-no-tasks = tidak ada tugas seperti itu
tracking-page = halaman { $page }: { $count } dari { $total } tugas
tracking-history = riwayat ({ $count }):
tracking-restless = daftar terus berubah selama dibaca: mungkin ada tugas yang terlewat
tracking-restless-hint = coba lagi, atau persempit: --start-at, --end-at, atau satu halaman dengan --page
tracking-out-form = { $path } bukan .csv dan bukan .xlsx
tracking-out-form-hint = beri nama berkas seperti tasks.csv atau tasks.xlsx
tracking-out-folder = { $folder } bukan folder yang dapat ditulisi berkas
tracking-out-written = { $count } tugas ditulis ke { $path }
tracking-out-hint = pilih tempat lain, atau kosongkan ruang
tracking-times-crossed = --start-at lebih lambat daripada --end-at
tracking-times-crossed-hint = isi --start-at dengan waktu yang lebih awal
tracking-zone-unknown = zona waktu { $server } belum diketahui: zona itu dipelajari dari tugas yang diunggah ke sana
tracking-zone-unknown-hint = hapus --time-zone dan tulis waktu menurut jam server, seperti yang tampil pada tugasnya
