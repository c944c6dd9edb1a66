//! Filters and functions of templates that differ from the engine's own.
//!
//! In: values of a template. Out: values. The engine's `replace` and `join` have no bound and its `range` a high one, so
//! that a short template can ask for more memory than there is.

use tera::{Error, ErrorKind, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The longest text that a filter makes, in bytes: as long as the largest file.
const LONGEST: usize = 8 << 20;

/// Most numbers that `range` gives: loops through it stand in each other.
const MOST: i64 = 200;

/// Gives the engine these filters and functions.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("safe", safe);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_function("range", range);
}

/// The filter `safe`: the engine's own takes what is not there for an empty text.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    if value.is_undefined() {
        let (expected_type, actual_type) = ("text".to_owned(), "undefined".to_owned());
        return Err(Error::new(ErrorKind::InvalidArgument { expected_type, actual_type }));
    }
    Ok(match value.as_str() {
        Some(text) => Value::safe_string(text),
        None => Value::safe_string(&value.to_string()),
    })
}

/// The filter `replace`, for texts that do not become too long.
fn replace(value: StringInput<'_>, words: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = words.must_get::<&str>("from")?;
    let to = words.must_get::<StringInput>("to")?;
    let is_safe = state.autoescaping_enabled() && (value.is_safe() || to.is_safe());
    let (text, to) = match is_safe {
        true => (value.rendered(state)?, to.rendered(state)?),
        false => (value.as_str().into(), to.as_str().into()),
    };
    let times = text.matches(from).count();
    if text.len().saturating_add(times.saturating_mul(to.len())) > LONGEST {
        return Err(too_long("replace"));
    }
    let replaced = text.replace(from, &to);
    Ok(if is_safe { Value::safe_string(&replaced) } else { Value::from(replaced) })
}

/// The filter `join`, for texts that do not become too long.
fn join(list: &[Value], words: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = words.get::<StringInput>("sep")?;
    let is_safe = state.autoescaping_enabled()
        && (list.iter().any(|value| value.is_string() && value.is_safe())
            || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        Some(between) if is_safe => between.rendered(state)?,
        Some(between) => between.as_str().into(),
        None => "".into(),
    };
    let mut joined = String::new();
    for (at, value) in list.iter().enumerate() {
        if at > 0 {
            joined.push_str(&between);
        }
        match (is_safe, value.as_str()) {
            (true, _) if value.is_undefined() => {}
            (true, _) => joined.push_str(&state.escape_if_needed(value)?),
            (false, Some(text)) => joined.push_str(text),
            (false, None) => joined.push_str(&value.to_string()),
        }
        if joined.len() > LONGEST {
            return Err(too_long("join"));
        }
    }
    Ok(if is_safe { Value::safe_string(&joined) } else { Value::from(joined) })
}

/// The function `range`, for as many numbers as a page can use.
fn range(words: Kwargs, _: &State<'_>) -> TeraResult<Vec<i64>> {
    let start = words.get::<i64>("start")?.unwrap_or_default();
    let end = words.must_get::<i64>("end")?;
    let step = words.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(Error::message("`range` never comes from its `start` to its `end`"));
    }
    let numbers = |at: i64| {
        start.checked_add(at.checked_mul(step)?).filter(|it| (*it < end) == (step > 0) && *it != end)
    };
    let list: Vec<i64> = (0..=MOST).map_while(numbers).collect();
    match list.len() as i64 > MOST {
        true => Err(Error::message(format!(
            "`range` gives at most {MOST} numbers; a list is gone through itself, and `loop.index` counts"
        ))),
        false => Ok(list),
    }
}

fn too_long(filter: &str) -> Error {
    Error::message(format!("`{filter}` makes a text of more than {} MB", LONGEST >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::Context;

    /// What an engine makes of a template.
    fn rendered(tera: Tera, template: &str) -> Result<String, String> {
        let mut context = Context::new();
        context.insert_value("safe_text", Value::safe_string("<b>a</b>"));
        context.insert("list", &["<x>", "y"]);
        context.insert("numbers", &[1, 2]);
        tera.render_str(template, &context, true).map_err(|error| error.to_string())
    }

    fn ours() -> Tera {
        let mut tera = Tera::new();
        register(&mut tera);
        tera
    }

    #[test]
    fn they_do_what_the_engine_says_of_them() {
        let check = |template: &str, expected: &str| {
            assert_eq!(rendered(ours(), template).as_deref(), Ok(expected), "{template}");
            assert_eq!(rendered(Tera::new(), template).as_deref(), Ok(expected), "the engine: {template}");
        };
        check("{{ list | join }}", "&lt;x&gt;y");
        check("{{ list | join(sep=\" & \") }}", "&lt;x&gt; &amp; y");
        check("{{ numbers | join(sep=safe_text) }}", "1<b>a</b>2");
        check("{{ [safe_text, \"<\"] | join(sep=\"&\") }}", "<b>a</b>&amp;&lt;");
        check("{{ \"a<b\" | replace(from=\"a\", to=\">\") }}", "&gt;&lt;b");
        check("{{ safe_text | replace(from=\"a\", to=\"<\") }}", "<b>&lt;</b>");
        check("{{ range(end=4) | join(sep=\",\") }}", "0,1,2,3");
        check("{{ range(start=2, end=9, step_by=3) | join(sep=\",\") }}", "2,5,8");
        check("{{ range(start=5, end=1, step_by=-2) | join(sep=\",\") }}", "5,3");
        check("{{ range(start=1, end=1) | length }}", "0");
        check("{{ range(start=1, end=5, step_by=-1) | length }}", "0");
        check("{{ range(start=9223372036854775806, end=9223372036854775807, step_by=2) | length }}", "1");
        check("{{ range(end=200) | length }}", "200");
    }

    #[test]
    fn beyond_their_bounds_they_are_refused() {
        let check = |template: &str, expected: &str| {
            let told = rendered(ours(), template).unwrap_err();
            assert!(told.contains(expected), "{template}: {told}");
        };
        check("{{ range(end=201) }}", "`range` gives at most 200 numbers");
        check("{{ range(start=9, end=1) }}", "`range` never comes");
        check("{{ range(end=9, step_by=0) }}", "`range` never comes");
        let grown = |filter: &str| format!("{{{{ \"{}\"{} }}}}", "a".repeat(100), filter.repeat(4));
        let hundred = "a".repeat(100);
        check(
            &grown(&format!(" | replace(from=\"a\", to=\"{hundred}\")")),
            "`replace` makes a text of more than 8 MB",
        );
        check(
            &grown(&format!(" | split(pat=\"\") | join(sep=\"{hundred}\")")),
            "`join` makes a text of more than 8 MB",
        );
        check("{{ nothing | safe }}", "nothing");
    }
}
