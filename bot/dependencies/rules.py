"""What is true of dependencies: pure."""

from enum import StrEnum


class DependencyState(StrEnum):
    """Where a dependency is. `proposed`: the asked team offered another date, and the asking one has not said yet."""

    ASKED = "asked"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
