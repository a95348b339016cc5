"""What comes in on the pages of this room, by their noun."""
