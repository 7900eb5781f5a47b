"""Files that come with forms: only staff send any, so nobody else's reach the disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class OfStaffAlone(FileUploadHandler):
    """Ends the reading of a form at the first file in it, unless it comes from staff; goes before all other handlers.

    Django limits what the fields of a form hold, and not its files, which it writes to the disk before any view is
    asked: a few thousand posts to any address would fill it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request is None or not self.request.user.is_staff:
            raise RequestDataTooBig("Only staff send files.")

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        return None
