"""All rules in one place, by fact. Not here: how they are read."""

from collections.abc import Mapping

from handlers.policy.facts import Fact
from handlers.policy.understand.rules.asked import ASKED
from handlers.policy.understand.rules.deed import DEED
from handlers.policy.understand.rules.exchange import EXCHANGE
from handlers.policy.understand.rules.matter import MATTER
from handlers.policy.understand.rules.presumed import UNSAID
from handlers.policy.understand.rules.where import WHERE
from handlers.policy.understand.rules.who import WHO

Table = Mapping[Fact, Mapping[str, str]]

SAID: Table = {**WHO, **WHERE, **DEED, **EXCHANGE, **MATTER, **ASKED}
PRESUMABLE: Table = UNSAID
