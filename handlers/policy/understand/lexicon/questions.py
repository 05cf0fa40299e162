"""Words of asking: may I, must I, who allows it; and what is none of our business. To teach a phrase, add it to its line."""

QUESTIONS = {
    "MAYI": """
        can i, may i, could i, can we, may we, could we, am i allowed, are we allowed, is it ok, is it okay, is it alright, is it all
        right, is it fine, is it allowed, is it legal, is it permitted, is it cool, am i able, would it be ok, would it be okay, is
        there any problem, is there a problem, ok to, okay to, ok if, okay if, am i good, is it acceptable, is it appropriate, are we
        permitted, am i permitted, allowed to, permitted to, alright to, alright if, fine to, fine if, cool to, cool if, is it against,
        do you mind if, any issue with, any problem with, any reason i can not, is that ok, is that okay, that ok
    """,
    "MUSTI": """
        do i have to, must i, need i, am i required, are we required, am i supposed to, are we supposed to, do we have to, do i need to,
        do we need to, am i obligated, am i obliged, what do i do, what should i do, what do we do, what should we do, what must i do,
        is it required, is it mandatory, do i gotta, i have to, is a coach required, are teachers required, are coaches required, are
        staff required, does a coach have to, does a teacher have to, do teachers have to, do coaches have to, do staff have to, what
        now, what am i supposed to do, what to do, what are we supposed to do, what do i need to do, what do i have to do, required to,
        next step, next steps, how do i handle, how should i handle, how should i respond, how do i respond, what steps, do they have
        to, does he have to, does she have to, have i got to
    """,
    "PERMITTED": """
        allowed, =ok, okay, permitted, alright, all right, =fine, =acceptable, legal, kosher, appropriate, against the rules, against
        policy, =cool, =safe, against the policy, a problem, an issue, off limits, prohibited, forbidden, banned, illegal, a violation,
        violation, violate, breaking the rules, a no no, =good, =bad, wrong, okey, okie, against any rules, against any policy, not
        allowed, supposed to, =able, =covered, =permissible, inappropriate, =acceptable use
    """,
    "PUNISHED": """
        =fired, fire me, in trouble, written up, write me up, write up, disciplined, suspended, lose my job, losing my job, lose my license,
        terminated, reprimanded, consequence, penalty, penalties, punished, punishment, repercussion, discipline me, discipline a teacher,
        discipline staff, disciplinary action,
        hot water, sanctioned, job at risk, lose my certificate, get dinged, losing my license, sued, termination, fallout, lose my
        teaching license, reprimand, dismissed
    """,
    "POLICY": "policy, rules, =rule, guideline, regulation, handbook, procedure, board policy",
    "SHEET": "=form, =forms, paperwork, request form, permission form",
    "TERM": """
        educational purpose, legitimate educational, electronic communication, electronic media, personal relationship, personal
        technology, professional communication, educational reason, business purpose, district sponsored activity, communicating
        electronically
    """,
    "APPROVE": """
        =permission, =permissions, approve, approval, sign off, signed off, =authorize, =authorizes, =authorized, =authorization,
        =okayed, =okays, green light, greenlit, =exception, =exceptions, waiver, sign off on, blessing, consent, go ahead, clearance,
        permission slip, thumbs up
    """,
    "SAIDYES": """
        said yes, said ok, said okay, says ok, says okay, says yes, said it was fine, said it is fine, says it is fine, said it was ok,
        said it was okay, said it is ok, said it is okay, says it is ok, says it is okay, said i could, said i can, says i can, told me
        i could, told me i can, gave me the ok, gave me the okay, gave the ok, gave the okay, gives the ok, gives the okay, is fine with
        it, is ok with it, is okay with it, was fine with it, is cool with it, already knows, was ok with it, was okay with it, signed
        the form, signed it, signed my form, signed off, approved it, approved this, okayed it, ok d it, =cleared it, agreed, told me to
        go ahead, told me to use, told me to text, told me to do it, has approved, already approved, have approved, approves, approved,
        =okayed, authorized, gave permission, gives permission, gave me permission, gives me permission, greenlit, signs off, said that
        was fine, said go ahead, said that is fine, allows it, allowed it, gave written permission, granted permission, already signed,
        wants me to text, wants me to use, asked me to text, asked me to use, says that is fine
    """,
    "IGNORE": """
        of course, keep track of, number of, room number, jersey number, post season, post game, postgame, postseason, post secondary,
        call in sick, calling in sick, called in sick, call out sick, call off, follow up, following up, follow the, follows the,
        following the, on call, so called, call it, texts book, text book, textbook, reach out to it, the following, following rules,
        back to school, right now, a number of, phone number for the, work order, answer key, add code, parent volunteer, student
        number, id number, zoom in, snap out, call a sub, call for a sub, open house, home page of the, on the other hand, own up, on
        the same page, i mean, in the first place, in the event, as well, at all, in general, by the way, in case, school year, old
        school, school supplies, snap decision, who are you, how are you, no problem, no matter, no wonder, no longer than, snap a
        picture of my dog, lab report, book report
    """,
    "OFFTOPIC": """
        weather, lunch menu, cafeteria, sick day, sick leave, salary, paycheck, payroll, insurance, maternity leave, parking, printer,
        projector, password, joke, recipe, dress code, jeans, substitute teacher for, sub for, book me, vacation, pto, personal day,
        copier, bell schedule, snow day, calendar, benefits, retirement, reimbursement, mileage, toner, smartboard, timecard, time card,
        time off, w2, w 2, direct deposit, prom tickets, bus schedule, bus route, keys, stapler, furniture, hall pass, thermostat, field
        trip form, purchase order, fundraiser money, sports scores, super bowl, movie tonight, capital of, lesson plan, mulch, mow the,
        coffee, weekend plans, bake sale, supply closet, fire alarm, bus number, sing a song, poem, homework answers, math problem, air
        conditioning, heater, copy machine, leave balance, evaluation form, tell me a, pizza, =bot
    """,
}
