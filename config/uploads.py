"""Files are not taken: nobody needs to send one, and every file is a risk. Only where a view asks for one, from somebody
who logged in, it is read: in memory, and never more than it may be."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.urls import Resolver404, resolve

MOST = 10 * 1024 * 1024 + 1  # bytes; one more than may be, so that the form can say that it is too large


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view that asks for a file."""

    @wraps(view)
    def taking(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    taking.takes_files = True  # type: ignore[attr-defined]  # a mark on it, for below
    return taking


class OnlyWhereAsked(FileUploadHandler):
    """Lets the fields of a form through, and drops every file unread but where a view takes it."""

    file: BytesIO

    def new_file(self, *args, **kwargs):
        if not self.asked():
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data[: max(MOST - start, 0)])
        if start + len(raw_data) > MOST + self.chunk_size:
            raise StopUpload(connection_reset=False)

    def file_complete(self, file_size):
        size = self.file.tell()
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )

    def asked(self) -> bool:
        user = getattr(self.request, "user", None)
        if self.request is None or user is None or not user.is_authenticated:
            return False
        try:
            return getattr(resolve(self.request.path_info).func, "takes_files", False)
        except Resolver404:
            return False
