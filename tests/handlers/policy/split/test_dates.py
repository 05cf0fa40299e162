"""A line that tells the policy's dates is recognised, whatever their form; a rule with a date in it is not."""

import pytest

from handlers.policy.split.dates import Dated, dated


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Board Approved Date: August 19, 2013", [("adopted", "August 19, 2013")]),
        ("Last Updated: March 2017", [("revised", "March 2017")]),
        ("Adopted 9/14/2011, Revised: 7/16/14; 8-1-2016", [("adopted", "9/14/2011"), ("revised", "7/16/14"), ("revised", "8-1-2016")]),
        ("Second reading and amended: 16th July 2014", [("revised", "16th July 2014")]),
        ("Effective 2020-01-31", [("effective", "2020-01-31")]),
        ("Policy history: reviewed 2019, rescinded 2021", [("reviewed", "2019"), ("rescinded", "2021")]),
        ("DATED: Sept. 3rd, 2015", [("dated", "Sept. 3rd, 2015")]),
        ("August 19, 2013", []),
        ("Adopted", []),
        ("The form that was adopted on May 4, 2015 is to be used by every coach.", []),
        ("Revised 2019 " + "again " * 60, []),
    ],
)
def test_a_line_of_dates_tells_what_happened_when(line: str, found: list[tuple[str, str]]) -> None:
    assert list(dated(line)) == [Dated(*one) for one in found]
