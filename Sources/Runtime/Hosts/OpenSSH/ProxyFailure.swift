import Formats

/// A connection that failed in a `ProxyJump` or `ProxyCommand`, before the target's server had answered.
///
/// The `ssh` to a jump host inherits `-v` and standard error, but not `-E`: its words are apart from the log of ours.
struct ProxyFailure {
  private let command: String
  /// The proxy's messages, and the messages of further proxies.
  private let lines: [String]
  private let isPasswordTried: Bool
  private let hasTimedOut: Bool
  /// ssh's own words about a program that said the wrong things, or nothing in time; `nil` for a program that ended.
  private let complaint: String?
  /// A program may write without end.
  private static let mostLines = 8

  /// - Parameters:
  ///   - log: the log of our own `ssh`.
  ///   - words: everything on its standard error.
  ///   - isPasswordTried: whether a jump host was given a password.
  /// - Returns: `nil` if no proxy is in use, or a server has answered.
  init?(log: SSHClientLog, words: String, isPasswordTried: Bool) {
    // A rehearsal's own command over the open connection, whose words are for the rehearsal to read.
    guard let command = log.proxyCommand, log.serverSoftware == nil, !command.contains("ProxyCommand=false") else {
      return nil
    }
    self.command = command
    self.isPasswordTried = isPasswordTried
    hasTimedOut = log.finalError?.contains("timed out") == true
    complaint = log.messages.first { line in
      line.contains("timed out") || line.hasPrefix(Self.exchange) && !line.contains("Connection closed")
    }
    lines = words.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// `nil` if the jump host worked, and the fault is behind the jump host.
  var error: HostError? {
    guard let jump else { return errorOfCommand }
    if let refused = lines.first(where: { $0.contains(": open failed: ") }) { return beyond(jump, refused) }
    let failure = LoginFailure(
      logBytes: Array(ownLines.joined(separator: "\n").utf8), target: jump.description,
      answers: LoginQuestions.Answers(isPasswordTried: isPasswordTried))
    if let error = failure.ownError { return .jumpHost(name(in: ownLines) ?? jump.description, error) }
    if lines.contains(where: { $0.hasPrefix("Authenticated to ") }) { return nil }
    if hasTimedOut, let name = connecting { return .jumpHost(name, .connectionTimedOut("no answer from \(name)")) }
    let said = lines.filter { !$0.hasPrefix("debug") && !$0.hasPrefix("OpenSSH_") }
    return said.isEmpty ? nil : .proxyCommand(command, said: said)
  }

  // MARK: Another ssh

  /// The destination of the proxy's `ssh`; `nil` for another program.
  private var jump: Target? {
    var words = command.split(separator: " ").map { $0.filter { !"'\"".contains($0) } }[...]
    guard let program = words.popFirst(), program == "ssh" || program.hasSuffix("/ssh") else { return nil }
    var (user, port) = (String?.none, Int?.none)
    while let word = words.popFirst() {
      guard word.hasPrefix("-") else {
        guard var target = try? Target(parsing: word) else { return nil }
        target.user = target.user ?? user
        target.port = target.port ?? port
        return target
      }
      guard word.count == 2, let letter = word.last, Self.optionsWithValue.contains(letter) else { continue }
      let value = words.popFirst()
      if letter == "l" { user = value }
      if letter == "p" { port = value.flatMap { Int($0) } }
    }
    return nil
  }

  private static let exchange = "kex_exchange_identification: "

  /// ssh(1).
  private static let optionsWithValue: Set<Character> = [
    "B", "b", "c", "D", "E", "e", "F", "I", "i", "J", "L", "l", "m", "O", "o", "P", "p", "Q", "R", "S", "W", "w",
  ]

  /// Without the last words of an `ssh` after its proxy's failure: they only repeat that no answer came.
  private var ownLines: [String] {
    var own: [String] = []
    for line in lines {
      if line.contains("UNKNOWN port 65535") {
        if own.last?.hasPrefix(Self.exchange) == true { own.removeLast() }
      } else {
        own.append(line)
      }
    }
    return own
  }

  /// The host in the words of an error, where several jump hosts are in use.
  private func name(in lines: [String]) -> String? {
    for line in lines where !line.hasPrefix("debug") {
      if let name = line.inside("Could not resolve hostname ", ": ") { return name }
      if let place = line.inside("connect to host ", ": ") { return place.replacing(" port ", with: ":") }
      if let name = line.inside("Host key for ", " has changed") ?? line.inside(" host key is known for ", " and you") {
        return name
      }
      if let account = line.dropSuffix(").")?.components(before: ": Permission denied (") { return account }
      if let name = line.inside("Connection closed by ", " port ") ?? line.inside("Connection reset by ", " port ") {
        return name.split(separator: " ").last.map(String.init)
      }
    }
    return nil
  }

  /// The host awaited by a jump host's `ssh`.
  private var connecting: String? {
    let last = lines.last { $0.hasPrefix("debug1: Connecting to ") || $0.hasPrefix("debug1: Connection established") }
    return last?.inside("Connecting to ", " [")
  }

  private func beyond(_ jump: Target, _ line: String) -> HostError {
    let name = lines.last { $0.hasPrefix("Authenticated to ") }?.inside("Authenticated to ", " (")
    return Self.beyond(name ?? jump.description, line, goal: goal)
  }

  /// `HOST:PORT` after `-W`.
  private var goal: String? {
    let words = command.split(separator: " ")
    guard let flag = words.firstIndex(of: "-W"), flag + 1 < words.endIndex else { return nil }
    return words[flag + 1].filter { !"[]'\"".contains($0) }
  }

  /// The failure of a jump host that did not pass a connection on, from its answer `… open failed: …`.
  ///
  /// - Parameter goal: `HOST:PORT`, which the answer does not name; an IPv6 address without brackets.
  static func beyond(_ name: String, _ answer: String, goal: String?) -> HostError {
    let line = answer + (goal.flatMap(Self.words) ?? "")
    guard line.contains("connect failed") else { return .forwardingRefused(jump: name, line) }
    let error: HostError
    switch line {
    case _ where line.contains("Connection refused"): error = .connectionRefused(line)
    case _ where line.contains("timed out"): error = .connectionTimedOut(line)
    case _ where ["not known", "name resolution", "No address", "nodename"].contains(where: line.contains):
      error = .unknownHost(line)
    default: error = .unreachable(line)
    }
    return .beyondJumpHost(name, error)
  }

  /// The goal in the form of ssh's own messages.
  private static func words(about goal: String) -> String? {
    goal.lastIndex(of: ":").map { " (connect to host \(goal[..<$0]) port \(goal[goal.index(after: $0)...]))" }
  }

  // MARK: Another program

  private var errorOfCommand: HostError {
    let said = lines.filter { !$0.hasPrefix("debug") }
    for line in said {
      if line.contains("Connection refused") { return .connectionRefused(line) }
      if line.contains("timed out") { return .connectionTimedOut(line) }
      if line.contains("No route to host") || line.contains("Network is unreachable") { return .unreachable(line) }
    }
    return .proxyCommand(command, said: said.suffix(Self.mostLines) + [complaint].compactMap(\.self))
  }
}

extension String {
  fileprivate func components(before separator: String) -> String? {
    firstRange(of: separator).map { String(self[..<$0.lowerBound]) }
  }
}
