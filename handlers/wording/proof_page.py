"""A proof as a page to read: the district's text, each sentence coloured and labelled by what it became. Not here: the proof itself."""

from collections.abc import Iterator
from html import escape

from handlers.policy.pack import Pack
from handlers.policy.prove import Became, Proof
from handlers.policy.topics import TOPICS
from handlers.wording.proof import HEADS, rows

LABELS = {"rule": "rule", "quoted": "shown as it is", "information": "good to know", "heading": "heading", "": "became nothing"}

STYLE = """
:root { color-scheme: light dark; font: 100%/1.6 system-ui, sans-serif; --ink: #1c282d; --paper: #faf9f5; --line: #dad6ca;
  --rule: #dcece9; --quoted: #e7e9f6; --information: #f6edd8; --none: #f9dcd8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4dc; --paper: #182024; --line: #3a464b;
  --rule: #1d4145; --quoted: #2c3356; --information: #4a3b17; --none: #5b2320; } }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper); }
mark { color: inherit; padding: .1em .2em; border-radius: .2em; } .rule { background: var(--rule); } .quoted { background: var(--quoted); }
.information { background: var(--information); } .nothing { background: var(--none); outline: 2px solid; }
mark small { font-size: .72em; margin-left: .35em; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); }
td + td, th + th { text-align: right; }
"""


def page(pack: Pack, proof: Proof) -> str:
    """Return the whole page; nothing in it comes from anywhere else."""
    title = f"{pack.name}: {pack.policy}"
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in proof.faults)
    verdict = f"<p><strong>To be mended:</strong></p><ul>{faults}</ul>" if faults else "<p><strong>Nothing to mend.</strong></p>"
    key = " ".join(f'<mark class="{_class(what)}">{label}</mark>' for what, label in LABELS.items() if what != "heading")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n"
        f"<p>{escape(pack.dates)}</p>{verdict}\n<h2>What each sentence became</h2><p>{key}</p>\n{''.join(_blocks(proof))}\n"
        f'<h2>What is ruled on each matter</h2><div class="scroll" tabindex="0"><table><thead>{_row("th", HEADS)}</thead><tbody>'
        f"{''.join(_row('td', row) for row in rows(proof))}</tbody></table></div></main></body></html>\n"
    )


def _blocks(proof: Proof) -> Iterator[str]:
    """Yield a paragraph for each block of the text."""
    block, said = "", list[str]()
    for one in proof.sentences:
        if one.sentence.block != block and said:
            yield f"<p>{' '.join(said)}</p>\n"
            said = []
        block = one.sentence.block
        said.append(_sentence(one))
    if said:
        yield f"<p>{' '.join(said)}</p>\n"


def _sentence(one: Became) -> str:
    text, why = escape(one.sentence.text), escape(one.why)
    if one.what == "heading":
        return f"<strong>{text}</strong>"
    return f'<mark class="{_class(one.what)}" title="{escape(one.sentence.locator)}">{text}<small>{why or LABELS[""]}</small></mark>'


def _class(what: str) -> str:
    return what or "nothing"


def _row(cell: str, values: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(TOPICS.get(value, value))}</{cell}>" for value in values) + "</tr>"
