//! Limits how many connections one address may hold open.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::network::Network;

/// Counts the open connections of each address.
#[derive(Clone)]
pub(super) struct AddressLimiter {
    most: usize,
    held: Arc<Mutex<HashMap<Network, usize>>>,
}

/// The right of an address to one connection, given back when it is dropped.
pub(super) struct AddressPermit {
    limiter: AddressLimiter,
    network: Network,
}

impl AddressLimiter {
    pub(super) fn with(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// `None` when the address holds as many as it may.
    pub(super) fn acquire(&self, address: IpAddr) -> Option<AddressPermit> {
        let network = Network::of(address);
        let mut held = self.held();
        let own = held.entry(network).or_default();
        if *own >= self.most {
            return None;
        }
        *own += 1;
        Some(AddressPermit { limiter: self.clone(), network })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AddressPermit {
    fn drop(&mut self) {
        let mut held = self.limiter.held();
        match held.get_mut(&self.network) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                held.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test]
    #[invariant::invariant("slow-ones-hold-nobody")]
    fn an_address_has_its_share_and_a_permit_that_is_dropped_is_free_again() {
        let limiter = AddressLimiter::with(2);
        let first = limiter.acquire(at("192.0.2.1"));
        let second = limiter.acquire(at("::ffff:192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(limiter.acquire(at("192.0.2.1")).is_none());
        assert!(limiter.acquire(at("192.0.2.2")).is_some(), "another address is another matter");
        drop(first);
        assert!(limiter.acquire(at("192.0.2.1")).is_some());
        drop(second);
        assert!(limiter.held().is_empty(), "addresses without connections are forgotten");
    }

    #[test]
    #[invariant::invariant("slow-ones-hold-nobody")]
    fn a_network_of_ipv6_is_one_address() {
        let limiter = AddressLimiter::with(1);
        let _permit = limiter.acquire(at("2001:db8:0:1::1"));
        assert!(limiter.acquire(at("2001:db8:0:1:ffff::2")).is_none());
        assert!(limiter.acquire(at("2001:db8:0:2::1")).is_some());
    }
}
