/// Options against settings in the user's configuration that would end, block or detach our sessions.
///
/// Such settings are meant for a person at a terminal, or for a session that only forwards. `ssh` exits at an unknown
/// option, and `IgnoreUnknown` would override the user's own `IgnoreUnknown`: so the installed ssh is asked once per
/// process.
actor SessionOptions {
  static let shared = SessionOptions()
  private var answers: [[String]: Task<[String], Never>] = [:]

  /// Known to every ssh.
  static let always = ["RequestTTY=no", "PermitLocalCommand=no"]
  /// Options with the version of OpenSSH that added them; older versions lack them.
  static let newer = [
    "RemoteCommand=none",  // 7.6
    "SessionType=default", "StdinNull=no", "ForkAfterAuthentication=no",  // 8.7
    "ChannelTimeout=none",  // 9.6
    "VisualHostKey=no",
    // The form that ssh-keygen -lf shows on the host.
    "FingerprintHash=sha256",
  ]
  /// Forwards of a user's configuration; a proof of the user's own login keeps them.
  static let withoutForwards = ["ClearAllForwardings=yes", "ExitOnForwardFailure=no", "Tunnel=no"]

  /// The options of ``newer`` known to this ssh.
  func known(to program: String) async -> [String] { await known(Self.newer, to: program) }

  /// The options of a list that are known to this ssh.
  func known(_ options: [String], to program: String) async -> [String] {
    if let answer = answers[[program] + options] { return await answer.value }
    let task = Task { await Self.ask(ClientProgram(program), options) }
    answers[[program] + options] = task
    return await task.value
  }

  private static func ask(_ program: ClientProgram, _ options: [String]) async -> [String] {
    var known = options
    while !known.isEmpty {
      guard let answer = await program.run(arguments(known)) else { return [] }
      if answer.isSuccess { return known }
      // ssh names the first option that it does not know.
      let complaint = answer.stderr.lowercased()
      let rest = known.filter { !complaint.contains("bad configuration option: \(keyword(of: $0))") }
      guard rest.count < known.count else { break }
      known = rest
    }
    var seen: [String] = []
    for option in known {
      if await program.run(arguments([option]))?.isSuccess == true { seen.append(option) }
    }
    return seen
  }

  private static func arguments(_ options: [String]) -> [String] {
    ["-G", "-F", "/dev/null"] + options.flatMap { ["-o", $0] } + ["--", "host"]
  }

  private static func keyword(of option: String) -> String { option.prefix { $0 != "=" }.lowercased() }
}
