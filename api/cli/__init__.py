"""The commands that stand above the engine: `modelday serve`, `modelday keys`."""
