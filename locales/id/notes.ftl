# Mengapa sebuah baris hasil berakhir demikian, dan apa yang diputuskan sendiri oleh pembaca.


## Apa yang terjadi

note-at-place = { $place }: { $message }
note-already-created = sudah dibuat sebagai tugas { $task } oleh proses { $run }
note-changed-since-created = tugas { $task } dari proses { $run } sudah dibuat untuk nomor ini dengan isi lain
note-created-later = tugas { $task } dari proses berikutnya { $run } sudah dibuat untuk nomor ini dengan isi lain
note-in-doubt-elsewhere = proses { $run } mungkin sudah membuat tugas untuk nomor ini
note-in-doubt-later = proses berikutnya { $run } mungkin sudah membuat tugas untuk nomor ini
note-server-silent = server tidak memberikan alasan
note-not-sent = server tidak dapat dijangkau: { $detail }
note-absent = { $doubt }; daftar di server menunjukkan bahwa tidak ada yang dibuat
note-busy = pengguna ini memiliki tugas yang belum selesai di server: { $task }
note-at-server = server sudah memiliki tugas ini: { $task }
note-at-server-unplaced = server memiliki tugas yang sama, { $task }, dengan waktu yang tidak dapat dibandingkan dengan waktu kita

## Mengapa tugas mungkin ada meski tidak ada jawaban

note-with-detail = { $what }: { $detail }
note-doubt-and-lookup = { $doubt }; { $lookup }
note-timeout = tidak ada jawaban tepat waktu
note-connection-lost = koneksi berakhir sebelum ada jawaban
note-server-error = server gagal dengan status { $status }
note-unreadable-answer = jawabannya tidak dapat dibaca sebagai tugas yang dibuat
note-foreign-answer = jawabannya bukan dari API INCS
note-redirected = server mengalihkan dengan status { $status }
note-crossed = jawabannya milik tugas lain
note-interrupted = program berakhir sebelum ada jawaban
note-busy-after-doubt = pengguna memiliki tugas yang belum selesai, mungkin dari percobaan sebelumnya
note-candidates = { $count } tugas di server mungkin tugas ini
note-unplaced = satu tugas di server mungkin tugas ini
note-list-unreadable = daftar di server tidak dapat dibaca: { $detail }
note-list-no-clock = tidak ada yang menunjukkan waktu server: jawabannya tanpa header Date, dan tidak ada tugas proses ini yang menunjukkan waktu pembuatannya
note-list-unsteady = daftar di server terus berubah saat dibaca
note-list-incomplete = daftar di server tidak memuat tugas yang pasti sudah dibuat

## Apa yang harus dilakukan

note-pending-hint = dikirim dengan: incs-import resume { $run }
note-refused-hint = tidak ada yang dikirim dari proses ini: perbaiki daftar lalu unggah lagi
note-already-created-hint = tidak perlu tindakan; untuk mengirim tugas yang sama lebih cepat, perpendek --dedupe-window
note-in-doubt-elsewhere-hint = tanyakan lagi ke server dengan: incs-import resume { $run }; atau lihat di INCS apakah proses itu sudah membuatnya, lalu: { $resolve }
note-in-doubt-later-hint = selesaikan yang itu dahulu: incs-import resume { $run }
note-incomplete-task-hint = selesaikan atau akhiri tugas pengguna itu di INCS, lalu: incs-import resume { $run } --retry incomplete_task
note-server-hint = perbaiki yang disebut server, lalu unggah daftar itu lagi
note-doubt-hint = tugas ini dicari dahulu sebelum ada yang dikirim lagi: incs-import resume { $run }
note-candidates-hint = lihat di INCS yang mana di antara ini: { $ids }; lalu: { $resolve }
note-unresolved-hint = tanyakan lagi ke server dengan: incs-import resume { $run }; atau cari nomornya di INCS, lalu: { $resolve }
note-resolving = incs-import resolve { $run } --phone { $phone } --task-id { $id }; atau jika tidak ada: incs-import resolve { $run } --phone { $phone } --absent
note-not-sent-hint = tidak ada yang dibuat: periksa jaringan dan base_url, lalu: incs-import resume { $run }
note-absent-hint = untuk mengirimnya lagi: incs-import resume { $run }
note-busy-hint = selesaikan atau akhiri tugas itu di INCS, lalu: incs-import resume { $run } --retry incomplete_task
note-at-server-hint = tidak perlu tindakan jika itu tugas yang sama; hanya jika INCS menunjukkan tugas lain, unggah pengguna itu tersendiri tanpa --preflight
note-at-server-unplaced-hint = lihat waktunya di INCS: tidak perlu tindakan jika dari waktu ini; jika itu tugas lama, unggah pengguna itu tersendiri tanpa --preflight

## Apa yang diputuskan sendiri oleh pembaca

note-read-tabs = field dipisahkan oleh tab
note-read-delimiter = field dipisahkan oleh { $mark }
note-read-encoding = teks dibaca sebagai { $name }
note-read-guess = teks bukan UTF-8, dan dibaca sebagai { $name }, yang merupakan dugaan: periksa nama-nama di bawah
