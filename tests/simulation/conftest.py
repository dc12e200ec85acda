"""Makes what the helpers assert as readable as what a test asserts."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"tests.simulation.{name}"
        for name in (
            "attached",
            "changes",
            "checks",
            "doctor",
            "habits",
            "later",
            "living",
            "ordering",
            "prying",
            "sends",
            "world",
        )
    ),
    *(f"tests.simulation.storms.{name}" for name in ("devices", "ledger", "network", "rest")),
)
