//! axe-core on the screen as it stands.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::environment;
use crate::world::World;

const RUN: &str = "
const done = arguments[arguments.length - 1];
window.axe.run(document, { resultTypes: ['violations'] }).then(
  (found) => done(found.violations.map((violation) => violation.id + ': ' + violation.help + ' at '
    + violation.nodes.map((node) => node.target.join(' ') + ' (' + node.any.concat(node.all).map((check) => check.message).join('; ') + ')').join(', '))),
  (error) => done(['axe failed: ' + error]));";

/// Fails with every violation that axe finds on this screen.
pub async fn check(world: &World, screen: &str) -> Result<()> {
    let Some(axe) = environment::optional_path("E2E_AXE") else {
        // Where npm is missing, xtask has said so already.
        return Ok(());
    };
    let known = world.browser.execute("return typeof window.axe;", Vec::new()).await?.convert::<String>()?;
    if known == "undefined" {
        let script = std::fs::read_to_string(axe).context("axe-core is not installed")?;
        world.browser.execute(script.as_str(), Vec::new()).await?;
    }
    let found = world.browser.execute_async(RUN, Vec::new()).await?;
    let violations = found.json().as_array().cloned().unwrap_or_default();
    let lines: Vec<_> = violations.iter().filter_map(Value::as_str).collect();
    ensure!(lines.is_empty(), "{screen} is not accessible:\n{}", lines.join("\n"));
    Ok(())
}
