//! A bad line between a client and the server: a connection is cut, swallows everything, is slow or changes bytes, from
//! so many bytes of a request's body on, or after some time.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

const LONGEST_GOODBYE: Duration = Duration::from_secs(10);

/// The trouble of one connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trouble {
    pub(crate) when: When,
    pub(crate) what: What,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    /// So many bytes of the body have passed.
    Bytes(usize),
    Time(Duration),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// The server is told that the client is gone, then the client that the server is.
    Cut,
    /// Nothing passes any more, either way, and nobody is told.
    BlackHole,
    /// Every kilobyte takes so long.
    Delay(Duration),
    /// One bit of the next byte changes.
    Corrupt,
}

/// A door to the server that is next to a bad line.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    troubles: Arc<Mutex<VecDeque<Trouble>>>,
    cuts: Arc<AtomicUsize>,
}

impl Proxy {
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let troubles: Arc<Mutex<VecDeque<Trouble>>> = Arc::default();
        let (coming, cuts) = (Arc::clone(&troubles), Arc::<AtomicUsize>::default());
        let cut = Arc::clone(&cuts);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let trouble = coming.lock().unwrap().pop_front();
                tokio::spawn(pass(client, server, trouble, Arc::clone(&cut)));
            }
        });
        Self { address, troubles, cuts }
    }

    /// Connections that were cut so far.
    pub(crate) fn cuts(&self) -> usize {
        self.cuts.load(Ordering::Relaxed)
    }

    /// For the next connection; those after it are good.
    pub(crate) fn expect(&self, trouble: Trouble) {
        self.troubles.lock().unwrap().push_back(trouble);
    }
}

/// Until one side ends, or the line does.
async fn pass(mut client: TcpStream, server: SocketAddr, trouble: Option<Trouble>, cuts: Arc<AtomicUsize>) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    // Else the kernel gathers what is to arrive byte by byte.
    server.set_nodelay(true).unwrap();
    let mut way = Way { trouble, ..Way::default() };
    let (mut up, mut down) = ([0; 1024], [0; 16 * 1024]);
    loop {
        let passed = tokio::select! {
            () = due(way.trouble) => way.happen(),
            read = client.read(&mut up) => match read {
                Ok(bytes @ 1..) => way.pass_up(&mut up[..bytes], &mut server).await,
                _ => Err(Broken::Ended),
            },
            read = server.read(&mut down) => match read {
                Ok(bytes @ 1..) => client.write_all(&down[..bytes]).await.map_err(|_| Broken::Ended),
                _ => Err(Broken::Ended),
            },
        };
        match passed {
            Ok(()) => {}
            Err(Broken::Ended) => return,
            Err(Broken::Cut) => {
                cuts.fetch_add(1, Ordering::Relaxed);
                return told_first(server).await;
            }
            // Both connections stay open without anything being read or written.
            Err(Broken::BlackHole) => std::future::pending().await,
        }
    }
}

async fn due(trouble: Option<Trouble>) {
    match trouble {
        Some(Trouble { when: When::Time(after), .. }) => sleep(after).await,
        _ => std::future::pending().await,
    }
}

/// The server finds out, and has done what it does then, before the client does: an answer is lost. What it is like
/// when the server does not find out is seen with black holes.
async fn told_first(mut server: TcpStream) {
    let _ = server.shutdown().await;
    let _ = timeout(LONGEST_GOODBYE, server.read_to_end(&mut Vec::new())).await;
}

/// How a way ends.
enum Broken {
    /// One side went away by itself.
    Ended,
    Cut,
    BlackHole,
}

/// The way to the server, as far as it has been gone.
#[derive(Default)]
struct Way {
    trouble: Option<Trouble>,
    /// How much of the blank line before the body was seen.
    blank: usize,
    body_bytes: usize,
    delay: Option<Duration>,
    corrupts_next: bool,
}

const BLANK: &[u8] = b"\r\n\r\n";

