"""How a turn hangs on the turns before it, or does not. Not here: what becomes of the facts."""

# Said before the point is reached: a turn begins after them.
FILLERS = """
    ok okay k so also well hey hi hello oh alright great thanks thank cool got sure yes yeah yep no nope right then now actually hmm um
    please sorry wait fine good perfect understood quick question another sounds nice awesome bye lol haha much all ty lots ton helpful
"""

# With one of these, even a complete question goes on with what was said before.
GOES_ON = """
    ^ and|but|or|even|same|instead|including|except|if|when|though|although|unless|even|only|just|because|since|suppose
    ^ what|how|and about|if
    ^ i meant|mean
    then|instead|too|anyway|either|though|again $
    can|may|could|should|MAYI|i|we still
    ^ same
    the same $
    is it|that|this .. same|different|difference
    does|do|would|will it|that|this|answer .. change|matter|differ
"""

# After one of these, nothing of what was said before is meant.
BEGINS_ANEW = """
    forget|scratch|ignore that|it|this|all|what|everything
    never ~mind
    ^ nevermind
    new|different|another|other|separate|unrelated|next|second topic|question|subject|situation|case|one|matter
    changing|change|switching the|MY? topic|subject|subjects|topics|gears
    on another|different note
    something else
"""

# People who were not spoken of yet: no tie of the one before is theirs.
OTHERS = """
    MY|any|all|some|other|a|an|our|each|every|these|whole|entire _? KID|TEAM|GROUP|CLASS|CLUB
    TEXT|CALL|EMAIL|MESSAGE|SAY|DM|NET|FRIENDING|FOLLOW|POST|to|with KID|PARENT|FORMER
    THEIR best? FRIEND|PLAYER|classmate|classmates|roommate|TEAM
    PARENT
"""
