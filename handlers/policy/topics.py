"""The matters that policies on electronic communication regulate, each with its words: one of them is what a question is about."""

from collections.abc import Mapping
from types import MappingProxyType

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        # Being in touch
        "contact_students": "being in touch with students",
        "contact_parents": "being in touch with parents",
        "family_student": "a student who is family",
        "community_contact": "somebody known from outside school",
        "phone_call": "a phone or video call",
        "in_person": "speaking face to face, or on paper",
        "former_student_contact": "former students",
        "colleague_contact": "colleagues",
        "district_channel": "the district's own ways of being in touch",
        "friend_request": "friends and followers",
        "incoming_contact": "somebody who wrote first",
        "professional_tone": "tone and wording",
        "hours": "the time of day",
        "boundaries": "being a role model rather than a friend",
        "educational_purpose": "what counts as an educational purpose",
        "purpose_limits": "side business and other purposes",
        "limited_personal_use": "the limits of using one's own account",
        "safest_way": "the safest way",
        "unnamed_apps": "an app that the policy does not name",
        # Pages for a class or group
        "class_page": "a page, account or group for a class or team",
        "page_admin_access": "access to such a page for administrators",
        "page_address": "the address of an approved page",
        "page_followers": "who may be on the page",
        "private_message_on_page": "private messages on the page",
        "lms_page": "the learning platform",
        "learn_features": "learning how an account works before using it",
        # Posts and own accounts
        "post_student_info": "posting about students",
        "post_private_life": "posting about one's private life",
        "personal_page_privacy": "the privacy of one's own page",
        "personal_at_work": "own accounts during work",
        "district_device_personal_use": "private use of the district's devices or network",
        "educator_presence": "having own accounts",
        "private_never": "how private anything online is",
        "profile": "what a profile says",
        "harassing_content": "insulting, mocking or obscene content",
        "disruptive_post": "posts that disturb the school",
        "work_opinion": "opinions about work",
        "public_concern": "matters of public concern",
        "logo_use": "the school's logo, pictures or property",
        "copyright": "other people's works",
        # Confidential matters
        "disclose_confidential": "confidential information",
        "confidential_call": "confidential matters on the phone",
        "emergency_report": "an emergency, and the report afterwards",
        "misdirected_message": "a school message on a private account",
        # Children at risk, and rules broken
        "sexual_romantic": "romance or sexual content with a student",
        "report_concern": "a concern about an adult and a student",
        "child_abuse": "abuse or neglect of a child",
        "student_danger": "a student in danger",
        "report_violation": "somebody breaking the rules",
        "discrimination_report": "discrimination or harassment",
        "failure_to_report": "not reporting",
        "investigate": "what an administrator does on a suspicion",
        # Oversight
        "produce_messages": "handing over messages",
        "parent_access": "parents seeing messages",
        "copy_parents": "copying parents",
        "copy_supervisor": "copying the supervisor",
        "parents_informed": "telling parents that staff may write",
        "approval_who": "who approves",
        "approval_form": "what a request must hold",
        "approval_conditions": "what must be true for an approval",
        "consequences": "discipline",
        "monitoring": "what the district watches",
        "public_records": "public records",
        "removal_order": "an order to take something down",
        # The policy itself
        "policy_dates": "the policy's dates",
        "policy_owner": "who makes the rules and where they stand",
        "other_policies": "other rules that apply",
        "training": "training",
        "who_is_staff": "whom the rules bind",
        "who_is_student": "who counts as a student",
        "def_terms": "what the words mean",
        # Not ours
        "out_of_scope_near": "school technology outside this policy",
        "out_of_scope_school": "other school matters",
        "bot_talk": "talk about this assistant",
        "gibberish": "nothing that can be understood",
        "other": "something else",
    }
)

FOREIGN = frozenset({"out_of_scope_near", "out_of_scope_school", "bot_talk"})  # understood, and not what such a policy is about
# A child may be at risk: read even where it is unlikely.
GRAVE_TOPICS = frozenset({"sexual_romantic", "report_concern", "child_abuse", "student_danger"})
GRAVE_CONTENT = frozenset({"sexual", "abuse"})
