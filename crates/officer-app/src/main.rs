//! The officers' app: the queue of an agency, and one task with everything that is needed to decide it.
//!
//! It shares `ui`, `browser`, `settings` and `words` with the resident's app and has its own pages, addresses and calls.

mod agency;
#[expect(dead_code, reason = "the resident's app uses the rest")]
mod browser;
#[expect(dead_code, reason = "the resident's app uses the rest")]
mod navigation;

mod paths;
#[expect(dead_code, reason = "the resident's app uses the rest")]
mod settings;
#[expect(dead_code, reason = "the resident's app uses the rest")]
mod ui;
#[expect(dead_code, reason = "the resident's app uses the rest")]
mod words;

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    settings::restore();
    browser::remove_boot_screen();
    signals::on_wake(|| wasm_bindgen_futures::spawn_local(async { signals::run() }));
    ui::dom::mount(agency::view());
}
