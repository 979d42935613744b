"""Probability tables: who may miss a visit, who may finish late, and what that costs per time."""
