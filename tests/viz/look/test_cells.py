"""Values become what JSON and a sheet can hold."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tsunagari.viz.look.cells import plain


def test_values_of_numpy_and_pandas_become_plain() -> None:
    values = [np.int64(3), np.float64("nan"), pd.NA, pd.NaT, pd.Timestamp("2023-10-01"), date(2023, 4, 1), float("inf")]
    assert plain(values) == [3, None, None, None, "2023-10-01", "2023-04-01", None]
