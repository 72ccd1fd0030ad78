//! A photograph goes on by itself when the network comes back, and by its button when it has given up.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Pictures, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

/// Goes to the pictures, and loses the network while the first is on its way.
async fn lose_the_network(world: &World) -> Result<Pictures> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, "13807360001", "shop-sign").await?;
    Walker::new(world, "weak-signal", &example.answers).without_looking().steps_until("sign-pictures").await?;
    let pictures = Pictures::first_of(&Step::fields(world).await?)?;
    Phone::cut_the_network(world).await?;
    Ok(pictures)
}

#[test]
fn a_photograph_survives_a_cut_network() -> Result<()> {
    in_browser("weak-signal", Screen::Phone, |world| async move {
        let pictures = lose_the_network(&world).await?;
        pictures.choose(&world, 1).await?;
        pictures.be_on_the_way(&world).await?;
        world.picture("weak-signal").await?;
        Phone::bring_the_network_back(&world).await?;
        pictures.be_safe(&world, 1).await
    })
}

#[test]
fn a_photograph_that_gave_up_is_sent_by_its_button() -> Result<()> {
    in_browser("given-up", Screen::Phone, |world| async move {
        let pictures = lose_the_network(&world).await?;
        Phone::let_time_fly(&world).await?;
        pictures.choose(&world, 1).await?;
        let says = pictures.fail(&world).await?;
        ensure!(says.contains("没有连上"), "the failure says `{says}`");
        world.picture("given-up").await?;
        Phone::let_time_go_on(&world).await?;
        pictures.send_again(&world).await?;
        pictures.be_on_the_way(&world).await?;
        world.see("[data-sending] [role=progressbar]").await?;
        Phone::bring_the_network_back(&world).await?;
        pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await
    })
}
