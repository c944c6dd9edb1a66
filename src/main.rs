//! The binary: arguments in, words and an exit code out. Everything else is the library's.

mod cli;

use std::process::ExitCode;

/// A build makes millions of small texts on all cores. With the system's allocator (glibc's) it takes
/// about a fifth longer; `cargo bench` uses the same one for build and floor.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
