//! The resident's app: one guided form, one set of materials and one board of results instead of a round of offices.

mod api;
mod app;
mod browser;
mod desk;
mod fields;
mod navigation;
mod pages;
mod paths;
mod session;
mod settings;
mod ui;
mod uploads;
mod words;

fn main() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    settings::restore();
    browser::remove_boot_screen();
    signals::on_wake(|| wasm_bindgen_futures::spawn_local(async { signals::run() }));
    ui::dom::mount(app::view());
}
