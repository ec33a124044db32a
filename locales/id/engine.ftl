# Apa yang terjadi saat tugas dikirim, dan mengapa proses berhenti.

## Mengapa proses berhenti lebih awal

engine-interrupted = proses dihentikan
engine-deadline = dihentikan pada batas waktu
engine-token-refused = server menolak token
engine-token-refused-words = server menolak token: { $words }
engine-token-unclear = server menjawab 401 atau 403, dan tidak memberi tahu apakah token berlaku
engine-wrong-server = ini bukan API INCS: saat membuat tugas, jawabannya berstatus { $status }
engine-foreign-answer = ini bukan API INCS: yang datang sebuah halaman, bukan jawaban API, misalnya halaman login atau portal
engine-crossed-answers = sebuah jawaban milik tugas lain: ada yang menukar jawaban di antara program dan server
engine-equal-rejections = { $count } tugas berturut-turut ditolak dengan alasan yang sama: { $words }
engine-equal-rejections-unexplained = { $count } tugas berturut-turut ditolak tanpa alasan
engine-equal-rejections-code = { $count } tugas berturut-turut ditolak tanpa alasan (kode { $code })
engine-retry-later = server meminta agar tidak ada permintaan selama { $seconds } detik
engine-list-unreadable = daftar tugas di server tidak dapat dibaca sebelum pengiriman: { $why }
engine-throttled-throughout = selama 30 menit server hanya menjawab 429
engine-server-down = server terus gagal: { $why }
engine-bug = satu bagian program gagal: { $why }

## Apa yang harus dilakukan

engine-go-on = untuk melanjutkan: { $resume }
engine-mend-token = isi INCS_TOKEN atau --token-file dengan token yang berlaku, lalu: { $resume }
engine-mend-server = periksa alamat server serta proxy atau portal di antaranya, lalu: { $resume }
engine-mend-crossed-answers = beri tahu pengelola server; setelah diperbaiki, tugas yang mungkin sudah ada dicari dengan: { $resume }
engine-mend-rejections = perbaiki yang disebut server (sering kali --auth-id atau akun), lalu unggah daftar itu lagi; jika kesalahan ada pada server: { $resume } --retry rejected
engine-go-on-later = lanjutkan { $minutes } menit lagi atau lebih dengan: { $resume }
engine-go-on-slower = lanjutkan nanti dengan: { $resume }; jika terulang, turunkan --rate
engine-mend-list = tidak ada yang dikirim; setelah daftar dapat dibaca: { $resume }
engine-mend-network = periksa jaringan dan server, lalu: { $resume }
engine-report-bug = mohon laporkan hal ini; yang mungkin sudah terkirim dicari dahulu sebelum dikirim lagi: { $resume }

## Apa yang dilakukan server

engine-no-answer-in-time = tidak ada jawaban tepat waktu
engine-answer-too-large = jawaban (status { $status }) terlalu besar
engine-status = status { $status }
engine-not-the-api = bukan jawaban API
engine-list-unlike = daftar tidak sesuai dengan penjelasan API: { $error }
engine-list-without-total = daftar tidak menyebut jumlah tugas
engine-list-without-id = ada tugas dalam daftar yang tidak memiliki id
engine-client-setup = klien HTTP tidak dapat disiapkan: { $error }
engine-token-not-a-header = token berisi karakter yang tidak dapat dibawa header
engine-base-url-without-path = alamat server ini tidak dapat memiliki path

## Ledger (catatan proses)

ledger-cannot-open = ledger { $file } tidak dapat dibuka: { $error }
ledger-newer = ledger { $file } dibuat oleh versi yang lebih baru (skema { $found }, program ini mengenal { $known })
ledger-failed = ledger gagal: { $error }
ledger-gone = ledger { $file } dipindahkan atau dihapus saat proses berjalan
ledger-damaged = ledger rusak: { $error }
ledger-several-names = file itu memiliki beberapa nama (hard link), dan proses di bawah tiap nama tidak saling mengetahui
ledger-mend-open = pilih tempat yang dapat ditulisi dengan --ledger PATH, atau perbaiki hak akses folder
ledger-mend-newer = gunakan program yang lebih baru, atau file lain dengan --ledger PATH
ledger-mend-failed = kosongkan atau perbaiki disk; yang terkirim tercatat sejauh disk mengizinkan, dan tidak ada yang dikirim dua kali
ledger-mend-gone = kembalikan jika bisa; jika tidak, lihat di INCS apa yang sudah dibuat sebelum mengunggah daftar lagi: tidak ada catatan lain
ledger-mend-damaged = simpan file itu untuk diperiksa dan pilih file lain dengan --ledger PATH
ledger-held-by-run = proses { $run } sedang memakai ledger (PID { $pid } di { $host })
ledger-held-by-process = proses lain sedang memakai ledger (PID { $pid } di { $host })
ledger-held = proses lain sedang memakai ledger
