"""What goes without saying: read only where nothing firmer was said, in this turn or in one before."""

from handlers.policy.facts import Fact

UNSAID = {
    Fact.activity: {
        "district": """
            MY STUDENT|PLAYER|GROUP|TEAM|CLASS|CLUB
            PLAYER|TEAM|GROUP|CLASS|SPORT
            MY varsity|jv|SPORT|CLUB _? STUDENT|PLAYER
            MY _ STUDENT|PLAYER
            SCHOOLWORK
            ASPERSON a|an|the? coach|sponsor
            i coach|sponsor|teach
            coach _ here
            unless ASPERSON .. PARENT
            unless MY OWN STUDENT
        """,
    },
    Fact.channel: {
        "call": """
            TALK .. PHONE
        """,
        "text": """
            MESSAGE .. PHONE
            PHONE .. MESSAGE
        """,
    },
}
