"""What the searches of all engines do alike. Pure functions on values.

`parsing` reads the query of a request or refuses it, checks what is counted and filtered, and a
`time_budget.TimeBudget` ends a search that takes too long. `labels.LabelText` finds which labels of a keyword field a
node means, `paths` what lies under a category; `ranking` has the constants of the score. `cursor.Cursor` is where a
page ended. For what found little or nothing, `did_you_mean` looks in a `Vocabulary` and `diagnose` counts by clause
and filter; `more_like_this` picks the words that related articles share, `suggestions` what to offer while a person
types.
"""
