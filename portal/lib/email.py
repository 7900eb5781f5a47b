"""Sends a mail that two templates make: its subject and its text."""

import logging
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def send(
    template: str,
    context: dict[str, Any],
    to: list[str],
    reply_to: list[str] | None = None,
    *,
    is_automatic: bool = False,
) -> bool:
    """Sends `email/<template>.txt` under the subject in `email/<template>_subject.txt`; False if no server took it.

    An automatic reply says so in its header, lest another machine replies to it (RFC 3834).

    Whatever goes wrong with a mail, its templates included, must not lose what the visitor wrote: the failure is
    logged, never raised.
    """
    try:
        subject = " ".join(render_to_string(f"email/{template}_subject.txt", context).split())
        text = render_to_string(f"email/{template}.txt", context)
        headers = {"Auto-Submitted": "auto-replied"} if is_automatic else None
        message = EmailMessage(subject, text, to=to, reply_to=reply_to, headers=headers)
        return bool(message.send())
    except Exception:
        logger.exception("mail %r could not be sent", template)
        return False
