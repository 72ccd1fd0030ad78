//! How often something may be done within a time. Every such limit of the server stands here; the store checks and
//! counts in one statement, so that requests at the same time do not pass it together.

use std::fmt::Display;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::store::{Admission, RateLimitUse};

const MINUTE_SECONDS: i64 = 60;
const QUARTER_SECONDS: i64 = 15 * MINUTE_SECONDS;
const HOUR_SECONDS: i64 = 60 * MINUTE_SECONDS;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;

/// At most so many within so many seconds, for each subject that it counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimit {
    name: &'static str,
    most: i64,
    seconds: i64,
}

const fn limit(name: &'static str, most: i64, seconds: i64) -> RateLimit {
    RateLimit { name, most, seconds }
}

/// Codes that a phone gets, from whatever network they are asked for.
pub(crate) const CODE_OF_PHONE: RateLimit = limit("code-of-phone", 1, MINUTE_SECONDS);
pub(crate) const CODES_OF_PHONE: RateLimit = limit("codes-of-phone", 5, HOUR_SECONDS);
/// Behind one address there may be a whole hall.
pub(crate) const CODES_OF_NETWORK: RateLimit = limit("codes-of-network", 60, HOUR_SECONDS);

/// Failed sign-ins of officers. From a browser where the officer has signed in before:
pub(crate) const SIGN_INS_OF_BROWSER: RateLimit = limit("sign-ins-of-browser", 5, QUARTER_SECONDS);
/// From any other, by the name that was typed, whether there is one or not:
pub(crate) const SIGN_INS_OF_NAME_AND_NETWORK: RateLimit = limit("sign-ins-of-name-and-network", 5, QUARTER_SECONDS);
pub(crate) const SIGN_INS_OF_NAME: RateLimit = limit("sign-ins-of-name", 20, QUARTER_SECONDS);
/// From any: each costs a slow hash.
pub(crate) const SIGN_INS_OF_NETWORK: RateLimit = limit("sign-ins-of-network", 60, QUARTER_SECONDS);

/// Failed attempts to follow a report by number and phone. Many people may share one network, up to a whole town.
pub(crate) const FOLLOWS_OF_NUMBER_AND_NETWORK: RateLimit = limit("follows-of-number-and-network", 5, QUARTER_SECONDS);
pub(crate) const FOLLOWS_OF_NUMBER: RateLimit = limit("follows-of-number", 30, QUARTER_SECONDS);
pub(crate) const FOLLOWS_OF_NETWORK: RateLimit = limit("follows-of-network", 60, QUARTER_SECONDS);

pub(crate) const REPORTS_OF_NETWORK: RateLimit = limit("reports-of-network", 30, HOUR_SECONDS);
/// Reports that name the same phone to be called.
pub(crate) const REPORTS_OF_PHONE: RateLimit = limit("reports-of-phone", 10, HOUR_SECONDS);

/// Different numbers that a resident asks registers for. The same again, after a silent register or a reload, is no
/// other.
pub(crate) const LOOKUPS_OF_CITIZEN: RateLimit = limit("lookups-of-citizen", 30, HOUR_SECONDS);

/// Requests to sign a draft; room for all the heirs of a family. Each is an SMS to somebody who did not ask for it.
pub(crate) const SIGNATURE_REQUESTS_OF_DRAFT: RateLimit = limit("signature-requests-of-draft", 30, DAY_SECONDS);
pub(crate) const SIGNATURE_REQUESTS_OF_PHONE: RateLimit = limit("signature-requests-of-phone", 5, DAY_SECONDS);

impl RateLimit {
    /// One use of it. What is counted is kept under a pseudonym: people type passwords where a name belongs.
    pub(crate) fn of(self, backend: &Backend, subject: impl Display) -> RateLimitUse {
        RateLimitUse {
            limit: self.name,
            most: self.most,
            seconds: self.seconds,
            subject: backend.pseudonyms.of(&subject.to_string()),
            thing: String::new(),
        }
    }

    /// One use of it for this thing: the same thing again is the same use.
    pub(crate) fn of_thing(self, backend: &Backend, subject: &str, thing: &str) -> RateLimitUse {
        RateLimitUse { thing: backend.pseudonyms.of(thing), ..self.of(backend, subject) }
    }
}

/// Counts one use of each, or refuses and counts none. Gives what [`forget`] takes.
pub(crate) async fn admit(backend: &Backend, uses: Vec<RateLimitUse>) -> Result<Vec<i64>, ApiError> {
    match backend.store.count_uses(uses, backend.now()).await? {
        Admission::Granted(counted) => Ok(counted),
        Admission::Refused { seconds } => Err(ApiError::TooMany { retry_after_seconds: seconds.unsigned_abs() }),
    }
}

/// Where only failures count: takes back what was counted for an attempt that succeeded, and all that failed before it
/// under one of the limits.
pub(crate) async fn forget(backend: &Backend, counted: Vec<i64>, also: RateLimitUse) -> Result<(), ApiError> {
    Ok(backend.store.forget_uses(counted, also).await?)
}
