# Halaman dan buku kerja laporan.
