"""What the searches of all engines do alike. Pure functions on values.

`labels.LabelText` finds which labels of a keyword field a node means, `leaves` which words a node is made of, `paths`
what lies under a category, `days` which periods a date facet counts by. `time_budget` ends a search that takes too
long. `cursor.Cursor` is where a page ended. For what found little or nothing, `did_you_mean` looks in a `Vocabulary`
and `diagnose` counts by clause and filter; `more_like_this` picks the words that related articles share.
"""
