/// The user's configuration of the way to a target.
enum JumpPath {
  /// The last jump host before a target, from `ProxyJump`, or from a `ProxyCommand` that is only `ssh -W %h:%p`.
  static func jump(before target: Target, _ options: OpenSSHOptions) async -> Target? {
    guard !options.isLed else { return nil }
    let config = await options.configs.config(of: target, options)
    if let jumps = config["proxyjump"], jumps != "none" {
      let names = jumps.split(separator: ",").map(String.init)
      guard let last = names.last, var jump = try? Target(parsing: last) else { return nil }
      if names.count > 1 { jump.options = ["ProxyJump=" + names.dropLast().joined(separator: ",")] }
      return jump
    }
    return config["proxycommand"].flatMap(jump)
  }

  /// The destination of `ssh -W %h:%p [option …] [user@]host`; `nil` for any other command.
  static func jump(of command: String) -> Target? {
    var words = command.split(separator: " ").map(String.init)[...]
    guard let program = words.popFirst(), program == "ssh" || program == "/usr/bin/ssh" else { return nil }
    var (passesOn, user, port) = (false, String?.none, Int?.none)
    var (options, host) = ([String](), Target?.none)
    while let word = words.popFirst() {
      guard word.allSatisfy({ $0.isLetter || $0.isNumber || "-_.:=%@[]/~,+".contains($0) }) else { return nil }
      if !word.hasPrefix("-") {
        guard host == nil, !word.contains("%") else { return nil }
        host = try? Target(parsing: word)
        continue
      }
      if needless.contains(word) { continue }
      guard let value = word.count > 2 ? String(word.dropFirst(2)) : words.popFirst() else { return nil }
      switch word.prefix(2) {
      case "-W" where ["%h:%p", "[%h]:%p"].contains(value): passesOn = true
      case "-l": user = value
      case "-p": port = Int(value)
      case "-i" where !value.contains("%"): options.append("IdentityFile=\(value)")
      case "-J" where !value.contains("%"): options.append("ProxyJump=\(value)")
      case "-o" where value.contains("=") && !value.contains("%"): options.append(value)
      default: return nil
      }
    }
    guard passesOn, var jump = host else { return nil }
    jump.user = jump.user ?? user
    jump.port = jump.port ?? port
    jump.options = options
    return jump
  }

  /// Flags without an effect on a connection that is passed on.
  private static let needless: Set<String> = ["-q", "-v", "-T", "-x", "-a", "-A", "-N", "-n"]

  /// Whether the user's own control socket (`ControlPath`) leads to the jump host already.
  static func isSharedByUser(_ jump: Target, _ options: OpenSSHOptions) async -> Bool {
    let config = await options.configs.config(of: jump, options)
    guard let path = config["controlpath"], path != "none" else { return false }
    let file = options.configFile.map { ["-F", $0] } ?? []
    let words = ["-O", "check"] + file + options.address(jump) + options.destination(jump)
    return await ClientProgram(options.program).run(words)?.isSuccess ?? false
  }
}
