//! The fields of a view, as templates get them.
//!
//! In: a structure that serde can serialize. Out: its fields by name, each as a value of the engine; those of a
//! page's frame stand among its own. The engine alone would put all of them into a map first, and pages have
//! forty.

use serde::Serialize;
use serde::ser::{Impossible, SerializeStruct, Serializer};
use tera::Value;

/// Fields by name.
pub type Fields = Vec<(&'static str, Value)>;

/// The fields of a structure.
///
/// # Errors
/// When it is no structure, or a field cannot be serialized.
pub fn of(given: &impl Serialize) -> Result<Fields, tera::Error> {
    let mut fields = Vec::with_capacity(48);
    given.serialize(Collector(&mut fields)).map_err(|failed| failed.0)?;
    Ok(fields)
}

/// Takes the fields of a structure, and nothing else.
struct Collector<'f>(&'f mut Fields);

#[derive(Debug)]
struct Failed(tera::Error);

impl std::fmt::Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Failed {}

impl serde::ser::Error for Failed {
    fn custom<T: std::fmt::Display>(message: T) -> Failed {
        Failed(tera::Error::message(message.to_string()))
    }
}

impl SerializeStruct for Collector<'_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        if name == "frame" {
            return value.serialize(Collector(self.0));
        }
        let value = Value::try_from_serializable(value).map_err(Failed)?;
        self.0.push((name, value));
        Ok(())
    }

    fn end(self) -> Result<(), Failed> {
        Ok(())
    }
}

/// What is no structure, is refused.
fn refused<T>() -> Result<T, Failed> {
    Err(serde::ser::Error::custom("a view is a structure"))
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$ok, Failed> { refused() })*
    };
}

impl<'f> Serializer for Collector<'f> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Impossible<(), Failed>;
    type SerializeTuple = Impossible<(), Failed>;
    type SerializeTupleStruct = Impossible<(), Failed>;
    type SerializeTupleVariant = Impossible<(), Failed>;
    type SerializeMap = Impossible<(), Failed>;
    type SerializeStruct = Collector<'f>;
    type SerializeStructVariant = Impossible<(), Failed>;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collector<'f>, Failed> {
        Ok(self)
    }

    refuse! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }
}
