//! The guide says what is true: each of its commands is run, what it shows is what comes out, what it names is there.

#[cfg(unix)]
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
#[cfg(unix)]
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

#[cfg(unix)]
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

#[cfg(unix)]
followed! {
    first_upload "first-upload.md",
    mapping_columns "mapping-columns.md",
    fixing_a_list "fixing-a-list.md",
    nightly_runs "nightly-runs.md",
    when_something_goes_wrong "when-something-goes-wrong.md",
    after_the_upload "after-the-upload.md",
}
