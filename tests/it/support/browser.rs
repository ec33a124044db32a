//! A real Chromium without a window, driven over its DevTools pipe: what a person would see of a page.
//!
//! The pipe wants the file descriptors 3 and 4; a shell puts our pipes there. Messages end with a NUL.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running browser; it ends when this is dropped.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// What it has said without being asked.
    events: Vec<Value>,
    session: Option<String>,
    calls: u64,
    _profile: TempDir,
}

impl Browser {
    /// Starts it. `None`, and a line that cannot be overlooked, on a machine without Chromium, unless the variable
    /// `INCS_TEST_CHROMIUM=required` says that there has to be one.
    pub(crate) fn start() -> Option<Self> {
        let is_there = |name: &str| {
            let found =
                Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            found.is_ok_and(|status| status.success())
        };
        let Some(name) =
            ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| is_there(name))
        else {
            assert!(
                std::env::var("INCS_TEST_CHROMIUM").as_deref() != Ok("required"),
                "INCS_TEST_CHROMIUM=required, but there is no chromium"
            );
            // Past the harness, which keeps what a passing test prints to itself.
            let words = b"==== NOT TESTED in a browser: there is no chromium on this machine ====\n";
            std::io::stderr().write_all(words).unwrap();
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let script = r#"exec "$0" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --disable-dev-shm-usage \
            --no-first-run --disable-background-networking --user-data-dir="$1" --remote-debugging-pipe \
            about:blank 3<&0 4>&1 0</dev/null 1>&2 2>/dev/null"#;
        let mut child = Command::new("sh")
            .args(["-c", script, name])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in BufReader::new(output).split(0) {
                let Ok(message) = message else { break };
                let Ok(message) = serde_json::from_slice(&message) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser =
            Self { child, input, messages, events: Vec::new(), session: None, calls: 0, _profile: profile };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let session = browser.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Opens a file and waits until it is loaded. `hash` is what stands behind it in the address: `#list`, or nothing.
    pub(crate) fn open(&mut self, file: &Path, hash: &str) {
        // Else another place in the same page would not load it again.
        self.go("about:blank");
        self.events.clear();
        self.go(&format!("file://{}{hash}", file.display()));
    }

    fn go(&mut self, address: &str) {
        let before = self.loads();
        self.call("Page.navigate", json!({"url": address}));
        while self.loads() == before {
            let message = self.messages.recv_timeout(PATIENCE).unwrap();
            self.events.push(message);
        }
    }

    fn loads(&self) -> usize {
        self.events.iter().filter(|event| event["method"] == "Page.loadEventFired").count()
    }

    /// What a JavaScript expression is in the page.
    #[track_caller]
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let parameters = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.call("Runtime.evaluate", parameters);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer:#}");
        answer["result"]["value"].clone()
    }

    /// The text that a person sees in the elements of a selector.
    #[track_caller]
    pub(crate) fn texts(&mut self, selector: &str) -> Vec<String> {
        let list = format!("[...document.querySelectorAll({selector:?})].map(one => one.innerText.trim())");
        serde_json::from_value(self.evaluate(&list)).unwrap()
    }

    /// Clicks the one element of a selector.
    #[track_caller]
    pub(crate) fn click(&mut self, selector: &str) {
        self.evaluate(&format!("document.querySelector({selector:?}).click()"));
    }

    /// Types into the one field of a selector, in place of what stood there.
    #[track_caller]
    pub(crate) fn type_into(&mut self, selector: &str, text: &str) {
        self.evaluate(&format!(
            "(() => {{ const field = document.querySelector({selector:?}); field.value = {text:?};
               field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
        ));
    }

    /// What it complained about since the page was opened: errors of the script, of its policy, warnings, dialogs.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        // Whatever was said before this answer has arrived with it.
        self.evaluate("new Promise(done => setTimeout(done, 0))");
        let is_bad = |event: &&Value| match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" | "Page.javascriptDialogOpening" => true,
            "Log.entryAdded" => event["params"]["entry"]["level"] != "verbose",
            "Runtime.consoleAPICalled" => true,
            _ => false,
        };
        self.events.iter().filter(is_bad).map(Value::to_string).collect()
    }

    /// Every address that was asked for since the page was opened.
    pub(crate) fn requests(&self) -> Vec<String> {
        let asked = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        asked.map(|event| event["params"]["request"]["url"].as_str().unwrap().to_owned()).collect()
    }

    /// A picture of what a screen of this width shows down to this height (in its own points, each so many pixels).
    pub(crate) fn picture(&mut self, (width, height): (u32, u32), is_dark: bool, scale: f64) -> Vec<u8> {
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features}));
        let screen =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", screen);
        let taken = self.call("Page.captureScreenshot", json!({"format": "png"}));
        STANDARD.decode(taken["data"].as_str().unwrap()).unwrap()
    }

    /// Sends a command and waits for its answer.
    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut command = json!({"id": self.calls, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        self.input.write_all(format!("{command}\0").as_bytes()).unwrap();
        self.input.flush().unwrap();
        loop {
            let message =
                self.messages.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{method}: no answer"));
            if message["id"] == self.calls {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
