//! The command line.
//!
//! In: arguments and environment. Out: findings and a summary for people, and an exit code.

mod args;
mod exit;

use anstream::{AutoStream, ColorChoice, eprintln};
use args::{Args, Command, Common, Format};
use briefwiki::diagnostic::human::Colour;
use briefwiki::diagnostic::{Counts, Located, Severity, human, short};
use briefwiki::model::date::Day;
use briefwiki::parse::Strict;
use briefwiki::resolve::Drafts;
use briefwiki::site::Search;
use briefwiki::{Goal, Options, Outcome, Progress};
use clap::Parser;
use exit::Exit;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Runs the program.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no failures; clap prints them and what is wrong with the rest.
            let _ = error.print();
            return if error.use_stderr() { Exit::CannotRun.into() } else { Exit::Success.into() };
        }
    };
    // A panic in one file or page becomes a finding there; the trace is for those who ask for it.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let (common, output) = match args.command {
        Command::Build(build) => (build.common, Some(build.output)),
        Command::Check(check) => (check.common, None),
    };
    let clock = match clock() {
        Ok(clock) => clock,
        Err(message) => {
            eprintln!("error: {message}");
            return Exit::CannotRun.into();
        }
    };
    let options = options(&common, clock);
    match output {
        Some(output) => run(&common, &options, Goal::Build(&output), Some(&output.display().to_string())),
        None => run(&common, &options, Goal::Check, None),
    }
}

fn options(common: &Common, clock: Day) -> Options {
    // A folder themes/site beside the content is the wiki's own theme.
    let beside =
        common.content.parent().map(|folder| folder.join("themes/site")).filter(|folder| folder.is_dir());
    Options {
        content: common.content.clone(),
        theme: common.theme.clone().or(beside),
        base_url: common.base_url.clone(),
        today: common.today,
        clock,
        drafts: if common.drafts { Drafts::Shown } else { Drafts::LeftOut },
        strict: if common.strict { Strict::Yes } else { Strict::No },
        search: if common.no_search { Search::LeftOut } else { Search::Built },
    }
}

/// SOURCE_DATE_EPOCH, else today in UTC (https://reproducible-builds.org/specs/source-date-epoch/).
#[expect(clippy::disallowed_methods, reason = "the environment is an input of the binary")]
fn clock() -> Result<Day, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        // Who sets it wants the same bytes each time: the clock would be no stand-in for a slip.
        Ok(set) => set.trim().parse().map_err(|_| {
            format!("SOURCE_DATE_EPOCH is `{set}`; expected the seconds since 1970, such as 1765843200")
        })?,
        Err(_) => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0)),
    };
    Ok(Day::from_unix_seconds(seconds))
}

fn run(common: &Common, options: &Options, goal: Goal<'_>, output: Option<&str>) -> ExitCode {
    let start = Instant::now();
    let terminal = stderr().is_terminal();
    let progress: Progress<'_> = &move |done, of| {
        if terminal && of > 2000 {
            let _ = write!(stderr(), "\r{done} of {of} pages");
            if done >= of {
                let _ = write!(stderr(), "\r{:40}\r", "");
            }
        }
    };
    let outcome = match briefwiki::run(options, goal, progress) {
        Ok(outcome) => outcome,
        Err(stop) => {
            eprintln!("error: {stop}");
            return Exit::CannotRun.into();
        }
    };
    let report = outcome.report();
    let counts = Counts::of(&report);
    // A build tells what to mend; the notes, which tell the state of the briefing, are told by check.
    let shown: Vec<Located<'_>> =
        report.into_iter().filter(|found| output.is_none() || found.severity != Severity::Note).collect();
    print(&shown, common.format);
    summary(&outcome, counts, output, start);
    if counts.errors > 0 { Exit::Findings.into() } else { Exit::Success.into() }
}

fn print(findings: &[Located<'_>], format: Format) {
    let choice = AutoStream::choice(&stdout());
    let text = match format {
        Format::Short => short::render(findings),
        Format::Human => {
            human::render(findings, if choice == ColorChoice::Never { Colour::No } else { Colour::Yes })
        }
    };
    // A reader who closes the pipe early is no error.
    let _ = AutoStream::new(stdout(), choice).write_all(text.as_bytes());
}

fn summary(outcome: &Outcome, counts: Counts, output: Option<&str>, start: Instant) {
    let numbers = outcome.numbers;
    eprintln!("{} pages, {} links, {} citations", numbers.pages, numbers.links, numbers.citations);
    eprintln!(
        "{counts}{}",
        if output.is_some() && counts.notes > 0 { " (`check` lists the notes)" } else { "" }
    );
    let seconds = start.elapsed().as_secs_f64();
    match (output, outcome.written) {
        (Some(output), Some(written)) => {
            let megabytes = written.bytes as f64 / 1e6;
            let unchanged = match written.unchanged {
                0 => String::new(),
                unchanged => format!(", {unchanged} of them unchanged"),
            };
            eprintln!("{} files, {megabytes:.1} MB in {output}{unchanged}, {seconds:.2} s", written.files);
            if outcome.site.base_url.is_none() {
                eprintln!("no base_url: canonical links and the sitemap are left out");
            }
        }
        (Some(output), None) => eprintln!("nothing was written; {output} is as it was, {seconds:.2} s"),
        (None, _) => eprintln!("{seconds:.2} s"),
    }
}
