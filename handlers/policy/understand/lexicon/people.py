"""Words for people and for the groups they belong to. To teach a word, add it to its line."""

# A word stands for all its endings (text, texts, texting); "=" takes it exactly as written.
PEOPLE = {
    "STUDENT": """
        student, pupil, scholar, learner, =kids, =teens, =teenagers, =minors, =boys, =girls, =boy, =girl, =guys, =ladies, freshman,
        freshmen, sophomore, =juniors, =seniors, =junior, =senior, grader, underclassman, underclassmen, upperclassmen, young people,
        schoolkid, minor child, kindergartner, middle schooler, high schooler, highschooler, youngster, youngsters, tutee, advisee,
        mentee, one of the kids, student athlete, class member, year old student, year old kid, =riders, =babies
    """,
    "PLAYER": """
        player, athlete, runner, swimmer, wrestler, dancer, cheerleader, gymnast, golfer, bowler, goalie, pitcher, catcher, quarterback,
        lineman, linemen, team member, squad member, band member, choir member, cast member, club member, group member, musician,
        drummer, percussionist, singer, debater, mathlete, section leader, captain, team captain, drum major, cadet, sprinter, thrower,
        jumper, thespian, starter, point guard, benchwarmer, team mate, teammate, cheer kid, band kid, choir kid, drama kid, theater
        kid, theatre kid, team kid, member, hurdler, setter, volleyballer, footballer, robotics kid, track kid, orchestra kid, squad
        kid, editor
    """,
    "TEAM": """
        team, squad, roster, varsity, jv, junior varsity, relay team, =coaching, starting five, line up, lineup, offense, defense
    """,
    "GROUP": """
        band, choir, chorus, orchestra, ensemble, color guard, colorguard, drumline, student council, stuco, honor society, nhs, ffa,
        fbla, deca, hosa, fccla, skillsusa, jrotc, rotc, robotics, yearbook, debate, mock trial, quiz bowl, scholar bowl, cheer, pep
        squad, beta club, key club, national honor society, science olympiad, esports, drama, theatre, theater, school play, spring
        musical, =musical, =cast, prom committee, chess club, drama club, spanish club, french club, math club, art club, book club,
        anime club, robotics club, gaming club, science club, photo club, ski club, school newspaper, journalism, spirit squad, step
        team, dance team, poms, gsa, after school program, afterschool program, extracurricular, extra curricular, =track, =marching,
        cheerleading, mathletes, percussion
    """,
    "SPORT": """
        football, basketball, soccer, volleyball, baseball, softball, cross country, xc, wrestling, tennis, golf, swim, swimming,
        lacrosse, lax, hockey, field hockey, gymnastics, bowling, water polo, rugby, =ball, hoops, diving, =rowing
    """,
    "CLASS": """
        class, homeroom, advisory, first period, second period, third period, fourth period, fifth period, sixth period, seventh period,
        1st period, 2nd period, 3rd period, 4th period, 5th period, 6th period, 7th period, 8th period, period class, study hall, ap
        class, caseload, my period, my hour, first hour, second hour
    """,
    # How old students are, or what they are: not how well they do.
    "YEARGROUP": """
        1st grade, 2nd grade, 3rd grade, 4th grade, 5th grade, 6th grade, 7th grade, 8th grade, 9th grade, 10th grade, 11th grade, 12th
        grade, first grade, second grade, third grade, fourth grade, fifth grade, sixth grade, seventh grade, eighth grade, ninth grade,
        tenth grade, eleventh grade, twelfth grade, grade level, grade school, grade levels, grade team
    """,
    "CLUB": "club, committee, booster club",
    "PARENT": """
        parent, mom, dad, mother, father, guardian, mum, momma, mommy, daddy, =mama, =families, grandparent, grandmother, grandfather,
        grandma, grandpa, stepdad, stepmom, stepfather, stepmother, step dad, step mom, step father, step mother, foster parent,
        caregiver, booster, boosters, booster parents, =parent s, moms and dads, caretaker
    """,
    "COLLEAGUE": """
        colleague, coworker, co worker, fellow teacher, fellow coach, fellow staff, other teacher, other coach, other staff, another
        teacher, another coach, another staff member, another employee, a certain teacher, assistant coach, department head, one of our
        teachers, one of our coaches, one of the teachers, one of the coaches, one of my teachers, staff room, one of the paras, another
        para, other employees, a teacher i work with, teacher friend, somebody on staff, someone on staff, a staff member, this teacher,
        that teacher, this coach, that coach, a guy i work with, the coach next door, some teacher
    """,
    "FORMER": """
        former student, former player, former athlete, ex student, ex player, alumni, alumnus, alumna, alum, =graduates, =grads, past
        student, past player, old student, previous student, students i used to teach, kids i used to teach, used to teach, used to
        coach, have graduated, has graduated, already graduated, who graduated, =graduated, last years seniors, last year s seniors, no
        longer a student, no longer students, no longer here, no longer enrolled, not a student anymore, moved away, ex students
    """,
    "SON": """
        son, daughter, stepson, stepdaughter, stepchild, stepchildren, stepkid, step son, step daughter, step child, step kid, foster
        child, foster son, foster daughter, foster kid, adopted son, adopted daughter, adopted child, teenage son, teenage daughter,
        bonus son, bonus daughter, youngest son, oldest son, youngest daughter, oldest daughter, older daughter, younger daughter, older
        son, younger son, biological child, =offspring
    """,
    "YOUNGSTER": """
        =child, =children, =kid, =kiddo, =teenager, =twins, =oldest, =youngest, only child, baby girl, =middle child, =firstborn, little
        girl, little boy
    """,
    "SIBLING": """
        brother, sister, sibling, =bro, =sis, half brother, half sister, step brother, step sister, stepbrother, stepsister
    """,
    "RELATIVE": """
        nephew, niece, cousin, grandson, granddaughter, grandchild, grandchildren, grandkid, godson, goddaughter, godchild, brother in
        law, sister in law, son in law, daughter in law, =relative, =relatives, family member, members of my family, member of my
        family, kin, kinfolk, great nephew, great niece, stepcousin, second cousin, first cousin
    """,
    "UNCLE": "uncle, aunt, auntie, aunty",
    "FRIEND": "friend, buddy, bestie, pal",
    "NEIGHBOR": """
        neighbor, neighbour, next door, down the street, across the street, up the street, on my street, on my block, neighborhood
    """,
    "COMMUNITY": """
        family friend, friend of the family, friends of the family, friend of ours, friends of ours, friend of mine, friends of mine,
        babysit, babysitter, baby sit, baby sitter, babysitting, dog sit, dog sitter, house sit, pet sit, mows my lawn, mow my lawn,
        mows my grass, mowing my lawn, carpool, close to his family, close with the family, close to her family, know the family, know
        his family, know her family, know his parents, know her parents, know their family, know their parents, known the family,
        friends with his parents, friends with her parents, friends with the parents, friends with their parents, friends with his mom,
        friends with her mom, friends with his dad, friends with her dad, known him since, known her since, known since birth, family
        friends, outside relationship, from the community, personal relationship, know outside of school, know from outside, know him
        outside, know her outside, know them outside, kid i mentor, kids i mentor, from my gym, from the gym, godparent
    """,
    "STAFF": """
        teacher, coach, staff, staff member, employee, sponsor, para, paraprofessional, paraeducator, aide, librarian, bus driver,
        driver, nurse, secretary, custodian, counselor, social worker, band director, choir director, drama director, director, adviser,
        advisor, media specialist, janitor, cook, lunch lady, school psychologist, slp, therapist, faculty, educator, cheer coach, club
        sponsor, tutor, hall monitor, attendance clerk, trainer, athletic trainer, interventionist, teachers aide, instructor
    """,
    "STUDENTTEACHER": """
        student teacher, student teaching, intern teacher, teaching intern, practicum, preservice teacher, preservice
    """,
    "SUBSTITUTE": """
        substitute, sub, long term sub, substitute teacher, subbing, part time staff, part timer, part time teacher, part time coach
    """,
    "BOSS": """
        principal, assistant principal, vice principal, supervisor, boss, =administrator, =administrators, =admin, administration,
        superintendent, athletic director, =ad, department chair, technology director, director of technology, tech director, technology
        department, tech department, it department, tech dept, it dept, head coach, dean, activities director, higher ups, hr, human
        resources, school board, board of education, board member, =tech, the office, front office, building admin
    """,
    "ME": "=me, =us",
    "THEM": "=them, =him, =they, =he, =she, =somebody, =someone, =anyone, =everybody, =everyone, =em",
}
