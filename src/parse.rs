//! Parsing: each file by itself into a [`Document`], with every mistake that one file can show.
//!
//! In: [`Inputs`]. Out: [`Parsed`]: the site's settings, its topic blocks and maps, and a document
//! for every page file, even a broken one, so that one mistake does not make links to it missing.

mod block_forms;
mod block_slips;
mod brace_slips;
mod cite_forms;
mod document;
mod fields;
mod folders;
mod front_matter;
pub mod labels;
pub mod markdown;
mod places;
mod plain_words;
mod prose;
mod prose_checks;
mod quoted_words;
mod repairs;
mod schema;
mod sentences;
mod simple_yaml;
mod site;
mod spots;
pub mod svg;
mod text_forms;
mod text_slips;
pub mod words;
mod yaml;
mod yaml_slips;

pub use cite_forms::has_date;
pub use document::{BlockRows, Document, Fields, Row};
pub use fields::{is_language, kind_of};
pub use prose::{Cite, Heading, Home, How, Labelled, Link, Prose, Texts, fill_gaps, fit, has_gaps};
pub use prose_checks::{check_prose, place, scheme_of};
pub use text_forms::addresses;

use crate::diagnostic::{Code, Finding, Located, Place, Severity, Spot};
use crate::model::schema::Block;
use crate::model::site::Site;
use crate::read::{Inputs, Role};
use crate::source::FileId;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Findings as they are found; put in order when they are printed.
pub type Findings = Vec<Finding>;

/// Every file of the content, parsed.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The settings.
    pub site: Site,
    /// The file of the settings, if there is one.
    pub site_file: Option<FileId>,
    /// Topic blocks in the order of their names.
    pub blocks: Vec<Block>,
    /// Maps in the order of their names.
    pub maps: Vec<svg::Map>,
    /// Names of the blocks whose schema cannot be used: their rows are no further findings.
    pub broken_blocks: Vec<String>,
    /// A document for each page and position, in the order of their files.
    pub documents: Vec<Document>,
    /// The front matter of each document.
    pub fields: Vec<Fields>,
}

/// Parses every file.
pub fn parse(inputs: &Inputs) -> (Parsed, Findings) {
    let mut findings = Findings::new();
    let mut parsed = Parsed { site: site::defaults(), ..Parsed::default() };
    let mut maps = inputs.iter().filter(|(_, file)| file.role == Role::Map);
    let map = maps.next().map_or("NAME", |(_, file)| stem(&file.path));
    for (id, file) in inputs.iter() {
        match &file.role {
            // What cannot be read has its own finding, and nothing more is said of it.
            Role::Site if !file.readable => parsed.site_file = Some(id),
            Role::Schema if !file.readable => parsed.broken_blocks.push(stem(&file.path).to_owned()),
            Role::Map | Role::Svg if !file.readable => {}
            Role::Site => {
                parsed.site = site::read(&file.text, id, &mut findings);
                parsed.site_file = Some(id);
            }
            Role::Schema => {
                let name = stem(&file.path);
                match schema::read(&file.text, name, id, map, &mut findings) {
                    Some(block) => parsed.blocks.push(block),
                    None => parsed.broken_blocks.push(name.to_owned()),
                }
            }
            Role::Map => match svg::map(stem(&file.path), &file.text) {
                Ok(map) => parsed.maps.push(map),
                Err(why) => findings.push(unusable_svg(id, &file.path, &why)),
            },
            Role::Svg => {
                findings.extend(svg::safe(&file.text).err().map(|why| unusable_svg(id, &file.path, &why)))
            }
            _ => {}
        }
    }
    let pages: Vec<_> =
        inputs.iter().filter(|(_, file)| matches!(file.role, Role::Page(_) | Role::Position(_))).collect();
    let pages = pages.into_par_iter().with_max_len(SHARE);
    let (mut documents, mut others): (Vec<Document>, Vec<(Fields, Findings)>) = Default::default();
    let read = pages.map_init(prose::Reader::default, |reader, (id, file)| {
        let (document, fields, found) = document::read(id, file, &parsed, reader);
        (document, (fields, found))
    });
    read.unzip_into_vecs(&mut documents, &mut others);
    parsed.documents = documents;
    // In the room of the list.
    let fields = others.into_iter().map(|(fields, found)| {
        findings.extend(found);
        fields
    });
    parsed.fields = fields.collect();
    (parsed, findings)
}

/// The name of a file without folder and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn unusable_svg(id: FileId, path: &str, why: &str) -> Finding {
    Finding::new(Code::StrayFile, Place::file(id), format!("`{path}` cannot be used: {why}"))
        .help("save it as plain SVG and take out what is named here, or save it as PNG")
}

/// Files that one thread takes at a time; some are far longer than others.
const SHARE: usize = 64;

/// Most findings of one kind in one file that are listed: to find a place is to read the file again.
const MOST_LISTED: usize = 200;

/// Settles the severity of findings and looks up their places; puts them in order.
///
/// A code that site.yaml turned off is dropped, and so is a finding that stands twice. Of a flood in
/// one file the first are listed, and the last of them tells how many more there are.
pub fn locate<'a>(findings: Findings, inputs: &'a Inputs, site: &Site, strict: Strict) -> Vec<Located<'a>> {
    let mut of_kind: BTreeMap<(FileId, Code), (usize, usize)> = BTreeMap::new();
    for finding in &findings {
        of_kind.entry((finding.place.file, finding.code)).or_default().1 += 1;
    }
    let listed: Vec<(Severity, Finding)> = findings
        .into_iter()
        .filter_map(|mut finding| {
            let severity = severity(finding.code, site, strict)?;
            let (listed, all) = of_kind.entry((finding.place.file, finding.code)).or_default();
            *listed += 1;
            if *listed > MOST_LISTED {
                return None;
            }
            if *listed == MOST_LISTED && *all > MOST_LISTED {
                let more = *all - MOST_LISTED;
                finding = finding.help(format!("{more} more of this kind in this file are not listed"));
            }
            Some((severity, finding))
        })
        .collect();
    let of_one_file = listed.par_chunk_by(|(_, a), (_, b)| a.place.file == b.place.file);
    let spots: Vec<(Spot<'a>, Vec<Spot<'a>>)> = of_one_file
        .flat_map_iter(|findings| {
            let mut last = None;
            findings.iter().map(move |(_, finding)| {
                let spot = spots::spot(&finding.place, inputs, &mut last);
                let also = finding.also.iter().map(|(place, _)| spots::spot(place, inputs, &mut last));
                (spot, also.collect())
            })
        })
        .collect();
    let mut located: Vec<Located<'a>> = listed
        .into_iter()
        .zip(spots)
        .map(|((severity, finding), (spot, also))| Located { finding, severity, spot, also })
        .collect();
    located.sort_by(|a, b| a.order().cmp(&b.order()));
    located.dedup_by(|a, b| a.finding == b.finding);
    located
}

/// Whether warnings count as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strict {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// The severity of a code after site.yaml's `checks` and `--strict`; `None` is off.
pub fn severity(code: Code, site: &Site, strict: Strict) -> Option<Severity> {
    match site.severity(code)? {
        Severity::Warning if strict == Strict::Yes => Some(Severity::Error),
        severity => Some(severity),
    }
}
