//! Limits how much of something each may hold at once: connections of a network, followers of a person.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts what each holds.
#[derive(Clone)]
pub(crate) struct ShareLimiter<K> {
    most: usize,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

/// The right to one more, given back when it is dropped.
pub(crate) struct SharePermit<K: Eq + Hash> {
    held: Arc<Mutex<HashMap<K, usize>>>,
    holder: K,
}

impl<K: Clone + Eq + Hash> ShareLimiter<K> {
    pub(crate) fn with(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// `None` when the holder has as many as it may.
    pub(crate) fn acquire(&self, holder: K) -> Option<SharePermit<K>> {
        let mut held = locked(&self.held);
        let own = held.entry(holder.clone()).or_default();
        if *own >= self.most {
            return None;
        }
        *own += 1;
        Some(SharePermit { held: Arc::clone(&self.held), holder })
    }
}

fn locked<K>(held: &Mutex<HashMap<K, usize>>) -> MutexGuard<'_, HashMap<K, usize>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K: Eq + Hash> Drop for SharePermit<K> {
    fn drop(&mut self) {
        let mut held = locked(&self.held);
        match held.get_mut(&self.holder) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                held.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;

    fn at(address: &str) -> Network {
        Network::of(address.parse().unwrap())
    }

    #[test]
    #[invariant::invariant("slow-ones-hold-nobody")]
    fn an_address_has_its_share_and_a_permit_that_is_dropped_is_free_again() {
        let limiter = ShareLimiter::with(2);
        let first = limiter.acquire(at("192.0.2.1"));
        let second = limiter.acquire(at("::ffff:192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(limiter.acquire(at("192.0.2.1")).is_none());
        assert!(limiter.acquire(at("192.0.2.2")).is_some(), "another address is another matter");
        drop(first);
        assert!(limiter.acquire(at("192.0.2.1")).is_some());
        drop(second);
        assert!(locked(&limiter.held).is_empty(), "addresses without connections are forgotten");
    }

    #[test]
    #[invariant::invariant("slow-ones-hold-nobody")]
    fn a_network_of_ipv6_is_one_address() {
        let limiter = ShareLimiter::with(1);
        let _permit = limiter.acquire(at("2001:db8:0:1::1"));
        assert!(limiter.acquire(at("2001:db8:0:1:ffff::2")).is_none());
        assert!(limiter.acquire(at("2001:db8:0:2::1")).is_some());
    }
}
