"""Who solves what when: fair claims, worker processes, and what becomes of lost ones."""
