# Words that many screens share. Counts ($count) choose between singular and plural.

counted-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}

comma = {", "}
