# Apa yang dikatakan server tentang tugas.
