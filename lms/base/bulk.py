"""Inserting very many rows: COPY on PostgreSQL, one prepared statement on SQLite.

Django's `bulk_create` builds a new SQL text for every batch; for tens of thousands of rows that text costs more
than the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction

# What both drivers take as it is; everything else passes through the field.
TAKEN_AS_IT_IS = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.AutoField,
    models.ForeignKey,
    models.DateField,  # a day; an instant, though its subclass, needs its zone
)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their keys; no signal is sent, as by `bulk_create`.

    Raises TransactionManagementError outside a transaction, and IntegrityError as `bulk_create` would.
    """
    if not rows:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("insert_rows writes inside a transaction only.")
    model = type(rows[0])
    for key, row in zip(_reserve_keys(model, len(rows)), rows, strict=True):
        row.pk = key
        row._state.adding = False
        row._state.db = connection.alias
    _write(model, _values(model, rows))


def insert_columns(model: type[models.Model], count: int, columns: Mapping[str, Sequence[Any]]) -> list[int]:
    """Insert new rows given by columns, fields not among them by their default; return the keys.

    The values are as the database holds them. Raises as `insert_rows`.
    """
    if not count:
        return []
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("insert_columns writes inside a transaction only.")
    keys = list(_reserve_keys(model, count))
    like = model()
    whole = {model._meta.pk.attname: keys, **columns}
    listed = [
        whole[field.attname] if field.attname in whole else [_reader(field)(like)] * count
        for field in model._meta.concrete_fields
    ]
    _write(model, zip(*listed, strict=True))
    return keys


def _write(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        _execute_many(model, rows)


def _reserve_keys(model: type[models.Model], count: int) -> Iterator[int]:
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "nextval(pg_get_serial_sequence(%s, %s))"
            cursor.execute(f"SELECT {sequence} FROM generate_series(1, %s)", [table, column, count])  # noqa: S608
            return iter([key for (key,) in cursor.fetchall()])
        # The transaction is IMMEDIATE: nobody else takes a key meanwhile. AUTOINCREMENT goes on after these.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return iter(range(last + 1, last + count + 1))


def _copy(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    statement = f"COPY {_table(model)} FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for values in rows:
            copy.write_row(values)


def _execute_many(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_table(model)} VALUES ({marks})", list(rows))  # noqa: S608


def _table(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    return f"{quote(model._meta.db_table)} ({columns})"


def _values(model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[list[Any]]:
    readers = [_reader(field) for field in model._meta.concrete_fields]
    for row in rows:
        yield [read(row) for read in readers]


def _reader(field: models.Field[Any, Any]) -> Callable[[models.Model], Any]:
    name = field.attname
    if isinstance(field, TAKEN_AS_IT_IS) and not isinstance(field, models.DateTimeField):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
