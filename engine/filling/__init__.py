"""Filling real days: the fill by the solver, the fill by hand, and what is free."""
