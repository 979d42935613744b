"""Made-up practices, patients and books of any size, with a fixed seed."""
