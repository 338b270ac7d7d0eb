"""The page of new applications: a short form, a file of many, and their results; nothing of it is stored."""
