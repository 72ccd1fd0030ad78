//! How an application came about. The server decides it where a draft begins: what a browser says of itself is believed
//! only as far as it opens nothing.

use axum::http::HeaderMap;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::officer::{self, WINDOW};
use crate::session::cookie_named;

/// Set by the page for an hour when its address carries `?channel=CODE` (script/look.js).
const COOKIE_NAME: &str = "channel";
const LONGEST_CODE: usize = 40;

/// Where a draft was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    OwnPhone,
    /// An officer was signed in on the device.
    Assisted,
    /// At a window: the officer on the device works at one.
    Window,
    /// On the person's own phone, after scanning the code of a poster.
    Poster {
        code: String,
    },
}

impl Channel {
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::OwnPhone => "own-phone",
            Self::Assisted => "assisted",
            Self::Window => "window",
            Self::Poster { .. } => "poster",
        }
    }

    pub(crate) fn code(&self) -> Option<&str> {
        if let Self::Poster { code } = self { Some(code) } else { None }
    }
}

/// The channel of a request that begins a draft.
pub(crate) async fn of(backend: &Backend, headers: &HeaderMap) -> Result<Channel, ApiError> {
    if let Some(officer) = officer::signed_in(backend, headers).await? {
        return Ok(if officer.agency == WINDOW { Channel::Window } else { Channel::Assisted });
    }
    let code = cookie_named(headers, COOKIE_NAME).filter(|code| is_code(code));
    Ok(code.map_or(Channel::OwnPhone, |code| Channel::Poster { code: code.to_owned() }))
}

fn is_code(code: &str) -> bool {
    (1..=LONGEST_CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
