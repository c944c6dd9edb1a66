//! Gives the program a number for its own source, so that a build knows when another program wrote what
//! stands in the output folder, whichever compiler made it.
#![allow(clippy::disallowed_methods, reason = "a build script reads files")]

use std::fs;
use std::path::{Path, PathBuf};

/// What decides the bytes of a site, besides its content and a theme of its own.
/// The theme's own texts are read like any others.
const SOURCES: [&str; 4] = ["src", "themes/fonts", "Cargo.toml", "Cargo.lock"];

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    // FNV-1a: any change gives another number, on every machine and with every compiler the same.
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        for byte in name.into_bytes().into_iter().chain(fs::read(&file)?) {
            number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=BRIEFWIKI_SOURCE={number:016x}");
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // What editors leave beside a file that is open.
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(['.', '#']) && !name.ends_with('~') {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}
