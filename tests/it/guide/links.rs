//! Links between the pages, and from them to files, lead somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use super::page::fences;
use super::project;

/// All Markdown files of the project, but those that builds and tools leave.
pub(super) fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // A folder of builds has this file in it, wherever it is.
            if !name.starts_with('.') && !path.join("CACHEDIR.TAG").exists() && name != "target" {
                documents(&path, found);
            }
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

/// A page without its fenced blocks.
pub(super) fn prose(text: &str) -> String {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let is_fence = line.trim_start().starts_with("```");
        inside ^= is_fence;
        if !inside && !is_fence {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The anchors of a page, as GitHub makes them of its headings.
fn anchors(text: &str) -> Vec<String> {
    let headings = prose(text);
    let headings = headings.lines().filter(|line| line.starts_with('#'));
    let slug = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|one| one.is_alphanumeric() || [' ', '-', '_'].contains(one));
        kept.map(|one| if one == ' ' { '-' } else { one }).collect()
    };
    headings.map(slug).collect()
}

/// What the links of a text lead to.
fn targets(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut all = Vec::new();
    documents(project(), &mut all);
    let mut broken = Vec::new();
    let mut checked = 0;
    for path in &all {
        let text = fs::read_to_string(path).unwrap();
        for link in targets(&prose(&text)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            checked += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = target.exists()
                && (anchor.is_empty()
                    || anchors(&fs::read_to_string(&target).unwrap()).iter().any(|one| one == anchor));
            if !is_there {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(checked > 30, "only {checked} links");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_page_is_reached_from_the_readme() {
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    let index = fs::read_to_string(project().join("docs/guide/README.md")).unwrap();
    assert!(targets(&readme).contains(&"docs/guide/README.md"));
    for page in super::pages() {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(name == "README.md" || targets(&index).contains(&name), "{name}");
    }
    assert!(fences("```sh\na\n```\n").len() == 1 && prose("a\n```\nb\n```\nc") == "a\nc");
    assert_eq!(anchors("# A `b-c`, d\n"), ["a-b-c-d"]);
}
