"""Uploads one file with tuspy as it comes, and says in one line of JSON how that went. The one argument is JSON as well.

Run by crates/server/tests/faults/tus_clients.rs.
"""

import json
import sys

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.storage.filestorage import FileStorage

given = json.loads(sys.argv[1])
told = {"url": None, "resumed": False, "error": None}
try:
    uploader = TusClient(given["endpoint"], headers={"Cookie": given["cookie"]}).uploader(
        given["file"],
        chunk_size=given["piece_bytes"],
        metadata=given["metadata"],
        retries=3 if given["retries"] else 0,
        retry_delay=1,
        store_url=True,
        url_storage=FileStorage(given["urls"]),
        **given["options"],
    )
    told["resumed"] = uploader.url is not None
    uploader.upload(stop_at=given["stop_after"])
    told["url"] = uploader.url
except (TusCommunicationError, TusUploadFailed) as error:
    told["error"] = f"{error} {error.response_content}"
print(json.dumps(told))
