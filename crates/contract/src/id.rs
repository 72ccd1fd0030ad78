//! Names of things in a definition: kebab-case words that are never renamed after release.

use std::borrow::Borrow;
use std::fmt::{Display, Formatter, Result as FmtResult};
use std::ops::Deref;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub String);

        impl crate::json::FromJson for $name {
            fn read(value: serde_json::Value, faults: &mut crate::json::Faults) -> Self {
                Self(crate::json::FromJson::read(value, faults))
            }

            fn empty() -> Self {
                Self::default()
            }
        }
        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }
        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }
        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
        impl Display for $name {
            fn fmt(&self, out: &mut Formatter<'_>) -> FmtResult {
                out.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A thing that residents apply for, as in `/services/{id}`.
    ServiceId;
    /// One authority's part of a service.
    ItemId;
    /// Who decides an item.
    AgencyId;
    /// An eligibility rule with a way out.
    GateId;
    /// A heading over steps.
    SectionId;
    /// One screen.
    StepId;
    /// One question. Inside a group it is unique within the group, and named `group.field` from outside.
    FieldId;
    /// A check across fields.
    RuleId;
    /// A document asked for.
    MaterialId;
    /// What people usually do after a service.
    NextId;
    /// A number that a division may set.
    LimitId;
    /// A condition that the definition names once.
    ConditionId;
    /// A text that the resident agrees to.
    ConsentId;
    /// One of several ways through a service, each with its own clock.
    TrackId;
    /// How the result reaches the resident.
    DeliveryId;
    /// Word to somebody else whose data an application uses.
    NotificationId;
    /// One of the answers of a choice.
    OptionId;
    /// A code list, as in `options_from`.
    ListId;
    /// Six digits of GB/T 2260, or one of Changde's portal codes for its management zones.
    DivisionCode;
    /// What the citizen is told as the number of a case, for example `CD2611-0427-8`.
    Reference;
}
