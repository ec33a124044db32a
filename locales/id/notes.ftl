# Apa yang terjadi dengan tugas dan tindak lanjutnya.
