//! A new release takes over by loading the page anew, and never under something that is typed and kept nowhere.

use anyhow::{Result, ensure};
use e2e::pages::SignIn;
use e2e::phone::Phone;
use e2e::{Screen, World, in_browser};

const OWNER: &str = "13807360001";

/// The worker of a new release is in charge, and the person looks at another app: at their messages, say.
async fn a_new_release_comes_while_the_page_is_hidden(world: &World) -> Result<()> {
    let update = "window.before = true; window.toldAt = performance.now();
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        navigator.serviceWorker.dispatchEvent(new Event('controllerchange'));
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
    world.browser.execute(update, Vec::new()).await?;
    Ok(())
}

/// Opens a page that an earlier release's worker serves.
async fn open_installed(world: &World, path: &str) -> Result<()> {
    world.open(path).await?;
    Phone::be_ready_for_no_network(world).await?;
    world.open(path).await?;
    Phone::be_ready_for_no_network(world).await?;
    Ok(())
}

#[test]
fn a_new_release_takes_over_where_nothing_is_typed() -> Result<()> {
    in_browser("release", Screen::Phone, async |world| {
        open_installed(&world, "/").await?;
        listened(&world).await?;
        a_new_release_comes_while_the_page_is_hidden(&world).await?;
        world.until("!window.before", "the new release").await
    })
}

/// The page asks for its update listeners once it is idle; waits until it has them.
async fn listened(world: &World) -> Result<()> {
    world
        .until("performance.getEntriesByType('resource').some(({ name }) => /releases/.test(name))", "its listeners")
        .await
}

#[test]
#[invariant::invariant("release-waits")]
fn a_new_release_waits_for_somebody_who_looks_up_the_code() -> Result<()> {
    in_browser("release-waits", Screen::Phone, async |world| {
        open_installed(&world, "/sign-in").await?;
        listened(&world).await?;
        SignIn::ask_for_code(&world, OWNER).await?;
        a_new_release_comes_while_the_page_is_hidden(&world).await?;
        world
            .until("!window.before || performance.now() > window.toldAt + 1000", "a reload to have had its time")
            .await?;
        let is_there = "return Boolean(window.before && document.querySelector('input[name=phone]').value);";
        let is_there = world.browser.execute(is_there, Vec::new()).await?.convert::<bool>()?;
        ensure!(is_there, "the page was loaded anew under what was typed");
        Ok(())
    })
}
