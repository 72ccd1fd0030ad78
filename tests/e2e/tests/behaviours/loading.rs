//! The program does not arrive, or arrives broken: within 20 seconds the app is there all the same, or a page that
//! says what to do instead.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::fault_proxy::{Fault, FaultProxy};
use e2e::{Screen, World, accessibility, environment, in_browser, in_browser_with};

const LONGEST: Duration = Duration::from_secs(20);

/// The size of the program that a phone would load.
fn program_bytes() -> Result<usize> {
    let files = std::fs::read_dir(environment::path("E2E_APP")?)?.flatten();
    let mut programs = files.filter(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        name.starts_with("resident") && name.ends_with(".wasm")
    });
    Ok(usize::try_from(programs.next().context("no program")?.metadata()?.len())?)
}

/// Opens the app over a bad line, and waits until it stands or help does.
async fn open_over(world: &World, fault: Fault) -> Result<bool> {
    let proxy = FaultProxy::before(world.server.port(), ".wasm", fault).await?;
    let begun = Instant::now();
    world.browser.goto(proxy.url("/")).await?;
    let stands = "document.querySelector('main:not(#boot) .home-head')";
    let helps = "document.querySelector('.boot-help:not([hidden]) a[href^=\"tel:\"]')";
    let script = format!("return [Boolean({stands}), Boolean({helps})];");
    loop {
        let [is_there, is_help] = world.browser.execute(script.as_str(), Vec::new()).await?.convert::<[bool; 2]>()?;
        if is_there || is_help {
            return Ok(is_there);
        }
        ensure!(begun.elapsed() < LONGEST, "{fault:?}: neither the app nor help after {LONGEST:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
#[invariant::invariant("app-or-help")]
fn a_broken_program_ends_in_the_app_or_in_help() -> Result<()> {
    in_browser("broken-program", Screen::Phone, async |world| {
        let bytes = program_bytes()?;
        for part in 0..7 {
            let at = bytes * part / 7;
            ensure!(!open_over(&world, Fault::CutAt(at)).await?, "a program cut at {at} ran");
            // A wrong byte in a text does not break a program, only what it says.
            open_over(&world, Fault::WrongByteAt(at)).await?;
        }
        for status in [404, 410, 500, 503] {
            ensure!(!open_over(&world, Fault::Status(status)).await?, "a program of status {status} ran");
        }
        ensure!(
            open_over(&world, Fault::MediaType("text/plain")).await?,
            "the right bytes under a wrong name do not run"
        );
        accessibility::check_all_looks(&world, "wrong-name").await?;
        ensure!(!open_over(&world, Fault::Silence).await?, "nothing ran");
        world.picture("no-program").await?;
        world.forget_console().await
    })
}

/// An iPhone in Lockdown Mode has no WebAssembly; Chromium without its compiler has none either.
const WITHOUT_WEBASSEMBLY: [&str; 1] = ["--js-flags=--jitless"];
/// The help that must be readable in Chinese and in English: whom to call, where to go, when, and with what.
const WAYS: [&str; 8] = [
    "12345",
    "政务服务中心大厅",
    "9:00–12:00、13:00–17:00",
    "身份证",
    "call 12345",
    "service centre",
    "9:00–12:00 and 13:00–17:00",
    "ID card",
];
const HELP: &str = "#boot-too-old:not([hidden])";

#[test]
#[invariant::invariant("app-or-help")]
fn without_webassembly_every_page_says_where_to_go() -> Result<()> {
    in_browser_with(&WITHOUT_WEBASSEMBLY, "no-webassembly", Screen::Phone, async |world| {
        // The resident's page, the one that follows a case, the officers'.
        for (page, name) in
            [("/", "home"), ("/cases", "cases"), ("/following.html", "following"), ("/agency", "agency")]
        {
            let mut sizes = Vec::new();
            for care in ["off", "on"] {
                world.open(page).await?;
                world.browser.execute("localStorage.care = arguments[0];", vec![care.into()]).await?;
                world.open(page).await?;
                world.see(&format!("{HELP} a[href='tel:12345']")).await?;
                let said = world.find(HELP).await?.text().await?;
                let missing: Vec<_> = WAYS.iter().filter(|way| !said.contains(**way)).collect();
                ensure!(missing.is_empty(), "{page} does not say {missing:?}: {said}");
                let size = "return parseFloat(getComputedStyle(document.querySelector('#boot-too-old p')).fontSize);";
                sizes.push(world.browser.execute(size, Vec::new()).await?.convert::<f64>()?);
                world
                    .until(
                        "document.documentElement.scrollWidth <= innerWidth",
                        "the help to be no wider than the phone",
                    )
                    .await?;
                world.picture(&format!("no-webassembly-{name}-{care}")).await?;
                accessibility::check(&world, &format!("{page} without WebAssembly, care {care}")).await?;
            }
            ensure!(sizes[1] > sizes[0], "{page} does not write larger for whoever chose it: {sizes:?}");
        }
        Ok(())
    })
}
