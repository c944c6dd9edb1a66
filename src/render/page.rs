//! A page while it is written.
//!
//! In: bytes as the template gives them. Out: all bytes of the page. A page of megabytes is kept in pieces,
//! so that it is never in memory twice while its view still is. The room of a short one is used for the next,
//! because it is in the caches already.

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

    /// The whole page.
    pub fn bytes(mut self) -> Vec<u8> {
        if self.full.is_empty() {
            return self.last;
        }
        self.full.push(self.last);
        self.full.concat()
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
