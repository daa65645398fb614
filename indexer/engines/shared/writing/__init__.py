"""What the writers of all engines do alike: items to processes, and what became of each id.

`batch_writer.BatchWriter` gathers `items.Item`s into batches and gives them to a `worker_pool.Pool`, or to a worker
in its own process where there is but one. A pool starts processes that run `worker_process.main`: they are sent a
`worker.Setup`, whose `make()` is the engine's `Worker`, and then `Request`s. What workers say of each id are
`ledger.Event`s; at a commit `ledger.Ledger` gives the `Verdict`: what is new, replaced, unchanged, and what has to be
deleted.
"""
