"""What surrounds every response.

Each module has an `init(app)` or wraps one answer: `security` headers, `compression`, `conditional` requests
(`GenerationClock`), `cors`, `rate_limit`, and `errors`, which makes pages or problem documents of what goes wrong.
"""
