"""Who asks, with whom, and what binds them. A line is a turn of phrase; the first value that fits wins; "unless" takes it back."""

from handlers.policy.facts import Fact

WHO = {
    Fact.asker: {
        "outsider": """
            ASPERSON also|just? a|an|the PARENT volunteer
            ASPERSON a|an PARENT|citizen|taxpayer|reporter|resident
            ASPERSON a? STUDENT at|here
            do|does not -work for the? -SCHOOL|-district
            ASPERSON .. not -a|-an -STAFF
            ASPERSON not -a|-an -STAFF
            unless ASPERSON .. STAFF
        """,
        "student_teacher": """
            STUDENTTEACHER
            unless CONTACT|COLLEAGUE to|with? a|the|MY|another STUDENTTEACHER
        """,
        "substitute": """
            SUBSTITUTE
            part time
            unless OFFTOPIC
            unless CALL|CONTACT a|the|MY SUBSTITUTE
        """,
        "supervisor": """
            ASPERSON the|a|an|their|his|her? building|SCHOOL|assistant|vice|new? BOSS
            MY teachers|staff|coaches|employees
            unless ASPERSON .. STAFF
            unless MY STAFF s
        """,
        "coach": """
            ASPERSON the|a|an? .. coach|sponsor|director|advisor|adviser
            i coach|sponsor|direct|advise
            coach _ here
            coach|sponsor|director here
            i help coach
            can|may|should|could a|the|our? coach|coaches|sponsor
        """,
        "teacher": """
            ASPERSON a|an|the? .. teacher|educator|instructor
            i teach
            teacher here
        """,
        "staff": """
            ASPERSON a|an|the? .. STAFF
            STAFF here
            i drive|clean
        """,
    },
    Fact.to: {
        "former_student": """
            FORMER
            graduated
            graduate|graduates|grads
            KID|girl|boy|THEM i taught|coached
            players|students i taught|coached years
            left the|MY|our? district|school|SCHOOL
            unless graduate school
            unless CHILD|RELATIVE|SIBLING graduated|graduates
            unless graduates|graduate|graduating in|next|this
            unless RECEIVE|before|after|until THEM|CHILD|KID? graduates
        """,
        "other_child": """
            KID|THEM|CHILD|TEAM .. do|does not ~go|~attend ~here|~SCHOOL|~to|~MY
            not -a -STUDENT ~here|~at
            STUDENT|PLAYER|THEM|CHILD .. at|from|to|in? another|different|other SCHOOL
            go|goes|attend|attends|is|are|play|plays|from to|at|for|in? another|different|other SCHOOL
            home|home? schooled|homeschooled
            not ~enrolled
            KID|THEM|CHILD .. not -in|-at|-from -MY|-our|-the? -SCHOOL|-school|-district
        """,
        "parent": """
            PARENT
            unless STUDENT|PLAYER and|or|nor the|their|MY|THEIR? PARENT
            unless PARENT and|or the|their|MY|THEIR? STUDENT|PLAYER
            unless ASPERSON .. PARENT
            unless ABUSE
            unless PARENT .. told|notified|informed|copied|know
            unless my OWN? mom|dad|mother|father|mum|husband
            unless CONTACT to|with|MY|the|a|all|one? of|MY|the? KID|TEAM|CLASS|GROUP _ _ .. PARENT
            unless THEIR PARENT hired|asked|knows|is|says|said|wants|pays|sent
            unless do|does|did|have|must|should the|MY|THEIR? PARENT need|have|see|HAVING|get
            unless cc|copy|copying|notify|inform .. PARENT
            unless MUSTI TELL .. PARENT
            unless TELL the|their|MY? PARENT if|that|when|before i|we
        """,
        "colleague": """
            TEXT|CALL|EMAIL|MESSAGE|SAY|DM|NET|APP|FRIENDING to|with|a|an|the|MY|other? MY|the|a|other? COLLEAGUE|BOSS
            about|and? what about .. COLLEAGUE
            ^ and|or about? the|a|MY? COLLEAGUE
            ^ a|the|another? COLLEAGUE $
            unless BOSS .. TELL
        """,
        "student": """
            CONTACT|FRIENDING|FOLLOW|NET to|with|up? a|an|the|MY|all|one|some|any|our? of|more|other? MY|the? KID|TEAM|GROUP|CLASS|SPORT
            ^ and|or|but|so|then? what|how? about? just|only? the|a|MY|all? KID|TEAM
            unless CLASS|TEAM|GROUP|SPORT|CLUB s? NET|PAGE|SITE|ACCOUNT
        """,
        "public": """
            anyone|anybody|everyone|public can see
            TELL|CONTACT the public|media|press|newspaper
            community members
            ^ anybody|anyone|everybody|everyone $
        """,
    },
    Fact.tie: {
        "school": """
            only|just through|from|at SCHOOL
            not -MY -OWN? -CHILD
            not -CHILD|-SIBLING|-RELATIVE|-related
            not ~related|~mine
            other|rest|remaining KID
            rest of the|MY TEAM|GROUP
            everyone|everybody else
        """,
        "own_child": """
            MY OWN? YOUNG? CHILD
            OWN CHILD|kids|kiddos|boy|girl|boys|girls
            my YOUNG? boy|girl
            STAFF s OWN? CHILD
            MY kids who|that|also? go|goes|attend|attends|are|are
            ASPERSON also? his|her|their PARENT
            i am|was THEIR PARENT
            ^ and|or|but|what|if|so|does|one|the .. is|it|about|also SON
            ^ SON
            one of MY KID|PLAYER is MY CHILD
            adopted|foster CHILD
            unless kid SIBLING
            unless my boy|girl s? KID|UNIT
        """,
        "sibling": """
            MY OWN? YOUNG? SIBLING
            OWN YOUNG? SIBLING
            STAFF s SIBLING
            ^ and|or|but|so? what? if|about? .. it|they|STUDENT|PLAYER|the|a|is|about|my SIBLING
            siblings
            unless THEIR|s|STUDENT siblings
        """,
        "relative": """
            MY|a|our|own|the|one RELATIVE
            RELATIVE
            ASPERSON|i am|was? THEIR|a|the|KID UNCLE
            related to me|STUDENT|PLAYER|one|them|a|THEM
            i am related
        """,
        "community": """
            COMMUNITY
            FRIEND s CHILD|STUDENT
            NEIGHBOR
            KID|THEM|YOUNGSTER|SON|one from|at|through MY|the|a? HOUSE
            KID|THEM|CHILD|PARENT .. goes|go|attends|attend .. HOUSE
            know .. from|through|at MY|the? HOUSE|OUTGROUP|community
            HOUSE FRIEND|family|families
            unless HOUSE TEAM|GROUP|CLASS|SPORT|league
        """,
    },
}
