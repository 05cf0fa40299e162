"""How people really type: short forms and missing apostrophes. To teach a short form, add it here."""

# Applied word by word, before anything else is looked up.
SHORT = {
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "txt": "text", "txts": "texts",
    "txting": "texting", "txted": "texted", "txtng": "texting", "msg": "message", "msgs": "messages", "msging": "messaging",
    "msgd": "messaged", "ppl": "people", "thru": "through", "thx": "thanks", "bc": "because", "cuz": "because",
    "cus": "because", "gonna": "going to", "wanna": "want to", "gotta": "have to", "lemme": "let me", "kiddos": "kids",
    "studs": "students", "pix": "pics", "fone": "phone", "phon": "phone", "ph": "phone", "tx": "text", "nums": "numbers",
    "num": "number", "em": "them", "w": "with", "wo": "without", "ok'd": "okayed", "b4": "before", "hw": "homework",
    "prolly": "probably", "rn": "right now", "tho": "though", "alr": "alright", "k": "ok", "abt": "about", "ya": "you",
    "yall": "you all", "y'all": "you all", "tmrw": "tomorrow", "tmr": "tomorrow", "dept": "department", "sup": "supervisor",
    "insta": "instagram", "gc": "group chat", "doin": "doing", "textin": "texting", "callin": "calling", "cannot": "can not",
    "stu": "student", "stus": "students", "perm": "permission", "sched": "schedule", "acc": "account", "acct": "account",
    "accts": "accounts", "dont": "do not", "cant": "can not", "isnt": "is not", "arent": "are not", "doesnt": "does not",
    "didnt": "did not", "wont": "will not", "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not",
    "wasnt": "was not", "havent": "have not", "hasnt": "has not", "aint": "is not", "im": "i am", "its": "it is",
    "ive": "i have", "whats": "what is", "whos": "who is", "thats": "that is", "hes": "he is", "shes": "she is",
    "theyre": "they are", "theres": "there is", "youre": "you are", "aren't": "are not", "can't": "can not",
    "won't": "will not", "ain't": "is not", "let's": "let us", "idk": "i do not know", "e-mail": "email",
    "coworker": "colleague", "sons": "son s", "daughters": "daughter s",
}  # fmt: skip

# Endings after an apostrophe.
ENDINGS = {"n't": " not", "'re": " are", "'m": " am", "'ve": " have", "'ll": " will", "'d": " would"}

# "'s" is "is" after these, and belongs to somebody after any other word.
IS_AFTER = "it he she that what who there here where how when everybody everyone somebody someone this"
