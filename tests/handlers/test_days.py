"""A day is the district's own, whatever the clock of the machine says."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from handlers.days import begins, day_of, in_zone
from handlers.policy.pack import Settings


def test_a_day_begins_at_midnight_of_its_zone():
    assert begins(date(2026, 3, 2), "UTC") == datetime(2026, 3, 2, tzinfo=UTC)
    assert begins(date(2026, 3, 2), "America/Chicago") == datetime(2026, 3, 2, 6, tzinfo=UTC)


def test_the_day_on_which_clocks_change_has_23_hours():
    long = begins(date(2026, 3, 9), "America/Chicago") - begins(date(2026, 3, 8), "America/Chicago")

    assert long.total_seconds() == 23 * 3600


def test_late_in_the_evening_it_is_still_today_in_the_district():
    late = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)

    assert (day_of(late, "UTC"), day_of(late, "America/Chicago")) == (date(2026, 3, 3), date(2026, 3, 2))


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "", "America", "a\0b"])
def test_a_zone_that_nobody_knows_is_refused_with_a_sentence(name: str):
    with pytest.raises(ValueError, match="no time zone that this machine knows"):
        in_zone(name)
    with pytest.raises(ValidationError, match="no time zone"):
        Settings(zone=name)


def test_a_pack_may_name_its_zone():
    assert Settings(zone="America/New_York").zone == "America/New_York"
