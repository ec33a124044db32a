# Pemberitahuan: isi yang dikirim ke obrolan, kegagalannya, dan bagian [notify] di file konfigurasi.

## Baris yang diberitahukan

notify-headline = incs-import { $command } di { $host }: { $what } (kode keluar { $code })
notify-headline-profile = incs-import { $command } di { $host }, profil { $profile }: { $what } (kode keluar { $code })
notify-well = semua selesai
notify-well-again = kembali normal, semua selesai
notify-something-left = SELESAI, TETAPI ADA YANG PERLU DIPERBAIKI
notify-nothing-sent = TIDAK ADA YANG DIKIRIM
notify-stopped = BERHENTI LEBIH AWAL
notify-locked = TIDAK ADA YANG DIKIRIM, ledger sedang dipakai proses lain
notify-interrupted = DIHENTIKAN
notify-files-counts-run = { $files }: { $counts } (proses { $run })
notify-counts-run = { $counts } (proses { $run })
notify-files-run = { $files } (proses { $run })
notify-run = proses { $run }
notify-more-files = { $files } dan { $count } lagi
notify-why-and-mend = { $why }; perbaikan: { $mend }
notify-reports = laporan: { $folder }
notify-trial = incs-import di { $host }: UJI pemberitahuan yang diminta dengan doctor --notify. Tidak ada proses yang berakhir, dan tidak ada yang perlu dilakukan.
notify-bug = dihentikan oleh kesalahan program

## Yang tidak dapat diberitahukan

notify-not-told = pemberitahuan lewat { $to } gagal: { $why }
notify-the-webhook = webhook
notify-status-and-words = kode status { $status }: { $said }
notify-robot-refused = ditolak oleh penerima ({ $code }): { $said }
notify-command-not-started = tidak dapat dijalankan: { $error }
notify-command-too-slow = lebih lama dari { $seconds } detik, dan dihentikan
notify-command-failed = berakhir dengan { $code }
notify-command-killed = dihentikan oleh sinyal
notify-secret-empty = tidak berisi apa pun
notify-secret-too-long = isinya lebih panjang dari alamat atau header mana pun
notify-secret-odd = isinya bukan satu baris huruf biasa
notify-mend-variable = isi variabel { $name } dengan rahasianya
notify-mend-file = tulis rahasianya saja ke { $file }
notify-authorization-over-http = { $host } memakai http: siapa pun di jalur dapat membaca header Authorization
notify-mend-authorization-over-http = pakai alamat https, atau hapus authorization_file dan authorization_env

## Bagian [notify]

notify-bad-url = alamat webhook { $why }
notify-mend-url = tulis alamat lengkap seperti yang ditampilkan aplikasi obrolan, misalnya https://hooks.example.com/services/...
notify-url-scheme = harus diawali https:// atau http://
notify-url-user = tidak boleh berisi nama pengguna atau kata sandi; pakai authorization_file
notify-wants-body = harus berupa teks JSON dengan placeholder seperti {"{text}"}
notify-body-not-json = bukan JSON pada baris { $line }, kolom { $column }; placeholder ditulis di dalam teks: {"{"}"text": "{"{text}"}"{"}"}
notify-body-open = ada {"{"} yang tidak ditutup; untuk tanda kurung itu sendiri tulis {"{{"}
notify-body-unknown = tidak ada placeholder {"{"}{ $name }{"}"}{ $meant }; yang ada: { $names }
notify-key-outside = `{ $key }` hanya boleh di bagiannya
notify-its-keys = hapus; kunci bagian ini: { $names }
notify-not-trusted = file yang sekadar berada di folder kerja tidak boleh menentukan siapa yang diberi tahu maupun perintah yang dijalankan
notify-ignored = { $place } diabaikan: { $why }. Agar berlaku: { $mend }
notify-mend-ignored = pindahkan ke { $own }, atau --config { $file }
notify-mend-ignored-homeless = pakai --config { $file }

notify-key-on = Kapan diberitahukan: change (kode keluar berbeda dari yang sebelumnya) atau end (setiap kali)
notify-key-webhook = Alamat yang menerima POST; ini rahasia, jadi sebaiknya di file tersendiri atau di variabel
notify-key-webhook-file = File yang berisi alamat itu, sebagai ganti webhook
notify-key-webhook-env = Variabel yang berisi alamat itu, sebagai ganti webhook
notify-key-authorization-file = File yang berisi nilai header Authorization, misalnya Bearer dan token
notify-key-authorization-env = Variabel yang berisi nilai itu, sebagai ganti authorization_file
notify-key-body = JSON yang dikirim, dengan placeholder di dalam teksnya; tanpanya dikirim objek JSON berisi semuanya
notify-key-command = Program dan argumennya; objek JSON diberikan lewat masukan standar

## Kata doctor

notify-silent = tidak ada yang diberi tahu ketika proses berakhir
notify-webhook-ready = webhook di { $host }
notify-command-ready = perintah { $program }
notify-over-http = webhook di { $host }, lewat http: siapa pun di jalur dapat membaca isi pemberitahuan dan alamatnya
notify-mend-over-http = pakai alamat https, kecuali keduanya berada di jaringan yang Anda percaya
notify-others-can-read = { $file } dapat dibaca orang lain
notify-no-program = tidak ada program { $program } yang dapat dijalankan
notify-mend-no-program = sebutkan program dengan path lengkap, lalu argumennya: command = ["/usr/local/bin/page", "--urgent"]
notify-webhook-took-it = webhook menerima pemberitahuan uji
notify-command-took-it = perintah menerima pemberitahuan uji
notify-nobody-to-tell = tidak ada yang diatur untuk diberi tahu
notify-mend-nobody-to-tell = atur webhook, webhook_file, webhook_env atau command di bagian [notify] pada file konfigurasi
notify-mend-not-told = perbaiki [notify] di file konfigurasi, lalu periksa lagi dengan: incs-import doctor --notify
