//! Named things of a definition, in the order of their names. A sorted list: there are a few dozen at most, and every
//! tree of another type would cost the phone two kilobytes.

use std::ops::{Deref, Index};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::json::{Faults, FromJson};

#[derive(Clone, Debug, PartialEq)]
pub struct Table<K, V>(Vec<(K, V)>);

impl<K: Deref<Target = str>, V> Table<K, V> {
    pub fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(key, _)| **key == *name).map(|(_, value)| value)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

impl<K, V> Table<K, V> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, K, V> IntoIterator for &'a Table<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

/// For names that are known to be there, in tests above all.
impl<K: Deref<Target = str>, V> Index<&str> for Table<K, V> {
    type Output = V;

    #[expect(clippy::expect_used, reason = "as for every index, the caller promises that it is there")]
    fn index(&self, name: &str) -> &V {
        self.get(name).expect("the name is in the table")
    }
}

impl<K: Serialize, V: Serialize> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

/// JSON's own tables come sorted.
impl<K: From<String>, V: FromJson> FromJson for Table<K, V> {
    const MAY_MISS: bool = true;

    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut read = Vec::new();
        faults.each_named(value, &mut |name, each, faults| read.push((K::from(name), V::read(each, faults))));
        Self(read)
    }
}
