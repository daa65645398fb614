"""What has been tried to exhaust the time or memory of an archive: files, queries and pages made to cost much.

`files`, `queries` and `pages` list the attacks; `attempt` makes one in a process with limits. The table is printed by
`python -m benchmarks.attacks`; the cheap ones are tests (`tests/test_attacks.py`).
"""
