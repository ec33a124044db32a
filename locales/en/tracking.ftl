# What the server says of tasks.
