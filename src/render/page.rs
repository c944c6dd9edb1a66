//! A page while it is written.
//!
//! In: bytes as the template gives them. Out: the page as one text. A page of megabytes is kept in pieces,
//! so that it is never in memory twice while its view still is.

use std::io;
use std::string::FromUtf8Error;

/// Bytes of a piece; nearly every page of a briefing is shorter.
const PIECE: usize = 64 << 10;

/// A page in pieces.
#[derive(Debug)]
pub struct Page {
    full: Vec<Vec<u8>>,
    last: Vec<u8>,
}

impl Page {
    /// An empty page.
    pub fn new() -> Page {
        Page { full: Vec::new(), last: Vec::with_capacity(PIECE / 2) }
    }

    /// The whole page.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(mut self) -> Result<String, FromUtf8Error> {
        if self.full.is_empty() {
            return String::from_utf8(self.last);
        }
        self.full.push(self.last);
        String::from_utf8(self.full.concat())
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
