"""The benchmark record: cases, peers, the harness that runs them, and the report."""
