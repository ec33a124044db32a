# What is wrong with a list and how to mend it.
