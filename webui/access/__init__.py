"""Who may read a closed archive: what stands before every view.

`readers` says who sends a request, `gate` turns strangers away: a route is closed unless it is named there. People have
a session (`sessions`, kept with the failed logins in `database`), begun on the login page with `forms` against forgery
and `throttle` (on `counters`) against guessing, held by the cookies of `cookies`; programs have a token. `destination`
says where somebody may be led after the login, `audit` what is written down. The users are those of `indexer.accounts`.
"""
