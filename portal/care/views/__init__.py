"""The pages of a plan of care."""
