"""Columns to Parquet and back; and digests by which values are known again.

zstd, byte streams split for floats, dictionaries for text: the smallest and fastest of what was tried. float64 stays,
since results are compared to the bit.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cpsim.outputs.tables import Column, Columns, Labelled

ROWS_AT_A_TIME = 65_536  # so that writing a large table never holds it twice


def write(columns: Columns, path: Path, about: Mapping[str, str] | None = None) -> None:
    """Write one table and make sure that it is on the disk. `about`: for its footer, with checksums of pages."""
    count = len(next(iter(columns.values())))
    schema = _part(columns, 0, 0).schema.with_metadata(dict(about) if about else None)
    text = [name for name, column in columns.items() if isinstance(column, Labelled)]
    floats = [name for name, column in columns.items() if not isinstance(column, Labelled) and column.dtype.kind == "f"]
    with path.open("wb") as file:
        options = {"compression": "zstd", "use_dictionary": text, "use_byte_stream_split": floats}
        with pq.ParquetWriter(file, schema, write_page_checksum=about is not None, **options) as writer:
            for start in range(0, max(count, 1), ROWS_AT_A_TIME):
                writer.write_table(_part(columns, start, start + ROWS_AT_A_TIME).cast(schema))
        file.flush()
        os.fsync(file.fileno())


def _part(columns: Columns, start: int, stop: int) -> pa.Table:
    return pa.table({name: _array(column, slice(start, stop)) for name, column in columns.items()})


def _array(column: Column, rows: slice) -> pa.Array:
    if isinstance(column, Labelled):
        return pa.DictionaryArray.from_arrays(
            pa.array(column.codes[rows], pa.int32()), pa.array(column.labels, pa.string())
        )
    return pa.array(np.ascontiguousarray(column[rows]))


def read(path: Path) -> Columns:
    """The columns of one file. Raises OSError or ValueError (pyarrow's errors are both) when it cannot be read."""
    return {name: _column(column) for name, column in zip(*_columns(path), strict=True)}


def _columns(path: Path) -> tuple[list[str], list[pa.ChunkedArray]]:
    table = pq.read_table(path).unify_dictionaries()
    return table.column_names, table.columns


def _column(column: pa.ChunkedArray) -> Column:
    if not pa.types.is_dictionary(column.type):
        return column.to_numpy()
    whole = column.combine_chunks()
    return Labelled(whole.indices.to_numpy(), tuple(whole.dictionary.to_pylist()))


def digest(columns: Columns) -> str:
    """SHA-256 of names, types and values: the same whatever wrote the file."""
    found = hashlib.sha256()
    for name, column in columns.items():
        values = column.codes.astype(np.int32) if isinstance(column, Labelled) else column
        words = "\n".join(column.labels) if isinstance(column, Labelled) else ""
        found.update(f"{name} {values.dtype.newbyteorder('<').str} {words}\n".encode())
        found.update(np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False).data)
    return found.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
