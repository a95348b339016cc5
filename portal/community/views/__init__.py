"""The pages of families in policy."""
