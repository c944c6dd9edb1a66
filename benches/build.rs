//! The benchmark: how long a build takes, against a floor measured in the same run.
//!
//! `cargo bench` makes a seeded corpus of 1,000 and of 10,000 issues on a memory file system where
//! there is one, and prints seconds of each stage and the whole, files and megabytes written, peak
//! memory, the ratio to the floor, and what the search index adds. The floor does, on all cores, what no
//! build can leave out: read every content file, run the Markdown parser with our options, write one HTML
//! file for each page (positions have none). Each figure comes from a process of its own, so that peak memory is
//! the build's; times on a busy machine are noise, ratios from one run are not.
//!
//! A virtual machine may give free memory back to its host, and then the first touch of it costs many times what
//! is done with it: 0.9 seconds instead of 0.02 for what a build of 10,000 issues takes, where this was measured.
//! A build takes twenty times the floor's memory, so the ratio would depend on what the machine did before. So a
//! process asks for as much memory and ends before each that is measured, floor and build alike.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod corpus;

use briefwiki::model::date::Day;
use briefwiki::parse::Strict;
use briefwiki::resolve::Drafts;
use briefwiki::site::Search;
use briefwiki::{Goal, Options};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// As in the binary, for build and floor alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 20_250_318;

/// How often floor and build run; the best of each counts. A build takes four times as long as a floor and meets
/// a quiet moment more seldom: of fewer rounds the ratio depends on luck.
const ROUNDS: usize = 11;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("--one-build") => one_build(Path::new(&args[2]), Path::new(&args[3]), Search::LeftOut),
        Some("--one-search") => one_build(Path::new(&args[2]), Path::new(&args[3]), Search::Built),
        Some("--one-floor") => one_floor(Path::new(&args[2]), Path::new(&args[3])),
        Some("--ask-for-memory") => ask_for_memory(args[2].parse().unwrap()),
        // `cargo bench -- --corpus 1000 DIR` leaves the corpus in a folder, to look at or to profile.
        Some("--corpus") => drop(corpus::write(Path::new(&args[3]), args[2].parse().unwrap(), SEED).unwrap()),
        _ => all(),
    }
}

fn all() {
    let sizes: Vec<usize> = match std::env::var("BENCH_ISSUES") {
        Ok(sizes) => sizes.split(',').map(|size| size.trim().parse().unwrap()).collect(),
        Err(_) => vec![1_000, 10_000],
    };
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    println!("corpus and output in {}", if memory.is_dir() { "memory" } else { "the temporary folder" });
    let mut wholes = Vec::new();
    for issues in sizes {
        let folder = place.join(format!("briefwiki-bench-{}", std::process::id()));
        let content = folder.join("content");
        let corpus = corpus::write(&content, issues, SEED).unwrap();
        println!("\n{issues} issues: {} files, {:.1} MB of content", corpus.files, corpus.bytes as f64 / 1e6);
        // In turn, so that a moment in which the machine is busy, or gives memory slowly, meets both.
        let (floors, builds): (Vec<Run>, Vec<Run>) = (0..ROUNDS)
            .map(|_| {
                let _ = fs::remove_dir_all(folder.join("public"));
                bring_memory(issues);
                let floor = run_self("--one-floor", &content, &folder.join("floor"));
                let _ = fs::remove_dir_all(folder.join("floor"));
                bring_memory(issues);
                (floor, run_self("--one-build", &content, &folder.join("public")))
            })
            .unzip();
        let (floor, build) = (best(floors), best(builds));
        println!("{}", build.lines);
        println!("floor   {:.3} s", floor.seconds);
        println!(
            "whole   {:.3} s, {:.2} times the floor, peak memory {:.0} MB",
            build.seconds,
            build.seconds / floor.seconds,
            build.megabytes
        );
        wholes.push((issues, build.seconds));
        let _ = fs::remove_dir_all(folder.join("public"));
        bring_memory(issues);
        let search = run_self("--one-search", &content, &folder.join("public"));
        let (files, bytes) = size(&folder.join("public/_search"));
        println!(
            "search  {:.3} s more, {:.1} times the build without it; index of {files} files, {:.1} MB, peak memory {:.0} MB",
            search.seconds - build.seconds,
            search.seconds / build.seconds,
            bytes as f64 / 1e6,
            search.megabytes
        );
        let _ = fs::remove_dir_all(&folder);
        second_build(issues);
    }
    if let [(small, first), (large, second)] = wholes[..] {
        println!("\ngrowth from {small} to {large} issues: {:.1}-fold", second / first);
    }
}

