//! `report.html`: what it says is what happened, whatever stands in it stays text, and it works in a real browser.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::agreement::everything;
use crate::support::{Action, Browser, HEADER, Scripted, Tasks, WorkDir, list, phone, row};

/// The page as it was written.
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn read(folder: &Path) -> Self {
        Self(fs::read_to_string(folder.join("report.html")).unwrap())
    }

    /// What stands between a begin and the next end after it.
    #[track_caller]
    fn between(&self, begin: &str, end: &str) -> &str {
        let from = self.0.find(begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
        let length = self.0[from..].find(end).unwrap_or_else(|| panic!("no {end}"));
        &self.0[from..from + length]
    }

    /// The lines of the list as the script reads them.
    fn data(&self) -> Value {
        serde_json::from_str(self.between("id=\"data\">", "</script>")).unwrap()
    }

    /// Lines, rows and money by outcome, as its table has them.
    pub(crate) fn table(&self) -> BTreeMap<String, (u64, u64, String)> {
        let number = |cell: &str| cell.replace(' ', "").parse().unwrap();
        let lines =
            self.between("aria-labelledby=\"outcomes\">", "</table>").split("href=\"#outcome=").skip(1);
        lines
            .map(|line| {
                let cells = line.split("<td").skip(1);
                let mut cells =
                    cells.map(|cell| cell.split_once('>').unwrap().1.split_once("</td>").unwrap().0);
                let mut cell = || cells.next().unwrap().to_owned();
                (line.split_once('"').unwrap().0.to_owned(), (number(&cell()), number(&cell()), cell()))
            })
            .collect()
    }

    /// The outcome of each line.
    pub(crate) fn outcomes(&self) -> BTreeMap<String, u64> {
        let words: Value = serde_json::from_str(self.between("id=\"words\">", "</script>")).unwrap();
        let mut counts = BTreeMap::new();
        for row in self.data()["rows"].as_array().unwrap() {
            let name = words["outcomes"][usize::try_from(row[0].as_u64().unwrap()).unwrap()]["code"].as_str();
            *counts.entry(name.unwrap().to_owned()).or_default() += 1;
        }
        counts
    }

    /// All that a browser would not take for text: tags with their attributes, without script, style and data.
    fn tags(&self) -> Vec<&str> {
        let mut tags = Vec::new();
        let mut rest = self.0.as_str();
        while let Some(begin) = rest.find('<') {
            let end = begin + rest[begin..].find('>').unwrap() + 1;
            let tag = &rest[begin..end];
            tags.push(tag);
            rest = &rest[end..];
            for raw in ["script", "style"] {
                if tag.starts_with(&format!("<{raw}")) {
                    rest = &rest[rest.find(&format!("</{raw}")).unwrap()..];
                }
            }
        }
        tags
    }
}

