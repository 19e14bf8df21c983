"""Tables as Parquet files: columns keep their types, lists stay lists."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    import pandas as pd


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Write a table as Parquet; the same table gives the same bytes with the same pyarrow.

    Parameters
    ----------
    frame
        The table. Column names become text; the index is not written. A column without any value is one of text, and a
        column whose values have no type in common, as in the answer to a query, becomes one of text.

    Examples
    --------
    >>> import io
    >>> import pandas as pd
    >>> table = pd.DataFrame({"name": ["鳥取市", None], "fields": [["居場所"], []]})
    >>> pd.read_parquet(io.BytesIO(to_parquet(table)))["fields"].map(list).tolist()
    [['居場所'], []]
    """
    names = [str(name) for name in frame.columns]
    if len(set(names)) < len(names):
        raise ValueError("columns need names of their own")
    # without pandas' own metadata, which would tell the versions
    table = pa.Table.from_arrays([_array(frame.iloc[:, place]) for place in range(len(names))], names)
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _array(column: pd.Series[Any]) -> pa.Array:
    if column.dtype != object:
        return pa.Array.from_pandas(column)
    try:
        return _known(pa.Array.from_pandas(column))
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # values of several types
        return pa.array([_text(value) for value in column], pa.string())


def _known(array: pa.Array) -> pa.Array:
    """Return an array without any value as one of text, and empty lists as lists of text."""
    if pa.types.is_null(array.type):
        return array.cast(pa.string())
    if pa.types.is_list(array.type) and pa.types.is_null(array.type.value_type):
        return array.cast(pa.list_(pa.string()))
    return array


def _text(value: Any) -> str | None:
    return None if value is None or value != value else str(value)
