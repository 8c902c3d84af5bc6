import Testing

@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

@Suite("JUnit output")
struct JUnitOutputTests {
  @Test("has a case for each action, and a failure where one ended the run")
  func document() {
    let failure = Failure(.exit, "it <failed>", seen: ["a & b"])
    let collected = Collected()
    let output = JUnitOutput(stream: collected.stream)
    let events = [
      Samples.call(1, .began, ""), Samples.call(1, .changed, "closed"), Samples.call(2, .failed(failure), "open"),
      Event.finished(Samples.report(.failed, changed: 1, failures: [failure])),
    ]
    for event in events { output.receive(event) }
    #expect(
      collected.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="2" failures="1" time="1.234">
          <testsuite name="demo" tests="2" failures="1" time="1.234">
            <testcase classname="demo.pi@10.0.0.2" name="Close it / chmod: closed" time="0.040"/>
            <testcase classname="demo.pi@10.0.0.2" name="Close it / chmod: open" time="0.040">
              <failure type="exit" message="it &lt;failed&gt;">error: it &lt;failed&gt;
          seen    a &amp; b</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }
}
