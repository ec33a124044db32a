# Apa yang salah pada daftar dan cara memperbaikinya.
