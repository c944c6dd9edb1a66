//! briefwiki
pub mod source;
pub mod diagnostic;
pub mod model;
pub mod read;
pub mod parse;
pub mod resolve;
pub mod markup;
pub mod view;
