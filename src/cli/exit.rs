//! Exit codes (content model, section 7).

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: no errors.
    Success,
    /// 1: errors in the content or theme, or warnings with `--strict`.
    Findings,
    /// 2: the command cannot run: a bad option, no content folder, an output that cannot be written.
    CannotRun,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> std::process::ExitCode {
        std::process::ExitCode::from(match exit {
            Exit::Success => 0,
            Exit::Findings => 1,
            Exit::CannotRun => 2,
        })
    }
}
