//! Arguments.

use briefwiki::model::date::Day;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns Markdown pages with front matter into a cross-linked wiki of positions and sources.
#[derive(Debug, Parser)]
#[command(name = "briefwiki", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  briefwiki build                          build content/ into public/
  briefwiki check --strict                 find every mistake, warnings included
  briefwiki check --format short           a line for each finding
  briefwiki build --today 2025-12-16       speak for that day
  briefwiki build --base-url https://example.org/wiki/ --output /tmp/site";

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the wiki; with an error in the content nothing is written.
    Build(Build),
    /// Find every mistake and write nothing; also tells the notes on the state of the briefing.
    Check(Check),
}

/// Options of `build`.
#[derive(Debug, Parser)]
#[command(after_help = EXAMPLES)]
pub struct Build {
    /// Options that all commands share.
    #[command(flatten)]
    pub common: Common,
    /// The folder to write; it is replaced as a whole.
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
}

/// Options of `check`.
#[derive(Debug, Parser)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Options that all commands share.
    #[command(flatten)]
    pub common: Common,
}

/// Options that all commands share.
#[derive(Debug, Parser)]
pub struct Common {
    /// The folder with site.yaml and the pages.
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// A folder whose files take the place of the default theme's [default: themes/site beside the
    /// content, if there].
    #[arg(long, value_name = "DIR")]
    pub theme: Option<PathBuf>,
    /// Where the wiki will stand, instead of what site.yaml says.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// The day to speak for [default: as site.yaml says, else SOURCE_DATE_EPOCH, else today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Day>,
    /// Show pages marked `draft: true`.
    #[arg(long)]
    pub drafts: bool,
    /// Let warnings count as errors.
    #[arg(long)]
    pub strict: bool,
    /// Leave the search index out, which makes a build faster; the search form leads to the A–Z.
    #[arg(long)]
    pub no_search: bool,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A paragraph each, with the line and a caret.
    Human,
    /// A line each.
    Short,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| format!("{}; expected a day such as 2025-12-16", error.message))
}

fn base_url(text: &str) -> Result<String, String> {
    let base = briefwiki::model::site::base_url(text);
    base.ok_or_else(|| "expected an address such as https://example.org/wiki/".to_owned())
}
