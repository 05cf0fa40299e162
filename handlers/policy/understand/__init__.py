"""A person's words become facts of the closed vocabulary, each with the words that show it; districts and verdicts are unknown here.

plain → words (slips) → cues (phrases, denial) → sentences → shown (rules) → turns → reading. Words: lexicon/. Turns of phrase: rules/.
"""
