"""Who works which days and columns, and when people are away at the least cost."""
