import Contract
import Diagnosis
import Hosts
import Scripts
import Values

extension Primitive {
  static let waitFor = Primitive(
    "wait_for", "Waits until a path exists, a command succeeds, or a program listens on a port.", needs: nil,
    Parameter<RemotePath?>("path", "Wait until this path exists; needs the permission `files`."),
    Parameter<String?>("command", "Wait until this command ends with status 0; needs the permission `run`."),
    Parameter<Port?>(
      "port", "Wait until a program on the host listens on this TCP port. Checked without connecting."),
    Parameter("timeout", "Seconds until the wait fails.", default: Seconds(60)),
    Parameter("every", "Seconds between checks.", default: Seconds(1)),
    results: [
      ResultField("ok", "boolean", "Always true; otherwise the wait fails with kind `timeout`."),
      ResultField("seconds", "number", "The time waited."),
    ],
    done: "The last check on the host succeeded.",
    example: #"nas:wait_for { port = 5000, timeout = 120 }"#
  ) { context, path, command, port, timeout, every in
    let wait = try await Wait(context, path: path, command: command, port: port, timeout: timeout.duration)
    return .observe("wait for \(wait.what)", planned: ["ok": .boolean(true), "seconds": .integer(0)]) {
      try await wait.poll(every: every.duration)
    }
  }
}

/// A condition to wait for.
struct Wait: Sendable {
  let reader: Reader
  let script: Script
  let what: String
  let timeout: Duration

  init(
    _ context: PrimitiveContext, path: RemotePath?, command: String?, port: Port?, timeout: Duration
  ) async throws {
    reader = context.reader
    self.timeout = timeout
    switch (path, command, port) {
    case (let path?, nil, nil):
      let path = try await reader.absolute(path)
      script = Script("wait for \(path)", ShellScripts.isThere, [path])
      what = path
    case (nil, let command?, nil):
      try context.require(.run, for: "wait_for")
      script = Script("wait for a command", ShellScripts.tryCommand, [command], timeout: timeout)
      what = "\"\(command)\""
    case (nil, nil, let port?):
      script = Script("wait for port \(port.number)", ShellScripts.portIsOpen, [String(port.number)])
      what = "port \(port.number)"
    default:
      throw Failure(
        .argument, "wait_for takes exactly one of \"path\", \"command\" and \"port\"",
        fix: ["ssh-recipes primitives wait_for"])
    }
  }

  /// - Throws: ``Failure`` of kind `timeout`.
  func poll(every pause: Duration) async throws -> Observation {
    let clock = ContinuousClock()
    let start = clock.now
    var last = Output()
    while true {
      last = try await reader.query(script)
      let elapsed = clock.now - start
      if last.isSuccess {
        // Another program has changed the host, so the known files may be old.
        reader.host.know { $0 = KnownFiles() }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return Observation("\(what) is there", fields: ["ok": .boolean(true), "seconds": .number(seconds)])
      }
      guard elapsed + pause < timeout else { break }
      try await Task.sleep(for: pause)
    }
    throw Failure(
      .timeout, "\(what) was not there within \(timeout.components.seconds) seconds",
      seen: last.errorText.split(whereSeparator: \.isNewline).suffix(3).map(String.init))
  }
}
