# Apa yang terjadi saat tugas dikirim, dan mengapa proses berhenti.
