# Apa yang salah pada daftar, dan cara memperbaikinya. Petunjuk bernama seperti kalimatnya dengan akhiran "-hint".


## Tempat

problem-place-row = baris { $row }
problem-place-line = baris { $line }
problem-place-column = kolom { $number }
problem-quoted = "{ $text }"
problem-some-value = nilai
problem-country-unknown = tidak dikenal

## Kolom, header, dan lembar

problem-missing-column = tidak ada kolom untuk { $field }, dan tidak ada flag yang memberikannya
problem-missing-column-hint = sebutkan kolomnya dengan { $map }
problem-missing-column-or-flag-hint = sebutkan kolomnya dengan { $map }, atau berikan untuk semua dengan { $flag }
problem-required-column = tidak ada kolom untuk { $field }
problem-unclear-column = kolom "{ $value }" mungkin { $like }, yang belum memiliki kolom
problem-unclear-column-several = kolom "{ $value }" mungkin salah satu dari { $fields }, yang belum memiliki kolom
problem-unclear-column-hint = tentukan kolom apa ini: { $map }, atau --ignore { $column }
problem-duplicate-column = kolom "{ $value }" juga { $field }, padahal { $first } sudah
problem-duplicate-column-hint = pakai satu saja: --ignore { $column }
problem-duplicate-column-or-people-hint = pakai satu saja: --ignore { $column }; atau jika "{ $people }" adalah nama pengguna: { $map }
problem-mapped-twice = kolom "{ $value }" dipetakan ke { $field } dan ke { $other }
problem-mapped-twice-hint = beri setiap field kolomnya sendiri
problem-no-header = tidak ada baris header: tidak satu pun dari 20 baris pertama memiliki kolom nomor telepon
problem-no-header-hint = sebutkan barisnya dengan --header-row N, atau kolom nomor telepon dengan --map user_phone=COLUMN
problem-no-phone-column = tidak ada baris header: baris { $row } tampak seperti header ({ $count } kolom dikenal), tetapi tidak memiliki kolom nomor telepon
problem-no-phone-column-hint = tambahkan kolom nomor telepon, atau sebutkan dengan { $map }
problem-no-phone-column-one-hint = jika "{ $column }" adalah nomor teleponnya: { $map }
problem-no-phone-column-several-hint = sebutkan mana dari kolom lainnya yang berisi nomor telepon, { $columns }: { $map }
problem-no-user-phone-column = tidak ada baris header: baris { $row } tampak seperti header ({ $count } kolom dikenal), tetapi tidak memiliki kolom nomor telepon pengguna
problem-no-user-phone-column-hint = "{ $column }" adalah nomor telepon pesanan; jika itu nomor telepon pengguna: { $map }
problem-no-mapped-column = tidak ada baris header: di antara 20 baris pertama tidak ada kolom "{ $value }" yang disebut --map untuk { $field }
problem-no-mapped-column-hint = sebutkan kolom yang ada, { $columns }: { $map }
problem-phone-only = tidak ada baris header: baris dengan kolom nomor telepon tidak memiliki kolom lain yang dikenal
problem-phone-only-hint = sebutkan kolom lainnya dengan --map FIELD=COLUMN, atau nyatakan baris itu sebagai header dengan --header-row N
problem-no-order-columns = tabel pesanan tidak memiliki satu pun kolom pesanan
problem-no-order-columns-hint = sebutkan kolom-kolomnya, misalnya --map order_number=COLUMN
problem-mixed-sheets = lembar { $sheets } tidak cocok satu sama lain
problem-mixed-sheets-hint = pilih dengan --sheet NAME, atau baca semuanya dengan --all-sheets
problem-poor-join = { $orphans } dari { $orders } pesanan tidak menemukan penggunanya di lembar lain, jadi kedua lembar itu bukan pasangan
problem-poor-join-hint = pilih salah satu dengan --sheet NAME
problem-not-there = di sini tidak ada { $value } yang disebut oleh { $flag }
problem-no-such-row = di sini tidak ada baris { $row } yang disebut oleh --header-row: hanya ada { $count } baris
problem-nothing-in-row = baris { $row } yang disebut oleh --header-row kosong
problem-no-such-row-hint = berikan baris yang berisi nama kolom, dihitung dari 1; untuk file teks, baris tempat baris itu dimulai
problem-no-such-sheet = di sini tidak ada { $value } yang disebut setelah tanda #
problem-no-such-sheet-hint = sebutkan lembar yang ada: { $sheets }
problem-sheet-in-other-case-hint = huruf besar dan spasi dibedakan: { $sheet }
problem-not-there-hint = periksa namanya; perintah check menampilkan apa saja yang ada
problem-unknown-column = kolom "{ $value }" bukan field yang dikenal dan diabaikan
problem-unknown-column-hint = jika ini sebuah field: --map FIELD={ $column }; jika bukan, hilangkan pesan ini dengan --ignore { $column }
problem-nameless-column = kolom { $column } tidak memiliki header dan diabaikan, padahal berisi data
problem-ignored-sheet = lembar ini tidak memiliki header dengan kolom nomor telepon dan kolom lain yang dikenal, dan diabaikan
problem-ignored-sheet-hint = jika harus dibaca, sebutkan headernya dengan --header-row N
problem-ignored-hidden-sheet = lembar ini tersembunyi dan diabaikan
problem-ignored-hidden-sheet-hint = jika harus dibaca, sebutkan dengan --sheet NAME
problem-data-above-header = "{ $value }" berada di atas header di baris { $header }, sehingga barisnya tidak akan dibaca
problem-data-above-header-hint = pindahkan header ke atas baris-barisnya, atau jika sudah benar, tambahkan --header-row { $header }
problem-no-rows = ada header, tetapi tidak ada baris di bawahnya
problem-no-rows-hint = pastikan file yang diekspor sudah benar

