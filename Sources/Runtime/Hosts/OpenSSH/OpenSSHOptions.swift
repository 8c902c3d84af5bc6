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
  /// Whether there is no user to type a second password.
  package var isUnattended = false
  package var connectTimeout = Duration.seconds(15)
  /// The first script; its output is part of the login.
  package var greeting: Script?
  /// Called when a login has to wait, with the duration.
  package var onWait: @Sendable (Target, Duration) -> Void = { _, _ in }

  package init() {}

  /// The arguments common to all `ssh` processes, up to the host.
  func base(_ target: Target, log: String) -> [String] {
    var arguments = ["-v", "-E", log, "-x", "-T"]
    if let configFile { arguments += ["-F", configFile] }
    if let port = target.port { arguments += ["-p", "\(port)"] }
    if let user = target.user { arguments += ["-l", user] }
    let options =
      extra + [
        "ConnectTimeout=\(connectTimeout.components.seconds)", "ServerAliveInterval=15", "ServerAliveCountMax=3",
        // Interactive settings of a user's configuration that would end or block these sessions.
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
    // Each key of the agent offered first costs one of the server's six tries (MaxAuthTries).
    let isAgentLarge = agentKeys > 4
    if isAgentLarge { options.append("IdentitiesOnly=yes") }
    // An -i replaces the default keys, so they are named as well.
    let keys = offered.isEmpty ? [] : offered + DefaultKeys.existing.filter { !offered.contains($0) }
    return base(target, log: directory.log) + options.flatMap { ["-o", $0] } + keys.flatMap { ["-i", $0] }
      + ["--", target.host, "exec sh"]
  }

  /// Arguments for another session over the open connection. If the connection refuses the session, ssh must not
  /// silently log in anew.
  func channelArguments(_ directory: PrivateDirectory, command: String, onTerminal: Bool) -> [String] {
    let options = ["ControlMaster=no", "ProxyCommand=false", "BatchMode=yes", "LogLevel=ERROR"]
    return ["-F", "/dev/null", "-S", directory.controlSocket] + options.flatMap { ["-o", $0] }
      + (onTerminal ? ["-tt", "-e", "none"] : ["-T"]) + ["--", "host", command]
  }
}
