//! Reads definitions, and only those: what the API says is read by serde. Serde's derived readers of a definition would
//! cost the phone some 50 KB more (ADR 0023); reading from a parsed value costs a fraction, refuses unknown names too,
//! and finds every fault at once.
//!
//! Reading does not stop at a fault: it notes it, goes on with an empty value, and the whole is refused at the end. So
//! no half-read shape has to be thrown away in the middle, which is most of what a reader's code is otherwise.

mod simple;

use serde_json::Value;

/// What was not as it should be, each with the way to it: `steps.signs.fields.height: must be a number`.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    place: Vec<String>,
    found: Vec<String>,
    /// From this depth on nothing is noted: what is missing is read as `null`, and is one fault, not many.
    quiet_from: Option<usize>,
}

/// Made from JSON, strictly: a wrong type or an unknown name is a fault.
pub(crate) trait FromJson: Sized {
    /// Reads, noting what is wrong.
    fn read(value: Value, faults: &mut Faults) -> Self;

    /// What stands in for a value that is not right.
    fn empty() -> Self {
        Self::read(Value::Null, &mut Faults { quiet_from: Some(0), ..Faults::default() })
    }

    /// Whether a name may be left out.
    const MAY_MISS: bool = false;

    /// Reads the whole, or says what is wrong with it.
    fn from_json(value: Value) -> Result<Self, String> {
        let mut faults = Faults::default();
        let read = Self::read(value, &mut faults);
        faults.verdict().map(|()| read)
    }
}

impl Faults {
    fn verdict(self) -> Result<(), String> {
        if self.found.is_empty() { Ok(()) } else { Err(self.found.join("\n")) }
    }

    /// Notes a fault at the place where reading stands.
    pub(crate) fn note(&mut self, says: &str) {
        if self.quiet_from.is_some() {
            return;
        }
        self.found.push(if self.place.is_empty() { says.to_owned() } else { self.place.join(".") + ": " + says });
    }

    /// Notes a fault and stands in for the value.
    pub(crate) fn instead<T: FromJson>(&mut self, says: &str) -> T {
        self.note(says);
        T::empty()
    }

    fn enter(&mut self, name: &str) {
        self.place.push(name.to_owned());
    }

    fn leave(&mut self) {
        if self.quiet_from == Some(self.place.len()) {
            self.quiet_from = None;
        }
        self.place.pop();
    }

    /// Notes nothing more of the value that is being read.
    fn be_quiet(&mut self) {
        self.quiet_from = self.quiet_from.or(Some(self.place.len()));
    }

    /// Goes through a list.
    fn each(&mut self, value: Value, read: &mut dyn FnMut(Value, &mut Self)) {
        let Value::Array(all) = value else { return self.note("must be a list") };
        for (at, each) in all.into_iter().enumerate() {
            match each.get("id") {
                Some(Value::String(id)) => self.enter(id),
                _ => self.enter(&at.to_string()),
            }
            read(each, self);
            self.leave();
        }
    }

    /// Goes through a table.
    pub(crate) fn each_named(&mut self, value: Value, read: &mut dyn FnMut(String, Value, &mut Self)) {
        let Value::Object(map) = value else { return self.note("must be a table") };
        for (name, each) in map {
            self.enter(&name);
            read(name, each, self);
            self.leave();
        }
    }
}

