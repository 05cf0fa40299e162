"""Words for what a message is about: sensitive or not, school or not, and what may go wrong."""

MATTERS = {
    "SEXUAL": """
        sexual, sexually, sexy, sext, sexting, nude, =nudes, naked, romantic, romantically, flirt, flirty, flirtatious, flirting, crush,
        hooking up, hook up, hooked up, porn, pornography, explicit photo, explicit picture, explicit message, kissing, kissed, =sleeping
        with, slept with, inappropriate relationship, dating a student, date a student, feelings for, dirty picture, dirty pictures,
        dirty joke, dirty message, intimate, underwear, lingerie, topless, =suggestive, =making out, =made out, too close with, boyfriend
        girlfriend, come on to, hitting on, hit on, ask out, asked out, asked me out, in love with, loves me, love letter, unclothed,
        dick pic, genitals, sex, sexualized, date with, sexually suggestive, inappropriate picture, inappropriate pictures,
        inappropriate photo, inappropriate photos, inappropriate pic, inappropriate pics, explicit, sending pics of herself, pics of
        herself, pictures of herself, pics of himself, racy
    """,
    "ABUSE": """
        abuse, abused, abusive, molest, molested, molesting, neglect, neglected, self harm, self harming, selfharm, cutting herself,
        cutting himself, cuts herself, cuts himself, cutting themselves, suicide, suicidal, kill himself, kill herself, kill themselves,
        killing himself, killing herself, hurt himself, hurt herself, hurting himself, hurting herself, hurt themselves, hurting
        themselves, harm herself, harm himself, harm themselves, wants to die, want to die, wanted to die, end it all, end her life, end
        his life, end their life, kill me, threat, threaten, threatened, threatening, =gun, weapon, shoot up, shoot the school,
        stab, =bomb, bruise, bruises, beaten, beats him, beats her, beating him, beating her, beat up, beats up, hits him,
        hits her, hit him, hit her, hitting him, hitting her, hit by, hits them, hitting them, hits me, hit me, hitting me, beats me,
        hurts me, hurting me, hurts her, hurts him, touches her, touches him, touched her, touched him, touching her, touching him,
        touches me, touched me, gets hit, being hit, choked, raped, rape, =assault, assaulted, in danger, unsafe at home, not safe at
        home, afraid to go home, scared to go home, scared of her dad, run away from home, ran away, running away, runaway, trafficked,
        trafficking, groomed, grooming, predator, locked out of the house, no food at home, not being fed, overdose, overdosed, being
        hurt, getting hurt at home, unsafe, mistreated, mistreating, kicked out, hurt at home, does not want to live, not want to be
        alive, not want to live, slaps, =slapped, =slaps, =punched, =punches, strangled
    """,
    "CONFIDENTIAL": """
        confidential, =grade, =grades, =gpa, =iep, =ieps, =504, 504 plan, medical, medication, meds, diagnosis, diagnosed, disability,
        test score, test scores, special ed, special education, student record, student records, report card, transcript, health
        information, health info, health record, allergy, private information, personal information, student data, student information,
        protected information, ferpa, hipaa, discipline record, discipline records, disciplinary record, suspension, behavior plan,
        behavior report, sped, evaluation results, psych eval, failing, social security, transcripts, custody, free lunch, counseling
        records, attendance record, concussion, private student, medical info, health condition, records of a student, sensitive
        information, confidentiality, immigration status
    """,
    "PRIVATELIFE": """
        alcohol, beer, drinking, drunk, booze, wine, =partying, house party, vape, vaping, weed, marijuana, bikini, swimsuit, spring
        break, nightlife, night out, bachelorette, cocktail, tequila, drug, drugs, smoking, cigar, hangover, margarita, my private life,
        =vegas, happy hour, =clubbing, winery, brewery
    """,
    "HARASS": """
        bully, bullying, harass, harassing, harassment, slur, racist, sexist, insult, defame, defamatory, obscene, slander, slanderous,
        libel, trash talk, talk trash, talking trash, make fun of, making fun of, mock, mocking, vulgar, profanity, swear, cuss,
        hateful, name calling, call out a parent, call out a student, roast, roasting, offensive, badmouth a student, rant about a
        parent, rant about a student, rant about parents, rant about students, rant about my students, rant about kids, mean post, mean
        things, nasty, embarrass, discriminatory, talk bad about, bad things about, vent about a student, vent about students, vent
        about a parent, vent about parents, vent about my students, complain about a student, complain about students, complain about
        parents, complain about a parent, complain about my students
    """,
    "COPYRIGHT": """
        copyright, copyrighted, trademark, licensed music, popular song, pop song, popular music, movie clip, movie clips, clip from a
        movie, disney, pirated, someone else s work, somebody else s work, textbook pages, song lyrics, cartoon, =song, =songs, =music
        video, hit song, taylor swift song, unlicensed, copyrighted music
    """,
    "MARK": """
        logo, mascot, insignia, crest, letterhead, emblem, school seal, school symbol, school colors, school name, school s name,
        district name, name of the school, name of our school, district seal, school property, photo of the school, picture of the
        school, school photo, team logo, school brand, school branding, school s likeness, school likeness, trademarked logo
    """,
    "UNION": """
        union, =politics, =political, election, =candidate, =candidates, school board race, levy, bond issue, referendum, legislation,
        protest, ballot, first amendment, free speech, public concern, governor, senator, strike, collective bargaining, contract
        negotiation, contract negotiations, salary negotiations, budget cuts, vote yes, vote no, how to vote, who to vote, =campaign,
        =activism, school funding, gun control, abortion
    """,
    "WORKSPEECH": """
        complain about my job, complain about work, complain about the school, complain about my school, complain about my boss,
        complain about the district, complain about admin, complain about administration, complain about my principal, vent about work,
        vent about my job, vent about the school, vent about my school, vent about my principal, vent about admin, vent about the
        district, vent about my boss, vent about my day, rant about work, rant about my job, rant about the school, rant about my
        school, rant about admin, rant about the district, rant about my principal, rant about my boss, criticize the district,
        criticize my school, criticize the school, criticize my principal, criticize the administration, criticize admin, bad mouth the
        school, bad mouth the district, badmouth the district, badmouth the school, badmouth my principal, opinion about my school,
        opinions about work, opinion of the district, opinion about work, opinions about my school, complaining about work, complaining
        about my job, views on the district, how bad my job is, hate my job
    """,
    "PHOTO": """
        photo, picture, =pic, =pics, image, selfie, video, videos, footage, snapshot, =reel, =reels, tiktok video, =clip, =clips,
        headshot, highlights, highlight, photograph, action shot, action shots
    """,
    "IDENTITY": """
        student name, student names, student s name, students names, kids names, names of students, names of my students, names of the
        kids, student work, student artwork, students work, student s work, =students faces, =kids faces, =student faces, identifying
        information, their faces, information identifying students, student essay, student project, student identity, kids work, players
        names, names of my players, tag students, tag my students, tag players, tag my players, tagging students, tag kids, tag the
        kids, student of the week, shout out my students
    """,
    "SCHOOLWORK": """
        homework, hw, assignment, =practice, =practices, rehearsal, syllabus, study guide, lesson, quiz, exam, =test, project, class
        work, classwork, makeup work, make up work, game time, game day, away game, home game, tournament, bus time, departure time,
        track meet, swim meet, =game, =games, schedule, field trip, concert, recital, tryout, tryouts, scrimmage, playoffs, =match,
        workout, =conditioning, team meeting, competition, due date
    """,
    "PROMO": """
        advertise, advertising, advertisement, my side business, side business, side hustle, my business, tutoring business, small
        business, etsy, mary kay, avon, tupperware, mlm, promote my, sell, selling, my own business, my camp, side gig, real estate, my
        photography business, my product, my products, solicit, =marketing, plug my, my band s gig, =gofundme
    """,
    "UNRELATED": """
        not school related, not related to school, nothing to do with school, not for school, unrelated to school, non school related,
        nothing to do with the school, nothing to do with the district, not connected to school
    """,
    "CHITCHAT": """
        just to chat, catch up, personal matter, personal matters, personal reasons, personal stuff, personal things, private matters,
        private matter, happy birthday, birthday wishes, just chatting, just being friendly, non school stuff, non school matters, hang
        out, hanging out, not about school, just
        for fun, about life, small talk, gossip, social reasons, personal conversation,
        personal use, personal life
    """,
    "EMERGENCY": """
        emergency, life or death, =911, life threatening, bus crash, bus accident, bus wreck, tornado, lockdown, active shooter, natural
        disaster, car accident, car wreck, ambulance, medical emergency, evacuation, evacuate, missing student, bus is on fire, building
        is on fire, school is on fire, house fire, fire in the, fire at the, there is a fire, a fire in, a fire at, a fire broke, school
        fire, building fire, kitchen fire
    """,
}
