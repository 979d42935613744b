"""What travels: requests, runs, events, and problem documents."""
