//! axe-core on the screen as it stands.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::environment;
use crate::world::World;

const RUN: &str = "
const [rules, done] = arguments;
const options = { resultTypes: ['violations'], ...rules && { runOnly: { type: 'rule', values: rules } } };
window.axe.run(document, options).then(
  (found) => done(found.violations.map((violation) => violation.id + ': ' + violation.help + ' at '
    + violation.nodes.map((node) => node.target.join(' ') + ' (' + node.any.concat(node.all).map((check) => check.message).join('; ') + ')').join(', '))),
  (error) => done(['axe failed: ' + error]));";

/// What colours and sizes decide; names, roles and order are the same however a screen looks.
const RULES_OF_LOOKS: [&str; 3] = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

/// How the app can look; care (长辈版) and dark change tokens only, so the screen need not be built again.
const LOOKS: [(&str, &str, &str); 3] = [("standard", "off", "light"), ("care", "on", "light"), ("dark", "off", "dark")];

/// Takes a picture of this screen in standard, care and dark, and fails with every violation that axe finds there.
pub async fn check_all_looks(world: &World, screen: &str) -> Result<()> {
    for (look, care, theme) in LOOKS {
        set_look(world, care, theme).await?;
        world.picture(&format!("{screen}-{look}")).await?;
        let rules = if look == LOOKS[0].0 { Value::Null } else { RULES_OF_LOOKS.into() };
        run(world, &format!("{screen} in {look}"), rules).await?;
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
    run(world, screen, Value::Null).await
}

/// `rules` is a list of axe's rules, or null for all.
async fn run(world: &World, screen: &str, rules: Value) -> Result<()> {
    let axe = environment::path("E2E_AXE")?;
    let known = world.browser.execute("return typeof window.axe;", Vec::new()).await?.convert::<String>()?;
    if known == "undefined" {
        let script = std::fs::read_to_string(axe).context("axe-core is not installed")?;
        world.browser.execute(script.as_str(), Vec::new()).await?;
    }
    let found = world.browser.execute_async(RUN, vec![rules]).await?;
    let violations = found.json().as_array().cloned().unwrap_or_default();
    let lines: Vec<_> = violations.iter().filter_map(Value::as_str).collect();
    ensure!(lines.is_empty(), "{screen} is not accessible:\n{}", lines.join("\n"));
    Ok(())
}