impl Way {
    async fn pass_up(&mut self, bytes: &mut [u8], server: &mut TcpStream) -> Result<(), Broken> {
        let (before, after) = bytes.split_at_mut(self.point_in(bytes).unwrap_or(bytes.len()));
        self.write(before, server).await?;
        if matches!(self.trouble, Some(Trouble { when: When::Bytes(point), .. }) if self.body_begun() && self.body_bytes >= point)
        {
            self.happen()?;
        }
        self.write(after, server).await
    }

    /// Where in these bytes something is to happen.
    fn point_in(&self, bytes: &[u8]) -> Option<usize> {
        let Some(Trouble { when: When::Bytes(point), .. }) = self.trouble else { return None };
        let body = if self.body_begun() { 0 } else { self.blank_in(bytes).1? };
        let at = body + (point - self.body_bytes);
        (at <= bytes.len()).then_some(at)
    }

    fn body_begun(&self) -> bool {
        self.blank == BLANK.len()
    }

    /// How much of the blank line is seen after these bytes, and where it ends.
    fn blank_in(&self, bytes: &[u8]) -> (usize, Option<usize>) {
        let mut blank = self.blank;
        for (at, byte) in bytes.iter().enumerate() {
            blank = if *byte == BLANK[blank] { blank + 1 } else { usize::from(*byte == BLANK[0]) };
            if blank == BLANK.len() {
                return (blank, Some(at + 1));
            }
        }
        (blank, None)
    }

    async fn write(&mut self, bytes: &mut [u8], server: &mut TcpStream) -> Result<(), Broken> {
        if bytes.is_empty() {
            return Ok(());
        }
        if std::mem::take(&mut self.corrupts_next) {
            bytes[0] ^= 1;
        }
        if let Some(delay) = self.delay {
            sleep(delay).await;
        }
        server.write_all(bytes).await.map_err(|_| Broken::Ended)?;
        if self.body_begun() {
            self.body_bytes += bytes.len();
        } else {
            let (blank, end) = self.blank_in(bytes);
            self.blank = blank;
            self.body_bytes = end.map_or(0, |end| bytes.len() - end);
        }
        Ok(())
    }

    fn happen(&mut self) -> Result<(), Broken> {
        match self.trouble.take().map(|trouble| trouble.what) {
            Some(What::Cut) => return Err(Broken::Cut),
            Some(What::BlackHole) => return Err(Broken::BlackHole),
            Some(What::Delay(each)) => self.delay = Some(each),
            Some(What::Corrupt) => self.corrupts_next = true,
            None => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that arrive behind the proxy of one request with ten bytes of body.
    async fn arrived(trouble: Trouble) -> Vec<u8> {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Proxy::before(server.local_addr().unwrap()).await;
        proxy.expect(trouble);
        let mut client = TcpStream::connect(proxy.address).await.unwrap();
        client.write_all(b"PATCH / HTTP/1.1\r\na: b\r\n\r\n0123456789").await.unwrap();
        client.shutdown().await.unwrap();
        let (mut behind, _) = server.accept().await.unwrap();
        let mut all = Vec::new();
        // Of a black hole nothing is heard.
        let _ = timeout(Duration::from_secs(1), behind.read_to_end(&mut all)).await;
        let body = all.windows(4).position(|window| window == BLANK).unwrap() + 4;
        all.split_off(body)
    }

    #[tokio::test]
    async fn trouble_happens_at_the_byte() {
        for point in [0, 1, 9, 10] {
            let whole = b"0123456789";
            for what in [What::Cut, What::BlackHole] {
                assert_eq!(arrived(Trouble { when: When::Bytes(point), what }).await, whole[..point], "{what:?}");
            }
            let mut changed = whole.to_vec();
            if let Some(byte) = changed.get_mut(point) {
                *byte ^= 1;
            }
            assert_eq!(arrived(Trouble { when: When::Bytes(point), what: What::Corrupt }).await, changed);
        }
    }
}
