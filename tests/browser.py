#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Looks at a report in headless Chromium, without a network.

usage: browser.py WHAT PAGE [ARGUMENT]... ; WHAT is a function below, such as "loads".

Chromium is spoken to by its DevTools protocol over a pipe: messages of JSON, each with a 0 behind it.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time


class Browser:
    """A window of Chromium on one page."""

    def __init__(self, page):
        self.url = pathlib.Path(page).resolve().as_uri()
        self.profile = tempfile.mkdtemp()
        self.complaints, self.requests = [], []
        self.number, self.received, self.session = 0, b"", None
        self.start()

    def start(self):
        from_us, self.output = os.pipe()
        self.input, to_us = os.pipe()
        command = [
            "sh", "-c", f'exec "$@" 3<&{from_us} 4>&{to_us}', "-",
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
            "--disable-dev-shm-usage", f"--user-data-dir={self.profile}", "about:blank",
        ]
        self.process = subprocess.Popen(
            command, pass_fds=(from_us, to_us), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)

    def __enter__(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Log", "Page", "Network"):
            self.call(f"{domain}.enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0,
                  downloadThroughput=0, uploadThroughput=0)
        self.resize(1280)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        os.close(self.input)
        os.close(self.output)
        shutil.rmtree(self.profile, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.received:
            block = os.read(self.input, 1 << 20)
            assert block, "chromium has ended; is it installed?"
            self.received += block
        message, self.received = self.received.split(b"\0", 1)
        return json.loads(message)

    def note(self, event):
        method, what = event.get("method"), event.get("params", {})
        if method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
            self.complaints.append(json.dumps(what)[:400])
        if method == "Network.requestWillBeSent":
            self.requests.append(what["request"]["url"][:200])

    def call(self, method, **arguments):
        self.number += 1
        message = {"id": self.number, "method": method, "params": arguments}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, f"{method}: {answer}"
                return answer["result"]
            self.note(answer)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, expression):
        end = time.monotonic() + 30
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"never came true: {expression}"
            time.sleep(0.05)

    def open(self, scheme="light"):
        self.set_scheme(scheme)
        self.call("Page.navigate", url=self.url)
        self.wait_for("document.readyState === 'complete' && !!document.querySelector('footer')?.textContent")
        self.settle()

    def settle(self):
        """Two frames: sizes are observed, then drawn."""
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))")

    def set_scheme(self, scheme, media=""):
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def resize(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def press(self, key, modifiers=0):
        text = {"Enter": "\r"}.get(key)
        event = {"key": key, "code": key, "modifiers": modifiers,
                 "windowsVirtualKeyCode": {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36,
                                           "ArrowLeft": 37, "ArrowRight": 39}[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **event, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def drawn(self):
        """Of each canvas that shows: its size, and how many colours are on it."""
        return self.evaluate("""[...document.querySelectorAll('canvas')].filter(c => c.checkVisibility()).map(c => {
            if (!c.width || !c.height)
                return {width: c.width, colours: 0};
            const copy = new OffscreenCanvas(c.width, c.height).getContext('2d', {willReadFrequently: true});
            copy.drawImage(c, 0, 0);
            const pixels = new Uint32Array(copy.getImageData(0, 0, c.width, c.height).data.buffer);
            return {width: c.clientWidth, colours: new Set(pixels).size};
        })""")

    def background(self):
        red, green, blue = self.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)")
        return (red + green + blue) / 3


def loads(browser, n_charts):
    """No complaint, no request but the page's own, and so many charts, each with something on it."""
    browser.open()
    charts = browser.drawn()
    assert len(charts) == int(n_charts), f"{len(charts)} charts: {charts}"
    assert all(chart["colours"] > 4 and chart["width"] > 100 for chart in charts), charts
    strangers = [url for url in browser.requests if url != browser.url and not url.startswith("data:")]
    assert browser.requests and not strangers, f"requests: {browser.requests}"


def themes(browser):
    """Page and charts follow the system, also while they show."""
    image = "document.querySelector('canvas').toDataURL()"
    browser.open("light")
    light, light_chart = browser.background(), browser.evaluate(image)
    browser.set_scheme("dark")
    browser.settle()
    dark, dark_chart = browser.background(), browser.evaluate(image)
    assert light > 240 and dark < 40, (light, dark)
    assert light_chart != dark_chart, "the chart did not change"
    browser.set_scheme("light")
    browser.settle()
    assert browser.evaluate(image) == light_chart, "light is not what it was"
    browser.open("dark")
    assert browser.background() < 40


DESCRIBE = """(() => {
    const e = document.activeElement, style = getComputedStyle(e);
    return {index: [...document.querySelectorAll('*')].indexOf(e), tag: e.tagName, kind: e.className,
            text: e.textContent.slice(0, 40), says: e.getAttribute('aria-label'),
            shows: e.matches(':focus-visible') && style.outlineStyle !== 'none' && style.outlineWidth !== '0px'};
})()"""


def keys(browser):
    """Tab goes through all in the order of the page, each showing that it has the focus."""
    browser.open()
    count = browser.evaluate("""[...document.querySelectorAll('a[href], summary, canvas, [tabindex="0"]')]
        .filter(e => e.checkVisibility()).length""")
    stops = []
    for _ in range(count):
        browser.press("Tab")
        stops.append(browser.evaluate(DESCRIBE))
    assert stops[0]["kind"] == "skip", stops[0]
    order = [stop["index"] for stop in stops]
    assert order == sorted(set(order)), stops
    assert all(stop["shows"] for stop in stops), [stop for stop in stops if not stop["shows"]]
    charts = [stop for stop in stops if stop["tag"] == "CANVAS"]
    assert len(charts) == len(browser.drawn()) and all(chart["says"] for chart in charts), charts


def skip_link(browser):
    browser.open()
    browser.press("Tab")
    browser.press("Enter")
    assert browser.evaluate("document.activeElement.id") == "main"


def points(browser):
    """Arrows say and show each point of each chart; Escape leaves them."""
    browser.open()
    said = "document.getElementById('live').textContent"
    for index in range(len(browser.drawn())):
        browser.evaluate(f"document.querySelectorAll('canvas')[{index}].focus()")
        image = f"document.querySelectorAll('canvas')[{index}].toDataURL()"
        idle = browser.evaluate(image)
        browser.press("ArrowRight")
        browser.press("ArrowRight")
        second = browser.evaluate(said)
        assert second, f"chart {index} says nothing"
        assert browser.evaluate(image) != idle, f"chart {index} shows nothing"
        browser.press("ArrowLeft")
        first = browser.evaluate(said)
        assert first != second, f"chart {index}: {second}"
        browser.press("End")
        last = browser.evaluate(said)
        browser.press("ArrowRight")
        assert browser.evaluate(said) == last != first, f"chart {index}: {last}"
        browser.press("Escape")
        assert browser.evaluate(said) == "", f"chart {index}"
        assert browser.evaluate(image) == idle, f"chart {index} still shows it"


def pointer(browser):
    """A point under the pointer tells what it is."""
    browser.open()
    image = "document.querySelector('canvas').toDataURL()"
    idle = browser.evaluate(image)
    x, y = browser.evaluate("""(r => [r.x + r.width / 2, r.y + r.height / 2])(
        document.querySelector('canvas').getBoundingClientRect())""")
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    browser.settle()
    assert browser.evaluate(image) != idle


def tables(browser):
    """Every chart has its numbers as a table."""
    browser.open()
    rows = browser.evaluate("""[...document.querySelectorAll('figure details.data')].map(async d => {
        d.open = true;
        await new Promise(done => setTimeout(done, 50));
        return d.querySelectorAll('tbody tr').length;
    }).reduce(async (list, n) => [...await list, await n], [])""")
    assert len(rows) == len(browser.drawn()) and min(rows) > 0, rows


def unfolds(browser, n_charts):
    """What is folded draws when it is opened, by a link too."""
    browser.open()
    before = len(browser.drawn())
    browser.evaluate("""(() => {
        const last = [...document.querySelectorAll('.measurement')].pop();
        location.hash = last.open ? '' : last.id;
    })()""")
    browser.settle()
    charts = browser.drawn()
    assert len(charts) - before == int(n_charts), (before, len(charts))
    assert all(chart["colours"] > 4 and chart["width"] > 100 for chart in charts), charts


def bins(browser):
    """Bars are as wide as their bins, however many there are, and stand where these do."""
    browser.open()
    bars = browser.evaluate("""(chart => {
        const x = chart.scales.x, data = chart.data.datasets[1];
        return chart.getDatasetMeta(1).data.map((bar, i) => [bar.width, x.getPixelForValue(data.binWidth) - x.getPixelForValue(0),
            bar.x, x.getPixelForValue(data.data[i].x)]);
    })(charts.find(chart => chart.data.datasets[1]?.binWidth))""")
    assert len(bars) > 1
    for width, bin_width, middle, bin_middle in bars:
        assert abs(width - bin_width) < 1 and abs(middle - bin_middle) < 1, bars


def narrow(browser):
    """Nothing is wider than a telephone."""
    browser.resize(400)
    browser.open()
    assert browser.evaluate("document.documentElement.scrollWidth") <= 400
    assert all(100 < chart["width"] < 400 for chart in browser.drawn())


def prints(browser):
    """Black on white, whatever the system's theme, charts too; then as before."""
    browser.open("dark")
    image = "document.querySelector('canvas').toDataURL()"
    before = browser.evaluate(image)
    browser.evaluate("""addEventListener('beforeprint', () => { window.printed = document.querySelector('canvas').toDataURL(); })""")
    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
    assert pdf.startswith(b"%PDF") and len(pdf) > 20000, len(pdf)
    assert browser.evaluate("window.printed && window.printed !== %s" % json.dumps(before))
    assert browser.evaluate(image) == before
    browser.set_scheme("dark", media="print")
    assert browser.background() > 240


def is_text(browser, title, name):
    """What came with the deck is text, whatever it looks like."""
    browser.open()
    assert browser.evaluate("document.title").startswith(title), browser.evaluate("document.title")
    assert browser.evaluate("document.querySelector('h1').textContent") == title
    assert browser.evaluate("document.querySelector('.measurement h2').textContent") == name
    assert browser.evaluate("document.querySelectorAll('img, iframe, b, script[src]').length") == 0
    assert browser.evaluate("window.hacked === undefined")


def says(browser, *words):
    """The text of the page has these words."""
    browser.open()
    text = browser.evaluate("document.body.innerText")
    missing = [word for word in words if word not in text]
    assert not missing, f"missing: {missing}\n{text}"


def screenshot(browser, path, height=1060):
    """Write a picture of the page's upper part."""
    browser.resize(1240, int(height))
    browser.open()
    browser.evaluate("document.documentElement.style.scrollbarWidth = 'none'")
    browser.settle()
    picture = browser.call("Page.captureScreenshot", format="png")["data"]
    pathlib.Path(path).write_bytes(base64.b64decode(picture))


def main():
    what, page, *arguments = sys.argv[1:]
    with Browser(page) as browser:
        globals()[what](browser, *arguments)
        assert not browser.complaints, browser.complaints[:3]


main()
