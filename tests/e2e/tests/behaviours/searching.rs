//! A service is found by its name, by what people call it, by pinyin and by initials, in whatever width and case.

use anyhow::{Result, ensure};
use e2e::{Screen, World, accessibility, in_browser};
use thirtyfour::prelude::*;

const CARD: &str = "a.service-card[href=\"/services/shop-sign\"]";

async fn search(world: &World, words: &str) -> Result<()> {
    let field = world.see("input[type=search]").await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(words).await?;
    Ok(())
}

#[test]
fn a_service_is_found_by_every_name_it_has() -> Result<()> {
    in_browser("search", Screen::Phone, async |world| {
        world.open("/").await?;
        world.see(CARD).await?;
        accessibility::check_all_looks(&world, "home").await?;
        for words in ["店招", "招牌", "门头", "牌匾", "dianzhao", "dz", "SIGN", "ｄｚ", "ＤＺ", "Ｄｉａｎ　Ｚｈａｏ"]
        {
            search(&world, words).await?;
            ensure!(world.see(CARD).await.is_ok(), "`{words}` does not find the shop sign");
        }
        Ok(())
    })
}

#[test]
fn a_search_without_a_result_offers_help() -> Result<()> {
    in_browser("search-nothing", Screen::Phone, async |world| {
        world.open("/").await?;
        world.see(CARD).await?;
        search(&world, "养鲸鱼").await?;
        world.see(".empty a[href^=\"/grievance\"]").await?;
        ensure!(world.all(CARD).await?.is_empty(), "a service that has nothing to do with whales is shown");
        world.picture("search-nothing").await
    })
}
