//! A large briefing for measurements: a number of issues and a seed come in, a content folder
//! without errors or warnings goes out. The same seed gives the same bytes.
//!
//! The proportions are those of a real briefing: to each issue three positions, a tenth of an
//! actor, a twentieth of an event and of a source, and twelve links of which a few actors get
//! thousands. Every dated record is no later than the source it cites.

mod issue;
mod records;
mod words;
mod world;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use world::World;

/// What [`write`] wrote.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Corpus {
    /// Pages in `issues/`.
    pub issues: usize,
    /// Pages in `actors/`.
    pub actors: usize,
    /// Pages in `events/`.
    pub events: usize,
    /// Pages in `documents/`.
    pub documents: usize,
    /// Pages in `sources/`.
    pub sources: usize,
    /// Pages in `glossary/`.
    pub terms: usize,
    /// Records in `positions/`.
    pub positions: usize,
    /// All files, `site.yaml`, the schemas and the home page included.
    pub files: usize,
    /// Their size.
    pub bytes: u64,
}

/// Writes a content folder with that many issues into `folder`, which should be new or empty.
///
/// # Errors
///
/// `issues` is below 2, as pages link to others; a file or folder cannot be written.
pub fn write(folder: &Path, issues: usize, seed: u64) -> io::Result<Corpus> {
    if issues < 2 {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let world = World::new(issues, seed);
    let mut out = Out::new(folder, &world)?;
    out.file("site.yaml", &records::site(&world))?;
    for (name, text) in records::SCHEMAS {
        out.file(&format!("schema/{name}.yaml"), text)?;
    }
    out.file("pages/about.md", records::ABOUT)?;
    type Record = fn(&World, usize) -> String;
    let kinds: [(&str, &[world::Entity], Record); 6] = [
        ("issues", &world.issues, issue::issue),
        ("actors", &world.actors, records::actor),
        ("events", &world.events, records::event),
        ("documents", &world.documents, records::document),
        ("sources", &world.sources, records::source),
        ("glossary", &world.terms, records::term),
    ];
    for (kind, entities, text) in kinds {
        for (index, entity) in entities.iter().enumerate() {
            out.file(&format!("{kind}/{}.md", entity.id), &text(&world, index))?;
        }
    }
    for (index, issue) in world.issues.iter().enumerate() {
        fs::create_dir_all(folder.join("positions").join(&issue.id))?;
        for (name, text) in records::positions(&world, index) {
            out.file(&format!("positions/{}/{name}.md", issue.id), &text)?;
            out.corpus.positions += 1;
        }
    }
    Ok(out.corpus)
}

/// Adds a sentence to the body of the issue in the middle of the list, a new one each time, and
/// gives its file: an edit of one body.
///
/// # Errors
///
/// `folder` holds no issues, or the file cannot be written.
pub fn change_one(folder: &Path) -> io::Result<PathBuf> {
    let mut files = fs::read_dir(folder.join("issues"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let file = files.get(files.len() / 2).cloned().ok_or(io::ErrorKind::NotFound)?;
    let mut body = fs::OpenOptions::new().append(true).open(&file)?;
    body.write_all(b"\nThe staff looked at this page once more.\n")?;
    Ok(file)
}

struct Out<'a> {
    folder: &'a Path,
    corpus: Corpus,
}

impl<'a> Out<'a> {
    fn new(folder: &'a Path, world: &World) -> io::Result<Self> {
        for kind in
            ["schema", "pages", "issues", "actors", "events", "documents", "sources", "glossary", "positions"]
        {
            fs::create_dir_all(folder.join(kind))?;
        }
        let corpus = Corpus {
            issues: world.issues.len(),
            actors: world.actors.len(),
            events: world.events.len(),
            documents: world.documents.len(),
            sources: world.sources.len(),
            terms: world.terms.len(),
            ..Corpus::default()
        };
        Ok(Self { folder, corpus })
    }

    fn file(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.corpus.files += 1;
        self.corpus.bytes += text.len() as u64;
        fs::write(self.folder.join(path), text)
    }
}
