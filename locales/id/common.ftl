# Kata-kata yang dipakai di banyak layar.

counted-tasks = { $count } tugas

comma = {", "}
