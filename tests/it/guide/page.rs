//! What a page of the guide asks its reader to do, in order.
//!
//! - A block that begins with `sh` is typed, line by line. An exit code other than 0 stands in a comment: `# exit 1`.
//! - A block `text` right behind it shows lines of what came out, in their order; a line `...` stands for others.
//! - A block below "Save this as `list.csv`:" is that file.
//! - A table whose first title is "in `fix.xlsx`" is what to change there: the cell, what it holds, what to type.

use std::fs;
use std::path::Path;

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Type this command.
    Type { line: usize, command: String, exit: i32 },
    /// What has been typed since the last block shows these lines.
    Shown { line: usize, lines: Vec<String> },
    /// A file to write.
    Save { name: String, content: String },
    /// Cells to change in a workbook: which, what is there, what is to be.
    Mend { line: usize, file: String, cells: Vec<[String; 3]> },
    /// A new block of commands begins.
    Block,
}

/// A fenced block of a page.
#[derive(Debug)]
pub(super) struct Fence<'t> {
    /// The number of its first line inside, from 1.
    pub(super) line: usize,
    /// What stands behind the opening marks.
    pub(super) kind: &'t str,
    pub(super) lines: Vec<&'t str>,
    /// The paragraph before it, if only a blank line stands between.
    before: String,
    /// Whether the fence before it ends right above.
    follows: bool,
}

/// The fenced blocks of a page, in order.
pub(super) fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut found: Vec<Fence<'_>> = Vec::new();
    let mut open = false;
    let mut paragraph: Vec<&str> = Vec::new();
    let (mut is_over, mut follows) = (false, false);
    for (number, line) in text.lines().enumerate() {
        if open {
            open = line != "```";
            if open {
                found.last_mut().unwrap().lines.push(line);
            } else {
                (follows, is_over) = (true, true);
                paragraph.clear();
            }
        } else if let Some(kind) = line.strip_prefix("```") {
            let before = paragraph.join(" ");
            found.push(Fence { line: number + 2, kind, lines: Vec::new(), before, follows });
            open = true;
        } else if line.trim().is_empty() {
            is_over = true;
        } else {
            if is_over {
                paragraph.clear();
            }
            (follows, is_over) = (false, false);
            paragraph.push(line);
        }
    }
    assert!(!open, "a block is not closed");
    found
}

/// The text between the first two marks of code in a text.
fn code(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

/// The cells of a row of a table.
pub(super) fn cells(row: &str) -> Vec<&str> {
    row.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim).collect()
}

/// Reads a page of the guide.
pub(super) fn steps(path: &Path) -> Vec<Step> {
    let text = fs::read_to_string(path).unwrap();
    let mut steps: Vec<(usize, Step)> = Vec::new();
    let mut after_commands = false;
    for fence in fences(&text) {
        let place = format!("{}:{}", path.display(), fence.line);
        let name = fence.before.split_once("ave this as ").and_then(|(_, rest)| code(rest));
        if let Some(name) = name.filter(|_| !["sh", "text"].contains(&fence.kind)) {
            let content = fence.lines.join("\n") + "\n";
            steps.push((fence.line, Step::Save { name: name.to_owned(), content }));
        } else if fence.kind == "sh" {
            steps.push((fence.line, Step::Block));
            for (at, line) in fence.lines.iter().enumerate() {
                let exit = line.split_once("# exit ").map_or(0, |(_, code)| {
                    let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
                    digits.parse().unwrap()
                });
                let command = line.split(" # ").next().unwrap().trim();
                if !command.is_empty() && !command.starts_with('#') {
                    let command = command.to_owned();
                    steps.push((fence.line, Step::Type { line: fence.line + at, command, exit }));
                }
            }
        } else if fence.kind == "text" {
            assert!(after_commands && fence.follows, "{place}: it shows the output of no command");
            let lines = fence.lines.iter().map(|line| (*line).to_owned()).collect();
            steps.push((fence.line, Step::Shown { line: fence.line, lines }));
        } else {
            panic!("{place}: a block is run, is shown, or is saved; this one ({}) is none", fence.kind);
        }
        after_commands = fence.kind == "sh";
    }
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let Some(file) = line.strip_prefix("| in ").and_then(code) else { continue };
        lines.next(); // the rule below the titles
        let mut changes = Vec::new();
        while let Some((_, row)) = lines.next_if(|(_, row)| row.starts_with('|')) {
            let row = cells(row);
            let plain = |at: usize| code(row[at]).unwrap_or_default().to_owned();
            changes.push([plain(0), plain(1), plain(2)]);
        }
        let mend = Step::Mend { line: number + 1, file: file.to_owned(), cells: changes };
        steps.push((number + 1, mend));
    }
    // Stable: what stands in one block stays in its order.
    steps.sort_by_key(|(line, _)| *line);
    steps.into_iter().map(|(_, step)| step).collect()
}

#[test]
fn a_page_in_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    let page = "Save this as `a.csv`:\n\n```csv\nx,y\n```\n\n```sh\nrun a.csv # exit 1: it is wrong\n# only words\n\nrun 'b' # again\n```\n\n```text\nseen\n```\n\n| in `fix.xlsx` | is | type |\n| --- | --- | --- |\n| `B2` | `1O` | `10` |\n| `C2` | | `x` |\n\nWords.\n";
    fs::write(&path, page).unwrap();
    let typed = |line, command: &str, exit| Step::Type { line, command: command.to_owned(), exit };
    let row = |cells: [&str; 3]| cells.map(str::to_owned);
    let want = [
        Step::Save { name: "a.csv".to_owned(), content: "x,y\n".to_owned() },
        Step::Block,
        typed(8, "run a.csv", 1),
        typed(11, "run 'b'", 0),
        Step::Shown { line: 15, lines: vec!["seen".to_owned()] },
        Step::Mend {
            line: 18,
            file: "fix.xlsx".to_owned(),
            cells: vec![row(["B2", "1O", "10"]), row(["C2", "", "x"])],
        },
    ];
    assert_eq!(steps(&path), want);
}
