import Testing

@testable import Contract
@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

@Suite("JUnit output")
struct JUnitOutputTests {
  @Test("has a case for each action, and a failure where one ended the run")
  func document() {
    var failure = Failure(.exit, "it <failed>", seen: ["a & b"])
    failure.action = 2
    var inRecipe = failure
    inRecipe.position = "demo.lua:9"
    var caught = Failure(.absent, "not there")
    caught.action = 3
    var report = Samples.report(changed: 1, failures: [inRecipe])
    report.manualSteps = [ManualStep("Switch it on", .unconfirmed), ManualStep("Plug it in", .done)]
    let collected = Collected()
    let output = JUnitOutput(stream: collected.stream)
    let events = [
      Samples.call(1, .began, ""), Samples.call(1, .changed, "closed"), Samples.call(2, .failed(failure), "open"),
      Samples.call(3, .failed(caught), "look"), Event.finished(report),
    ]
    for event in events { output.receive(event) }
    #expect(
      collected.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="4" failures="1" skipped="2" time="1.234">
          <testsuite name="demo" tests="4" failures="1" skipped="2" time="1.234">
            <properties>
              <property name="outcome" value="failed"/>
              <property name="changed" value="1"/>
              <property name="perhaps" value="0"/>
              <property name="rolled_back" value="0"/>
              <property name="unchanged" value="0"/>
              <property name="plan" value="false"/>
            </properties>
            <testcase classname="demo.pi@10.0.0.2" name="Close it / chmod: closed" time="0.040"/>
            <testcase classname="demo.pi@10.0.0.2" name="Close it / chmod: open" time="0.040">
              <failure type="exit" message="it &lt;failed&gt;">error: it &lt;failed&gt;
          step    demo.lua:9
          seen    a &amp; b</failure>
            </testcase>
            <testcase classname="demo.pi@10.0.0.2" name="Close it / chmod: look" time="0.040">
              <skipped message="failed, and the recipe went on: not there"/>
            </testcase>
            <testcase classname="demo.manual" name="Switch it on">
              <skipped message="not confirmed"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }
}