/// A page that could do no harm in any browser: nothing is loaded, nothing runs but its own script.
#[track_caller]
fn is_harmless(page: &Page) {
    let policy = page.between("<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"").to_owned();
    let policy = policy.replace("&#39;", "'").replace("&#x27;", "'");
    let style = page.between("<style>", "</style>");
    let script = page.between("<script>", "</script>");
    for (what, content) in [("script", script), ("style", style)] {
        let hash = STANDARD.encode(Sha256::digest(content));
        assert!(policy.contains(&format!("{what}-src 'sha256-{hash}'")), "{policy}\nwants {what} {hash}");
    }
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
    assert!(!style.contains("url(") && !style.contains("@import"));

    let tags = page.tags();
    let count = |begin: &str| tags.iter().filter(|tag| tag.starts_with(begin)).count();
    assert_eq!((count("<script"), count("<style"), count("<!")), (3, 1, 1), "two blocks of data, one script");
    for tag in &tags {
        for bad in
            [" style=", " src=", "<img", "<link", "<iframe", "<object", "<embed", "<base", "http:", "https:"]
        {
            assert!(!tag.to_lowercase().contains(bad), "{tag}");
        }
        let attributes = tag.split_whitespace().skip(1);
        assert!(attributes.clone().all(|attribute| !attribute.to_lowercase().starts_with("on")), "{tag}");
        for attribute in attributes.filter_map(|attribute| attribute.strip_prefix("href=\"")) {
            let is_ours = attribute.starts_with('#')
                || ["fix.xlsx", "results.xlsx"].iter().any(|name| attribute.starts_with(name));
            assert!(is_ours, "{tag}");
        }
    }
}

#[test]
fn the_page_tells_the_numbers_of_the_summary() {
    let (work, run, folder) = everything(&[]);
    let page = Page::read(&folder);
    is_harmless(&page);
    let summary = work.summary();
    let outcomes = page.outcomes();
    assert_eq!(outcomes.len(), 8);
    for (outcome, count) in &outcomes {
        assert_eq!(summary["tasks"][outcome], *count, "{outcome} in the list");
        let line = page.between(&format!("href=\"#outcome={outcome}\">"), "</tr>");
        assert!(
            line.contains(&format!("<td class=\"number\">{count}</td>")),
            "{outcome} in the table: {line}"
        );
    }
    // The proof, as it stands on the screen.
    for begin in ["rows read ", "totals "] {
        let line = run.stdout.lines().find(|line| line.starts_with(begin)).unwrap();
        assert!(page.0.contains(&format!("<p class=\"equation holds\">{line}</p>")), "{line}");
    }
    // Why it stopped, and what to type.
    let id = summary["run_id"].as_str().unwrap();
    assert!(page.0.contains(&format!("<code>incs-import resume {id}</code>")));
    assert!(
        page.between("class=\"stopped\">", "</p>").contains("refuses the token"),
        "{}",
        page.between("class=\"stopped\">", "</p>")
    );
    assert!(!page.0.contains("class=\"sandbox\""));

    // Written again from the ledger it is the same, but for the place of its neighbours.
    work.run(&["report", id, "--report-dir", "again"]).expect(0);
    let again = Page::read(&work.path().join("again").join(id));
    assert_eq!(again.0.replace("again/", "reports/"), page.0);
}

#[test]
fn a_run_without_a_flaw_says_so_first_and_a_stand_in_is_not_overlooked() {
    let work = WorkDir::with("list.csv", list(3));
    work.run(&["upload", "list.csv", "--sandbox", "--rate", "1000/s"]).expect(0);
    let page = Page::read(&work.last().0);
    is_harmless(&page);
    assert!(page.0.contains("<h1>Every user was tasked: 3 tasks created</h1>"));
    assert!(page.0.contains("Nobody: every user was tasked."));
    assert!(page.0.contains("<strong>SANDBOX</strong> Nothing real was created"));
    assert!(page.0.contains("<path class=\"rate\" d=\"M0 100L"), "how fast it went");
    assert!(page.0.find("SANDBOX").unwrap() < page.0.find("<h1>").unwrap());
}

#[test]
fn the_page_speaks_the_language_that_was_asked_for() {
    let work = WorkDir::with("list.csv", list(2) + &row(2).replace(".50", ".5O"));
    work.run(&["upload", "list.csv", "--sandbox", "--rate", "1000/s"]).expect(1);
    let reports = work.last();
    let ledger = reports.0.join("ledger.db").display().to_string();
    for (language, tag, words) in
        [("en", "en", "2 of 3 tasked"), ("zh", "zh-Hans", "共 3 个"), ("id", "id", "2 dari 3")]
    {
        work.run(&["report", &reports.run(), "--ledger", &ledger, "--lang", language]).expect(0);
        let page = Page::read(&reports.0);
        is_harmless(&page);
        assert!(page.0.contains(&format!("<html lang=\"{tag}\">")), "{language}");
        assert!(page.between("<h1>", "</h1>").contains(words), "{}", page.between("<h1>", "</h1>"));
        assert_eq!(page.outcomes()["created"], 2, "codes are the same in every language");
    }
}

/// What people and servers should not write, but do.
const HOSTILE: [&str; 8] = [
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "\"' onmouseover='window.ran=1' x=\"",
    "=HYPERLINK(0)+<!--",
    "]]>--><svg/onload=window.ran=1>",
    "a\u{2028}b\u{2029}c",
    "\u{202e}txt.exe\u{200f}",
    "{{7*7}}${7*7}&lt;b&gt;&amp;\\u003c",
];

/// A run with hostile text in every field that is told, and its folder.
fn hostile() -> (WorkDir, PathBuf) {
    let tasks = Tasks::default();
    let server = Scripted::start(move |number, request| {
        let words = HOSTILE[number % HOSTILE.len()];
        match (request.method.as_str(), number % 3) {
            ("GET", _) => tasks.list(request),
            (_, 0) => Action::json(
                422,
                json!({"status": "error", "code": 422, "message": words, "data": {}, "error": {words: [words]}}).to_string(),
            ),
            _ => tasks.create(request),
        }
    });
    let work = WorkDir::new();
    let name = "<img src=x onerror=window.ran=1>&'.csv";
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text = format!("{HEADER}\n");
    for (user, words) in HOSTILE.iter().cycle().take(24).enumerate() {
        let words = quoted(words);
        // Some rows are invalid, and their cells are quoted in messages.
        let amount = if user % 7 == 5 { words.clone() } else { "5.50".to_owned() };
        text.push_str(&format!("{},{words},{words},{words},30058,{words},{amount}\n", phone(user)));
    }
    work.write(name, text);
    let mut command = work.command(&WorkDir::uploading(&server.url(), &[name, "--max-invalid", "100"]));
    command.env("USER", HOSTILE[1]).env("HOSTNAME", HOSTILE[0]);
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    let folder = work.last().0;
    (work, folder)
}

#[test]
fn hostile_text_stays_text() {
    let (work, folder) = hostile();
    let page = Page::read(&folder);
    is_harmless(&page);
    assert!(
        !page.0.contains(['\u{2028}', '\u{2029}', '\u{202e}', '\u{200f}']),
        "nothing turns or breaks the text"
    );
    let rows = page.data()["rows"].as_array().unwrap().len();
    assert_eq!(rows, work.results().len());

    let Some(mut browser) = Browser::start() else { return };
    browser.open(&folder.join("report.html"), "");
    for selector in ["#rows .more", "#rows thead button", ".chips button"] {
        browser.evaluate(&format!("document.querySelectorAll({selector:?}).forEach(one => one.click())"));
    }
    for words in HOSTILE {
        browser.type_into("#search", words);
    }
    browser.type_into("#search", "onerror=window.ran");
    browser.click("#rows .more");
    assert!(
        browser.evaluate("document.getElementById('body').innerText").as_str().unwrap().contains(HOSTILE[1])
    );
    assert_eq!(browser.evaluate("String(window.ran)"), "undefined");
    assert_eq!(
        browser.evaluate("document.querySelectorAll('img, main script, iframe, [onerror]').length"),
        0
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
    assert_eq!(browser.requests().len(), 1, "nothing but the page: {:?}", browser.requests());
}

#[test]
fn the_list_is_searched_filtered_sorted_and_linked_to() {
    let (work, _, folder) = everything(&[]);
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&folder.join("report.html"), "");
    let lines = work.results();
    let phones = |browser: &mut Browser| browser.texts("#body td:nth-child(2)");
    let all: Vec<String> = lines.iter().map(|line| line["user_phone"].clone()).collect();
    assert_eq!(phones(&mut browser), all);

    // Search: a phone as people write it, a name, a task id, a number of orders; then nothing.
    let created = lines.iter().find(|line| line["outcome"] == "created").unwrap();
    let spaced = format!(
        "+62 {}-{} {}",
        &created["user_phone"][2..5],
        &created["user_phone"][5..9],
        &created["user_phone"][9..]
    );
    let national = format!("0{}", &created["user_phone"][2..]);
    for query in [created["user_phone"].as_str(), &spaced, &national, &created["user_name"].to_uppercase()] {
        browser.type_into("#search", query);
        assert_eq!(phones(&mut browser), [created["user_phone"].as_str()], "{query}");
        assert_eq!(browser.texts("#hits"), [format!("Found 1 of {} lines; shown: 1 to 1", all.len())]);
    }
    browser.type_into("#search", "orders:1");
    let with_an_order = lines.iter().filter(|line| line["orders"] == "1").count();
    assert_eq!(phones(&mut browser).len(), with_an_order);
    browser.type_into("#search", "nobody of this name");
    assert_eq!(browser.texts("#hits"), [format!("Nothing found in {} lines", all.len())]);
    browser.click("#clear");
    assert_eq!(phones(&mut browser), all);

    // Filter by outcome.
    for outcome in
        ["created", "incomplete_task", "rejected", "failed", "unresolved", "skipped", "pending", "invalid"]
    {
        browser.click(&format!("[data-outcome={outcome}]"));
        let wanted: Vec<&String> =
            lines.iter().filter(|line| line["outcome"] == outcome).map(|line| &line["user_phone"]).collect();
        assert_eq!(phones(&mut browser).iter().collect::<Vec<_>>(), wanted, "{outcome}");
        assert_eq!(browser.texts(&format!("[data-outcome={outcome}] span")), [wanted.len().to_string()]);
    }
    browser.click("#clear");

    // Each reason leads to its own lines.
    let reasons = browser.texts(".reason .all a").len();
    let mut led_to = 0;
    for at in 0..reasons {
        let reason = format!("document.querySelectorAll('.reason')[{at}]");
        let outcome = browser.evaluate(&format!("{reason}.className.split(' ')[1].slice(2)"));
        let code =
            browser.evaluate(&format!("({reason}.querySelector('h3 code') || {{}}).textContent || ''"));
        browser.evaluate(&format!("{reason}.querySelector('.all a').click()"));
        let is_meant = |line: &&BTreeMap<String, String>| {
            line["outcome"] == outcome.as_str().unwrap() && line["error_code"] == code.as_str().unwrap()
        };
        let wanted: Vec<&String> = lines.iter().filter(is_meant).map(|line| &line["user_phone"]).collect();
        assert_eq!(phones(&mut browser).iter().collect::<Vec<_>>(), wanted, "{outcome} {code}");
        assert_eq!(browser.evaluate("document.activeElement.id"), "list", "the keyboard is there too");
        led_to += wanted.len();
    }
    let created_lines = lines.iter().filter(|line| line["outcome"] == "created").count();
    assert_eq!(led_to + created_lines, lines.len(), "every line that is not created has its reason");
    browser.open(&folder.join("report.html"), "#outcome=invalid");
    assert_eq!(phones(&mut browser).len(), 1, "an address can be linked to");
    browser.click("#clear");

    // Sort, and all that is known of a line.
    browser.click("[data-sort=phone] button");
    browser.click("[data-sort=phone] button");
    let mut sorted = all.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!(phones(&mut browser), sorted);
    assert_eq!(
        browser.evaluate("document.querySelector('[data-sort=phone]').getAttribute('aria-sort')"),
        "descending"
    );
    browser.click("[data-sort=total] button");
    let cents = |text: &str| text.replace(['.', ' ', '\u{a0}'], "").parse::<u64>().unwrap_or(0);
    let totals: Vec<u64> = browser.texts("#body td:nth-child(6)").iter().map(|text| cents(text)).collect();
    let mut wanted: Vec<u64> = lines.iter().map(|line| cents(&line["total_amount"])).collect();
    wanted.sort_unstable();
    assert_eq!(totals, wanted, "by amount");
    browser.type_into("#search", &created["user_phone"]);
    browser.click("#rows .more");
    let details = browser.texts("tr.details").join("\n");
    for field in ["task_id", "creation_id", "name", "http_status"] {
        assert!(details.contains(&created[field]), "{field} {:?} in {details}", created[field]);
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn without_its_script_the_page_shows_all_but_the_search() {
    let (work, _, folder) = everything(&[]);
    let Some(mut browser) = Browser::start() else { return };
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open(&folder.join("report.html"), "");
    assert_eq!(browser.texts("#body td:nth-child(2)"), work.column("user_phone"));
    assert_eq!(browser.texts("#body td:nth-child(7)").len(), work.results().len());
    let hidden = "[...document.querySelectorAll('.needs-script')].every(one => one.offsetParent === null)";
    assert_eq!(browser.evaluate(hidden), true);
    assert!(browser.texts("noscript").join("").contains("results.csv"));
}

/// A list so long that nobody would scroll through it. Nothing of it is sent, since one row is wrong.
fn long_list(users: usize) -> (WorkDir, PathBuf) {
    let work = WorkDir::with("list.csv", list(users) + &row(users).replace(".50", ".5O"));
    work.run(&["upload", "list.csv", "--sandbox", "--strict"]).expect(2);
    let folder = work.last().0;
    (work, folder)
}

#[test]
fn a_hundred_thousand_users_are_searched_in_the_blink_of_an_eye() {
    const USERS: usize = 100_000;
    let (_work, folder) = long_list(USERS);
    let page = folder.join("report.html");
    let size = fs::metadata(&page).unwrap().len();
    assert!(size < 40_000_000, "{size} bytes");
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&page, "");
    let shown = browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd");
    assert_eq!(browser.texts("#body tr").len(), 100);
    // The texts to search are made beside, in the first moments.
    let ready = "document.getElementById('filters').dataset.ready";
    browser.evaluate(&format!(
        "new Promise(done => {{ const look = () => {ready} === undefined ? setTimeout(look, 5) : done(); look(); }})"
    ));
    let mut slowest = 0.0_f64;
    for (query, hits) in [
        ("User 77777", 1),
        ("6281210", 100_000),
        (phone(99_999).as_str(), 1),
        ("incs_1 orders:1 12345", 4),
        ("zzz", 0),
    ] {
        let field = "document.getElementById('search')";
        let script = format!(
            "(() => {{ const field = {field}; field.value = {query:?}; const begin = performance.now();
               field.dispatchEvent(new Event('input')); document.body.offsetHeight; return performance.now() - begin; }})()"
        );
        let took = browser.evaluate(&script).as_f64().unwrap();
        let found = browser.texts("#hits").join("");
        if hits < 100 {
            let rows = browser.texts("#body tr").len();
            assert!(rows >= hits.min(1) && (hits == 0) == (rows == 0), "{query}: {found}");
        }
        eprintln!("search for {query:?}: {took:.1} ms ({found})");
        slowest = slowest.max(took);
    }
    eprintln!("page of {USERS} users: {size} bytes, loaded in {shown} ms, slowest search {slowest:.1} ms");
    assert!(slowest < 1_000.0, "{slowest} ms");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Takes the pictures of the documents again, after a change to how the page looks:
/// `cargo test --test it pictures -- --ignored`. They are to be looked at before they are kept.
#[test]
#[ignore = "writes docs/report-*.png"]
fn pictures_for_the_documents() {
    let Some(mut browser) = Browser::start() else { return };
    let work = WorkDir::new();
    let (root, name) = (Path::new(env!("CARGO_MANIFEST_DIR")), "samples/daily_collection.xlsx");
    fs::create_dir(work.path().join("samples")).unwrap();
    fs::copy(root.join(name), work.path().join(name)).unwrap();
    let mut command = work.command(&["upload", name, "--sandbox"]);
    command.env("TZ", "Asia/Jakarta").env("USER", "rina").env("HOSTNAME", "ops-desk");
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    browser.open(&work.last().0.join("report.html"), "");
    for (name, size, is_dark, scale) in [
        ("light", (1_280, 1_500), false, 1.0),
        ("dark", (1_280, 1_500), true, 1.0),
        ("phone", (390, 1_500), false, 1.5),
    ] {
        let picture = browser.picture(size, is_dark, scale);
        fs::write(root.join(format!("docs/report-{name}.png")), picture).unwrap();
    }
}
