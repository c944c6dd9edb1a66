//! A page while it is written.
//!
//! In: bytes as the template gives them. Out: the page in pieces, so that one of megabytes is never in memory
//! twice. The room of its last piece is used for the next page, because it is in the caches already.

use std::io;

/// Bytes of a piece; nearly every page of a briefing is shorter.
const PIECE: usize = 64 << 10;

/// A page in pieces.
#[derive(Debug)]
pub struct Page {
    full: Vec<Vec<u8>>,
    last: Vec<u8>,
}

impl Page {
    /// An empty page, in the room of one that has been written; a long one's is given up.
    pub fn new(room: Vec<u8>) -> Page {
        let mut last = if room.capacity() > PIECE { Vec::new() } else { room };
        last.clear();
        last.reserve_exact(PIECE);
        Page { full: Vec::new(), last }
    }

    /// A page that is made without a template.
    pub fn of(text: String) -> Page {
        Page { full: Vec::new(), last: text.into_bytes() }
    }

    /// Its pieces in order.
    pub fn pieces(&self) -> Vec<&[u8]> {
        self.full.iter().chain([&self.last]).map(Vec::as_slice).collect()
    }

    /// The whole page; templates write nothing but text.
    pub fn text(self) -> String {
        let bytes = if self.full.is_empty() { self.last } else { self.pieces().concat() };
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// The room of a page that is not needed any more.
    pub fn into_room(self) -> Vec<u8> {
        self.last
    }
}

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    /// Templates write many small pieces, each through this.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.last.len() + bytes.len() > PIECE && !self.last.is_empty() {
            self.full.push(std::mem::replace(&mut self.last, Vec::with_capacity(PIECE)));
        }
        self.last.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
