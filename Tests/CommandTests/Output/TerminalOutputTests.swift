import Testing

@testable import Runs
@testable import ssh_recipes

@Suite("Terminal output")
struct TerminalOutputTests {
  @Test("marks what was done, and clears what moves before a line that stays")
  func lines() {
    let collected = Collected()
    // Quiet enough for no live lines, so that the text does not depend on the clock.
    var narrator = Narrator(style: .plain, detail: .normal, hasMarks: true)
    for event in Samples.oneHost {
      for line in narrator.lines(for: event) { collected.stream.line(line.text) }
    }
    #expect(
      collected.text == """
        demo: Close a directory  on pi@10.0.0.2

          · logged in  pi@10.0.0.2: by password, Debian
        ▸ Close it
          ✓ changed    pi@10.0.0.2: /home/pi/.ssh: 755 -> 700
          · unchanged  pi@10.0.0.2: /home/pi is 755 already
          i note       a note
          ! seen       pi@10.0.0.2: login refused

        Done in 1.23 s: 1 change, 1 unchanged.
        Undo with: ssh-recipes undo

        """)
  }

  @Test("takes the live lines off the screen while a person is asked, and holds all others back until the answer")
  func pause() {
    let collected = Collected()
    let output = TerminalOutput(
      stream: collected.stream, style: .plain, detail: .normal, size: { (columns: 30, rows: 24) })
    output.receive(.step(title: "Look for a key on this computer, or make one", branch: 0, position: nil))
    output.pause()
    output.receive(.note("hello", branch: 0))
    let asking = """
      ▸ Look for a key on this
        computer, or make one
      ⠋ Look for a key on this comp
      \u{1B}[1A\r\u{1B}[J
      """
    #expect(collected.text == asking)
    // A prompt may begin before another prompt ends.
    output.pause()
    output.resume()
    #expect(collected.text == asking)
    output.resume()
    #expect(collected.text == asking + "  i note       hello\n")
  }

  @Test func `output that a prompt still holds back at the end of the run is written then`() {
    let collected = Collected()
    let output = TerminalOutput(
      stream: collected.stream, style: .plain, detail: .normal, size: { (columns: 80, rows: 24) })
    output.pause()
    output.receive(.note("hello", branch: 0))
    #expect(collected.text == "")
    output.end()
    #expect(collected.text == "  i note       hello\n")
  }

  @Test("shows every branch that works, the longest first, and counts the rest")
  func live() {
    var live = LiveStatus()
    let start = ContinuousClock.now
    live.take(.started(recipe: "demo", summary: "", hosts: [], isPlan: false), at: start)
    for branch in 1...3 {
      let host = "nas\(branch)"
      live.take(.branch(branch, of: 0, label: host), at: start)
      live.take(.step(title: "Close it", branch: branch, position: nil), at: start + .seconds(branch))
      live.take(
        Samples.call(branch, .began, "~/.ssh", host: host, branch: branch), at: start + .seconds(branch))
    }
    #expect(
      live.lines(width: 80, height: 2, spinner: "*", now: start + .seconds(4)) == [
        "* [nas1] Close it – chmod ~/.ssh (3 s)", "* [nas2] Close it – chmod ~/.ssh (2 s)",
        "  … and 1 more at work",
      ])
    live.take(.finished(Samples.report(changed: 1)), at: start)
    #expect(live.lines(width: 80, height: 2, spinner: "*", now: start) == [])
  }
}
