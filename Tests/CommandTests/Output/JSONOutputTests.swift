import Testing

@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

@Suite("JSON output")
struct JSONOutputTests {
  private func output(_ events: [Event]) -> String {
    let collected = Collected()
    for event in events { JSONOutput(stream: collected.stream).receive(event) }
    return collected.text
  }

  @Test("is one object a line, with the same keys every time")
  func lines() {
    #expect(
      output([
        .started(recipe: "demo", summary: "Close \"it\"", hosts: ["a"], isPlan: true),
        .connected(host: "a", method: nil, platform: "Debian"), .branch(1, of: 0, label: "a"),
        .step(title: "Close it", branch: 1, position: "demo.lua:7"),
        .waiting(host: "a", reason: "one login at a time", duration: .seconds(2)),
        .passed(.proof, host: "a", what: "proved by a new login", branch: 1),
        Samples.call(1, .seen(isGood: true), "in", primitive: "verify_login", host: "a", branch: 1),
      ]) == #"""
        {"event":"started","schema":"ssh-recipes/events/1","recipe":"demo","summary":"Close \"it\"","hosts":["a"],"plan":true}
        {"event":"connected","host":"a","method":null,"platform":"Debian"}
        {"event":"branch","branch":1,"of":0,"label":"a"}
        {"event":"step","title":"Close it","branch":1,"position":"demo.lua:7"}
        {"event":"waiting","host":"a","reason":"one login at a time","milliseconds":2000}
        {"event":"gate","gate":"proof","host":"a","what":"proved by a new login","branch":1}
        {"event":"action","id":1,"state":"seen","primitive":"verify_login","host":"a","branch":1,"step":"Close it","position":"demo.lua:7","what":"in","diff":null,"good":true,"failure":null,"milliseconds":40}

        """#)
  }

  @Test("ends with the outcome and the exit status")
  func end() {
    #expect(
      output([.finished(Samples.report(failures: [Failure(.rolledBack, "no new\nlogin\u{1B}")]))])
        == #"""
        {"event":"finished","outcome":"rolled-back","status":3,"id":null,"recipe":"demo","hosts":["pi@10.0.0.2"],"not_begun":[],"plan":false,"undo":false,"changed":0,"perhaps":0,"rolled_back":0,"unchanged":0,"irrevocable":[],"left_alone":0,"kept":0,"caught":0,"manual":[],"by_host":[{"host":"pi@10.0.0.2","changed":0,"perhaps":0,"rolled_back":0,"unchanged":0}],"failures":[{"kind":"rolled-back","message":"no new\nlogin\u001b","host":null,"action":null,"primitive":null,"gate":null,"cause":null,"explanation":null,"seen":[],"fix":[],"status":null,"stderr":null,"paths":[],"step":null,"position":null,"traceback":[],"failures":[]}],"warnings":[],"next":[],"taken_back":null,"milliseconds":1234}

        """#)
  }
}
