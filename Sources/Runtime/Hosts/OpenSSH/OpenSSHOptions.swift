/// What all logins of a run have in common.
package struct OpenSSHOptions: Sendable {
  /// The client, found on `PATH` when it has no slash.
  package var program = "ssh"
  /// A program that calls ``Askpass/main(prompt:socket:)``; without one nobody is asked anything.
  package var askpassProgram: String?
  /// In place of `~/.ssh/config`.
  package var configFile: String?
  /// More options in `ssh_config` form, `Port=2222`, before all others.
  package var extra: [String] = []
  /// Private keys to offer before all others; asked when a login begins.
  package var offering: @Sendable () -> [String] = { [] }
  /// Nobody is there to type a second password.
  package var isUnattended = false
  package var connectTimeout = Duration.seconds(15)
  /// The first script, whose output comes with the login.
  package var greeting: Script?
  /// Told when a login has to wait, and how long.
  package var onWait: @Sendable (Target, Duration) -> Void = { _, _ in }

  package init() {}

  /// The arguments that every `ssh` of ours has, up to where the host follows.
  func base(_ target: Target, log: String) -> [String] {
    var arguments = ["-v", "-E", log, "-x", "-T"]
    if let configFile { arguments += ["-F", configFile] }
    if let port = target.port { arguments += ["-p", "\(port)"] }
    if let user = target.user { arguments += ["-l", user] }
    let options =
      extra + [
        "ConnectTimeout=\(connectTimeout.components.seconds)", "ServerAliveInterval=15", "ServerAliveCountMax=3",
        // What a config may set for interactive use, and would end or block a session of ours.
        "RemoteCommand=none", "ClearAllForwardings=yes", "RequestTTY=no", "PermitLocalCommand=no",
      ]
    return arguments + options.flatMap { ["-o", $0] }
  }

  func loginArguments(_ target: Target, in directory: PrivateDirectory, agentKeys: Int) -> [String] {
    let canAsk = askpassProgram != nil
    var options = [
      "ControlMaster=yes", "ControlPath=\(directory.controlSocket)", "ControlPersist=no",
      "StrictHostKeyChecking=ask", "BatchMode=\(canAsk ? "no" : "yes")",
      "NumberOfPasswordPrompts=\(isUnattended ? 1 : 3)",
    ]
    let offered = offering()
    // Each key that the agent offers first costs one of the server's six tries (MaxAuthTries).
    let isAgentLarge = agentKeys > 4
    if isAgentLarge { options.append("IdentitiesOnly=yes") }
    // An -i takes the place of the default keys, so they are named as well.
    let keys = offered.isEmpty ? [] : offered + DefaultKeys.existing.filter { !offered.contains($0) }
    return base(target, log: directory.log) + options.flatMap { ["-o", $0] } + keys.flatMap { ["-i", $0] }
      + ["--", target.host, "exec sh"]
  }

  /// Another session over the connection that is open. Should it not take one, ssh must not make a new login in silence.
  func channelArguments(_ directory: PrivateDirectory, command: String, onTerminal: Bool) -> [String] {
    let options = ["ControlMaster=no", "ProxyCommand=false", "BatchMode=yes", "LogLevel=ERROR"]
    return ["-F", "/dev/null", "-S", directory.controlSocket] + options.flatMap { ["-o", $0] }
      + (onTerminal ? ["-tt", "-e", "none"] : ["-T"]) + ["--", "host", command]
  }
}
