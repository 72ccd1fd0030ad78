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

/// How the app can look; care (长辈版) and dark change tokens only, so the screen need not be built again.
const LOOKS: [(&str, &str, &str); 3] = [("standard", "off", "light"), ("care", "on", "light"), ("dark", "off", "dark")];

/// Takes a picture of this screen in standard, care and dark, and fails with every violation that axe finds there.
pub async fn check_all_looks(world: &World, screen: &str) -> Result<()> {
    for (look, care, theme) in LOOKS {
        set_look(world, care, theme).await?;
        world.picture(&format!("{screen}-{look}")).await?;
        check(world, &format!("{screen} in {look}")).await?;
    }
    let (_, care, theme) = LOOKS[0];
    set_look(world, care, theme).await
}

async fn set_look(world: &World, care: &str, theme: &str) -> Result<()> {
    let script = "Object.assign(document.documentElement.dataset, { care: arguments[0], theme: arguments[1] });";
    world.browser.execute(script, vec![care.into(), theme.into()]).await?;
    Ok(())
}

/// Fails with every violation that axe finds on this screen as it stands.
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
