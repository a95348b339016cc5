"""Pages of this room, by their noun."""
