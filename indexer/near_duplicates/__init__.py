"""Which articles tell the same story in nearly the same words.

`signatures.signatures` makes a short signature of each article's words, `likeness.same_story` says of two of them
whether they are copies or only share a form, and `grouping.group` finds the groups of those that are alike;
`groups.regroup` finds the same groups from those before, after a few articles came or went. Pure functions on arrays.
"""
