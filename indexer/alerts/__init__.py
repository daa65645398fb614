"""Alerts: a search that is kept, and whoever is to be told of what it newly finds.

An `Alert` (`alert`) says what is looked for and where its messages go. One run (`running`) reads what has arrived since
the last one (`arrivals`), holds it against every alert at once, and writes an `AlertMessage` (`message`, with the words
that `fired`) of each that fires into the outbox (`store`). Only then is anything sent (`delivery`, by `mail` and
`webhook`), and each message noted as sent: what was not is sent again, with the same id.
"""
