"""What Slack makes of typed words, and the words that were meant."""

import pytest

from adapters.slack.words import said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<@UBOT> can I text my players?", "can I text my players?"),
        ("ask <@U2|dana> &amp; <@U3>", "ask @dana & @"),
        ("see <https://example.org/a|the page> or <https://example.org/b>", "see the page or https://example.org/b"),
        ("in <#C1|coaches>", "in #coaches"),
        ("<!channel> now", "now"),
        ("<!date^1^{date}|2 March> at noon", "2 March at noon"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_words(text: str, meant: str) -> None:
    assert said(text, "UBOT") == meant
