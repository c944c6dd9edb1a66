//! What a briefing wiki is made of: kinds of pages, their fields, and the values fields take.
//!
//! In: text of single values. Out: typed values. Nothing here knows files or other pages.

pub mod date;
pub mod date_words;
pub mod day;
pub mod duration;
pub mod field;
pub mod kind;
pub mod meaning;
pub mod money;
pub mod names;
pub mod quantity;
pub mod schema;
pub mod sentences;
pub mod site;
pub mod tables;
pub mod value;
pub mod value_error;