## Baris dan pengguna

problem-missing-value = { $field } kosong
problem-missing-value-hint = isi selnya
problem-missing-key-hint = isi selnya; jika baris di atasnya milik pengguna yang sama, gunakan --fill-down
problem-missing-key-filled-hint = isi selnya: di atasnya --fill-down tidak menemukan nilai yang berlaku untuknya
problem-missing-value-or-flag-hint = isi selnya, atau berikan untuk semua yang kosong dengan { $flag }
problem-other-country = "{ $value }" adalah nomor { $found }, sedangkan sebagian besar daftar { $common }
problem-unclear-country = "{ $value }" tampaknya nomor { $found }, tetapi daftar ini tidak menunjukkan negaranya
problem-other-country-hint = tulis + di depan nomor yang sudah berkode negara, atau berikan --country-code DIGITS
problem-rendered-too-long = { $field } menjadi { $length } karakter setelah templatnya diisi; server menerima paling banyak 256
problem-rendered-too-long-hint = persingkat templatnya
problem-joined-too-long = keterangan pengguna ini seluruhnya { $length } karakter; server menerima paling banyak 256
problem-joined-too-long-hint = persingkat keterangannya, atau pakai satu saja
problem-shared-user-id = user_id "{ $value }" juga milik pengguna lain, di { $place }
problem-shared-user-id-hint = beri setiap pengguna id tersendiri, atau hubungkan lewat user_phone
problem-total-too-large = jumlah seluruh nominal pengguna ini melebihi batas yang mungkin
problem-total-too-large-hint = periksa nominal pengguna ini
problem-conflict = { $field } "{ $value }" berbeda dari "{ $other }" di { $place }
problem-conflict-hint = samakan sel-selnya, atau kosongkan semua kecuali satu
problem-duplicate-order = pesanan "{ $value }" ada di { $place } dengan nilai lain
problem-duplicate-order-fields = pesanan "{ $value }" ada di { $place } dengan nilai lain: { $fields }
problem-duplicate-order-hint = pertahankan baris yang benar
problem-duplicate-row = pesanan yang sama seperti di { $place }, diambil sekali
problem-duplicate-row-hint = tidak perlu tindakan jika ini salinan
problem-possible-duplicate = sama dengan { $place } dan tanpa nomor pesanan, keduanya dipakai
problem-possible-duplicate-hint = hapus salah satu jika ini salinan
problem-duplicate-order-across-users = pesanan "{ $value }" milik pengguna lain di { $place }
problem-duplicate-order-across-users-hint = periksa pesanan ini milik siapa
problem-orphan-order = pengguna pesanan ini, "{ $value }", tidak ada di tabel pengguna mana pun
problem-orphan-order-hint = tambahkan pengguna itu ke tabel pengguna, atau perbaiki kuncinya
problem-ragged-row = baris ini memiliki lebih banyak sel daripada { $count } kolom pada header
problem-ragged-row-hint = beri tanda kutip pada sel yang berisi pemisah, atau hapus sel di luar header
problem-withheld = ditahan, karena pengguna yang sama memiliki masalah { $code } di { $place }
problem-withheld-hint = perbaiki baris itu; tidak ada tugas yang dikirim dengan sebagian pesanannya
problem-total-row = dikecualikan sebagai baris total ("{ $value }")
problem-total-row-hint = tidak perlu tindakan jika memang baris total
problem-computed-total = total_amount kosong dan dijumlahkan dari pesanan
problem-computed-total-hint = isi selnya jika totalnya harus lain
problem-no-orders = pengguna ini tidak memiliki pesanan
problem-if-right-hint = tidak perlu tindakan jika memang benar
problem-hidden-rows-left-out = { $count } baris disembunyikan atau tersaring di lembar ini, dan dikecualikan
problem-hidden-rows-read = { $count } baris disembunyikan atau tersaring di lembar ini, dan dibaca seperti yang lain
problem-hidden-rows-hint = tampilkan barisnya, atau nyatakan maksudnya: --hidden-rows read, atau --hidden-rows skip
problem-changed-since-created = tugas { $task } dari proses { $run } sudah dibuat untuk pengguna ini dengan isi lain
problem-changed-since-created-hint = jika tugas kedua memang diinginkan, unggah daftar lagi dengan --changed send

