//! Storage that keeps the part of a piece that arrived before the connection broke. The library's own rolls it back, and a
//! phone with a bad signal would never get on.

use std::io;

use async_trait::async_trait;
use futures_util::StreamExt;
use tus_protocol::{AppendRequest, ByteStream, ChunkStream, ConcatRequest, Error, Result, Storage, StorageHandle};

use crate::full_disk::is_full_disk;

pub(super) struct Keep<S>(pub(super) S);

impl<S> Keep<S> {
    /// What it is kept in.
    pub(super) fn files(&self) -> &S {
        &self.0
    }
}

#[async_trait]
impl<S: Storage> Storage for Keep<S> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    async fn create(&self, upload_id: &str) -> Result<StorageHandle> {
        self.0.create(upload_id).await.map_err(without_room)
    }

    /// A stream that breaks off ends quietly, so that what came is synced. A piece that is wrong in itself still fails.
    async fn append(&self, mut request: AppendRequest) -> Result<StorageHandle> {
        if let ChunkStream::Stream(stream) = request.data {
            request.data = ChunkStream::from_stream(until_broken(stream));
        }
        self.0.append(request).await.map_err(without_room)
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

/// A full disk is told by its status, which the library has no error of its own for.
fn without_room(error: Error) -> Error {
    if is_full_disk(&error) { Error::HookRejected { status_code: 507, message: error.to_string() } } else { error }
}

fn until_broken(stream: ByteStream) -> ByteStream {
    let is_whole = |chunk: &io::Result<_>| match chunk {
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::InvalidData,
    };
    Box::pin(stream.take_while(move |chunk| std::future::ready(is_whole(chunk))))
}
