"""Words for ways to be in touch, and for what they run on. To teach an app, add its name to its line."""

WAYS = {
    "TEXT": """
        text, text message, text messaging, group text, sms, mms, imessage, text thread, group thread, mass text, text chain, texter,
        blast text, text blast, shoot a text, send a text, texted
    """,
    "CALL": """
        call, phone call, telephone, =ring, =dial, voicemail, voice mail, voice call, cold call, by phone, over the phone, on the phone,
        via phone, =calling, give a ring, give a call, facetime audio, =phoned, =phoning
    """,
    "EMAIL": """
        email, e mail, gmail, hotmail, yahoo mail, outlook, mail account, =aol, listserv, mass email, g mail, googlemail, =mail
    """,
    "MESSAGE": "message, messaging, msg",
    "SAY": """
        contact, communicate, communication, chat, =write, =writing, =wrote, reach out, reaching out, reached out, get in touch, be in
        touch, getting in touch, keep in touch, stay in touch, in touch, get ahold, get a hold, get hold, reach, correspond, ping, send
        word, hit up, interact, interaction, conversation, converse, hmu, touch base, blast out, speak with, speak to, talk with, talk
        to, talking to, talking with, talked to, correspondence, check in with, checking in with, drop a line, send a note, holler at
    """,
    "TALK": "speak with, speak to, talk with, talk to, talking to, talking with, talked to, =speak, =speaking, =spoke",
    "DM": """
        =dm, =dms, dming, dmed, direct message, direct messages, direct messaging, private message, private messages, =pm me, =pm
        them, =pm him, =pm her, =pm a, =pm my, =pms, pming, pmed
    """,
    "IM": """
        instant message, instant messaging, instant messages, ims, messaging app, chat app, messenger app, group chat, texting app
    """,
    "APP": """
        groupme, group me, whatsapp, whats app, discord, messenger, facebook messenger, fb messenger, telegram, kik, wechat, viber,
        signal app, on signal, via signal, using signal, use signal, band app, teamsnap, team snap, sportsyou, sports you, gamechanger,
        game changer, slack, remind101, remind 101, parentsquare, parent square, classdojo, class dojo, dojo, talkingpoints, talking
        points, bloomz, heja, stack team app, google chat, hangouts, google hangouts, classtag, marco polo, marcopolo, skype chat,
        twitch chat, voxer, teamreach, team reach, spond, instagram messenger, google messages, third party app,
        non school app, non district app, non school tool, outside app, =gm, rallyhood, hudl
    """,
    "REMIND": "=remind",
    "SOCIAL": """
        facebook, =fb, face book, instagram, insta, =ig, finsta, twitter, =tweet, tiktok, tik tok, snapchat, snap chat, snap, snapped,
        linkedin, linked in, youtube, you tube, myspace, pinterest, reddit, tumblr, bereal, be real, facebook page, facebook group,
        facebook live, fb page, fb group, instagram page, insta page, instagram story, insta story, twitch, =x account, on x, facebook
        wall, instagram live, vsco, instagram feed, snap story, snapchat story, private story, facebook messages, nextdoor, strava,
        youtube channel, facebook profile, venmo, spotify, bluesky, mastodon, xanga, facebook friend, fb friend, snapchat friend, insta
        friend, instagram friend
    """,
    "SMEDIA": """
        social media, social network, social networking, social networks, social site, social app, socials, social platform, networking
        site, social account, social page, online profile, social networking site, social media site, social media page, social media
        account, social media platform, social media profile
    """,
    "LMS": """
        canvas, google classroom, schoology, powerschool, infinite campus, skyward, moodle, blackboard, seesaw, learning platform,
        learning management system, lms, aeries, jupiter grades, edmodo, google docs, google drive, gradebook, student information
        system, campus messenger, school messenger, schoolmessenger, blackbaud, brightspace, itslearning, the school app, synergy,
        district app, school app, district messaging system, school messaging system, district system, school system, =microsoft teams,
        =ms teams, =on teams, =teams chat, =teams message, =via teams, =using teams, class notebook
    """,
    "PORTAL": "portal, web portal, parent portal, family portal, student portal, school portal, district portal",
    "VIDEO": """
        zoom, google meet, facetime, face time, skype, video call, video chat, video conference, video conferencing, webex, video
        meeting, zoom call, zoom meeting, video calling
    """,
    "GAMING": """
        fortnite, xbox, roblox, minecraft, playstation, nintendo, video game, online game, game online, =gaming, rocket league, =psn,
        mario kart, madden, steam game, game console, valorant, among us, game pigeon, clash royale, pokemon go, chess online, online
        chess, chess com, words with friends
    """,
    "SITE": """
        website, web site, webpage, web page, blog, wiki, homepage, home page, weebly, wix, google site, wordpress, podcast, online
        forum
    """,
    "PAGE": "=page, =site, =channel, =server, =feed, =pages, =sites, =forum",
    "INPERSON": "=in person, face to face, in the hallway, in the hall",
    "PAPER": """
        on paper, handwritten note, paper note, note home, letter home, flyer, handout, letters home, notes home, by letter
    """,
    "PHONE": """
        phone, cell, cellphone, cell phone, mobile, mobile phone, phone number, cell number, mobile number, iphone, smartphone, smart
        phone, number, =digits, android phone, =android, telephone number, landline, flip phone, google voice, google voice number,
        gvoice, phone line, telephones, handset
    """,
    "DEVICE": """
        laptop, computer, ipad, tablet, chromebook, device, equipment, desktop, =pc, macbook, hardware, machine, technology
    """,
    "ACCOUNT": """
        account, acct, profile, login, handle, address, email address, e mail address, email account, username, user name, identity
    """,
    "SYSTEM": "=system, =systems, server, platform, =app, =apps, =tool, =tools, =way, =ways, =method, =option, =service, =software",
    "NETWORK": "wifi, wi fi, network, internet, =server room, ethernet, internet connection, guest wifi, guest network",
}
