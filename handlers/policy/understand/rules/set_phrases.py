"""Phrases that mean something else than their words: each is read as one new cue before any rule is tried."""

SET_PHRASES = {
    # What belongs to the student is not the asker's phone or account.
    "THEIRTHING": """
        THEIR OWN? SCHOOL? OWN? PHONE|ACCOUNT|EMAIL|DEVICE ACCOUNT|PHONE?
        THEIR OWN SOCIAL|APP ACCOUNT|PHONE?
        THEIR SOCIAL|APP ACCOUNT|PHONE
        s OWN? SCHOOL? OWN? PHONE|ACCOUNT|EMAIL|DEVICE ACCOUNT|PHONE?
        STUDENT|PLAYER OWN PHONE|ACCOUNT|EMAIL|DEVICE
        STUDENT|PLAYER SCHOOL EMAIL|ACCOUNT ACCOUNT?
        theirs
    """,
    "CONSENT": """
        PARENT|THEIR|s APPROVE
        PARENT s? is|are? SAIDYES
        PARENT say|says|said|gave|give|gives yes|ok|fine|APPROVE
        APPROVE|okay|ok from|of the|their|my|his|her? PARENT
        PARENT are|is? ok|okay|fine|cool with
        PARENT signed|sign
        if|unless the|their|his|her? PARENT SAIDYES|agree|agrees|ok|okay
    """,
    # Around an own child, not the child itself.
    "COMMUNITY": """
        MY OWN? CHILD|SIBLING s FRIEND|PLAYER|classmate|classmates|STUDENT|boyfriend|girlfriend|date|roommate
        MY OWN? CHILD|SIBLING s best|close|old|little|new|school FRIEND
        MY|a|the|FRIEND FRIEND|COLLEAGUE|NEIGHBOR|BOSS s CHILD|STUDENT|girl|boy
        COLLEAGUE|NEIGHBOR CHILD|STUDENT
        MY FRIEND CHILD|STUDENT
        FRIEND of MY|the family
        FRIEND of MY CHILD
        FRIEND with .. STUDENT|THEIR|s family|PARENT
        CHILD|STUDENT of a|MY FRIEND|COLLEAGUE|NEIGHBOR
    """,
    "RELATIVE": """
        SIBLING|COLLEAGUE s CHILD
        SIBLING s boy|girl|STUDENT
        MY SIBLING s STUDENT|CHILD
        my family
    """,
    "CHILDSGROUP": """
        MY OWN? CHILD s TEAM|CLASS|UNIT|STAFF|BOSS|grade|school|SCHOOL
    """,
    "SIMILE": """
        like|as|basically|practically|almost a|an|MY|one|they|if? are|were|is|of? MY? OWN? CHILD|SIBLING|STUDENT
    """,
    # What does not work is not what the asker would use.
    "DOWN": """
        MY|the? SCHOOL? TOOL system|server|ACCOUNT|app? is|are|was|went|goes|has|keeps|being|got|s? been|gone|currently|still|all? BROKEN
        BROKEN TOOL
    """,
    # What there is, is not yet what the asker would use.
    "HASWAY": """
        there is|are a|an|the|our? LMS
        we|i|SCHOOL|they HAVING|PROVIDES|runs us|me|STAFF? a|an|our|the LMS
    """,
    "FORMSHEET": """
        APPROVE|request|exception form|slip
        form for|to
    """,
}
