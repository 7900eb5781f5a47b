from django.db import migrations

from portal.lib.wholepages.announcing import Announce

# No page shows a version, or what belongs to it, before it is published.
OF_VERSION = "EXISTS (SELECT FROM faq_faqversion WHERE id = this.version_id AND faq_is_frozen(status))"
OF_FIGURE = """EXISTS (
    SELECT FROM faq_figure AS figure JOIN faq_faqversion AS version ON version.id = figure.version_id
    WHERE figure.id = this.figure_id AND faq_is_frozen(version.status)
)"""


class Migration(migrations.Migration):
    dependencies = [("faq", "0023_searches_before_votes")]

    operations = [
        Announce("faq_category"),
        Announce("faq_drug"),
        Announce("faq_drugname"),
        Announce("faq_topic"),
        Announce("faq_faq"),
        Announce("faq_faq_topics"),
        Announce("faq_otherphrasing"),
        Announce("faq_reference"),
        Announce("faq_image"),
        Announce("faq_faqversion", when="faq_is_frozen(this.status)"),
        Announce("faq_citation", when=OF_VERSION),
        Announce("faq_figure", when=OF_VERSION),
        Announce("faq_relatedresource", when=OF_VERSION),
        Announce("faq_figuresource", when=OF_FIGURE),
        Announce("faq_reviewrequest"),
    ]
