//! Storage that keeps the part of a piece that arrived before the connection broke. The library's own rolls it back,
//! and a phone with a bad signal would never get on.

use std::io;

use async_trait::async_trait;
use futures_util::StreamExt;
use tus_protocol::{AppendRequest, ByteStream, ChunkStream, ConcatRequest, Error, Result, Storage, StorageHandle};

use crate::full_disk::is_full_disk;

pub(super) struct PartialWriteStorage<S>(pub(super) S);

impl<S> PartialWriteStorage<S> {
    /// The storage of the library underneath.
    pub(super) fn files(&self) -> &S {
        &self.0
    }
}

#[async_trait]
impl<S: Storage> Storage for PartialWriteStorage<S> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    async fn create(&self, upload_id: &str) -> Result<StorageHandle> {
        self.0.create(upload_id).await.map_err(map_enospc)
    }

    /// Stores and syncs the part of a piece that arrived before its connection broke.
    async fn append(&self, mut request: AppendRequest) -> Result<StorageHandle> {
        if let ChunkStream::Stream(stream) = request.data {
            request.data = ChunkStream::from_stream(truncate_on_error(stream));
        }
        self.0.append(request).await.map_err(map_enospc)
    }

    async fn concat(&self, request: ConcatRequest) -> Result<StorageHandle> {
        self.0.concat(request).await
    }

    async fn delete(&self, handle: &StorageHandle) -> Result<()> {
        self.0.delete(handle).await
    }

    async fn size(&self, handle: &StorageHandle) -> Result<Option<u64>> {
        self.0.size(handle).await
    }
}

/// Turns "no space left" into status 507, for which the library has no error of its own.
fn map_enospc(error: Error) -> Error {
    if is_full_disk(&error) { Error::HookRejected { status_code: 507, message: error.to_string() } } else { error }
}

/// Ends the stream where the connection broke. A piece that is invalid in itself still fails.
fn truncate_on_error(stream: ByteStream) -> ByteStream {
    let is_whole = |chunk: &io::Result<_>| match chunk {
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::InvalidData,
    };
    Box::pin(stream.take_while(move |chunk| std::future::ready(is_whole(chunk))))
}
