"""What somebody hears whom the directory does not know: what to do about it, and by whom."""

from handlers.wording.first_words import not_known, proposed
from handlers.wording.plain import plain


def test_whom_a_mail_names_reads_whose_it_is_and_who_confirms_it() -> None:
    said = plain(proposed("Dana Whitlock", "dana.whitlock@maplegrove.example"))

    assert "that of Dana Whitlock" in said
    assert "hallpass people bind dana.whitlock@maplegrove.example" in said
    assert proposed("Dana Whitlock", "x").title == not_known().title
