//! Just enough XML to look at the parts of a workbook that calamine does not show: tags and their attributes.
//!
//! Works on bytes in memory, allocates nothing, and takes any input. Names are compared without their prefix where
//! writers choose it freely.

/// How a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Empty,
}

/// One tag of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// With its prefix: `table:table-cell`.
    pub(super) name: &'a [u8],
    attributes: &'a [u8],
    pub(super) form: Form,
    /// Where the tag begins and where the text after it begins.
    pub(super) from: usize,
    pub(super) to: usize,
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(super) fn local_name(&self) -> &'a [u8] {
        local(self.name)
    }

    /// Whether there is anything behind the name.
    pub(super) fn has_more(&self) -> bool {
        !self.attributes.trim_ascii().is_empty()
    }

    /// The value of an attribute as it is written (entities are not resolved).
    pub(super) fn attribute(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.find(|key| key == name)
    }

    /// The same by the name without its prefix, for attributes whose prefix the writer chooses (`r:id`).
    pub(super) fn prefixed_attribute(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.find(|key| local(key) == name)
    }

    fn find(&self, wanted: impl Fn(&[u8]) -> bool) -> Option<&'a [u8]> {
        let mut rest = self.attributes;
        loop {
            let equals = memchr::memchr(b'=', rest)?;
            let (key, after) = rest.split_at_checked(equals)?;
            let after = after.get(1..)?.trim_ascii_start();
            let (&quote, after) = after.split_first()?;
            if !matches!(quote, b'"' | b'\'') {
                return None;
            }
            let end = memchr::memchr(quote, after)?;
            let (value, after) = after.split_at_checked(end)?;
            if wanted(key.trim_ascii()) {
                return Some(value);
            }
            rest = after.get(1..)?;
        }
    }

    /// The value of an attribute that is a whole number.
    pub(super) fn number(&self, name: &[u8]) -> Option<u64> {
        str::from_utf8(self.attribute(name)?).ok()?.trim().parse().ok()
    }

    /// The value of an attribute as text.
    pub(super) fn text(&self, name: &[u8]) -> Option<String> {
        Some(unescaped(str::from_utf8(self.attribute(name)?).ok()?))
    }
}

/// The text of the first `si` of a table of shared texts, as a reader gives it; `None` if there is no whole one.
pub(super) fn first_text(part: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    let mut phonetic = false;
    let mut inside = false;
    let mut from = None;
    for tag in Tags::new(part) {
        if let Some(from) = from.take() {
            text.extend_from_slice(part.get(from..tag.from)?);
        }
        match (tag.local_name(), tag.form) {
            (b"si", Form::Open) => inside = true,
            (b"si", _) => return Some(unescaped(str::from_utf8(&text).ok()?)),
            (b"rPh", form) => phonetic = form == Form::Open,
            (b"t", Form::Open) if inside && !phonetic => from = Some(tag.to),
            _ => {}
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&")
}

fn local(name: &[u8]) -> &[u8] {
    memchr::memchr(b':', name).and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The tags of a text, in order; comments, declarations and character data are passed over.
pub(super) struct Tags<'a> {
    text: &'a [u8],
    at: usize,
    seen: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, seen: 0 }
    }

    /// How much of the text was seen whole: what lies behind it is text, and perhaps a tag that is not complete.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    fn skip_past(&mut self, end: &[u8]) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        self.at += memchr::memmem::find(rest, end)? + end.len();
        Some(())
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.seen = self.at;
            let from = self.at + memchr::memchr(b'<', self.text.get(self.at..)?)?;
            self.at = from + 1;
            let rest = self.text.get(self.at..)?;
            if rest.starts_with(b"!--") {
                self.skip_past(b"-->")?;
            } else if rest.starts_with(b"![CDATA[") {
                self.skip_past(b"]]>")?;
            } else if rest.starts_with(b"?") {
                self.skip_past(b"?>")?;
            } else if rest.starts_with(b"!") {
                self.skip_past(b">")?;
            } else {
                let end = tag_end(rest)?;
                self.at += end + 1;
                self.seen = self.at;
                return Some(tag(rest.get(..end)?, from, self.at));
            }
        }
    }
}

/// Where the `>` stands that ends a tag; one inside a quoted value does not.
fn tag_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let hit = memchr::memchr3(b'>', b'"', b'\'', rest)?;
        let found = *rest.get(hit)?;
        if found == b'>' {
            return Some(at + hit);
        }
        let value = rest.get(hit + 1..)?;
        at += hit + 1 + memchr::memchr(found, value)? + 1;
    }
}

fn tag(inside: &[u8], from: usize, to: usize) -> Tag<'_> {
    let (inside, form) = if let Some(inside) = inside.strip_prefix(b"/") {
        (inside, Form::Close)
    } else if let Some(inside) = inside.strip_suffix(b"/") {
        (inside, Form::Empty)
    } else {
        (inside, Form::Open)
    };
    let length = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at_checked(length).unwrap_or((inside, &[]));
    Tag { name, attributes, form, from, to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_attributes() {
        let text = b"<?xml version=\"1.0\"?><!-- <no> --><x:a r:id='1' n = \"a>b &amp;lt;\"><![CDATA[<no>]]>t</x:a><b/>";
        let tags: Vec<_> = Tags::new(text).collect();
        let names: Vec<_> = tags.iter().map(|tag| (tag.name, tag.form)).collect();
        assert_eq!(names, [(&b"x:a"[..], Form::Open), (b"x:a", Form::Close), (b"b", Form::Empty)]);
        assert_eq!(tags[0].local_name(), b"a");
        assert_eq!(tags[0].prefixed_attribute(b"id"), Some(&b"1"[..]));
        assert_eq!((tags[0].number(b"r:id"), tags[0].number(b"id")), (Some(1), None));
        assert_eq!(tags[0].text(b"n").as_deref(), Some("a>b &lt;"));
        assert_eq!(tags[0].attribute(b"m"), None);
    }

    #[test]
    fn any_bytes_are_taken() {
        for text in
            [&b"<"[..], b"<a", b"<a b", b"<a b=>", b"<a b=\">", b"<!--", b"</", b"</>", b"< >", b"<a =\"\">"]
        {
            for tag in Tags::new(text) {
                let _ = (tag.local_name(), tag.attribute(b"b"), tag.number(b""), tag.text(b"b"));
            }
        }
    }
}
