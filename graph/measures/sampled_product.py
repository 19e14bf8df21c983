"""Entries of a matrix product where they are wanted, without holding the rest of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

PRODUCTS_AT_ONCE = 10_000_000
"""Multiplications of which the results are held together (at most about 24 bytes each)."""


def product_entries(left: Any, right: Any, rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the entries (row, column) of left · right, in the order asked for.

    Parameters
    ----------
    left, right
        Sparse CSR matrices whose shapes fit.
    rows, columns
        Which entries; the rows ascending.

    Examples
    --------
    >>> one = sparse.csr_array([[1, 2], [3, 4]])
    >>> product_entries(one, one, np.array([0, 1]), np.array([1, 0])).tolist()
    [10, 15]
    """
    found = np.zeros(len(rows), dtype=np.result_type(left.dtype, right.dtype))
    size = int(left.shape[0])
    row_of = np.repeat(np.arange(size), np.diff(left.indptr))
    work = np.cumsum(np.bincount(row_of, weights=np.diff(right.indptr)[left.indices], minlength=size))
    begin = 0
    while begin < size:
        done = work[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(work, done + PRODUCTS_AT_ONCE, "right")))
        part = slice(*np.searchsorted(rows, (begin, end)))
        product = sparse.csr_array(left[begin:end] @ right) if part.start < part.stop else None
        if product is not None and product.nnz:
            product.sort_indices()
            found[part] = product[rows[part] - begin, columns[part]]
        begin = end
    return found
