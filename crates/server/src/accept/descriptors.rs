//! How many connections the operating system leaves room for. A server that has none left for its files would refuse
//! what it could do.

/// Enough for everything here, and what some systems take as "very many".
#[cfg(unix)]
const WANTED: u64 = 65_536;

/// At most `most`. Asks for as many descriptors as the operator allows, and keeps a quarter for files.
pub(super) fn room_for_connections(most: usize) -> usize {
    room(allowed(), most)
}

fn room(allowed: Option<u64>, most: usize) -> usize {
    let for_connections = allowed.map(|allowed| usize::try_from(allowed - allowed / 4).unwrap_or(usize::MAX));
    for_connections.map_or(most, |room| most.min(room))
}

/// Many systems begin with 1,024 and allow more to those who ask.
#[cfg(unix)]
fn allowed() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.map_or(WANTED, |maximum| maximum.min(WANTED)).max(now.current?);
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..now }) {
        Ok(()) => Some(wanted),
        Err(_) => now.current,
    }
}

#[cfg(not(unix))]
fn allowed() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_a_quarter_of_the_descriptors_to_files() {
        for (allowed, expected) in [(None, 4096), (Some(1_048_576), 4096), (Some(1024), 768), (Some(256), 192)] {
            assert_eq!(room(allowed, 4096), expected, "{allowed:?}");
        }
    }
}
