"""Logistic regression that shrinks to a prior, with scikit-learn's ordinary fit.

A normal prior on one coefficient, with mean b and standard deviation s, is worth pseudo-visits that
have this feature alone: at a small value c, missed in the share that b c gives, in such a number
that the information they hold is 1 / s^2. The fit of visits and pseudo-visits together is then the
mode of the posterior: with no visits it is the prior, with many the visits decide. Source: S.
Greenland, 'Bayesian perspectives for epidemiological research: II. Regression analysis',
International Journal of Epidemiology 36, 2007.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float64]

_SMALL = 0.05
"""c: small, so that the logistic curve is straight over it and the prior is as good as normal."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients with their covariance, and scikit-learn's estimator that holds the same."""

    coefficients: Floats
    covariance: Floats
    estimator: LogisticRegression

    @property
    def errors(self) -> Floats:
        """Standard errors."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def chance_of_none(self, columns: list[int]) -> float:
        """How often coefficients that are all zero would look as large as these (Wald's test)."""
        values = self.coefficients[columns]
        inner = np.linalg.inv(self.covariance[np.ix_(columns, columns)])
        return float(chi2.sf(values @ inner @ values, len(columns)))


def fit_toward(x: Floats, missed: Floats, prior: Floats, spread: Floats) -> Fitted:
    """Fits missed (0 or 1) on the columns of x; no intercept is added.

    `prior`, `spread`: mean and standard deviation of what is believed of each coefficient.
    """
    count = x.shape[1]
    share = _logistic(_SMALL * prior)
    weight = 1.0 / (spread**2 * _SMALL**2 * share * (1.0 - share))
    pseudo = _SMALL * np.eye(count)
    estimator = LogisticRegression(
        C=np.inf, fit_intercept=False, solver="newton-cholesky", tol=1e-12, max_iter=500
    )
    # Matrices are so narrow that several threads would only wait for each other.
    with threadpool_limits(limits=1):
        estimator.fit(
            np.vstack((x, pseudo, pseudo)),
            np.concatenate((missed, np.ones(count), np.zeros(count))),
            sample_weight=np.concatenate((np.ones(len(x)), weight * share, weight * (1 - share))),
        )
    coefficients = np.asarray(estimator.coef_[0], dtype=np.float64)
    p = _logistic(x @ coefficients)
    information = (x * (p * (1.0 - p))[:, None]).T @ x + np.diag(spread**-2)
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    return Fitted(coefficients, covariance, estimator)


def _logistic(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float64)
