//! A proxy between the browser and the server that injects the fault which a test names for a path.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How finely a slow line is divided.
const PIECES_PER_SECOND: usize = 20;

/// The fault of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The line breaks after so many bytes of the body.
    CutAt(usize),
    /// One byte of the body is another.
    WrongByteAt(usize),
    Status(u16),
    /// The right bytes under a wrong name.
    MediaType(&'static str),
    /// Nothing comes, and the line stays open.
    Silence,
    /// A script begins with more.
    Script(&'static str),
    /// Every path: so many bytes of a request go in a second.
    Slow(u32),
    /// None.
    Nothing,
}

/// Listens until it is dropped.
pub struct FaultProxy {
    port: u16,
    fault: Arc<Mutex<Fault>>,
    task: tokio::task::JoinHandle<()>,
}

impl FaultProxy {
    /// Starts a proxy in front of the server on `port`; the fault applies to every path with this ending, other paths
    /// pass.
    pub async fn before(port: u16, ending: impl Into<String>, fault: Fault) -> Result<Self> {
        let ending: Arc<str> = Arc::from(ending.into());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let own = listener.local_addr()?.port();
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let fault = Arc::new(Mutex::new(fault));
        let present = Arc::clone(&fault);
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let fault = *present.lock().unwrap_or_else(PoisonError::into_inner);
                let ending = Arc::clone(&ending);
                // A browser that hangs up is no news here.
                tokio::spawn(async move { drop(pass(browser, server, &ending, fault).await) });
            }
        });
        Ok(Self { port: own, fault, task })
    }

    /// From now on another fault.
    pub fn inject(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Until the answer is there.
async fn pass_slowly(mut browser: TcpStream, mut server: TcpStream, bytes_per_second: u32) -> Result<()> {
    let (mut from_browser, mut to_browser) = browser.split();
    let (mut from_server, mut to_server) = server.split();
    let request = async {
        let mut piece = vec![0; usize::try_from(bytes_per_second)? / PIECES_PER_SECOND];
        loop {
            let read = from_browser.read(&mut piece).await?;
            if read == 0 {
                return std::future::pending::<Result<()>>().await;
            }
            to_server.write_all(piece.get(..read).unwrap_or_default()).await?;
            tokio::time::sleep(Duration::from_secs(1) * u32::try_from(read)? / bytes_per_second).await;
        }
    };
    tokio::select! {
        answered = tokio::io::copy(&mut from_server, &mut to_browser) => Ok(answered.map(drop)?),
        broken = request => broken,
    }
}

/// One request a connection, so that every request meets its fate by its own path.
async fn pass(mut browser: TcpStream, server: SocketAddr, ending: &str, fault: Fault) -> Result<()> {
    let head = read_head(&mut browser).await?;
    let path = head.split(' ').nth(1).unwrap_or_default();
    let is_hit = !matches!(fault, Fault::Nothing | Fault::Slow(_))
        && path.split('?').next().unwrap_or_default().ends_with(ending);
    let mut upstream = TcpStream::connect(server).await?;
    // Compressed bodies would make every wrong byte a broken one.
    let lines = head.lines().filter(|line| {
        let name = line.to_ascii_lowercase();
        !(name.starts_with("connection:") || is_hit && name.starts_with("accept-encoding:") || line.is_empty())
    });
    let asked: String = lines.map(|line| format!("{line}\r\n")).collect();
    upstream.write_all(format!("{asked}connection: close\r\n\r\n").as_bytes()).await?;
    if let Fault::Slow(bytes_per_second) = fault {
        return pass_slowly(browser, upstream, bytes_per_second).await;
    }
    if !is_hit {
        tokio::io::copy_bidirectional(&mut browser, &mut upstream).await?;
        return Ok(());
    }
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").context("no end of the header")? + 4;
    let (head, body) = answer.split_at(end);
    let head = String::from_utf8_lossy(head).into_owned();
    match fault {
        Fault::CutAt(at) => {
            browser.write_all(head.as_bytes()).await?;
            browser.write_all(body.get(..at.min(body.len())).unwrap_or_default()).await?;
        }
        Fault::WrongByteAt(at) => {
            let mut body = body.to_vec();
            if let Some(byte) = body.get_mut(at) {
                *byte ^= 0xff;
            }
            browser.write_all(head.as_bytes()).await?;
            browser.write_all(&body).await?;
        }
        Fault::Status(status) => {
            let refusal = format!("HTTP/1.1 {status} Fault\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            browser.write_all(refusal.as_bytes()).await?;
        }
        Fault::MediaType(name) => {
            let head = head.replace("application/wasm", name);
            browser.write_all(head.as_bytes()).await?;
            browser.write_all(body).await?;
        }
        Fault::Script(first) => {
            // Without its length it ends where the line does.
            let lines =
                head.trim_end().lines().filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
            let head: String = lines.map(|line| format!("{line}\r\n")).collect();
            browser.write_all(format!("{head}\r\n{first}\n").as_bytes()).await?;
            browser.write_all(body).await?;
        }
        Fault::Silence | Fault::Slow(_) | Fault::Nothing => std::future::pending::<()>().await,
    }
    browser.shutdown().await?;
    Ok(())
}

async fn read_head(browser: &mut TcpStream) -> Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(browser.read_u8().await?);
    }
    Ok(String::from_utf8(head)?)
}
