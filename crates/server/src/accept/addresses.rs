//! How many connections each address holds.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Those that are connected, counted.
#[derive(Clone)]
pub(super) struct Addresses {
    most: usize,
    held: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of an address, until it is dropped.
pub(super) struct Place {
    addresses: Addresses,
    network: IpAddr,
}

impl Addresses {
    pub(super) fn with(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// `None` for one too many.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Place> {
        let network = network(address);
        let mut held = self.held();
        let own = held.entry(network).or_default();
        if *own >= self.most {
            return None;
        }
        *own += 1;
        Some(Place { addresses: self.clone(), network })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.addresses.held();
        match held.get_mut(&self.network) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                held.remove(&self.network);
            }
        }
    }
}

/// Whoever has one address of IPv6 has the 2⁶⁴ beside it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            [a, b, c, d, 0, 0, 0, 0].into()
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
    fn an_address_has_its_share_and_a_place_that_is_left_is_free_again() {
        let addresses = Addresses::with(2);
        let first = addresses.enter(at("192.0.2.1"));
        let second = addresses.enter(at("::ffff:192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(addresses.enter(at("192.0.2.1")).is_none());
        assert!(addresses.enter(at("192.0.2.2")).is_some(), "another address is another matter");
        drop(first);
        assert!(addresses.enter(at("192.0.2.1")).is_some());
        drop(second);
        assert!(addresses.held().is_empty(), "nobody is remembered who is gone");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let addresses = Addresses::with(1);
        let _place = addresses.enter(at("2001:db8:0:1::1"));
        assert!(addresses.enter(at("2001:db8:0:1:ffff::2")).is_none());
        assert!(addresses.enter(at("2001:db8:0:2::1")).is_some());
    }
}
