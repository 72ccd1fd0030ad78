//! tus clients that others wrote, with which tests upload to the server.

use std::path::PathBuf;

use super::{ensure_node_tools, ensure_python};
use crate::process;

/// The program that starts each of them, under the variable in which the tests look for it. Without one, its tests
/// say that they were not tried; everything else can run.
pub(crate) fn ensure_tus_clients() -> Vec<(&'static str, PathBuf)> {
    let node = ensure_node_tools().ok().flatten().and_then(|_| process::find("node"));
    let python = ensure_python("tuspy", include_str!("../../../tools/tuspy.txt"));
    for (found, name, needs) in
        [(&node, "tus-js-client", "node with npm"), (&python, "tuspy", "python3 with venv and pip")]
    {
        if found.is_none() {
            println!("Uploads by {name} are NOT TRIED: they need {needs}, and its registry.");
        }
    }
    [("TUS_JS_CLIENT", node), ("TUSPY", python)].into_iter().filter_map(|(name, found)| Some((name, found?))).collect()
}
