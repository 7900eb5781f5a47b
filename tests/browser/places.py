"""Where things are in the demonstration, named by what does not change: content IDs and slugs of drugs."""

BRAIN = "US_cFAQ_IML003_BRAIN_METASTASIS"
SPANNING = "US_cFAQ_NOR003_GI_ADVERSE_REACTIONS_ON"
CHANGED = SPANNING
GERMAN_BRAIN = "/de/answers/DE_cFAQ_IML003_HIRNMETASTASEN/"
QUESTION = "Does imlunestrant cross the blood brain barrier?"
CRUSHED = "Can Corvadune tablets be crushed or given through a feeding tube?"
HOME = "/us/"
DRUG = "/us/products/imlunestrant/"
INVENTED_DRUG = "/us/products/weslumira/"


def answer(content_id: str) -> str:
    """The lasting address of an answer, which leads to today's."""
    return f"/us/answers/{content_id}/"
