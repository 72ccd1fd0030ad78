//! Storage that keeps the part of a piece that arrived before the connection broke. The library's own rolls it back, and a
//! phone with a bad signal would never get on.

use std::io;

use async_trait::async_trait;
use futures_util::StreamExt;
use tus_protocol::{AppendRequest, ByteStream, ChunkStream, ConcatRequest, Result, Storage, StorageHandle};

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
        self.0.create(upload_id).await
    }

    /// A stream that breaks off ends quietly, so that what came is synced. A piece that is wrong in itself still fails.
    async fn append(&self, mut request: AppendRequest) -> Result<StorageHandle> {
        if let ChunkStream::Stream(stream) = request.data {
            request.data = ChunkStream::from_stream(until_broken(stream));
        }
        self.0.append(request).await
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

fn until_broken(stream: ByteStream) -> ByteStream {
    let is_whole = |chunk: &io::Result<_>| match chunk {
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::InvalidData,
    };
    Box::pin(stream.take_while(move |chunk| std::future::ready(is_whole(chunk))))
}