## Nomor telepon

problem-phone-cell-error = "{ $value }" adalah kesalahan di lembar kerja, bukan nomor telepon
problem-phone-lossy-number = "{ $value }" tidak lagi memuat semua angka nomor telepon
problem-phone-not-a-phone = "{ $value }" bukan nomor telepon
problem-phone-date = "{ $value }" adalah tanggal, bukan nomor telepon
problem-phone-percent = "{ $value }" ditampilkan sebagai persentase oleh format selnya, bukan sebagai nomor telepon
problem-phone-fraction = "{ $value }" adalah angka dengan desimal, bukan nomor telepon
problem-phone-two-phones = "{ $value }" berisi lebih dari satu nomor telepon
problem-phone-letter = "{ $value }" mengandung huruf di antara angkanya
problem-phone-extension = "{ $value }" memiliki sesuatu di belakang nomornya, misalnya nomor ekstensi
problem-phone-padded = "{ $value }" adalah angka yang ditambahi nol oleh format selnya
problem-phone-zero-tail = "{ $value }" berakhir dengan nol yang mungkin bagian dari nomor, mungkin bukan
problem-phone-length-far = "{ $value }" memiliki jauh lebih dari 15 angka
problem-phone-length = "{ $value }" memiliki { $digits } angka termasuk kode negara, bukan 8 sampai 15
problem-phone-unknown-country = "{ $value }" diawali kode negara yang tidak ada
problem-phone-country-length = "{ $value }" memiliki jumlah angka yang tidak dimiliki nomor mana pun di { $country }
problem-phone-trunk-zero = "{ $value }" memiliki 0 di belakang kode negaranya
problem-phone-no-country-code = "{ $value }" adalah nomor nasional, dan kode negaranya tidak diberikan
problem-phone-bare-number = "{ $value }" tidak diawali { $country_code }, 0, +, ataupun 00
problem-phone-code-or-number = "{ $value }" dapat dibaca dua cara: { $country_code } mungkin kode negara atau bagian dari nomor
problem-phone-zero-before-code = "{ $value }" dapat dibaca dua cara: ada 0 di depan kode negara
problem-phone-not-valid = "{ $value }" apa adanya bukan nomor yang sah di negara mana pun
problem-phone-cell-error-hint = perbaiki rumusnya, atau ketik nomor telepon di sel itu
problem-phone-lossy-number-hint = atur format kolom sebagai teks, lalu tempel lagi nomornya dari sumber asli
problem-phone-two-phones-hint = sisakan satu nomor di sel; setiap tugas untuk satu nomor
problem-phone-letter-hint = ketik angka yang dimaksud: 0 untuk O, 1 untuk l atau I, 5 untuk S, 8 untuk B
problem-phone-extension-hint = hapus apa yang ada di belakang nomor
problem-phone-as-text-hint = atur format sel sebagai teks dan ketik nomor dengan kode negaranya, misalnya +6281234567890
problem-phone-look-up-hint = periksa nomornya dan tulis dengan kode negaranya, misalnya +6281234567890
problem-phone-zero-hint = hapus 0 itu, dan tulis nomor dengan + dan kode negaranya
problem-phone-no-country-code-hint = tambahkan --country-code, misalnya --country-code 62, atau tulis nomor dengan + dan kode negaranya
problem-phone-bare-number-hint = tambahkan --bare-numbers national jika +{ $country_code } seharusnya ada di depannya, --bare-numbers international jika sudah lengkap, atau tulis dengan +
problem-phone-code-or-number-hint = tulis dengan + dan kode negaranya, atau tambahkan --bare-numbers national jika +{ $country_code } seharusnya ada di depannya, --bare-numbers international jika sudah lengkap

