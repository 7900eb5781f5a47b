"""What the contact form holds for a visitor who said something of an answer and wants to be contacted about it."""

from typing import NamedTuple

from faq import vote_tokens
from faq.models import Faq, Remark
from portal.chrome.models import Market


class Wish(NamedTuple):
    """The question whose answer the visitor read, and what they wrote of it, "" where nothing is to be repeated."""

    about: Faq
    words: str

    def initial(self, *, is_behind_gate: bool) -> dict[str, str]:
        """The fields of the form. Before a gate a product is named in words, and this visitor has read its name."""
        product = ("drug", self.about.drug.slug) if is_behind_gate else ("product_named", self.about.drug.name)
        return dict([product, ("question", self.words)])


def wish(market: Market, token: str) -> Wish | None:
    """What `token` stands for in `market`; None where it was given to nobody here. An old one holds no words."""
    named = vote_tokens.wish_of(token) if token else None
    if named is None:
        return None
    about = Faq.objects.ever_answered().filter(market=market, pk=named.faq).select_related("drug").first()
    if about is None:
        return None
    remark = None if named.is_expired else Remark.objects.filter(pk=named.remark, vote__version__faq=about).first()
    return Wish(about, remark.text if remark else "")
