"""Why, who began, and whether it goes on. The first value that fits wins; "unless" takes it back."""

from handlers.policy.facts import Fact

EXCHANGE = {
    Fact.purpose: {
        "promotion": """
            PROMO
            promote|promoting MY|OWN|a
            raise|raising money
        """,
        "personal": """
            CHITCHAT
            GAMING
            UNRELATED
            ^ private matters
            not -about -SCHOOL|-school
            not -SCHOOL -related|-business
            personal|private|social purposes|chat|visit|MESSAGE|TEXT|CALL|matter|matters
            unless TEAM|CLUB|GROUP|SPORT|it .. UNRELATED
            unless OUTGROUP|HOUSE
        """,
        "education": """
            SCHOOLWORK
            SCHOOL|class|educational|work business|matters|purposes|reasons|related|purpose|reason|info|stuff
            strictly|only|just|all|purely about? CLASS|SCHOOL|school|academic|practice
            about class|school
        """,
    },
    Fact.direction: {
        "outgoing": """
            i|if|when|we TEXT|CALL|EMAIL|MESSAGE|SAY|DM first
            i start|initiate
        """,
        "incoming": """
            PERSON|girl|boy|one .. CONTACT|NET|FRIENDING|SENT|added|requested|snapped|called ME
            CONTACT|SENT|added ME first
            RECEIVE a|an|this|some|another|these? CONTACT|NET|FRIENDING|PHOTO|_ CONTACT|NET|FRIENDING|PHOTO? from
            REPLY|answer
            WRITING|CALL|SOCIAL THEM|THEIR|ME? back
            MESSAGE|TEXT|CALL|EMAIL|DM|NET|request from a|an|my|MY|one|the|some|this .. KID|PARENT|CHILD|TEAM|FORMER
            KID|PARENT|CHILD|THEM|FORMER|girl|boy|one reached|reach|reaches|reaching|writes|wrote .. to|out me?
            KID|PARENT|CHILD|THEM|girl|boy .. SENT .. PHOTO|SEXUAL|nudes|MESSAGE|request
            KID|PARENT|CHILD|THEM|girl|boy CONTACT|texted|messaged|writes|wrote first|back
            they write to me
            hear|heard from .. KID|PARENT|CHILD|FORMER|THEM
            unless BOSS CONTACT ME
            unless has|have|had|did|is|BOSS|nobody|noone|quit|stopped|never|who not|never? ~REPLY|~answer
            unless MY answer
            unless answer key|choice
        """,
    },
    Fact.persists: {
        "yes": """
            KID|THEM|CHILD|PARENT|girl|boy|it KEEPON CONTACT|NET|SENT|doing|FRIENDING|to|trying|at|it|on|FOLLOW|adding
            KID|THEM|CHILD|PARENT continues|keeps|persists|continue
            CONTACT|NET|SENT ME .. KEEPON|every
            KEEPON CONTACT|NET|SENT ME
            REPLY .. KEEPON
            again and again
            what if .. KEEPON
            ^ and if .. KEEPON
            unless i|we|MAYI KEEPON
            unless THEM still can|may|should
        """,
        "no": """
            just|only once
            once
            one time
        """,
    },
}
