"""What is done. The first value that fits wins, so the particular comes before plain contact; "unless" takes a value back."""

from handlers.policy.facts import Fact

DEED = {
    Fact.act: {
        "hand_over": """
            BOSS|PARENT|SCHOOL|THEM|someone|police|lawyer .. SEE|GIVE|URGED|ask|search|copy MY WRITING|ACCOUNT|PHONE|NET
            BOSS|PARENT|they|SCHOOL .. SEE|URGED the|our|all|what|MY MY? WRITING
            BOSS|PARENT|district|they .. SEE .. CONTACT to|with|i|between
            GIVE .. MY|the|all|our|over|up WRITING|login|password|PHONE|everything .. BOSS|PARENT|district|them|over|SCHOOL|up
            GIVE MY|the? BOSS|PARENT|THEM .. TEXT|EMAIL|MESSAGE|DM|ACCOUNT|PHONE|login|SAY
            GIVE BOSS|PARENT|him|her|them|the .. admin|access|login|password|TEXT|MESSAGE|copies|EMAIL
            GIVE .. access
            GIVE .. TEXT|MESSAGE|EMAIL|DM .. to|over BOSS|PARENT|THEM
            admin|administrative access to
            BOSS .. be|get|is|are copied|cc|included
            copy|cc|include|including BOSS|MY|the BOSS? on|in
            copies .. TEXT|MESSAGE|EMAIL .. BOSS|PARENT
            TEXT|MESSAGE|EMAIL|DM .. BOSS|PARENT .. SEE|ask|asks
            GIVE THEM|THEIR|BOSS|PARENT MY|the|those|all|our? WRITING
            ask|asked|asking|asks|request|requests|requested|requesting for MY|the|all|our? same|message|copies|some? of? MY|the? WRITING
            GIVE|hand|handing it|THEM|those|these|everything over
            BOSS|PARENT .. requesting|wants|requests|demands all|every|MY|the .. WRITING
            WRITING|message|text records|history|logs
            unless PHONE to PARENT|KID
            unless KID ask|asks|asked|asking
        """,
        "keep": """
            KEEP .. WRITING|conversations|copies|thread
            KEEP MY|the|all? THEM|it|those|these|everything|this|that
            KEEP or KEEP
            KEEP $
            KEEP of|everything|all
            hang|hold|hanging|holding on|onto to? it|THEM|WRITING|those|these|this
            retention
            KEEP|keep a|any? record|records|log|copy|copies
            TEXT|EMAIL|MESSAGE|DM|thread|SAY .. be|get|been saved|kept|archived|deleted|stored|printed|KEEP
            long .. KEEP|keep
            BYMISTAKE .. OWN|MY ACCOUNT|EMAIL|PHONE|NET|one
            OWN|MY|wrong ACCOUNT|EMAIL|PHONE|NET .. BYMISTAKE
            BYMISTAKE CONTACT|SENT|used|emailed|texted
            wrong ACCOUNT|EMAIL|PHONE
            KEEP a|the|MY|s|someone|this|their? PARENT|STUDENT|PLAYER? s? comment|comments|post|posts|reply|replies
            unless keep|keeps|kept|keeping texting|calling|emailing|messaging|using|sending|contacting|talking
            unless keep|keeps|kept|keeping asking|getting|bugging|doing|forgetting
            unless keep|keeps|kept|keeping in|up|them|him|her|it|my|the? touch|posted|updated|informed|private|separate|going|coming
            unless keep|keeps|kept|keeping it? short|factual|professional
        """,
        "report": """
            REPORT
            SPOT .. mr|mrs|ms|dr .. CONTACT|SEXUAL|NET|HARASS
            mr|mrs|ms|dr _ is|was|has|keeps CONTACT|NET|SEXUAL|sending
            SPOT .. COLLEAGUE|STAFF|BOSS .. CONTACT|SEXUAL|NET|POST|FRIENDING|CONTACT|PHOTO|violat|HARASS|POLICY
            COLLEAGUE is|was|has|keeps|been|been CONTACT|NET|sending|POST|SEXUAL|HARASS|FRIENDING
            COLLEAGUE is|was|has been|always|CONTACT CONTACT|SEXUAL
            COLLEAGUE CONTACT|SENT|FRIENDING|POST|NET
            COLLEAGUE .. violating|breaking|broke|violated|PERMITTED
            who .. TELL .. about|if|that .. COLLEAGUE|ABUSE|SEXUAL
            someone|somebody|anyone .. violat|violating|breaking|breaks|broke .. POLICY
            aware of .. violation
            COLLEAGUE .. SEXUAL
            COLLEAGUE s .. worries|concerns|bothers|contact|behavior|conduct|CONTACT|NET
            worries|concerns|bothers|worried .. COLLEAGUE|staff
            unless MAYI COLLEAGUE
            unless CONTACT with|to|from? MY|the|another|some|a? COLLEAGUE
            unless MY STUDENT REPORT
            unless COLLEAGUE s CHILD
            unless REPORT card
        """,
        "use_mark": """
            MARK
            unless MARK .. IDENTITY
        """,
        "open_site": """
            MAKE .. PLACE
            MAKE .. ACCOUNT for|just
            MAKE .. CLASS|TEAM|GROUP ACCOUNT
            HAVING a|an|our|MY? own|CLASS|TEAM|GROUP|SPORT|PLAYER .. PLACE for
            HAVING a|our|an CLASS|TEAM|GROUP|SPORT .. PLACE
            want|like|need|use|have a|an .. PLACE for MY|the|our UNIT|STUDENT|PLAYER
            CLASS|TEAM|GROUP|CLUB|SPORT|PLAYER s? NET|SITE|PAGE|blog
            NET|SITE|PAGE|twitter|blog PAGE|ACCOUNT|handle|for|group? for MY|the|our|a|an .. UNIT|STUDENT|PLAYER
            CLASS|TEAM|GROUP|CLUB|SPORT .. NET|SITE PAGE|ACCOUNT
            CLASS|classroom SITE|NET|PAGE|website
            unless POST
            unless PHOTO
            unless PUT .. on|to
            unless CONTACT .. on|through|using|from|via|over NET
            unless MY .. NET MY
            unless inbox|login|password|passwords
            unless remove|removed|delete|deleted|pull|pulled|takedown
            unless FOLLOW MY|the|our|a? CLASS|TEAM|GROUP|SPORT
        """,
        "befriend": """
            FRIENDING
            MAYI|can|may|should|to|i|we|could|and|or friend .. PERSON .. NET|online
            MAYI|can|may|should|to|i|we|could|and|or friend PERSON|a|an|my|MY|the|some|any|THEM
            FOLLOW a|an|my|MY|the|some|any|their|THEIR|me|back|each|all? .. PERSON
            FOLLOW|follow me|back|them|him|her|us
            FOLLOW .. NET
            add|adding|added|accept|accepting|accepted|connect|connecting .. KID|PARENT|THEM|FORMER|CHILD .. SOCIAL|FRIEND|online
            add|adding|added|accept|accepting|accepted PERSON|a|my|MY|the|THEM .. SOCIAL|FRIEND|request
            accept|accepting|accepted .. request
            NET FRIEND
            FRIEND .. on|in NET
            FRIEND with .. KID|PARENT|FORMER|THEM .. NET|online
            friends with a|my|the|any|MY|some|former? KID|PARENT|FORMER
            friend ME
            PERSON .. added|add|requested|adding me
            connect|connecting with .. on NET
            unless PHOTO
            unless TEXT|CALL .. FRIEND
            unless HOUSE FRIEND
        """,
        "post": """
            POST
            PUT|SENT|share|upload .. PHOTO|IDENTITY .. PLACE|online|story|APP
            put|share .. SCHOOLWORK .. PLACE|online
            PHOTO|IDENTITY .. PLACE|online|story
            PUT .. on|to .. PLACE|online
            share|sharing|put|putting .. PLACE
            tag|tagging .. STUDENT|PLAYER|THEM|them
            PUT PHOTO|IDENTITY
            comment|commenting|comments on
            COPYRIGHT .. PLACE|PHOTO
            UNION|WORKSPEECH|HARASS|PRIVATELIFE|PROMO .. PLACE|online
            PLACE .. WORKSPEECH|UNION|HARASS|PROMO|PRIVATELIFE
            WORKSPEECH|UNION
            unless CONTACT PHOTO
            unless SENT me|us|ME
            unless POST office
            unless s POST
            unless KID|THEM POST
        """,
        "disclose": """
            DISCLOSE .. CONFIDENTIAL
            DISCLOSE .. THEIRTHING
            SENT .. CONFIDENTIAL .. to
            CONFIDENTIAL .. DISCLOSE|shared|released
            unless DISCLOSE me
        """,
        "browse": """
            BROWSE MY|OWN OWN? NET|EMAIL|APP|feed|blog|SITE
            BROWSE NET|OWN|through NET|EMAIL|MY|feed? .. duty|DURING|SCHOOL|break|lunch|work
            BROWSE NET $
            BROWSE NET|feed
            MY|OWN NET|EMAIL|TEXT .. DURING|duty
            NET .. DURING
            NET .. on|with|using a|my|the|MY? SCHOOL DEVICE|NETWORK|PHONE
            scroll|scrolling|scrolled
            OWN CALL|EMAIL|TEXT|MESSAGE .. DURING|duty
            CONTACT MY OWN? family|husband|wife|spouse|doctor|dentist|mom|dad|mother|boyfriend|girlfriend|fiance|bank
            HAVING|keep|maintain a|my|an? OWN NET|SITE|ACCOUNT
            HAVING a|an|my NET $
            unless CONTACT|POST|MARK|PHOTO .. STUDENT|PLAYER|TEAM|CLASS|PARENT
            unless STUDENT|PLAYER|TEAM|PARENT|GROUP|FORMER
            unless CONTACT THEM
        """,
        "contact": """
            TEXT|CALL|EMAIL|MESSAGE|SAY|DM
            hear from
            SENDING .. NOTE
            GAMING
            REPLY
            SENT .. THEM|STUDENT|PLAYER|PARENT|TEAM|CLASS
        """,
    },
}
