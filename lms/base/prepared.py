"""Queries whose SQL is made once, for pages that are asked for so often that making it costs more than its answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

PLACE = "place-kept-for-the-value"


class Prepared:
    """A query of `values()` with one text left open: `build` is given the text once, `rows` each time.

    >>> by_code = Prepared(lambda code: Person.objects.filter(code=code).values("pk"))  # doctest: +SKIP
    >>> by_code.rows("082900000001")  # doctest: +SKIP
    [{'pk': 7}]
    """

    def __init__(self, build: Callable[[str], QuerySet[Any, Any]]) -> None:
        self.build = build

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...], tuple[str, ...], dict[int, Any]]:
        query = self.build(PLACE).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters(expression for expression, _sql, _alias in compiler.select)
        return sql, tuple(params), query.values_select, converters

    def rows(self, text: str) -> list[dict[str, Any]]:
        """Return what the query finds for the text."""
        sql, params, names, converters = self._made
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(sql, [text if param == PLACE else param for param in params])
            found = [list(row) for row in cursor.fetchall()]
        for row in found:
            for place, (convert_all, expression) in converters.items():
                for convert in convert_all:
                    row[place] = convert(row[place], expression, connection)
        return [dict(zip(names, row, strict=True)) for row in found]