## Nominal

problem-amount-cell-error = "{ $value }" adalah kesalahan di lembar kerja, bukan nominal
problem-amount-not-an-amount = "{ $value }" bukan nominal
problem-amount-unknown = "{ $value }" bukan nominal: "{ $text }" bukan mata uang yang dikenal di sini, dan mungkin mengubah nilainya
problem-amount-grouping = "{ $value }" bukan nominal: angkanya tidak dikelompokkan per tiga
problem-amount-negative = "{ $value }" adalah nominal negatif
problem-amount-percent = "{ $value }" adalah persentase, bukan nominal
problem-amount-exponent = "{ $value }" ditulis dengan eksponen, dan angkanya mungkin hilang
problem-amount-date = "{ $value }" adalah tanggal, bukan nominal
problem-amount-ambiguous = "{ $value }" dapat dibaca dua cara: tandanya mungkin pemisah ribuan atau desimal
problem-amount-other-separator = "{ $value }" bukan nominal dengan pemisah desimal dari --decimal-separator
problem-amount-lossy-number = "{ $value }" adalah angka lebih dari 15 digit: lembar kerja sudah membulatkannya
problem-amount-too-large = "{ $value }" memiliki lebih banyak angka daripada yang mungkin untuk nominal
problem-amount-cell-error-hint = perbaiki rumusnya, atau ketik nominalnya di sel itu
problem-amount-ambiguous-hint = tambahkan --decimal-separator . jika 1.000 adalah satu dan 1,000 seribu, --decimal-separator , jika sebaliknya
problem-amount-other-separator-hint = tulis sebagai 3000.50 di sel angka, atau pilih --decimal-separator yang lain
problem-amount-date-hint = beri sel itu format angka dan periksa nominalnya: nilainya telah berubah menjadi tanggal
problem-amount-lossy-number-hint = periksa nominalnya, dan ketik sebagai teks jika benar
problem-amount-negative-hint = nominal harus nol atau lebih: perbaiki, atau kosongkan selnya
problem-amount-digits-hint = gunakan angka dan satu tanda di depan desimal, misalnya 3000.50
problem-amount-unknown-hint = hilangkan "{ $text }", lalu tulis nominal lengkapnya dengan angka, misalnya 3000.50

## Tanggal

problem-date-cell-error = "{ $value }" adalah kesalahan di lembar kerja, bukan tanggal
problem-date-not-a-date = "{ $value }" bukan tanggal
problem-date-impossible = "{ $value }" adalah hari yang tidak ada
problem-date-out-of-range = "{ $value }" tidak berada dalam tahun 1970 sampai 2100
problem-date-false-leap-day = "{ $value }" berarti 29 Februari 1900, hari yang tidak pernah ada
problem-date-time-only = "{ $value }" adalah jam tanpa tanggal
problem-date-bad-time = "{ $value }" memuat jam yang tidak ada atau tidak lengkap
problem-date-bare-number = "{ $value }" hanya angka, bukan tanggal
problem-date-ambiguous = "{ $value }" dapat dibaca dua cara: hari atau bulan mungkin di depan
problem-date-short-year = "{ $value }" memiliki tahun dua angka, dan urutan bagiannya tidak pasti
problem-date-other-order = "{ $value }" bukan tanggal dengan urutan dari --date-order
problem-date-no-zone = "{ $value }" adalah waktu dengan zona, dan zona tujuannya tidak diberikan
problem-date-cell-error-hint = perbaiki rumusnya, atau ketik tanggalnya di sel itu
problem-date-ambiguous-hint = tambahkan --date-order dmy jika hari di depan, --date-order mdy jika bulan di depan
problem-date-short-year-hint = tulis tahun dengan empat angka, atau tambahkan --date-order ymd, dmy, atau mdy
problem-date-other-order-hint = tulis sebagai 2026-04-15, atau pilih --date-order yang lain
problem-date-no-zone-hint = tambahkan --time-zone dengan zona kantor Anda, misalnya --time-zone Asia/Jakarta
problem-date-bad-time-hint = tulis jamnya sebagai 14:30 atau 14:30:00; tengah malam adalah 00:00 hari berikutnya
problem-date-bare-number-hint = tulis sebagai 2026-04-15, atau berikan file .xlsx, di mana sel angka dapat berupa tanggal
problem-date-iso-hint = tulis sebagai 2026-04-15, dengan jam sebagai 2026-04-15 10:00:00

