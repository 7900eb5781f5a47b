"""Every table is in the audit trail, or says here why it is not."""

from django.apps import apps

from portal.audit.chain import watched

UNWATCHED = {
    "audit_entry": "the trail itself",
    "chrome_consent": "what visitors chose",
    "contact_inquiry": "what visitors wrote",
    "safety_safetyevent": "a history that nothing changes",
    "faq_feedback": "what visitors said",
    "faq_remark": "what visitors wrote",
    "faq_tally": "derived from votes",
    "faq_feedbackexport": "a file that goes after a day; that it was made stands in the trail",
    "faq_exportpart": "a file that goes after a day; that it was made stands in the trail",
    "faq_presence": "who has a draft open at this moment",
    "faq_reviewreminder": "whom the review clock told what",
    "faq_wordpicture": "waits for a Word file to become a draft, and goes then",
    "clock_chore": "when a command last ran",
    "search_searchevent": "what visitors searched for",
    "search_searchgap": "what visitors searched for",
    "search_learntabbreviation": "derived from published answers",
    "search_rebuild": "how far a rebuild came",
    "search_searchentry": "derived from published answers",
    "search_searchname": "derived from published answers",
    "search_searchword": "derived from published answers",
    "auth_permission": "made by migrations from the code",
}
OURS = {
    *("accounts", "audit", "auth", "chrome", "clock", "contact", "faq", "leaving", "retention", "safety", "search"),
}


def tables():
    found = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.app_label in OURS
    }


def test_every_table_is_watched_or_says_why_not():
    missing = tables() - watched() - set(UNWATCHED)
    hint = "add portal.audit.Watch to a migration of its app, or the table and the reason to UNWATCHED"
    assert missing == set(), hint


def test_what_is_watched_is_there_and_not_excused():
    assert watched() <= tables()
    assert not watched() & set(UNWATCHED)
    assert set(UNWATCHED) <= tables()
