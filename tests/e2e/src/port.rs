//! Ports of child processes.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::net::TcpStream;
use tokio::time::sleep;

const TIMEOUT: Duration = Duration::from_secs(20);

/// A port that nobody listens on now.
pub(crate) fn free() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Waits until a child listens, and no longer than it lives.
pub(crate) async fn wait_for(port: u16, child: &mut Child, name: &str) -> Result<()> {
    let begun = Instant::now();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect(address).await.is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("{name} ended before it listened ({status})");
        }
        if begun.elapsed() > TIMEOUT {
            bail!("{name} did not listen within {} s", TIMEOUT.as_secs());
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