## Teks dan angka biasa

problem-text-cell-error = "{ $value }" adalah kesalahan di lembar kerja, bukan nilai
problem-text-too-long = teks ini { $length } karakter, dan paling banyak { $limit }
problem-text-too-long-hint = persingkat sebanyak { $count } karakter
problem-text-lossy-number = "{ $value }" adalah angka lebih dari 15 digit: lembar kerja sudah membulatkannya
problem-text-bad-number = "{ $value }" bukan bilangan bulat positif
problem-text-too-large = "{ $value }" di atas { $most }: program yang membaca JSON membulatkan angka yang lebih besar
problem-text-rounded-number = "{ $value }" memiliki terlalu banyak digit: lembar kerja hanya menyimpan 15 digit, dan sudah membulatkannya
problem-text-cell-error-hint = perbaiki rumusnya, atau ketik nilainya di sel itu
problem-text-lossy-number-hint = atur format kolom sebagai teks, lalu tempel lagi angkanya dari sumber asli
problem-text-bad-number-hint = gunakan angka saja, misalnya 30058
problem-text-too-large-hint = periksa id itu, dan tulis id yang dikenal server

## Apa yang tampil di sel yang tidak dapat dibaca. Teks Inggrisnya ada di src/domain/unread.rs.

problem-cell-too-long = teks yang terlalu panjang
problem-cell-hollow = rumus tanpa hasil tersimpan
problem-cell-formula-error = kesalahan rumus
problem-cell-lost-value = nilai yang tidak tersimpan sebagaimana jenisnya; ketik ulang
problem-cell-lost-text = teks yang tidak tersimpan sebagai teks; ketik ulang
problem-cell-long-text = teks yang terlalu panjang untuk .xls; simpan buku kerja sebagai .xlsx
problem-cell-foreign-text = teks yang tercampur dengan teks gambar atau cara baca; ketik ulang tanpa itu
problem-cell-missing-text = teks yang tidak ditemukan; ketik ulang
problem-cell-cut-text = teks yang terpotong
problem-cell-cut-number = angka yang terpotong
problem-cell-twice = dua nilai untuk satu sel; simpan buku kerja sebagai .xlsx baru
problem-cell-added-digits = format angka yang memuat angkanya sendiri; beri sel format biasa dan ketik yang dimaksud
problem-cell-no-style = angka yang formatnya hilang; simpan buku kerja sebagai .xlsx baru
problem-cell-no-number = bukan angka
problem-cell-no-time = waktu yang tidak dapat dibaca
problem-cell-unreadable = sel yang tidak dapat dibaca
problem-cell-unreadable-because = sel yang tidak dapat dibaca ({ $error })
problem-cell-hollow-message = rumus ini tidak punya hasil tersimpan
problem-cell-hollow-hint = buka file itu di program lembar kerja lalu simpan, agar hasilnya tersimpan
problem-cell-added-digits-message = format angka sel itu menampilkan digit yang tidak ada di dalam sel
problem-cell-added-digits-hint = beri sel format angka biasa, lalu ketik yang dimaksud
problem-cell-narrow-message = sel itu hanya berisi #: kolomnya terlalu sempit ketika daftar disimpan
problem-cell-narrow-hint = lebarkan kolomnya lalu simpan lagi daftarnya

## File

