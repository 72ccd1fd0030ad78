//! The officers' program: the queue of an agency, and one task with everything that is needed to decide it. It is a
//! program of its own, so that residents do not pay for it in bytes.

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start_officer();
}
