"""YAML -> texts, lists and mappings, every value as it was written. Called by `front_matter`."""

from typing import Any

import yaml


class _Texts(yaml.BaseLoader):  # type: ignore[misc]  # yaml has no types
    """Leaves every value the text that it is, a date as it was written. Knows no aliases, which multiply."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One value, unless it only refers to another."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read_texts(block: str) -> Any:
    """What a block holds.

    Raises:
        ValueError: it is no YAML, or has aliases.
    """
    try:
        return yaml.load(block, _Texts)  # noqa: S506  # makes nothing but texts, lists and mappings
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
