"""What of a market's surroundings travels with it."""

from portal.lib.portable import Table

TABLES = (
    Table("chrome.market", file="market.yaml", key=("code",)),
    Table("chrome.openinghours", parent="market", name="opening_hours", order=("weekday", "opens")),
    Table("chrome.holiday", parent="market", name="holidays", order=("day",)),
    Table("chrome.navlink", parent="market", name="navigation", order=("place", "order", "label")),
    Table("chrome.consenttext", parent="market", name="consent_texts", order=("number",)),
    Table("chrome.page", file="pages/{slug}.yaml", key=("slug",), apart={"body": "{slug}.html"}),
    Table("chrome.pageresource", parent="page", name="resources", order=("order",)),
)
LEFT_OUT = {
    "chrome.consent": "visitors' choices are proof for the database that recorded them, and no content",
}
