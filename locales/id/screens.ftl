# Apa yang dikatakan oleh perintah.
