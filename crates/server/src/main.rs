//! The `moot` binary.

fn main() -> std::process::ExitCode {
    server::cli::main()
}

/// Returns memory to the system.
#[cfg(feature = "jemalloc")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
