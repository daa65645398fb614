"""Views that ask who the reader is: signing in and out, passwords, and what is a reader's own."""
