"""The whole matrix: also the methods an address does not offer, by everybody. Its controls stand beside the daily one."""

from tests.integration.authority.law import ACTORS, METHODS
from tests.integration.authority.test_matrix import URLS, asked_by_all, nothing_crosses, world

__all__ = ["world"]


def test_every_cell_holds(world):
    assert nothing_crosses(world, asked_by_all) == len(URLS) * len(METHODS) * len(ACTORS)
