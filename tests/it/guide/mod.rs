//! The guide says what is true: each of its commands is run, what it shows is what comes out, what it names is there.

mod desk;
mod links;
mod mask;
mod page;
mod words;

use std::path::{Path, PathBuf};

/// The folder of the project.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the guide.
fn pages() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(project().join("docs/guide")).unwrap();
    let mut pages: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

/// Does what a page says, on a desk of its own.
#[track_caller]
fn follow(name: &str) {
    let steps = page::steps(&project().join("docs/guide").join(name));
    let mut desk = desk::Desk::new();
    for step in &steps {
        desk.does(step);
    }
    assert!(desk.wrong.is_empty(), "{name}:\n{}", desk.wrong.join("\n"));
    let typed = steps.iter().filter(|step| matches!(step, page::Step::Type { .. })).count();
    assert!(typed >= 3, "{name} has only {typed} commands");
}

/// What stands on the pages beside the guide needs root, systemd or a chat; a shell can read it, at least. Their own tests
/// do with it what can be done here, and `words` looks at the flags.
#[test]
fn a_shell_can_read_every_block_elsewhere() {
    let mut blocks = 0;
    for name in words::ELSEWHERE {
        let text = std::fs::read_to_string(project().join(name)).unwrap();
        for block in page::fences(&text).into_iter().filter(|block| block.kind == "sh") {
            let read = std::process::Command::new("sh")
                .args(["-n", "-c", &block.lines.join("\n")])
                .output()
                .unwrap();
            assert!(read.status.success(), "{name}:{}: {read:?}", block.line);
            blocks += 1;
        }
    }
    assert!(blocks >= 5, "only {blocks} blocks");
}

/// The picture of the README is what its first command shows, which is only slower.
#[test]
fn the_readme_shows_what_comes_out() {
    let text = std::fs::read_to_string(project().join("README.md")).unwrap();
    let block = page::fences(&text).into_iter().find(|block| block.kind == "text").unwrap();
    let command = "incs-import upload samples/daily_collection.xlsx --sandbox --rate 1000000/s --burst 1000";
    let mut desk = desk::Desk::new();
    desk.does(&page::Step::Type { line: 0, command: command.to_owned(), exit: 1 });
    let lines = block.lines.iter().map(|line| (*line).to_owned()).collect();
    desk.does(&page::Step::Shown { line: block.line, lines });
    assert!(desk.wrong.is_empty(), "README.md:\n{}", desk.wrong.join("\n"));
    assert!(block.lines.len() > 20);
}

macro_rules! followed {
    ($($test:ident $page:literal,)*) => {
        $(#[test] fn $test() { follow($page); })*

        #[test]
        fn no_page_is_forgotten() {
            let followed = [$($page,)* "README.md"];
            for page in pages() {
                assert!(followed.contains(&page.file_name().unwrap().to_str().unwrap()), "{}", page.display());
            }
        }
    };
}

followed! {
    first_upload "first-upload.md",
    mapping_columns "mapping-columns.md",
    fixing_a_list "fixing-a-list.md",
    nightly_runs "nightly-runs.md",
    when_something_goes_wrong "when-something-goes-wrong.md",
    after_the_upload "after-the-upload.md",
}
