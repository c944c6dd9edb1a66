//! A file while it is made: bytes come in as they are made, a [`Put`] goes out.
//!
//! Most pages are short and wait in a room that the next one uses too, because it is in the caches already.
//! Of a page of megabytes no more than a piece waits, unless the old folder may hold the same.

use std::fs::File;
use std::io::{self, Write};

use super::at;
use super::seal::Sum;
use super::staging::{Put, Staging, check, create_below};

/// Bytes that wait; nearly every page of a briefing is shorter.
const PIECE: usize = 64 << 10;

/// A file of a [`Staging`] that is being made. What goes wrong in writing it is told by
/// [`Writing::finish`], so that nobody takes it for a mistake in a template.
#[must_use = "a file is in the output only if it is finished"]
pub struct Writing<'s, 'a> {
    staging: &'s Staging,
    path: &'a str,
    /// What waits.
    room: &'s mut Vec<u8>,
    /// What does not wait any more.
    before: Before,
    failed: Option<io::Error>,
}

enum Before {
    Nothing,
    /// Pieces to compare with the old folder's file.
    Kept(Vec<Vec<u8>>),
    Written(Box<Begun>),
}

struct Begun {
    file: File,
    sum: Sum,
}

impl Staging {
    /// Begins a file whose bytes come one after the other; see [`Staging::put`]. `room` is where they wait.
    ///
    /// # Errors
    ///
    /// `path` leads out of the folder or begins with a dot.
    pub fn begin<'s, 'a>(&'s self, path: &'a str, room: &'s mut Vec<u8>) -> io::Result<Writing<'s, 'a>> {
        check(path)?;
        room.clear();
        room.reserve_exact(PIECE);
        Ok(Writing { staging: self, path, room, before: Before::Nothing, failed: None })
    }
}

impl<'a> Writing<'_, 'a> {
    /// Hands over the whole file.
    ///
    /// # Errors
    ///
    /// As [`Staging::put`].
    pub fn finish(self) -> io::Result<Put<'a>> {
        let Writing { staging, path, room, before, failed } = self;
        if let Some(error) = failed {
            return Err(error);
        }
        match before {
            Before::Nothing => staging.put(path, &[room]),
            Before::Kept(mut pieces) => {
                pieces.push(std::mem::take(room));
                staging.put(path, &pieces.iter().map(Vec::as_slice).collect::<Vec<_>>())
            }
            Before::Written(mut begun) => {
                begun.add(room).map_err(at(&staging.place(path)))?;
                Ok(Put::new(path, begun.sum.finish()))
            }
        }
    }

    /// Makes room for more.
    fn pass_on(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Before::Nothing = self.before {
            self.before = if self.staging.may_hold_old() {
                Before::Kept(Vec::new())
            } else {
                let file = create_below(&self.staging.place(self.path), self.path)?;
                Before::Written(Box::new(Begun { file, sum: Sum::new() }))
            };
        }
        match &mut self.before {
            Before::Nothing => {}
            Before::Kept(pieces) => {
                pieces.push(std::mem::replace(self.room, Vec::with_capacity(PIECE)));
                self.room.extend_from_slice(bytes);
            }
            Before::Written(begun) => {
                let written = begun.add(self.room).and_then(|()| {
                    self.room.clear();
                    // What is as long as a piece does not wait at all.
                    if bytes.len() < PIECE {
                        self.room.extend_from_slice(bytes);
                        return Ok(());
                    }
                    begun.add(bytes)
                });
                written.map_err(at(&self.staging.place(self.path)))?;
            }
        }
        Ok(())
    }
}

impl Begun {
    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.sum.add(bytes);
        Ok(())
    }
}

impl Write for Writing<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    /// Templates write many small pieces, each through this.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.room.len() + bytes.len() <= PIECE {
            self.room.extend_from_slice(bytes);
        } else if self.failed.is_none() {
            self.failed = self.pass_on(bytes).err();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
