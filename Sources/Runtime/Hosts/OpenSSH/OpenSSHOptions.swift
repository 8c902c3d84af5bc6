import Subprocess

/// Settings common to all logins of a run.
package struct OpenSSHOptions: Sendable {
  /// The client, searched in `PATH` unless the name has a slash.
  package var program = "ssh"
  /// A program that calls ``Askpass/main(prompt:socket:)``; `nil` disables all prompts of `ssh`.
  package var askpassProgram: String?
  /// Replaces `~/.ssh/config`.
  package var configFile: String?
  /// More options in the form of `ssh_config`, such as `Port=2222`, before all others.
  package var extra: [String] = []
  /// Private keys to offer before all others; evaluated at the start of each login.
  package var offering: @Sendable () -> [String] = { [] }
  package var connectTimeout = Duration.seconds(15)
  /// The same behind a jump host or another proxy, whose own login counts as well.
  package var proxyTimeout = Duration.seconds(45)
  /// The first script; the output is part of the login.
  package var greeting: Script?
  /// Makes ssh's connections; `nil` leaves them to ssh. Shared by all copies of these options.
  package var dialer: Dialer?
  /// Called when a login has to wait, with the duration.
  package var onWait: @Sendable (Target, Duration) -> Void = { _, _ in }

  /// The host keys met so far; shared by all copies of these options.
  package var hostKeys = AcceptedHostKeys()
  /// The ssh configurations of the targets; shared by all copies of these options.
  package var configs = ClientConfigs()
  /// The shared logins to jump hosts; shared by all copies of these options.
  package var jumps = JumpHosts()

  /// The accounts whose shell is known; `nil` for none.
  package var memory: LoginMemory?

  /// Whether the first script travels in the login's command, whatever the memory says; see ``LoginMemory``.
  package var takesFirstScript = false

  /// The files of a plan's logins; `nil` for a run.
  package var plan: PlanFiles?

  package init() {}

  /// The target's port and user, as arguments.
  func address(_ target: Target) -> [String] {
    (target.port.map { ["-p", "\($0)"] } ?? []) + (target.user.map { ["-l", $0] } ?? [])
  }

  /// The words by which ssh chooses a target's configuration.
  func place(_ target: Target) -> [String] { address(target) + extra + target.options + [target.host] }

  /// The last words before a command: the target's own options, after all others since the first value of an option
  /// counts, and the host.
  func destination(_ target: Target) -> [String] { target.options.flatMap { ["-o", $0] } + ["--", target.host] }

  /// The user's settings of sessions that stay in effect.
  enum UserSettings { case none, forwards, all }

  /// The arguments common to all `ssh` processes, up to the host.
  func base(_ target: Target, log: String, keeping settings: UserSettings = .none) async -> [String] {
    var arguments = ["-v", "-E", log]
    switch settings {
    case .none: arguments += ["-T", "-x"]
    case .forwards: arguments.append("-T")
    case .all: break
    }
    if let configFile { arguments += ["-F", configFile] }
    if let plan { arguments += await plan.arguments(for: target, self) }
    guard settings != .all else { return arguments + address(target) + extra.flatMap { ["-o", $0] } }
    async let known = SessionOptions.shared.known(to: program)
    let options =
      extra + (await connectionOptions(target, log: log)) + ["ServerAliveInterval=15", "ServerAliveCountMax=3"]
      + SessionOptions.always + (await known)
      + (settings == .forwards ? [] : SessionOptions.withoutForwards)
    return arguments + address(target) + options.flatMap { ["-o", $0] }
  }

  /// The key exchange for a login that carries no secret, such as a proof: the user's own algorithms, with X25519 in
  /// front. Empty unless ssh would begin with sntrup761, which takes 65 ms of processor time a login (OpenSSH 9.0 to 9.8).
  package func quickExchange(with target: Target) async -> [String] {
    var own = self
    own.extra = []
    let config = await configs.config(of: target, own)
    let names = (config["kexalgorithms"] ?? "").split(separator: ",")
    let quick = "curve25519-sha256"
    guard names.first?.hasPrefix("sntrup761") == true, names.contains(Substring(quick)) else { return [] }
    let others = names.filter { $0 != quick }
    return ["KexAlgorithms=" + ([Substring(quick)] + others).joined(separator: ",")]
  }

  /// The fault of the agent that ssh asks for a target; `nil` if the agent answers, or there is none.
  func agentFault(for target: Target) async -> String? {
    let config = await configs.config(of: target, self)
    guard let socket = config.agentSocket else { return nil }
    return await AgentProbe.fault(of: socket)
  }

  /// The address and port of a target in the user's configuration.
  func goal(_ target: Target) async -> String {
    let config = await configs.config(of: target, self)
    return "\(config["hostname"] ?? target.host):\(config["port"] ?? "22")"
  }

  /// The arguments of the run's own login: ssh offers the user's usual keys, and the keys of ``offering`` first.
  ///
  /// - Parameter leavesOutAgent: whether to offer an agent's keys only if they are named too. Each key costs one of the
  ///   server's tries (MaxAuthTries), and the agent's keys come first.
  func loginArguments(_ target: Target, in directory: PrivateDirectory, leavesOutAgent: Bool) async -> [String] {
    let canAsk = askpassProgram != nil
    var options = [
      "ControlMaster=yes", "ControlPath=\(directory.controlSocket)", "ControlPersist=no",
      "StrictHostKeyChecking=ask", "BatchMode=\(canAsk ? "no" : "yes")",
      // One prompt is too few even where each password is given once: the server may want several, one after the other.
      "NumberOfPasswordPrompts=3",
    ]
    if leavesOutAgent { options.append("IdentitiesOnly=yes") }
    let offered = offering()
    // An -i replaces the default keys, so they are named as well, unless the server has hung up after too many keys.
    let others = leavesOutAgent ? [] : DefaultKeys.existing.filter { !offered.contains($0) }
    let keys = offered.isEmpty ? [] : offered + others
    return await base(target, log: directory.log) + options.flatMap { ["-o", $0] } + keys.flatMap { ["-i", $0] }
      + destination(target) + ["exec sh"]
  }

  /// The arguments of a login to a jump host that stays open without a session, until it has been idle for some seconds.
  /// The keys and host keys are those of the user's configuration alone.
  func jumpArguments(_ jump: Target, in directory: PrivateDirectory, idle: Int) async -> [String] {
    let options = [
      "ControlMaster=yes", "ControlPath=\(directory.controlSocket)", "ControlPersist=\(idle)",
      "BatchMode=\(askpassProgram != nil ? "no" : "yes")",
    ]
    return await base(jump, log: directory.log) + options.flatMap { ["-o", $0] } + destination(jump)
  }

  /// The environment for an ssh with an ``AskpassServer`` at this socket to answer questions; empty without an askpass
  /// program.
  func askpassEnvironment(socket: String) -> [Environment.Key: String?] {
    guard let askpassProgram else { return [:] }
    var variables: [Environment.Key: String?] = [
      "SSH_ASKPASS": askpassProgram, "SSH_ASKPASS_REQUIRE": "force",
      Environment.Key(stringLiteral: Askpass.variable): socket,
    ]
    // Before 8.4, ssh uses SSH_ASKPASS only with a display.
    if !HasEnvironment.variable("DISPLAY") { variables["DISPLAY"] = "none:0" }
    return variables
  }

  /// Another session over the open connection, with a shell of the account by default, and with the login shell if the
  /// command is `nil`. If the connection refuses the session, ssh must not silently log in anew.
  func session(
    in directory: PrivateDirectory, command: String? = "exec sh", onTerminal: Bool = false
  ) -> ShellLaunch {
    let options = ["ControlMaster=no", "ProxyCommand=false", "BatchMode=yes", "LogLevel=ERROR"]
    return ShellLaunch(
      executable: LocalPrograms.find(program),
      arguments: ["-F", "/dev/null", "-S", directory.controlSocket] + options.flatMap { ["-o", $0] }
        + (onTerminal ? ["-tt", "-e", "none"] : ["-T"]) + ["--", "host"] + (command.map { [$0] } ?? []))
  }
}
