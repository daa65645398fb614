"""What surrounds every response.

Each module has an `init(app)` or wraps one answer: `security` headers, `compression`, `conditional` requests
(`GenerationClock`), `cors`, and `errors`, which makes pages or problem documents of what goes wrong. Before a request
is answered, `proxies` says who asks and where the site is mounted, `acceptance` which names it answers to, `rate_limit`
how often and `slots` how many files at once. `observe` measures all of it for `logs` and `metrics`.
"""
