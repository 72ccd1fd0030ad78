//! Reading of what shapes are made of: texts, numbers, lists, tables.

use litemap::LiteMap;

use serde_json::Value;

use super::{Faults, FromJson};

macro_rules! simple {
    ($($type:ty, $read:expr, $says:literal, $may_miss:literal;)*) => {$(
        impl FromJson for $type {
            const MAY_MISS: bool = $may_miss;

            fn read(value: Value, faults: &mut Faults) -> Self {
                let read: fn(Value) -> Option<Self> = $read;
                read(value).unwrap_or_else(|| faults.instead($says))
            }

            fn empty() -> Self {
                Self::default()
            }
        }
    )*};
}

simple! {
    String, |value| if let Value::String(text) = value { Some(text) } else { None }, "must be a text", false;
    bool, |value| value.as_bool(), "must be true or false", true;
    f64, |value| value.as_f64(), "must be a number", false;
    u64, |value| value.as_u64(), "must be a whole number", false;
    u32, |value| value.as_u64().and_then(|number| number.try_into().ok()), "must be a whole number", false;
    u16, |value| value.as_u64().and_then(|number| number.try_into().ok()), "must be a whole number", false;
    usize, |value| value.as_u64().and_then(|number| number.try_into().ok()), "must be a whole number", false;
    Value, Some, "", false;
}

impl<T: FromJson> FromJson for Option<T> {
    const MAY_MISS: bool = true;

    fn read(value: Value, faults: &mut Faults) -> Self {
        if value.is_null() { None } else { Some(T::read(value, faults)) }
    }

    fn empty() -> Self {
        None
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn read(value: Value, faults: &mut Faults) -> Self {
        Self::new(T::read(value, faults))
    }

    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    const MAY_MISS: bool = true;

    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut read = Self::new();
        faults.each(value, &mut |each, faults| read.push(T::read(each, faults)));
        read
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl<K: From<String> + Ord, V: FromJson> FromJson for LiteMap<K, V> {
    const MAY_MISS: bool = true;

    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut read = Self::new();
        faults.each_named(value, &mut |name, each, faults| drop(read.insert(K::from(name), V::read(each, faults))));
        read
    }

    fn empty() -> Self {
        Self::new()
    }
}
