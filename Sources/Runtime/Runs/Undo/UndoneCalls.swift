import Hosts
import LoginSafety

/// The calls whose acts an undo reverses on one host. An undo counts and reports calls, as the run itself did.
struct UndoneCalls: Sendable {
  private let run: Run
  private let host: Host
  private var numbers: [String: Int] = [:]
  /// The undone acts not reported yet, all of one call.
  private var waiting: (call: Int, acts: [PastAct])?

  init(run: Run, host: Host) {
    self.run = run
    self.host = host
  }

  /// - Returns: the ID of the undo of the act's call.
  mutating func call(of act: PastAct) -> Int {
    // Journals of earlier versions name no call.
    let past = act.recorded.call.map { "\(act.run)#\($0)" } ?? act.id
    let number = numbers[past] ?? run.numbers.call()
    numbers[past] = number
    if let waiting, waiting.call != number { report() }
    return number
  }

  /// Counts an undone act at once; ``report()`` follows with the last act of the call.
  mutating func undone(_ act: PastAct) {
    let call = call(of: act)
    waiting = (call, (waiting?.acts ?? []) + [act])
    run.countUndone(call, on: host)
  }

  /// Reports the acts undone so far.
  mutating func report() {
    guard let (call, acts) = waiting else { return }
    waiting = nil
    run.reportUndone(acts, on: host, call: call)
  }
}

extension Run {
  func countUndone(_ call: Int, on host: Host) {
    ended(call, CallEnd(host: host.name, result: .changed, isProved: !host.waitsForRestart))
  }

  /// - Parameters:
  ///   - acts: acts of one call.
  ///   - call: the ID of the undo of this call.
  func reportUndone(_ acts: [PastAct], on host: Host, call: Int) {
    let what = acts.map { act in
      act.summary + (act.recorded.undo.map { ", by: \($0.command.command)" } ?? "")
    }
    sink.receive(
      .primitive(
        PrimitiveEvent(
          id: call, primitive: "undo", host: host.name, branch: branch, step: nil, position: nil, state: .changed,
          what: "undone: \(what.joined(separator: ", "))", diff: nil, duration: .zero)))
  }
}
