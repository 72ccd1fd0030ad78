//! A photograph goes on by itself when the network comes back.

use anyhow::Result;
use e2e::pages::{Guide, Step};
use e2e::photograph::photograph;
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};
use serde_json::json;

async fn set_network(world: &World, offline: bool) -> Result<()> {
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    world.browser.cdp().send_raw("Network.enable", json!({})).await?;
    world.browser.cdp().send_raw("Network.emulateNetworkConditions", conditions).await?;
    Ok(())
}

#[test]
fn a_photograph_survives_a_cut_network() -> Result<()> {
    in_browser("weak-signal", Screen::Phone, |world| async move {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "weak-signal", &example.answers).without_looking().steps_until("sign-pictures").await?;
        let fields = Step::fields(&world).await?;
        let upload =
            fields.iter().find(|place| place.kind == "attachments").map(|place| place.wrapper()).unwrap_or_default();
        set_network(&world, true).await?;
        let path = photograph(1)?;
        world.find(&format!("{upload} input[type=file]")).await?.send_keys(path.to_string_lossy()).await?;
        world.see(&format!("{upload} [data-sending]")).await?;
        world.picture("weak-signal").await?;
        set_network(&world, false).await?;
        world.until(&format!("document.querySelector('{upload} [data-attachment]')"), "the photograph to arrive").await
    })
}