/// A table whose names are taken one by one.
pub(crate) struct Fields<'a> {
    left: Vec<(String, Value)>,
    pub(crate) faults: &'a mut Faults,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(value: Value, faults: &'a mut Faults) -> Self {
        match value {
            Value::Object(map) => Self { left: map.into_iter().collect(), faults },
            _ => {
                faults.note("must be a table");
                faults.be_quiet();
                Self { left: Vec::new(), faults }
            }
        }
    }

    pub(crate) fn take<T: FromJson>(&mut self, name: &str) -> T {
        let value = self.enter(name, T::MAY_MISS);
        let read = T::read(value, self.faults);
        self.faults.leave();
        read
    }

    /// The value of the name, or what stands in for it.
    pub(crate) fn take_or<T: FromJson>(&mut self, name: &str, otherwise: T) -> T {
        if self.place(name).is_some() { self.take(name) } else { otherwise }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.left.iter().position(|(known, _)| known == name)
    }

    fn enter(&mut self, name: &str, may_miss: bool) -> Value {
        let value = self.place(name).map(|place| self.left.remove(place).1);
        if value.is_none() && !may_miss {
            self.faults.note(&("`".to_owned() + name + "` is missing"));
        }
        self.faults.enter(name);
        if value.is_none() {
            self.faults.be_quiet();
        }
        value.unwrap_or_default()
    }

    /// Notes a fault of the value that had this name, and stands in for the whole.
    pub(crate) fn instead<T: FromJson>(&mut self, name: &str, says: &str) -> T {
        self.faults.enter(name);
        let read = self.faults.instead(says);
        self.faults.leave();
        read
    }

    /// What is left, for shapes with names of their own.
    pub(crate) fn rest(self) -> Vec<(String, Value)> {
        self.left
    }

    /// The same, with where faults are noted.
    pub(crate) fn rest_and_faults(self) -> (Vec<(String, Value)>, &'a mut Faults) {
        (self.left, self.faults)
    }

    /// Nothing may be left over.
    pub(crate) fn finish(self) {
        for (name, _) in &self.left {
            self.faults.note(&("there is no setting `".to_owned() + name + "` here"));
        }
    }
}

/// A shape that may be read together with others from one table.
pub(crate) trait FromFields {
    fn from_fields(fields: &mut Fields<'_>) -> Self;
}

/// Reads a table that must hold this shape and nothing else.
pub(crate) fn whole<T: FromFields>(value: Value, faults: &mut Faults) -> T {
    let mut fields = Fields::of(value, faults);
    let read = T::from_fields(&mut fields);
    fields.finish();
    read
}

/// Lets serde read what is a definition, or a part of one that is read by itself.
macro_rules! deserialized {
    ($($name:ident),*) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                $crate::json::FromJson::from_json(value).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

/// Says how a struct is read: every field by its name, with what a missing one means where that is not the type's own.
/// Names that are not known are refused.
macro_rules! readable {
    ($($name:ident { $($(#[$meta:meta])? $field:ident $(= $otherwise:expr)?),* $(,)? })*) => {$(
        impl $crate::json::FromFields for $name {
            fn from_fields(fields: &mut $crate::json::Fields<'_>) -> Self {
                let _ = &fields;
                Self { $($(#[$meta])? $field: $crate::json::readable!(@take fields, $field $(, $otherwise)?)),* }
            }
        }

        impl $crate::json::FromJson for $name {
            fn read(value: serde_json::Value, faults: &mut $crate::json::Faults) -> Self {
                $crate::json::whole(value, faults)
            }
        }
    )*};
    (@take $fields:ident, $field:ident) => { $fields.take(const { $crate::json::plain(stringify!($field)) }) };
    (@take $fields:ident, $field:ident, $otherwise:expr) => {
        $fields.take_or(const { $crate::json::plain(stringify!($field)) }, $otherwise)
    };
}

/// Says how the words of an enum without data are spelled. The first stands in for one that is not known.
macro_rules! words {
    ($($name:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? })*) => {$(
        impl $crate::json::FromJson for $name {
            fn read(value: serde_json::Value, faults: &mut $crate::json::Faults) -> Self {
                match value.as_str() {
                    Some($first_word) => Self::$first,
                    $(Some($word) => Self::$variant,)*
                    _ => faults.instead(concat!("must be one of ", $first_word $(, ", ", $word)*)),
                }
            }

            fn empty() -> Self {
                Self::$first
            }
        }
    )*};
}

pub(crate) use {deserialized, readable, words};

/// The wire's name of a field: without the mark of a raw identifier.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    if let [b'r', b'#', ..] = name.as_bytes() { name.split_at(2).1 } else { name }
}
