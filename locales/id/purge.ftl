# Menghapus data pribadi dari proses lama.

purge-nothing = tidak ada proses setua itu: tidak ada yang perlu dihapus
purge-run = proses { $run }: data { $count } pengguna dihapus, begitu pula folder laporannya
purge-would = proses { $run }: data { $count } pengguna akan dihapus, begitu pula folder laporannya
purge-doubts = proses { $run }: { $count } tugas yang meragukan tetap menyimpan nomor telepon dan isinya, karena diperlukan untuk mencarinya
purge-pending = proses { $run }: { $count } tugas belum dikirim, dan tidak dapat lagi dikirim dari proses ini
purge-folder = folder { $folder } masih ada, sehingga prosesnya tidak dihapus: { $why }
purge-no-folder = itu bukan folder
purge-other-folder = namanya bukan nama proses tersebut
purge-read = ada yang sedang membaca buku besar, dan lognya masih memuat yang sudah dihapus; jalankan purge lagi setelah selesai
purge-dry-run = tidak ada yang dihapus: tanpa --dry-run, { $count } proses akan dihapus
purge-done = { $count } proses dihapus; jumlah, id, dan hash berkunci tetap disimpan, agar tidak ada yang diberi tugas dua kali
purge-forgotten = data pribadi proses { $run } dihapus pada { $at }
purge-no-reports = jumlahnya ada di: incs-import runs
purge-no-resume = yang belum dikirim sudah dihapus; tugas yang meragukan dipastikan pada unggahan berikutnya ke nomor itu, atau dengan: incs-import resolve
purge-not-now = data pribadi proses lama tidak dapat dihapus sesuai --retention: { $why }
