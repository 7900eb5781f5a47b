"""The pages on which staff write, review and publish: one module per kind of thing."""

from faq.admin import (
    comment,
    drug,
    faq,
    feedback,
    figure,
    image,
    landing,
    presence,
    reference,
    remark,
    resource,
    review,
    topic,
    version,
)

__all__ = [
    "comment",
    "drug",
    "faq",
    "feedback",
    "figure",
    "image",
    "landing",
    "presence",
    "reference",
    "remark",
    "resource",
    "review",
    "topic",
    "version",
]
