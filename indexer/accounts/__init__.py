"""Who may read a closed archive: people with a password each, and tokens for their programs.

`User` and `Token` (`users`) are values, kept by name in one file (`users_file`), which `indexer user` changes and the
web site only reads. `passwords` hashes and checks what people know, `tokens` what programs hold. Neither is kept as it
is.
"""
