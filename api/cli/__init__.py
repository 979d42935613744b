"""The commands that stand above the engine: `modelday serve`, `keys` and `audit`."""