problem-file-not-found = file itu tidak ada
problem-file-not-found-hint = periksa path-nya, dan beri tanda kutip jika mengandung spasi
problem-file-folder = itu folder, bukan file
problem-file-folder-hint = sebutkan file di dalamnya
problem-file-permission = sistem tidak mengizinkan file itu dibaca
problem-file-permission-hint = tutup file itu di program lain, periksa izinnya, atau salin
problem-file-empty = file itu kosong
problem-file-empty-hint = pastikan ekspornya sudah selesai
problem-file-no-table = itu bukan tabel melainkan { $looks_like }
problem-file-text = namanya .{ $extension }, tetapi isinya teks biasa, bukan buku kerja
problem-file-text-hint = ganti namanya menjadi .csv jika itu teks berpemisah, atau buka di Excel dan simpan sebagai buku kerja (.xlsx)
problem-file-encrypted = buku kerja dilindungi kata sandi
problem-file-encrypted-hint = buka di Excel, hapus kata sandinya, lalu simpan
problem-file-broken = file itu rusak: { $detail }
problem-file-broken-hint = buka di Excel atau LibreOffice, pastikan semuanya ada, lalu simpan sebagai .xlsx baru
problem-file-in-row = lembar { $sheet }, baris { $row }: { $detail }
problem-file-in-sheet = lembar { $sheet }: { $detail }
problem-file-in-line = baris { $row }: { $detail }
problem-file-open-quote = tanda kutip pada rekaman yang dimulai di baris { $line } tidak berpasangan: { $detail }
problem-file-open-quote-hint = tutup tanda kutip di baris itu, atau simpan daftar sebagai .xlsx
problem-file-undecodable = baris { $line } bukan teks yang sah: { $detail }
problem-file-undecodable-hint = simpan file sebagai UTF-8 ("CSV UTF-8" di Excel), atau sebutkan pengodeannya dengan --encoding
problem-file-unclear-encoding = teksnya bukan UTF-8; tampaknya { $likely }
problem-file-unclear-encoding-or = teksnya bukan UTF-8; tampaknya { $likely } atau { $other }
problem-file-unclear-encoding-hint = jika benar, tambahkan --encoding { $likely }; jika tidak, sebutkan yang benar, atau simpan file sebagai UTF-8 ("CSV UTF-8" di Excel)
problem-file-unclear-encoding-or-hint = tambahkan --encoding { $likely }, atau --encoding { $other } jika nama-namanya lalu salah, atau simpan file sebagai UTF-8 ("CSV UTF-8" di Excel)
problem-file-unknown-encoding = pengodean { $name } tidak dikenal
problem-file-unknown-encoding-hint = gunakan nama yang lazim, misalnya utf-8, utf-16le, gb18030, windows-1252, atau big5
problem-file-too-big = file itu terlalu besar: { $detail }
problem-file-too-big-hint = salin baris yang diperlukan ke buku kerja baru, atau bagi daftarnya
problem-file-io = gagal membaca: { $detail }
problem-file-io-hint = periksa path-nya, coba lagi, atau salin file ke disk lokal lebih dahulu

## Rupa sebuah file, di belakang "itu bukan tabel melainkan"

problem-looks-picture = gambar
problem-looks-pdf = dokumen PDF
problem-looks-html = halaman HTML
problem-looks-mhtml = halaman web yang disimpan
problem-looks-spreadsheet-xml = lembar kerja XML dari Excel 2003
problem-looks-xml = dokumen XML
problem-looks-rich-text = dokumen rich text
problem-looks-word = dokumen Word
problem-looks-power-point = presentasi PowerPoint
problem-looks-open-document = file OpenDocument yang bukan lembar kerja
problem-looks-numbers = dokumen Apple Numbers
problem-looks-old-excel = buku kerja dari Excel sebelum versi 97
problem-looks-zip = arsip zip tanpa buku kerja
problem-looks-archive = arsip terkompresi
problem-looks-office-file = file Office tanpa buku kerja
problem-looks-utf16 = teks UTF-16 tanpa byte order mark
problem-looks-binary = file biner
problem-looks-device = pipe atau perangkat
problem-looks-saved-again-hint = buka di Excel atau LibreOffice dan simpan sebagai .xlsx
problem-looks-numbers-hint = ekspor dari Numbers sebagai Excel (.xlsx) atau CSV
problem-looks-packed-hint = ekstrak dan sebutkan daftar di dalamnya
problem-looks-utf16-hint = simpan sebagai UTF-8, atau sebutkan pengodeannya: --encoding { $encoding }
problem-looks-device-hint = gunakan - untuk membaca CSV dari input standar
problem-looks-other-hint = sebutkan file daftarnya sendiri: .xlsx, .xls, .ods, atau .csv

## Apa tepatnya yang salah pada file, di belakang titik dua

