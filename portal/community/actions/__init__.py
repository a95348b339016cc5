"""Every write of what a programme and its families say to each other."""
