//! The resident's program: finds a service, fills in its form and sends it.

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start_resident();
}