problem-detail-one-table = file teks hanya memiliki satu tabel
problem-detail-too-many-lines = rekaman itu mencakup lebih dari { $most } baris
problem-detail-too-many-fields = baris { $line } memiliki lebih dari { $most } field
problem-detail-never-closed = sebuah field berkutip tidak pernah ditutup
problem-detail-text-behind-quote = tanda kutip penutup diikuti teks lain
problem-detail-long-record = panjangnya lebih dari { $kib } KiB
problem-detail-zero-bytes = isinya memuat byte nol, yang bukan teks
problem-detail-not-utf8 = bukan UTF-8
problem-detail-not-utf8-byte = byte { $byte } di field { $field } bukan UTF-8
problem-detail-other-mark = file diawali tanda { $found }, bukan { $named }
problem-detail-foreign-byte = ada byte yang bukan { $encoding }
problem-detail-foreign-bytes = byte { $bytes } bukan { $encoding }
problem-detail-half-character = file berakhir di tengah sebuah karakter
problem-detail-no-such-sheet = lembar itu tidak ada
problem-detail-reader-failed = pembaca gagal
problem-detail-reader-confused = isinya tidak dapat dipahami pembaca
problem-detail-cell-beyond-sheet = sebuah sel berada di luar baris atau kolom terakhir
problem-detail-cell-twice = sel { $cell } tidak pada urutannya, atau muncul dua kali
problem-detail-sheet-list = daftar lembarnya tidak konsisten
problem-detail-too-many-sheets = lembarnya lebih dari { $most }
problem-detail-part-missing = bagiannya tidak ada
problem-detail-missing-part = bagian { $part } tidak ada
problem-detail-after-row = setelah baris ini: { $error }
problem-detail-zip = arsip zip-nya tidak dapat dibaca ({ $error })
problem-detail-utf16-parts = bagian-bagiannya ditulis dalam UTF-16
problem-detail-no-workbook-part = tidak disebutkan bagian mana yang merupakan buku kerja
problem-detail-sheet-without-part = sebuah lembar tidak memiliki bagian
problem-detail-unusual-part = bagian { $part } memiliki nama yang tidak lazim (seharusnya { $usual })
problem-detail-text-table-doctype = tabel teksnya mendeklarasikan tipe dokumen
problem-detail-text-table-beginning = tabel teksnya tidak memiliki awal
problem-detail-text-table-claim = tabel teksnya mengaku memuat lebih banyak teks daripada yang muat dalam ukurannya
problem-detail-text-table-cut-off = tabel teksnya terpotong
problem-detail-cells-unclear = sel-selnya tidak dapat dibedakan
problem-detail-text-missing = setelah baris ini: sebuah teks tidak ada
problem-detail-row-cut-off = sebuah baris terpotong
problem-detail-row-beyond-sheet = sebuah baris berada di luar baris terakhir
problem-detail-row-numbers = penomoran barisnya tidak wajar
problem-detail-unpacked-size = jika diekstrak ukurannya lebih dari 4 GiB
problem-detail-part-size = bagian { $part } akan memakan lebih dari { $mib } MiB
problem-detail-unpacked-text-table = tabel teksnya akan memakan lebih dari { $mib } MiB
problem-detail-text-table-size = tabel teksnya memakan lebih dari { $mib } MiB
problem-detail-text-table-memory = teks dalam tabelnya akan memakan lebih dari 1 GiB memori
problem-detail-text-size = satu teks dalam tabel teksnya memakan lebih dari { $mib } MiB
problem-detail-row-size = sebuah baris memakan lebih dari { $mib } MiB
problem-detail-too-many-formats = format selnya lebih banyak daripada yang diizinkan Excel
problem-detail-too-many-tags = sebuah lembar memiliki lebih dari sepuluh juta tag di belakang baris-barisnya
problem-detail-xls-size = tidak ada buku kerja .xls yang lebih besar dari { $mib } MiB
problem-detail-sector-size = ukuran sektornya tidak dikenal
problem-detail-empty-directory = direktorinya kosong
problem-detail-header-cut-off = kepala filenya terpotong
problem-detail-endless-sector-list = daftar sektornya tidak berakhir
problem-detail-long-sector-list = daftar sektornya lebih panjang daripada filenya
problem-detail-sector-beyond-end = sebuah sektor berada di luar akhir file
problem-detail-endless-chain = sebuah rantai sektor tidak berakhir
problem-detail-chain-nowhere = sebuah rantai sektor tidak menuju ke mana pun
problem-detail-endless-record = sebuah rekaman tidak berakhir
problem-detail-sheet-beyond-end = sebuah lembar berada di luar akhir file
problem-detail-sheets-overlap = dua lembar berada di tempat yang sama
problem-detail-cell-cut-off = sebuah sel terpotong
problem-detail-cell-beyond-columns = sebuah sel berada di luar kolom terakhir
problem-detail-size-cut-off = ukuran sebuah lembar terpotong
problem-detail-impossible-size = sebuah lembar mengaku berukuran yang tidak mungkin dimiliki lembar
problem-detail-cell-texts = teks sel-selnya memakan lebih dari { $mib } MiB
problem-detail-sparse-cells = sel-selnya, dan jarak di antaranya, tidak muat dalam memori
problem-detail-cdata = teksnya ditulis dengan cara yang tidak lazim (sebagai CDATA)
problem-detail-closing-tag = sebuah tag penutup memuat lebih dari namanya
problem-detail-content-cut-off = isinya terpotong
problem-detail-content-order = urutan isinya kacau
problem-detail-day-zero = harinya tidak dihitung dari 1899-12-30 ataupun 1904-01-01
problem-detail-tag-size = sebuah teks atau tag dalam isinya memakan lebih dari { $mib } MiB
problem-detail-repeats = sel-selnya, diulang sebanyak yang disebutkan, tidak muat dalam memori
problem-detail-list-sheets = semua daftar bersama-sama memiliki lebih dari 65,535 lembar
problem-detail-list-text = lebih dari 1 GiB teks
problem-detail-leading-rows = baris-baris pertama lembarnya memakan lebih dari { $mib } MiB

