//! The command line.
//!
//! In: arguments and environment. Out: findings and a summary for people, and an exit code.

mod args;
mod exit;

use anstream::{AutoStream, ColorChoice};
use args::{Args, Command, Common, Format};
use briefwiki::diagnostic::human::Colour;
use briefwiki::diagnostic::{Counts, Located, Severity, human, printable, short};
use briefwiki::model::date::Day;
use briefwiki::parse::Strict;
use briefwiki::resolve::Drafts;
use briefwiki::site::Search;
use briefwiki::{Goal, Options, Outcome, Progress};
use clap::Parser;
use exit::Exit;
use std::io::{self, IsTerminal, Write, stderr, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
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
        Err(message) => return cannot_run(&message),
    };
    let options = options(&common, clock);
    match output {
        Some(output) => run(&common, &options, Goal::Build(&output), Some(&output.display().to_string())),
        None => run(&common, &options, Goal::Check, None),
    }
}

fn options(common: &Common, clock: Day) -> Options {
    // A folder themes/site beside the content is the wiki's own theme.
    // `.` and `..` have no folder above them in their path.
    let content = &common.content;
    let above = content.file_name().and_then(|_| content.parent());
    let above = above.map_or_else(|| content.join(".."), Path::to_owned);
    let beside = Some(above.join("themes/site")).filter(|folder| folder.is_dir());
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
    let outcome = match catch_unwind(AssertUnwindSafe(|| briefwiki::run(options, goal, progress))) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(stop)) => return cannot_run(&stop.to_string()),
        Err(_) => return cannot_run(&failed("and nothing was written")),
    };
    let told = catch_unwind(AssertUnwindSafe(|| tell_of(&outcome, common.format, output, start)));
    // The process ends, which is quicker than to give back every small text.
    std::mem::forget(outcome);
    told.unwrap_or_else(|_| cannot_run(&failed("while it told what it had found")))
}

/// The words for a fault of the program itself.
fn failed(when: &str) -> String {
    format!("the program failed, {when}; set RUST_BACKTRACE=1, run it again and report what it prints")
}

/// Prints what was found and done.
fn tell_of(outcome: &Outcome, format: Format, output: Option<&str>, start: Instant) -> ExitCode {
    let report = outcome.report();
    let counts = Counts::of(&report);
    // A build tells what to mend; the notes, which tell the state of the briefing, are told by check.
    let shown: Vec<Located<'_>> =
        report.into_iter().filter(|found| output.is_none() || found.severity != Severity::Note).collect();
    let told =
        print(&shown, format).and_then(|()| tell(&mut stderr(), &summary(outcome, counts, output, start)));
    if let Err(error) = told {
        return cannot_run(&format!("what was found cannot be printed: {error}"));
    }
    if counts.errors > 0 { Exit::Findings.into() } else { Exit::Success.into() }
}

/// Says why nothing was done, if there is still somewhere to say it.
fn cannot_run(why: &str) -> ExitCode {
    let _ = tell(&mut stderr(), &format!("error: {}\n", printable(why)));
    Exit::CannotRun.into()
}

/// Writes all of a text. A reader who closes the pipe early is no error.
fn tell(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        told => told,
    }
}

fn print(findings: &[Located<'_>], format: Format) -> io::Result<()> {
    let choice = AutoStream::choice(&stdout());
    let text = match format {
        Format::Short => short::render(findings),
        Format::Human => {
            human::render(findings, if choice == ColorChoice::Never { Colour::No } else { Colour::Yes })
        }
    };
    tell(&mut AutoStream::new(stdout(), choice), &text)
}

/// How much there is, what was found, and what was written, a line each.
fn summary(outcome: &Outcome, counts: Counts, output: Option<&str>, start: Instant) -> String {
    let numbers = outcome.numbers;
    let notes = if output.is_some() && counts.notes > 0 { " (`check` lists the notes)" } else { "" };
    let mut lines = vec![
        format!("{} pages, {} links, {} citations", numbers.pages, numbers.links, numbers.citations),
        format!("{counts}{notes}"),
    ];
    let seconds = start.elapsed().as_secs_f64();
    let existed = output.is_some_and(|output| Path::new(output).exists());
    match (output.map(printable), outcome.written) {
        (Some(output), Some(written)) => {
            let megabytes = written.bytes as f64 / 1e6;
            let unchanged = match written.unchanged {
                0 => String::new(),
                unchanged => format!(", {unchanged} of them unchanged"),
            };
            lines.push(format!(
                "{} files, {megabytes:.1} MB in {output}{unchanged}, {seconds:.2} s",
                written.files
            ));
            if outcome.site.base_url.is_none() {
                lines.push("no base_url: canonical links and the sitemap are left out".to_owned());
            }
        }
        (Some(output), None) => {
            // Where there is no output there is none to be as it was.
            let kept = if existed { format!("; {output} is as it was") } else { String::new() };
            lines.push(format!("nothing was written{kept}, {seconds:.2} s"));
        }
        (None, _) => lines.push(format!("{seconds:.2} s")),
    }
    lines.join("\n") + "\n"
}
