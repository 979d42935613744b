"""Fits and judges a practice's no-show model. Only this package needs scikit-learn."""
