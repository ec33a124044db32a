# What became of a task, and what to do about it.
