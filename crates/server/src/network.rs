//! The network that a request comes from, which limits count by.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::backend::Backend;
use crate::error::ApiError;

/// One IPv4 address, or the 2⁶⁴ addresses of IPv6 that one line usually has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.into()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self([a, b, c, d, 0, 0, 0, 0].into())
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromRequestParts<Backend> for Network {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, backend: &Backend) -> Result<Self, ApiError> {
        let forwarded = if backend.behind_https { forwarded(&parts.headers) } else { None };
        let address = match forwarded {
            Some(address) => Some(address),
            None => {
                let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, backend).await;
                peer.ok().map(|ConnectInfo(peer)| peer.ip())
            }
        };
        Ok(Self::of(address.unwrap_or(Ipv4Addr::UNSPECIFIED.into())))
    }
}

/// The last entry of the header is our proxy's; a client may have written the others. Some proxies add the port.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let all = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = all.rsplit(',').next()?.trim();
    let with_port = || last.parse().ok().map(|address: SocketAddr| address.ip());
    last.parse().ok().or_else(with_port)
}
