//! The program that keeps people's data, as a dedicated worker or in the page itself.

/// Small: every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    local_data::start();
}
