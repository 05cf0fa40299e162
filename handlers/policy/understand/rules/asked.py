"""What kind of question it is. The first value that fits wins; "unless" takes it back."""

from handlers.policy.facts import Fact

ASKED = {
    Fact.asked: {
        "consequence": """
            what|anything happens|happen|happened if|when|to|is|would? i|we|you|a|someone|STAFF|COLLEAGUE|me
            what|anything happen|happens to
            what could|would|will|can happen
            what can|could|will|would|are they|he|she|somebody|someone|PARENT .. do $
            what can|could|will|would|are they|he|she|somebody|someone|PARENT .. do to me
            what can|could|will|would|are they|he|she going|do if
            how bad|worried
            lose MY
            get|be|getting|i|me|me|could|lose|face|for|i|am|would PUNISHED
            the|any|what|a|be|are PUNISHED
            PUNISHED
            unless PUNISHED .. or MAYI|is|PERMITTED
            unless happens if a|my|STUDENT|KID STUDENT|PLAYER|CONTACT
            unless CONFIDENTIAL
            unless KID|STUDENT PUNISHED
            unless procedure|process|appeal
            unless where does|do|is
            unless MARK|REPORT|KEEP
        """,
        "who": """
            ^ and|so|ok|but|then|also|hey|hi|well? and? who|whom|whose
            know|me|wondering|wonder|sure|ask|figure|out|is|question|tell|by who|whom|whose
            from|to|by|with whom|who
            is|was|are there someone|somebody|anyone|anybody .. supposed|need|have|should|MUSTI
            the right|correct person|one
            whose APPROVE
            who do|does|should|would|has|needs|gets|approves|decides|else .. TELL|APPROVE|ask|decide|approves|sign|notified|told|see|go|to
            which person|BOSS|administrator|office
            which .. APPROVE
            unless who counts|is considered
            unless who is a|considered|counted
        """,
        "must": """
            what do|should|must|can|am|are i|we? .. do
            what now
            ^ now what
            now what $
            what .. MUSTI
            do i|we KEEP|REPORT|TELL|REPLY|GIVE|ignore|block|remove|delete|wait|respond|answer|file|forward|print
            am|is|are i|we|they|BOSS|PARENT|STAFF supposed
            do|does i|we|he|she|THEM|BOSS|PARENT|both|anyone|STAFF .. need|have|HAVING to
            must it|the|i|we|THEM|anyone|BOSS|PARENT
            was|were|am i|we supposed|meant to
            am i responsible|obliged|obligated|liable
            is it .. required|mandatory|obligatory
            should i|we|somebody be TELL|REPORT|KEEP|doing|REPLY
            need|needs|have|has|HAVING|must to? be|get copied|told|notified|informed|saved|kept|reported|KEEP|TELL
            should i|we KEEP|REPORT|TELL|REPLY|ignore|block|respond|answer|GIVE|SENT|print
            need|have|required|supposed|obligated|HAVING to KEEP|REPORT|TELL|cc|copy|notify|inform|hand|GIVE|file|log|keep
            MUSTI
            must|should STAFF
            unless how long|fast|quickly|soon|many|often|much
            unless where does|do|is|can
            unless which|what PLACE|ACCOUNT|EMAIL|PHONE|WAY|SYSTEM
            unless MUSTI|need|HAVING .. HAVING|ask|fill|sign|request|submit|seek .. APPROVE|SHEET|FORMSHEET|first|BOSS|ok|okay
            unless do i|we need APPROVE|a|an|my|any|the APPROVE|form|BOSS|ok|slip|MY
            unless need APPROVE
            unless APPROVE required|mandatory|necessary|needed|MUSTI
            unless what SHEET
            unless MUSTI .. APPROVE .. to|before|for
        """,
        "what": """
            what does|do|is|are|says|did|will|say|about|else .. POLICY
            what POLICY
            how long|fast|quickly|soon|many|often|much do|does|is|are|can|will|would|must|should
            how long|many|often $
            where does|do|is it|POLICY .. say
            where can|do|does|is i|we|one|the|there .. find|get|POLICY|SHEET|FORMSHEET|list
            under|in which|what circumstances|circumstance|conditions|condition|cases|case
            on the list
            meaning what
            what is|are exactly|actually|legally
            does the|this? POLICY .. mention|define|include|name
            which one|ones would you
            ^ who|what|which .. responsible|owns|wrote for? the|these|this POLICY
            covered here|in|under|by|elsewhere
            what time|times|day|hours
            what counts|count|qualifies|constitutes
            what is|are|kind|kinds|sort considered|meant|defined|the|of|in|on .. definition|FORMSHEET|SHEET|difference|educational
            what is|are considered
            what do|does .. mean|say|cover|include
            how|what .. defined|define|definition
            define|definition
            when was|did|is|were .. POLICY
            how|what old|date|long|year|often .. POLICY
            how do|can|would|does i|we|you|a|one .. request|apply|HAVING|get|ask|submit|file .. APPROVE|form|exception|FORMSHEET
            is|are|there|do we|you|a? there|have|HAVING a|any|an? POLICY
            where|how can|do|is|would i|we|the? find|see|read|get .. POLICY|form|it
            where is .. POLICY
            which POLICY|section|clause|part
            POLICY say|says|said
            explain|summarize|summary .. POLICY
            what .. POLICY
            POLICY on|about|for|regarding
            who counts|considered
            why is|are|does|do|can|not
            ^ why
            what information|fields|details|info
            what is|are MY|the? options|alternatives|choices
            what|which .. SHEET
            what can|should|could i|we use|do|say instead
            what the POLICY says
            unless PERMITTED .. POLICY
            unless POLICY against
            unless if .. POLICY
        """,
        "may": """
            MAYI
            can|may|could|ok|okay|allowed|fine|alright i|we|to|if|a|teachers|coaches|staff|STAFF|our|my|my|THEM
            is|are|am|would|be|that|it|this .. PERMITTED
            PERMITTED if|to|for|or|when
            PERMITTED $
            POLICY against
            should i|we
            do|does i|we|a|it need|matter|require|take? .. APPROVE
            does|do this|it|that|the|they .. apply|count|change|matter
            need APPROVE
            APPROVE required|mandatory|necessary|needed|MUSTI
        """,
    },
}
