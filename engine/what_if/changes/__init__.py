"""The changes a scenario can make: one file a family, each pure functions of a problem."""