/// Files below a folder, and their bytes.
fn size(folder: &Path) -> (usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let sizes = files.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file);
    sizes.fold((0, 0), |(files, bytes), found| (files + 1, bytes + found.len()))
}

/// A second build with nothing changed, on a disk.
fn second_build(issues: usize) {
    let folder = std::env::temp_dir().join(format!("briefwiki-bench-disk-{}", std::process::id()));
    let content = folder.join("content");
    corpus::write(&content, issues, SEED).unwrap();
    let first = run_self("--one-build", &content, &folder.join("public"));
    let second = best((0..2).map(|_| run_self("--one-build", &content, &folder.join("public"))));
    corpus::change_one(&content).unwrap();
    let changed = run_self("--one-build", &content, &folder.join("public"));
    println!(
        "on a disk: a second build with nothing changed is {:.1} times as fast as the first, with one page \
         changed {:.1} times",
        first.seconds / second.seconds,
        first.seconds / changed.seconds
    );
    let _ = fs::remove_dir_all(&folder);
}

/// What a measured process printed.
struct Run {
    seconds: f64,
    megabytes: f64,
    lines: String,
}

fn best(runs: impl IntoIterator<Item = Run>) -> Run {
    runs.into_iter().min_by(|a, b| a.seconds.total_cmp(&b.seconds)).unwrap()
}

fn run_self(what: &str, content: &Path, output: &Path) -> Run {
    let program = std::env::current_exe().unwrap();
    let done = Command::new(program).arg(what).arg(content).arg(output).output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let mut lines: Vec<&str> = text.lines().collect();
    let (seconds, megabytes) = lines.pop().unwrap().split_once(' ').unwrap();
    Run { seconds: seconds.parse().unwrap(), megabytes: megabytes.parse().unwrap(), lines: lines.join("\n") }
}

/// What a build takes for an issue, and its output where that is in memory.
const BYTES_OF_AN_ISSUE: usize = 130_000;

/// Has the machine bring as much memory as a build takes.
fn bring_memory(issues: usize) {
    let bytes = (issues * BYTES_OF_AN_ISSUE).to_string();
    let done = Command::new(std::env::current_exe().unwrap()).arg("--ask-for-memory").arg(bytes).status();
    assert!(done.unwrap().success());
}

fn ask_for_memory(bytes: usize) {
    std::hint::black_box(vec![1_u8; bytes]);
}

fn one_build(content: &Path, output: &Path, search: Search) {
    let options = Options {
        content: content.to_owned(),
        theme: None,
        base_url: None,
        today: None,
        clock: Day::from_unix_seconds(1_765_843_200),
        drafts: Drafts::LeftOut,
        strict: Strict::No,
        search,
    };
    let start = Instant::now();
    let outcome = briefwiki::run(&options, Goal::Build(output), &|_, _| {}).unwrap();
    let whole = start.elapsed();
    let errors = outcome
        .report()
        .iter()
        .filter(|found| found.severity == briefwiki::diagnostic::Severity::Error)
        .count();
    assert_eq!(errors, 0, "the corpus has errors");
    for (stage, time) in &outcome.stages {
        println!("{stage:7} {:.3} s", time.as_secs_f64());
    }
    let written = outcome.written.unwrap();
    println!("written {} files, {:.1} MB", written.files, written.bytes as f64 / 1e6);
    end(whole);
}

fn one_floor(content: &Path, output: &Path) {
    let _ = fs::remove_dir_all(output);
    let start = Instant::now();
    let files: Vec<PathBuf> = walkdir::WalkDir::new(content)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let folders = files.iter().filter_map(|file| file.strip_prefix(content).ok()?.parent());
    let folders: BTreeSet<&Path> = folders.filter(|folder| !folder.starts_with("positions")).collect();
    for folder in folders {
        fs::create_dir_all(output.join(folder)).unwrap();
    }
    files.par_iter().for_each(|file| {
        let text = fs::read_to_string(file).unwrap();
        let below = file.strip_prefix(content).unwrap();
        if below.extension().is_some_and(|ending| ending == "md") {
            let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
            let mut html = String::new();
            let events = pulldown_cmark::Parser::new_ext(body, briefwiki::parse::markdown::options());
            pulldown_cmark::html::push_html(&mut html, events);
            if !below.starts_with("positions") {
                fs::write(output.join(below).with_extension("html"), html).unwrap();
            }
        }
    });
    end(start.elapsed());
}

/// The last line of a measured process: seconds, and peak memory in megabytes.
fn end(whole: Duration) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: f64 =
        peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0.0);
    println!("{:.6} {:.1}", whole.as_secs_f64(), kilobytes / 1e3);
}
