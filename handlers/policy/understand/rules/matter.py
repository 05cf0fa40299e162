"""What the words are about: the gravest value first, because it decides. "unless" takes a value back."""

from handlers.policy.facts import Fact

MATTER = {
    Fact.content: {
        "sexual": """
            SEXUAL
            dating|date|relationship|affair with a|an|my|the|one .. STUDENT|PLAYER
            send|sent|sends|sending me|her|him pics|pictures|photos of herself|himself|THEIR|her|his body
            unless SEXUAL education|ed
        """,
        "abuse": """
            ABUSE
            wants|want|wanted|going to hurt|kill|harm themselves|herself|himself|someone|people|me
            PARENT .. hits|hit|hurts|hurt|beats|touches|touched|hitting|hurting|beating
            hit|hits|hurt|beat|beaten|touched|choked by .. PARENT|SIBLING|UNCLE|coach|boyfriend
            brings|bring|brought|has|have a? gun|weapon|knife
            danger
            a|the|school|SCHOOL|mass|possible|planned|planning|threatened shooting
            shooting at|up|people|someone|somebody|himself|herself|threat|incident
            unless PHONE threat
        """,
        "harassing": """
            HARASS
            rant|ranting|vent|venting|complain|complaining|dish about|on .. STUDENT|PLAYER|PARENT|THEM
        """,
        "confidential": """
            CONFIDENTIAL
        """,
        "marks": """
            MARK
        """,
        "student_identity": """
            IDENTITY
            PHOTO .. STUDENT|PLAYER|TEAM|CLASS|GROUP|SPORT|THEM|CHILD
            STUDENT|PLAYER|TEAM|CLASS|GROUP|SPORT|s PHOTO
            POST .. STUDENT|PLAYER .. name|names|PHOTO|work|faces|art|achievements|awards
            POST about? MY|the|my|a STUDENT|PLAYER
            THEIR PHOTO|names|faces
            tag|tagging a|the|my|any|my|some? STUDENT|PLAYER|THEM
            unless CONTACT PHOTO
            unless PHOTO of MY OWN? CHILD
            unless PHOTO of MY OWN? dog|vacation|lunch
        """,
        "private_life": """
            PRIVATELIFE
            PHOTO .. party|bar|beach
        """,
        "copyrighted": """
            COPYRIGHT
        """,
        "public_concern": """
            UNION
        """,
        "work_speech": """
            WORKSPEECH
            complain|complaining|vent|venting|rant|ranting|post|POST .. about MY|the|our|how BOSS|SCHOOL|school|work|job|district|working
        """,
        "ordinary": """
            nothing sensitive|CONFIDENTIAL|private
            not -CONFIDENTIAL
        """,
    },
    Fact.emergency: {
        "no": """
            not -a|-an? -real? -EMERGENCY
        """,
        "yes": """
            EMERGENCY
        """,
    },
    Fact.approval: {
        "partly": """
            BOSS SAIDYES .. but BOSS|tech
            only|just MY|the|one? BOSS SAIDYES|approved|signed
            BOSS SAIDYES .. not|waiting
            BOSS SAIDYES .. BOSS .. never|not|still|out|blank|thinking
            BOSS .. APPROVE .. BOSS .. not|never|still|out|blank|thinking
            ^ but MY|the? BOSS .. not|never|still|out|blank|waiting|thinking
            still waiting on|for .. BOSS
            ^ but .. BOSS|DEVICE|tech has|have|did not
            half approved
            approved by|from|of one|some|BOSS but|not
        """,
        "none": """
            not ~been|~yet? ~APPROVE|~SAIDYES
            BOSS|nobody|noone|they|has|have not .. ~SAIDYES|~APPROVE yet?
            nobody|noone|never .. APPROVE|SAIDYES
            nobody|BOSS said no
            without -MY|-any|-the|-prior|-getting|-a? -APPROVE
            denied|refused
        """,
        "granted": """
            BOSS|THEM|already|it|also|STAFF .. SAIDYES
            ^ SAIDYES
            i|we HAVING .. APPROVE
            HAVING APPROVE|permission|clearance .. already|from|to
            with .. BOSS s? APPROVE|ok|okay
            with .. APPROVE .. BOSS
            BOSS|already|been|got|was|it already|has|have|been|was|is? APPROVE
            form is|was APPROVE
            APPROVE|form is|was|has|got been? signed|granted|given|approved
            already approved
            got the APPROVE|ok|okay
            if|since|because|after .. BOSS APPROVE|SAIDYES|okays|allows
            BOSS s APPROVE
            unless MAYI|do|does|need|who|MUSTI .. HAVING|get|need|ask .. APPROVE
            unless who|whose|need|needs|how|where|MUSTI|without|before .. APPROVE
            unless CONSENT
            unless who .. SAIDYES
            unless is|are it|that|this|there|one .. APPROVE
            unless APPROVE .. need|needed|required|necessary|mean|count|process|conditions|cover
            unless to|get|getting|be|same|as|another|ever|an|for|any APPROVE
            unless may|MAYI|can i|we? say|SAIDYES|grant
            unless will|whoever|which|before|until a|the|MY? BOSS|THEM|PARENT? .. SAIDYES|APPROVE
            unless can|could|do|does|did|must|for|what BOSS|both|anybody|anyone|THEM|i|MY|the|it .. say? SAIDYES|APPROVE
            unless i|we|KID|PARENT been? SAIDYES
            unless KID|PARENT wants|want|asked
        """,
    },
    Fact.form: {
        "missing": """
            DOWN
            no ~SCHOOL|~other|~such|~district? ~provided? ~MEANS|~choice|~means
            no -SCHOOL|-district .. ~MEANS|~available
            not -HAVING|-PROVIDES|-provide|-offer|-giving|-give .. -LMS
            not -HAVING|-PROVIDES|-giving -me|-us|-any|-a|-an? .. -SCHOOL -s? -MEANS
            SCHOOL|they not -PROVIDES|-HAVING -coaches|-us|-me|-STAFF|-any|-an|-a? .. -MEANS|-anything|-SCHOOL
            SCHOOL|they .. no -MEANS
            nothing from|provided|by .. SCHOOL
            not ~HAVING ~access|~signal|~service .. ~TOOL
            only way to|i|we
            SCHOOL MEANS is not|never ~available|~an|~working
            not -available
            all i|we HAVING
        """,
        "available": """
            SCHOOL MEANS is|being available
            HASWAY
            there is|are a|an|the? PORTAL
            there is|are a|an|the? SCHOOL MEANS
            even|though if|though .. SCHOOL .. is|are? available|works|working|up|provided|fine
            SCHOOL PROVIDES|has|HAVING us|me|coaches|a|an|STAFF a|an? .. MEANS|REMIND
            we|i HAVING a|an|our|the SCHOOL .. MEANS|for
            not -BROKEN
            unless if .. not
        """,
    },
    Fact.portal: {
        "no": """
            no -web|-parent|-family|-district|-SCHOOL|-such? -PORTAL
            not -HAVING -a|-any|-our? .. -PORTAL
            without -a? -PORTAL
            PORTAL .. not ~exist
        """,
        "yes": """
            HAVING a|an|our|the PORTAL
            there is a|an|our PORTAL
            SCHOOL|district HAVING|runs|offers .. PORTAL
        """,
    },
}
