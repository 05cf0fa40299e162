"""By which way, on whose account, device and network, for whose group, at what time. "unless" takes a value back."""

from handlers.policy.facts import Fact

WHERE = {
    Fact.activity: {
        "outside": """
            OUTGROUP
            HOUSE TEAM|GROUP|CLASS|SPORT|CLUB|league|group|event|events|camp|kids|PLAYER|function|play|program|GROUP|retreat|youth|STUDENT
            HOUSE s TEAM|GROUP|CLASS|SPORT|CLUB|league|group|event|events|camp|kids|PLAYER|program|youth
            TEAM|GROUP|CLUB|CLASS|PLAYER|it|activity|group|SPORT .. through|at|for|with|from|in|of MY|the|a? HOUSE|community|OUTGROUP|ymca
            not -a|-the|-my|-our? -SCHOOL -TEAM|-GROUP|-CLUB|-activity|-thing|-event|-SPORT|-group|-program|-sport|-kids
            not -through|-with|-for|-part|-from|-at -of|-the|-a|-MY? -the|-my? -SCHOOL
            not -SCHOOL -sponsored|-related|-affiliated|-TEAM|-GROUP|-CLUB|-thing
            not SCHOOL sponsored|affiliated
            TEAM|GROUP|CLUB|PLAYER|league .. outside|away of|from? SCHOOL|district
            outside SCHOOL TEAM|GROUP|CLUB|league|SPORT
            coach .. outside of|the? SCHOOL
            TEAM|GROUP|CLUB|SPORT|PLAYER|it|this .. UNRELATED
            travel|rec|select|community TEAM|SPORT|PLAYER|STUDENT|league
            club TEAM|SPORT|PLAYER|league
            coach at|for|through MY|the|a? HOUSE
            HOUSE|rec|travel one|thing|instead $
            ^ what|how|and|or|ok|but|so if|about? it|the|a|they|is|my|TEAM|for|at|are|with|our? .. HOUSE
            TEAM|GROUP|SPORT in|through|with|for the|a|our|my? town|city|community|park
            unless know|knows|known .. HOUSE
            unless STUDENT|YOUNGSTER|THEM from|at MY|the|our? HOUSE
        """,
        "none": """
            not -for|-about|-part -of? -a|-any -UNIT|-TEAM
            nothing to do with MY|a|any|the? UNIT
            ^ no -UNIT
        """,
        "district": """
            SCHOOL s? UNIT|SPORT|activity|event|group
            SCHOOL sponsored|run|based? UNIT|activity|event
            varsity|jv
            UNIT|it .. for|at|through MY|the|a? SCHOOL
            UNIT .. of the district
            is|was|are a|the|my? SCHOOL thing|TEAM|event|activity
        """,
    },
    Fact.channel: {
        "chat_app": """
            APP
            IM
            GAMING
            on|use|using|via|through|over|with|by|a|the|is|set|have|make|MAKE|for REMIND
            REMIND app|account|TEXT|MESSAGE|CLASS|group|is|ok|for|GROUP|TEAM|too|or|and|PERMITTED
            REMIND $
            unless not IM
        """,
        "social": """
            SOCIAL
            SMEDIA
            DM
        """,
        "learning_platform": """
            LMS
            through|via|on|over|use|using|in|with|by the|our|a? PORTAL
        """,
        "video": """
            VIDEO
        """,
        "text": """
            TEXT
        """,
        "email": """
            EMAIL
            unless PHONE EMAIL
        """,
        "call": """
            CALL
            can|may|to|i|and|or|just|should|could|MAYI PHONE a|an|my|the|MY|PERSON
            by|over PHONE
            unless who|whom .. CALL
            unless CALL a|the? BOSS
            unless CALL MY|the|a? BOSS|PARENT|KID|THEM a|an|stupid|dumb|names
        """,
        "page": """
            SITE
            CLASS|TEAM|GROUP PAGE
        """,
        "in_person": """
            INPERSON
            TELL|SAY|talk .. after|before CLASS|school|SCHOOL|practice|SCHOOLWORK
        """,
        "paper": """
            PAPER
            ^ paper $
        """,
    },
    Fact.account: {
        "separate": """
            SEPARATE|second|professional TEXT|EMAIL|NET|APP|CLASS|STAFF? ACCOUNT|NET|EMAIL|PHONE|PAGE
            ACCOUNT|NET|PHONE|PAGE .. SEPARATE
            SEPARATE .. PHONE
            STAFF ACCOUNT|PAGE
        """,
        "personal": """
            MY OWN? new|old|other? PHONE
            MY OWN TEXT|CALL? ACCOUNT|EMAIL|NET|APP|DM|PAGE|one
            OWN EMAIL|NET|APP|TEXT? PHONE|ACCOUNT|EMAIL|NET|APP|PAGE|SITE
            MY _ OWN PHONE|ACCOUNT|EMAIL
            MY SOCIAL|SMEDIA|APP|SITE
            MY home PHONE|EMAIL|number
            home EMAIL|PHONE
            non|outside SCHOOL EMAIL|ACCOUNT|PHONE|APP
            from|with|on|using|off|of|it|is|use|through|about|one|just MY|your|a? mine|OWN $
            ACCOUNT|PHONE|EMAIL is|being MY|OWN
            from|on|via|through|using MY gmail|hotmail
            not -a|-my|-the? -SCHOOL -EMAIL? -ACCOUNT|-PHONE|-EMAIL
            ^ MY? OWN $
            OWN one
            unless it is OWN
            unless UNIT s OWN
        """,
        "district": """
            SCHOOL s|provided|issued|owned|OWN|MY? EMAIL|NET|APP|google|TEXT|DEVICE? ACCOUNT|EMAIL|PHONE|NET|APP|PAGE|line|SITE|LMS|VIDEO
            ACCOUNT|PHONE|EMAIL|one|DEVICE|APP|that|it .. the|my|our? SCHOOL|job PROVIDES
            ACCOUNT|PHONE|EMAIL|DEVICE|one issued|provided|given|owned|assigned by|from|to .. SCHOOL
            CLASS|classroom|office PHONE|EMAIL
            LMS
            through|via|on|over|use|using|in|with|by the|our|a? PORTAL
            from|on|via|through|with|using|use the|my|a? SCHOOL one|s|then $
            ^ the|MY? SCHOOL s? one|ACCOUNT? $
        """,
    },
    Fact.device: {
        "personal": """
            MY OWN? new|old|other? PHONE
            OWN PHONE|DEVICE
            MY OWN PHONE|DEVICE|one
            MY home PHONE|DEVICE
            home PHONE|DEVICE
            PHONE|DEVICE is|being MY|OWN
        """,
        "district": """
            SCHOOL s|provided|issued|owned? PHONE|DEVICE
            PHONE|DEVICE .. the|my|our? SCHOOL|job PROVIDES
            PHONE|DEVICE issued|provided|given|owned|assigned by|from .. SCHOOL
            CLASS|classroom|office PHONE|DEVICE
            one of the|our SCHOOL DEVICE|PHONE
        """,
    },
    Fact.network: {
        "district": """
            SCHOOL s? NETWORK
            SCHOOL DEVICE and|or NETWORK
            NETWORK at SCHOOL|school|work
            on|using|over the|SCHOOL NETWORK
        """,
        "other": """
            OWN|home|cellular|cell|another|MY|different|mobile|coffee|data NETWORK|data|hotspot|plan
            hotspot
            not -on|-using|-the|-over -the|-MY? -SCHOOL|-NETWORK -NETWORK|-s?
            MY data
        """,
    },
    Fact.duty: {
        "off": """
            OFFDUTY
            not -on|-at -duty|-work
            not -during|-at|-on|-in -school|-work|-SCHOOL|-the|-DURING
            not -DURING
            unless ABUSE
        """,
        "on": """
            DURING
            while|when|during|between i|am|MY|at|on|teaching|the|we? CLASS|work|classes|duty|school
            at school|work
        """,
    },
}
