//! The resident's app: one guided form, one set of materials and one board of results instead of a round of offices.

mod api;
mod app;
mod browser;
mod desk;
mod fields;
mod navigation;
mod pages;
mod paths;
mod photograph;
mod session;
mod settings;
mod ui;
mod uploads;
mod words;

fn main() {
    settings::restore();
    browser::remove_boot_screen();
    signals::on_wake(|| wasm_bindgen_futures::spawn_local(async { signals::run() }));
    ui::dom::mount(app::view());
}
