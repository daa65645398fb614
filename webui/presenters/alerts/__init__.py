"""The pages of a reader's alerts: all of them, one of them, the form that makes one."""
