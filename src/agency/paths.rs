//! The only URLs of the officers' app: one enum, one pair of functions. Filters of the queue stand in the address too.

use contract::id::{ItemId, Reference};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Route {
    Queue(Filter),
    Task { reference: Reference, item: ItemId },
    NotFound,
}

/// What the queue shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    /// What is decided, instead of what is open.
    pub(crate) done: bool,
    pub(crate) mine: bool,
    pub(crate) item: Option<ItemId>,
}

impl Route {
    /// Reads a path with its query.
    pub(crate) fn parse(url: &str) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts[..] {
            ["agency"] => Self::Queue(Filter::parse(query)),
            ["agency", "tasks", reference, item] => Self::Task { reference: reference.into(), item: item.into() },
            _ => Self::NotFound,
        }
    }

    /// Writes what `parse` reads.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Queue(filter) => format!("/agency{}", filter.query()),
            Self::Task { reference, item } => format!("/agency/tasks/{reference}/{item}"),
            Self::NotFound => "/agency/not-found".to_owned(),
        }
    }
}

impl Filter {
    fn parse(query: &str) -> Self {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Self {
            done: value("status") == Some("done"),
            mine: value("mine") == Some("true"),
            item: value("item").filter(is_id).map(ItemId::from),
        }
    }

    /// As the address bar and the API write it; nothing where everything is as usual.
    pub(crate) fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |pair: String| query += &format!("{}{pair}", if query.is_empty() { '?' } else { '&' });
        if self.done {
            add("status=done".to_owned());
        }
        if self.mine {
            add("mine=true".to_owned());
        }
        if let Some(item) = &self.item {
            add(format!("item={item}"));
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for route in [
            Route::Queue(Filter::default()),
            Route::Queue(Filter { done: true, mine: true, item: Some("sign-permit".into()) }),
            Route::Queue(Filter { mine: true, ..Filter::default() }),
            Route::Task { reference: "CD2611-0427-7".into(), item: "sign-permit".into() },
            Route::NotFound,
        ] {
            assert_eq!(Route::parse(&route.url()), route);
        }
    }

    #[test]
    fn a_filter_that_is_no_id_is_left_out() {
        assert_eq!(Route::parse("/agency?item=<b>&status=open"), Route::Queue(Filter::default()));
    }
}
