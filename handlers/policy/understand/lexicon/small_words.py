"""Small words that carry a rule: whose, by whom, do what, when. To teach one, add it to its line."""

SMALL = {
    "MY": "=my, =our, =mine, =your",
    "THEIR": "=their, =his, =her, =theirs, =hers",
    "YOUNG": """
        =little, =big, =younger, =older, =kid, =baby, =youngest, =oldest, =eldest, =twin, =teenage, =step, =half, =foster
    """,
    "OWN": "=own, =personal, =private, =personally owned, =personally",
    "SCHOOL": """
        =school, district, =work, school issued, district issued, work issued, school provided, district provided, school owned,
        district owned, official, =office, school sponsored, district sponsored, school s, district s, school assigned, district
        assigned, company, school approved, district approved, school managed, k12, k 12, campus, =issued, school based, high school,
        middle school, elementary school, school run, =district s, organization
    """,
    "HAVING": "=have, =has, =had, =having, =got, =get, =gets, =getting",
    "PROVIDES": "=gave, =gives, =give, provide, =issued, =issues, assigned, =assigns, bought, =owns, pays for, set up for",
    "SEPARATE": """
        separate, dedicated, burner, only for school, just for school, only for class, just for class, new account, teacher
        only, strictly for school, exclusively for school, just for the team, just for teaching, only for teaching, school
        only
    """,
    "MAKE": """
        =create, =creating, =created, set up, setting up, setup, =start, =starting, started, =make, =making, =open, =opening, =launch,
        =launching, =run, =running, =build, =building, =begin, establish, put together, =maintain, =manage, =managing, start up,
        =starting up, spin up, get a, sign up for, =made, =register
    """,
    "POST": """
        post, upload, publish, tweet out, =tweeting, =tweeted, repost, retweet, livestream, live stream, put up, putting up, =blogging,
        shout out, make a post, make tiktoks, making tiktoks, make a tiktok, stick up, throw up, put online, putting online, put out
        there, go live, brag about, make a video, feature, =stream, streaming
    """,
    "PUT": """
        =put, =putting, =share, =shares, =shared, =sharing, =throw, =stick, =place, =add, =include, =display, =show, =showing, =tag,
        =tagging, =use, =using
    """,
    "FOLLOW": "=follow, =follows, =following, =followed, follow back, =unfollow, subscribe, =followers",
    "FRIENDING": """
        befriend, =friending, =friended, friend request, facebook friend, fb friend, insta friend, instagram friend, be friends, being
        friends, add as a friend, add as friends, snapchat friend, online friends, unfriend, accept a request, accept requests, friends
        online, follow request, follow requests, accept the request, friends list, become friends, requested to follow, mutuals, add as
        friend, connection request, fans of, friends on
    """,
    "SEE": """
        =see, =seeing, =read, =reading, look at, look through, go through, going through, =access, =check, =checking, =inspect, =review,
        =search, demand, =monitor, =monitoring, =view, =viewing, =reads, =sees
    """,
    "BROWSE": """
        =check, =checking, =scroll, scrolling, =browse, browsing, look at, looking at, =be on, =get on, =getting on, =go on, =going on,
        =use, =using, log in to, log into, log on to, log onto, logging into, logged into, =surf, =surfing, =update, =updating, =access,
        =accessing, =read, =open, =visit, hop on, hopping on, peek at, =being on, poke around
    """,
    "GIVE": """
        =give, =gives, =gave, =giving, =hand, =handing, =provide, =provides, =providing, =turn over, hand over, handing over, turn in,
        =show, =surrender, =produce, =grant
    """,
    "DISCLOSE": """
        disclose, give out, giving out, release, reveal, leak, =tell, =telling, =told, =share, =sharing, pass on, passing on, pass
        along, hand out, divulge, =mention, =post, =give
    """,
    "KEEP": """
        save, archive, retain, keep a copy, keep copies, keep a record, keep records, keep a log, keep track, delete, erase, screenshot,
        screenshots, =print, printing, back up, store, get rid of, keep all, document, =keep, log my, log the
    """,
    "KEEPON": """
        keep on, keeps, kept, =keep, continue, repeatedly, constantly, again and again, over and over, nonstop, non stop, still,
        multiple times, does not stop, will not stop, would not stop, not stop, wont stop, every night, every single night, all the
        time, third time, second time, many times, several times, more than once, another time, does it again, do it again, happens
        again, again after, daily, twice already
    """,
    "REPORT": """
        report, blow the whistle, turn someone in, turn somebody in, turn him in, turn her in, turn them in, bring it up to, file a
        complaint, speak up
    """,
    # Not violence, and no dismissal: a text or a note goes out.
    "SENDING": """
        shoot, =fire, =firing, fire off, =ping, hit up, =hit, =drop, =blast, =slide, =zap, =toss, =fling, =sling, =leave, =jot, =scribble,
        =dash, =type, =dropping, =sliding, =blasting, =pinging, =zapping, =send, =sending, =sent
    """,
    "NOTE": "=note, =notes, =line, =lines, =word, heads up, reminder, update, shout, =update, =updates",
    "TELL": """
        =tell, =telling, notify, inform, let know, disclose, =alert, =contact, go to, talk to, loop in, mention, =cc, =copy, run it by,
        check with
    """,
    "SPOT": """
        =saw, =see, =seen, caught, noticed, =heard, =know, suspect, found out, =think, aware, worried, concerned, suspicious, overheard,
        =discovered, =witnessed, uncomfortable, come across, came across, stumbled
    """,
    "REPLY": "=reply, =replying, =replied, respond, =answer, =answering, =answered, response, hit back, answer back",
    "RECEIVE": "=got, =get, =gets, =received, =receive, =receiving, =getting",
    "SENT": "=sent, =sends, =send, =sending, =forwarded",
    "BROKEN": """
        =down, broken, offline, not working, unavailable, crashed, glitching, out of order, =out, unusable, not up, not available, does
        not work, is not an option, =useless
    """,
    "HOUSE": "=church, parish, temple, synagogue, mosque, congregation, ministry, religious, catechism, chapel",
    "OUTGROUP": """
        rec league, rec team, rec ball, recreation league, recreational league, recreation team, travel team, travel ball, travel
        league, travel squad, travel club, club team, club ball, club sport, select team, select ball, select squad, little league,
        =aau, ymca, =y, boy scout, girl scout, scout troop, =scouts, scouting, cub scout, 4 h, 4h, pop warner, american legion, legion
        ball, legion team, youth group, sunday school, bible study, vbs, vacation bible school, bible class, city league, summer league,
        town team, town league, youth league, private lessons, private lesson, dance studio, non school team, non school group, non
        school club, boys and girls club, park district, parks and rec, parks department, community team, community theater, community
        theatre, community center, community centre, community band, community orchestra, community choir, community league, community
        group, community club, community sport, county league, private club, private team, outside team, outside club, outside league,
        outside group, outside organization, city team, scout group, swim club, soccer club, youth ministry, youth soccer, youth
        football, youth basketball, youth baseball, youth sport, martial arts, karate class, dojo class, rec soccer, rec basketball, rec
        baseball, rec softball, rec volleyball, rec hockey, rec, travel soccer, travel baseball, travel softball, travel basketball,
        travel hockey, travel volleyball, club soccer, club volleyball, club baseball, club softball, club basketball, club hockey, club
        lacrosse, club swim, club swimming, club wrestling, intramural league, non profit, upward basketball, troop, den, summer camp i
        run, neighborhood team, big brothers big sisters, community program, community activity, community activities, non district
        team, outside club team, all star team, traveling team, out of school team, outside activity, outside program, church league,
        church team
    """,
    "DURING": """
        at work, during class, on duty, during school, during the school day, planning period, prep period, my prep, on the clock,
        contract time, contract hours, during work, on school time, school hours, work hours, working hours, conference period, during
        the day at school, in the middle of class, plan period, during my plan, during my planning, during planning, during lunch duty,
        on recess duty, hall duty, while i am teaching, while teaching, lunch duty, during my shift, on the job, while i work, while
        working, during study hall, on company time, while i am working, during prep
    """,
    "OFFDUTY": """
        off duty, on my own time, own time, off the clock, after hours, after work, at home, from home, on the weekend, on weekends,
        over the weekend, in the evening, evenings, at night, outside of school hours, outside school hours, outside of work, outside
        work, over the summer, during the summer, over break, outside of work hours, not on duty, when i am home, outside contract
        hours, in my free time, personal time, off hours, not at work
    """,
    "URGED": "=asked, =asks, =wants, =want, =wanted, =told, =tells, =demands, =requires, =needs",
    "ASPERSON": "=i am, =as, =being",
    "BYMISTAKE": """
        by mistake, by accident, accident, accidentally, inadvertently, mistakenly, without thinking, oops, whoops, in error
    """,
}
