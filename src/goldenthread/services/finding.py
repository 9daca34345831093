"""Find things: by id, number or words."""

from goldenthread.domain.matching import Hit
from goldenthread.store.lookup import resolve, search

__all__ = ["Hit", "resolve", "search"]
