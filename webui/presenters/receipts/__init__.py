"""What many searches found, or one at different times: the pages of receipts, of two compared, and of a batch."""
