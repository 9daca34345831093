"""Find things: by id, number or words."""

from goldenthread.store.lookup import Hit, resolve, search

__all__ = ["Hit", "resolve", "search"]
