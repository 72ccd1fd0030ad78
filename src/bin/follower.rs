//! The resident's second program on the same page: cases, results, ratings, certificates, and 办不成事 (ADR 0020).

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start_follower();
}
