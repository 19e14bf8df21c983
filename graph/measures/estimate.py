"""Values of a measure with the error that they may have, and the bounds from which that error is proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tsunagari.errors import Message, NetworkError
from tsunagari.graph.measures.adjacency import Floats

DELTA = 0.1
SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Values of a measure and how far they may be off.

    Parameters
    ----------
    values
        One a node.
    epsilon
        With a probability of at least 1 − `delta` no value is further than this from the exact one; 0 when exact.
    delta
        0 when exact.
    samples
        Number of pairs or sources drawn; 0 when exact.
    seed
        Of the draw.
    """

    values: Floats
    epsilon: float = 0.0
    delta: float = 0.0
    samples: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How exactly a measure is wanted that large networks would make slow.

    Parameters
    ----------
    exact
        Sample nothing, however long it takes.
    epsilon
        Largest error that is accepted; None takes what a fixed number of samples gives. Small networks are exact
        anyway.
    delta
        Probability, between 0 and 1, with which an error may be larger than told.
    seed
        Of the draw: the same seed gives the same numbers.

    Raises
    ------
    NetworkError
        `epsilon` is not above 0, or `delta` not between 0 and 1.
    """

    exact: bool = False
    epsilon: float | None = None
    delta: float = DELTA
    seed: int = SEED

    def __post_init__(self) -> None:
        if not 0 < self.delta < 1 or (self.epsilon is not None and not self.epsilon > 0):
            raise NetworkError(
                Message(
                    "誤差 epsilon は 0 より大きく、delta は 0 と 1 の間でなければなりません"
                    f"（{self.epsilon}、{self.delta}）。",
                    f"An error epsilon is above 0, and a delta between 0 and 1; not {self.epsilon} and {self.delta}.",
                )
            )


def sample_until(
    draw: Callable[[int, float], Estimate], exact: Callable[[], Floats], accuracy: Accuracy, *, first: int, most: int
) -> Estimate:
    """Draw samples of doubling size until the proven error is small enough.

    The r-th draw may fail with a probability of δ/2ʳ, so the whole with one of at most δ.

    Parameters
    ----------
    draw
        From a number of samples and a delta to the estimate.
    exact
        Gives the exact values, for when that takes no longer.
    accuracy
        With its `epsilon`.
    first, most
        Samples to begin with, and beyond which the exact values are taken.

    Examples
    --------
    >>> def draw(samples, delta):
    ...     return Estimate(np.zeros(1), epsilon=100 / samples, delta=delta, samples=samples)
    >>> found = sample_until(draw, lambda: np.ones(1), Accuracy(epsilon=0.1), first=300, most=5000)
    >>> found.samples, round(found.epsilon, 3), found.delta
    (1200, 0.083, 0.1)
    """
    assert accuracy.epsilon is not None
    samples, delta = first, accuracy.delta / 2
    while samples <= most:
        found = draw(samples, delta)
        if found.epsilon <= accuracy.epsilon:
            return replace(found, delta=accuracy.delta if found.samples else 0.0)
        samples, delta = samples * 2, delta / 2
    return Estimate(exact())


def check_sample(samples: int, delta: float) -> None:
    """Raise `NetworkError` when a sample of that size or an error with that probability makes no sense.

    Examples
    --------
    >>> check_sample(1000, 0.1)
    """
    if samples < 2 or not 0 < delta < 1:
        raise NetworkError(
            Message(
                f"標本の数は 2 以上、delta は 0 と 1 の間でなければなりません（{samples}、{delta}）。",
                f"A sample needs a size of at least 2 and a delta between 0 and 1, not {samples} and {delta}.",
            )
        )


def hoeffding_error(mean: Floats, count: int, delta: float) -> Floats:
    """Return how far true means may be from the means of values between 0 and 1.

    Source: W. Hoeffding (1963), "Probability inequalities for sums of bounded random variables", JASA 58(301),
    theorem 1: after k values a true mean of q or further away from the observed x has a chance of exp(−k·KL(x, q)).

    Parameters
    ----------
    mean
        Observed means.
    count
        How many independent values each is the mean of.
    delta
        Probability, between 0 and 1, of a larger error, for each of the means.

    Examples
    --------
    >>> hoeffding_error(np.array([0.0, 0.5]), 1000, 0.05).round(4).tolist()
    [0.0037, 0.0429]
    """
    bound = np.log(2 / delta) / count
    return np.maximum(_furthest(mean, 1.0 - mean, bound, 1.0), _furthest(mean, mean, bound, -1.0))


def bernstein_error(variance: Floats, count: int, delta: float, width: Floats | float = 1.0) -> Floats:
    """Return how far true means may be from observed ones, given the variance observed.

    Source: A. Maurer & M. Pontil (2009), "Empirical Bernstein bounds and sample variance penalization", COLT, theorem
    4, for both sides.

    Parameters
    ----------
    variance
        Observed variances (with n − 1).
    count
        How many independent values were observed, at least 2.
    delta
        Probability, between 0 and 1, of a larger error, for each of the means.
    width
        Largest possible difference of two values.

    Examples
    --------
    >>> bernstein_error(np.array([0.0, 0.25]), 1000, 0.05).round(4).tolist()
    [0.0102, 0.057]
    """
    surprise = np.log(4 / delta)
    return np.asarray(np.sqrt(2 * variance * surprise / count) + 7 * width * surprise / (3 * (count - 1)))


def _furthest(mean: Floats, room: Floats, bound: float, sign: float) -> Floats:
    """Return by bisection the distance within `room` at which the divergence reaches the bound, never too short."""
    low, high = np.zeros_like(mean), room.copy()
    for _ in range(50):
        middle = (low + high) / 2
        inside = _divergence(mean, mean + sign * middle) <= bound
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return high


def _divergence(mean: Floats, other: Floats) -> Floats:
    """Return the Kullback–Leibler divergence of two chances."""
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(mean > 0, mean * np.log(mean / other), 0.0)
        no = np.where(mean < 1, (1 - mean) * np.log((1 - mean) / (1 - other)), 0.0)
    return yes + no