## Apa yang menyelesaikan semua masalah sejenis

problem-settle-missing-column = --map FIELD=COLUMN, atau flag yang memberi nilai itu untuk semua
problem-settle-unclear-column = --map FIELD=COLUMN, atau --ignore COLUMN
problem-settle-missing-value = isi sel-selnya; --assignee, --name, dan --auth-id mengisi semua yang kosong, --fill-down mengambil data pengguna dari baris di atasnya
problem-settle-bad-phone = --country-code DIGITS jika nomor diawali 0, --bare-numbers national atau international jika tidak diawali + ataupun 0; perbaiki yang lain
problem-settle-lossy-number = atur format kolom sebagai teks dan tempel lagi angkanya dari sumber asli
problem-settle-bad-amount = tulis nominal dengan angka dan satu tanda di depan desimal: 3000.50
problem-settle-ambiguous-amount = --decimal-separator . atau --decimal-separator ,
problem-settle-bad-date = tulis tanggal sebagai 2026-04-15
problem-settle-ambiguous-date = --date-order dmy, mdy, atau ymd untuk urutan hari dan bulan, --time-zone NAME untuk waktu dengan zona
problem-settle-bad-number = tulis bilangan bulat, angka saja
problem-settle-too-long = persingkat teksnya menjadi 256 karakter
problem-settle-conflict = samakan sel-sel satu pengguna, atau kosongkan semua kecuali satu
problem-settle-duplicate-order = dari kedua baris, pertahankan yang benar
problem-settle-duplicate-column = --ignore COLUMN untuk semua kecuali satu
problem-settle-orphan-order = tambahkan penggunanya ke tabel pengguna, atau perbaiki kuncinya
problem-settle-cell-error = perbaiki rumusnya, atau tempel nilainya
problem-settle-ragged-row = beri tanda kutip pada sel yang berisi pemisah, atau sebutkan pemisah lain dengan --delimiter
problem-settle-undecodable = --encoding NAME, atau simpan file sebagai UTF-8
problem-settle-unreadable = lihat satu per satu
problem-settle-withheld = perbaiki baris yang disebutkan; yang ini ikut terkirim bersamanya
problem-settle-duplicate-row = hapus salinannya
problem-settle-duplicate-order-across-users = periksa pesanan itu milik siapa
problem-settle-unknown-column = --ignore COLUMN, atau --map FIELD=COLUMN
problem-settle-ignored-sheet = --sheet NAME, atau --header-row N
problem-settle-hidden-rows = --hidden-rows read, atau --hidden-rows skip
problem-settle-changed-since-created = --changed send, jika tugas kedua memang diinginkan

## Templat nama dan deskripsi

problem-template-unknown = tidak ada placeholder {"{"}{ $name }{"}"}
problem-template-open = kurung kurawal di "{ $rest }" tidak ditutup
problem-template-hint = gunakan { $names }, dan {"{{"} untuk kurung kurawal
