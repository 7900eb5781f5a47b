"""What of the contact form travels with a market."""

from portal.lib.portable import Table

TABLES = (Table("contact.inquirytopic", parent="market", name="contact_topics", order=("order", "key")),)
LEFT_OUT = {
    "contact.inquiry": "what visitors write is personal, and no content",
}
