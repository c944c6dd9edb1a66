//! briefwiki
pub mod source;
pub mod diagnostic;
pub mod model;
pub mod read;
pub mod parse;
