import Testing

@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

@Suite("Plain output")
struct PlainOutputTests {
  private func output(
    _ events: [Event], _ detail: Narrator.Detail = .normal
  ) -> (output: String, complaints: String) {
    let (output, complaints) = (Collected(), Collected())
    let plain = PlainOutput(output: output.stream, complaints: complaints.stream, detail: detail)
    for event in events { plain.receive(event) }
    return (output.text, complaints.text)
  }

  @Test("tells a run on one host")
  func oneHost() {
    #expect(
      output(Samples.oneHost).output == """
        demo: Close a directory  on pi@10.0.0.2

          logged in  pi@10.0.0.2: by password, Debian
        Close it
          changed    pi@10.0.0.2: /home/pi/.ssh: 755 -> 700
          unchanged  pi@10.0.0.2: /home/pi is 755 already
          note       a note
          seen       pi@10.0.0.2: login refused

        Done in 1.23 s: 1 change, 1 unchanged.
        Undo with: ssh-recipes undo

        """)
  }

  @Test("says nothing when it shall be quiet and all went well")
  func quiet() {
    #expect(output(Samples.oneHost, .quiet) == ("", ""))
  }

  @Test("tells a plan with its differences")
  func plan() {
    let events: [Event] = [
      .started(recipe: "demo", summary: "Close a directory", hosts: ["pi@10.0.0.2"], isPlan: true),
      .step(title: "Add a key", branch: 0, position: nil),
      Samples.call(1, .changed, "add the key", diff: "-old\n+new\u{7}\n"),
      .finished(Samples.report(changed: 1, isPlan: true)),
    ]
    #expect(
      output(events).output == #"""
        plan of demo: Close a directory  on pi@10.0.0.2

        Add a key
          would      pi@10.0.0.2: add the key
              -old
              +new\x07

        1 change would be made. This was a plan: nothing was touched.

        """#)
  }

  @Test("tells several hosts apart, and the errors of all at the end on standard error")
  func severalHosts() {
    var failure = Failure(.unreachable, "nothing answers")
    failure.host = "b"
    let events: [Event] = [
      .started(recipe: "demo", summary: "Close a directory", hosts: ["a", "bb"], isPlan: false),
      .branch(1, of: 0, label: "a"), .branch(2, of: 0, label: "bb"),
      .step(title: "Close it", branch: 1, position: nil), .step(title: "Close it", branch: 2, position: nil),
      Samples.call(1, .changed, "closed", host: "a", branch: 1),
      Samples.call(2, .failed(failure), "", host: "bb", branch: 2),
      .warning("look\nhere", branch: 2),
      .finished(
        Samples.report(
          hosts: ["a", "bb"], changed: 1,
          failures: [
            {
              var failure = failure
              failure.host = "bb"
              return failure
            }()
          ])),
    ]
    let text = output(events)
    #expect(
      text.output == """
        demo: Close a directory  on a, bb

          changed    a: closed
          failed     bb: nothing answers

          a   1 changed, 0 unchanged
          bb  0 changed, 0 unchanged, failed
        Failed after 1.23 s: 1 change was made before that.
        Undo with: ssh-recipes undo

        """)
    #expect(
      text.complaints == """
          warning    [bb] look
          warning    [bb] here

        error: bb: nothing answers

        """)
  }

  @Test(
    "names each end of a run",
    arguments: [
      (nil, "Nothing had to be changed: everything is already in place (1.23 s).\n"),
      (Failure.Kind.rolledBack, "Rolled back after 1.23 s: the change failed, and the host is as it was before.\n"),
      (.unknown, "Unknown after 1.23 s: check what the error names before you continue.\n"),
      (.cancelled, "Cancelled after 1.23 s: nothing was changed.\n"),
    ])
  func ends(kind: Failure.Kind?, text: String) {
    let failures = kind.map { [Failure($0, "it ended")] } ?? []
    #expect(output([.finished(Samples.report(unchanged: 2, failures: failures))]).output == "\n" + text)
  }
}
